//! Any bytes as a message, and as the rest of a multipart one.

#![no_main]

libfuzzer_sys::fuzz_target!(init: depeche_fuzz::load_parser(), |bytes: &[u8]| {
    depeche_fuzz::read("message.eml", bytes);
    let head = b"Subject: Fwd: a\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\n";
    depeche_fuzz::read("message.eml", &[head, bytes].concat());
});
