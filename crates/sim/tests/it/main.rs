//! The engine among its modelled surroundings: long runs, a crash at every commit, and bugs on purpose.

mod crashes;
mod long;
mod planted;
mod same;
mod seeds;
