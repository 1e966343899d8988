//! Service level objectives: what is asked to measure them, the rules that watch them, and what is left of a budget.
//!
//! [`rules`] makes of an objective the recording rules and alerts that Sloth would make, and the SRE workbook asks for.
//! [`budget`] and [`burn`] say where an objective stands at an instant; whoever can ask a store gives them a way to. That
//! nothing is known, too little, or that nobody could be asked are answers of their own: see [`Standing`].

mod budget;
mod burn_windows;
mod measure;
mod period;
mod query;
mod rules;

pub use budget::{Ask, Budget, Standing, budget, burn};
pub use burn_windows::{BurnWindow, burn_windows};
pub use measure::{error_ratio, events};
pub use period::{Period, period};
pub use rules::{generated, rules};
