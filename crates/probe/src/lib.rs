//! Asks for itself: HTTP probes that raise alerts like any sender.
//!
//! [`Prober`] asks once, [`Watch`] decides what the answers mean, [`Probes`] does both at the interval.

mod prober;
mod probes;
mod watch;

pub use prober::{Fault, ProbeResult, Prober};
pub use probes::{ProbeReport, Probes};
pub use watch::{ProbeAlert, Transition, Watch};
