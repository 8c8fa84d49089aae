//! `cargo xtask mobile`: has a compiler see the app as Android and iOS get it, on a machine that has
//! neither's toolchain.
//!
//! It checks types, and links nothing: no telephone's linker, headers or libraries can be had here. For
//! Android the C in it (TLS, SQLCipher, OpenSSL, zstd) is compiled for the right processor, against the
//! headers of another libc; for iOS it is left out. What runs on a telephone is tried on a telephone.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::Command,
};

use anyhow::{Context, Result, bail};

use crate::{paths, setup, shell};

const ANDROID: &str = "aarch64-linux-android";
const IOS: &str = "aarch64-apple-ios";
/// The oldest Android that Tauri builds for.
const ANDROID_API: u32 = 24;
const NO_CC: &str = include_str!("mobile/no-cc.sh");

/// The command.
pub fn mobile() -> Result<()> {
    if !cfg!(target_os = "linux") {
        bail!(
            "This is for Linux machines without the phones' toolchains; with them: npx @tauri-apps/cli android build"
        );
    }
    setup::native()?;
    setup::mobile()?;
    shell::step("Checking the app for Android", &mut android())?;
    shell::step("Checking the app for iOS", &mut ios()?)?;
    eprintln!(
        "✓ The app's Rust is sound for {ANDROID} and {IOS}. Nothing was linked, and nothing was run"
    );
    Ok(())
}

fn android() -> Command {
    let mut check = check(ANDROID);
    if env::var_os("CC_aarch64_linux_android").is_some() {
        return check;
    }
    let [libc, log] = setup::ANDROID_HEADERS;
    check
        .env("CC_aarch64_linux_android", setup::CLANG)
        .env("AR_aarch64_linux_android", "ar")
        .env("RANLIB_aarch64_linux_android", "ranlib")
        .env(
            "CFLAGS_aarch64_linux_android",
            format!("--target={ANDROID}{ANDROID_API} -isystem {libc} -isystem {log}"),
        );
    check
}

fn ios() -> Result<Command> {
    let compiler = no_cc()?;
    let folder = compiler.parent().context("no folder")?.to_owned();
    let openssl = |what: &str| {
        shell::output(Command::new("pkg-config").args([&format!("--variable={what}"), "libcrypto"]))
    };
    let mut check = check(IOS);
    check
        .env("CC_aarch64_apple_ios", &compiler)
        .env("AR_aarch64_apple_ios", "ar")
        .env("CRATE_CC_NO_DEFAULTS", "1")
        // Asked for by what would otherwise ask a Mac's tools.
        .env("SDKROOT", folder)
        .env("IPHONEOS_DEPLOYMENT_TARGET", "14.0")
        // Whose headers say which of its functions there are; nothing else is taken from it.
        .env("OPENSSL_NO_VENDOR", "1")
        .env("AARCH64_APPLE_IOS_OPENSSL_INCLUDE_DIR", openssl("includedir")?)
        .env("AARCH64_APPLE_IOS_OPENSSL_LIB_DIR", openssl("libdir")?);
    Ok(check)
}

/// A check of the shell for a target, in a folder of its own: by another compiler than the rest.
fn check(target: &str) -> Command {
    let mut cargo = setup::cargo_with_source();
    cargo.args(["check", "--locked", "--package", "kjent-shell", "--lib"]).args([
        "--target",
        target,
        "--target-dir",
        paths::MOBILE,
    ]);
    cargo
}

/// The script that takes a C compiler's place.
fn no_cc() -> Result<PathBuf> {
    let path = Path::new(paths::TOOLS).join("no-cc");
    fs::create_dir_all(paths::TOOLS)?;
    fs::write(&path, NO_CC)?;
    #[cfg(unix)]
    fs::set_permissions(&path, std::os::unix::fs::PermissionsExt::from_mode(0o755))?;
    fs::canonicalize(&path).with_context(|| format!("{} was not written", path.display()))
}
