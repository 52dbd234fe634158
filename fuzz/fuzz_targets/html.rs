//! Any bytes as a page.

#![no_main]

libfuzzer_sys::fuzz_target!(init: depeche_fuzz::load_parser(), |bytes: &[u8]| {
    depeche_fuzz::read("page.html", bytes);
    let page = [b"<html><body><article>", bytes].concat();
    depeche_fuzz::read("page.html", &page);
});
