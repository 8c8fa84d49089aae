//! The server as its callers meet it: real HTTP on loopback, real files, and the real process where
//! the process is what counts. Laid out like the URLs.

mod access_log;
mod cli;
mod device;
mod enrol;
#[cfg(unix)]
mod erase;
mod healthz;
mod live;
mod log_in;
mod lost;
mod overload;
mod process;
mod rights;
mod sync;
mod tablet;
mod world;
