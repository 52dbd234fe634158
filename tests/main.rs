//! What the program promises, one module a promise. Each starts the real program in a folder of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(unreachable_pub, missing_docs, reason = "a test program has no outside")]

mod architecture;
mod arrival;
mod bad_input;
mod commands;
mod crash_points;
mod full_disk;
mod harness;
mod quarantine;
mod restart;
mod seeds;
mod shutdown;
mod stories;
mod torture;
