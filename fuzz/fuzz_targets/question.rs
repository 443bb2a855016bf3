//! Bytes that libFuzzer makes up go to `sayso_fuzz::question`.

#![cfg_attr(fuzzing, no_main)]

#[cfg(fuzzing)]
libfuzzer_sys::fuzz_target!(|data: &[u8]| sayso_fuzz::question(data));

#[cfg(not(fuzzing))]
fn main() {
    eprintln!("run me with: cargo +nightly fuzz run question");
}
