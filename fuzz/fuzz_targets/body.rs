//! See `kjent_core::hostile`.
#![no_main]

libfuzzer_sys::fuzz_target!(init: kjent_fuzz::start(), |bytes: &[u8]| {
    kjent_fuzz::feed("body", bytes);
});
