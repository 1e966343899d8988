//! Rules evaluated over series in memory.

mod alerts;
mod lab;
mod recordings;
mod replayed;
mod residents;
mod schedules;
