//! What whole-system tests stand on: a real server process, a network that can be cut, tablets
//! with a clock of their own, and real app windows driven by WebDriver. The benchmark stands on it
//! too.

pub mod access;
pub mod bench;
pub mod day;
pub mod environment;
pub mod faults;
pub mod journey;
pub mod morning;
pub mod network;
pub mod oidc;
pub mod plan;
pub mod programs;
pub mod server;
pub mod simulation;
pub mod stories;
pub mod tablet;
pub mod window;
pub mod worker;
