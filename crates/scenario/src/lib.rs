//! Scripts in virtual time: what happens to the engine, through its real inputs, and what has to follow.
//!
//! The notation is told in [`script`]. Whoever plays scripts brings their own folder of them: the engine's tests hold
//! them against transcripts, those of the practices ask for verdicts in between.

pub mod incoming;
mod memory;
mod notation;
mod ops;
mod planned;
mod script;
mod transcript;
mod world;

pub use memory::Memory;
pub use ops::MINIMAL;
pub use planned::planned;
pub use script::{Line, lines, span};
pub use world::World;
