//! Any text as an article of each language, and of none that is told: every finding reads in it as claimed.

#![no_main]

libfuzzer_sys::fuzz_target!(init: depeche_fuzz::load_enricher(), |text: &str| {
    for language in ["fr", "en", "de", ""] {
        depeche_fuzz::enrich(language, text);
    }
});
