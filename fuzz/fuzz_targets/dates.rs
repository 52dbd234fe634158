//! Any text where a page has dates: in a meta element, in a time element, in a line near the headline, in its address.

#![no_main]

libfuzzer_sys::fuzz_target!(init: depeche_fuzz::load_parser(), |text: &str| {
    let value: String = text.chars().filter(|c| !matches!(c, '"' | '<' | '>')).collect();
    let prose = "<p>Le lac a gelé cette nuit, et personne ne l'avait prévu, dit le garde du port.</p>";
    for head in [
        format!("<meta property=\"article:published_time\" content=\"{value}\">"),
        format!("<link rel=canonical href=\"https://lac.example/{value}\">"),
        String::new(),
    ] {
        let page = format!(
            "<html><head>{head}</head><body><h1>Le lac</h1><p>{value}</p><time datetime=\"{value}\">{value}</time>{prose}</body></html>"
        );
        depeche_fuzz::read("page.html", page.as_bytes());
    }
    depeche_fuzz::read("text.txt", format!("Le lac a gelé\n{value}\n\n{prose}").as_bytes());
});
