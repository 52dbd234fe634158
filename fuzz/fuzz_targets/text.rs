//! Any bytes as scraped text, and as Markdown.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    depeche_fuzz::read("text.txt", bytes);
    depeche_fuzz::read("text.md", bytes);
});
