//! The chart of NEWS2 (Royal College of Physicians 2017, chart 1): a number in, its points out.

use super::{Breathing, Consciousness};

pub(super) const fn respiration(breaths: i32) -> u8 {
    match breaths {
        ..=8 => 3,
        9..=11 => 1,
        12..=20 => 0,
        21..=24 => 2,
        25.. => 3,
    }
}

pub(super) const fn spo2_scale_1(percent: i32) -> u8 {
    match percent {
        ..=91 => 3,
        92..=93 => 2,
        94..=95 => 1,
        96.. => 0,
    }
}

/// From 93 % on it depends on what is breathed: too much counts on oxygen only. Published examples
/// give 3 for 93–94 % on oxygen; the chart gives 1.
pub(super) const fn spo2_scale_2(percent: i32, breathing: Option<Breathing>) -> Option<u8> {
    Some(match (percent, breathing) {
        (..=83, _) => 3,
        (84..=85, _) => 2,
        (86..=87, _) => 1,
        (88..=92, _) => 0,
        (93.., None) => return None,
        (93.., Some(Breathing::Air)) => 0,
        (93..=94, Some(Breathing::Oxygen)) => 1,
        (95..=96, Some(Breathing::Oxygen)) => 2,
        (97.., Some(Breathing::Oxygen)) => 3,
    })
}

pub(super) const fn breathing(breathing: Breathing) -> u8 {
    match breathing {
        Breathing::Air => 0,
        Breathing::Oxygen => 2,
    }
}

pub(super) const fn systolic(pressure: i32) -> u8 {
    match pressure {
        ..=90 => 3,
        91..=100 => 2,
        101..=110 => 1,
        111..=219 => 0,
        220.. => 3,
    }
}

pub(super) const fn pulse(beats: i32) -> u8 {
    match beats {
        ..=40 => 3,
        41..=50 => 1,
        51..=90 => 0,
        91..=110 => 1,
        111..=130 => 2,
        131.. => 3,
    }
}

/// A code that this version does not know gives no points, not none.
pub(super) const fn consciousness(level: &Consciousness) -> Option<u8> {
    match level {
        Consciousness::Alert => Some(0),
        Consciousness::Confused
        | Consciousness::Voice
        | Consciousness::Pain
        | Consciousness::Unresponsive => Some(3),
        Consciousness::Unknown(_) => None,
    }
}

/// In tenths of °C.
pub(super) const fn temperature(tenths: i32) -> u8 {
    match tenths {
        ..=350 => 3,
        351..=360 => 1,
        361..=380 => 0,
        381..=390 => 1,
        391.. => 2,
    }
}
