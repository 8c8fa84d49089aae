//! The desktop program. The mobile ones enter through `kjent_shell::run` as well.

#![cfg_attr(not(debug_assertions), windows_subsystem = "windows")]

fn main() -> anyhow::Result<()> {
    kjent_shell::run()
}
