//! What looking at the app as telephones get it needs: Debian's Rust with the library's source, and for
//! Android's C a compiler and headers.

use std::process::Command;

use anyhow::Result;

use super::{system, wasm};

/// Any clang knows Android; this one is of an age with the Rust beside it.
pub const CLANG: &str = "clang-22";
/// Where a libc for the same processor has its headers (Android's own are not to be had), and where
/// Android's log has its.
pub const ANDROID_HEADERS: [&str; 2] = ["/usr/aarch64-linux-gnu/include", "/usr/include/android"];

const PACKAGES: &[&str] =
    &["android-liblog-dev", CLANG, "cargo-web", "libc6-dev-arm64-cross", "rust-web-src"];

/// Installs it where it is missing.
pub fn mobile() -> Result<()> {
    system::install("check the app for telephones", PACKAGES)
}

/// A cargo that builds the standard library from its source, for any target.
pub fn cargo_with_source() -> Command {
    let mut command = wasm::debian_cargo();
    command.env("CARGO_UNSTABLE_BUILD_STD", "std").env_remove("CARGO_UNSTABLE_BUILD_STD_FEATURES");
    command
}
