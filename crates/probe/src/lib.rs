//! Asks for itself: HTTP probes that raise alerts like any sender.
//!
//! [`Prober`] asks once, [`Watch`] decides what the answers mean, [`Probes`] does both at the interval.


mod probes;
mod prober;
mod watch;

pub use probes::{ProbeReport, Probes};
pub use prober::{Fault, ProbeResult, Prober};
pub use watch::{ProbeAlert, Transition, Watch};
