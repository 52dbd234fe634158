//! What the program promises, one module a promise. Each starts the real program in a folder of its own.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]
#![allow(unreachable_pub, missing_docs, reason = "a test program has no outside")]

mod architecture;
mod archives;
mod arrival;
mod bad_input;
mod commands;
mod crash_points;
mod facts;
mod full_disk;
mod harness;
mod nginx;
mod push;
mod quarantine;
mod reload;
mod replay;
mod restart;
mod seeds;
mod shutdown;
mod site;
mod standard_input;
mod stories;
mod torture;
mod web;
