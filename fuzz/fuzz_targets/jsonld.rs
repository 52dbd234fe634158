//! Any bytes as the JSON-LD of a page, and as a JSON document.

#![no_main]

libfuzzer_sys::fuzz_target!(init: depeche_fuzz::load_parser(), |bytes: &[u8]| {
    let (before, after) = (
        b"<html><head><script type='application/ld+json'>".as_slice(),
        b"</script></head><body><article><p>Le lac a gel\xc3\xa9 cette nuit, dit le garde du port.</p></article></body></html>"
            .as_slice(),
    );
    depeche_fuzz::read("page.html", &[before, bytes, after].concat());
    depeche_fuzz::read("article.json", bytes);
});
