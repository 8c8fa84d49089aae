//! What all fuzz targets share: how one is found by its name, and how it starts.

use kjent_core::hostile::TARGETS;

/// Before the first input. libFuzzer would end at any panic, also at those of Automerge's that are
/// caught where they are expected; one that gets out of a target still ends it.
pub fn start() {
    std::panic::set_hook(Box::new(|_| {}));
}

/// Feeds the target of this name.
pub fn feed(name: &str, bytes: &[u8]) {
    let target = TARGETS.iter().find(|target| target.0 == name);
    let Some((_, check)) = target else { unreachable!("no target {name}") };
    check(bytes);
}
