//! Any bytes as scraped text, and as Markdown.

#![no_main]

libfuzzer_sys::fuzz_target!(init: depeche_fuzz::load_parser(), |bytes: &[u8]| {
    depeche_fuzz::read("text.txt", bytes);
    depeche_fuzz::read("text.md", bytes);
});
