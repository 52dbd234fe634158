//! depeche
fn main() {}
