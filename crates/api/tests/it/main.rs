//! The router over the real engine in memory, with a fixed clock: what every endpoint says in every state.

mod alerts;
mod amtool;
mod bench;
mod bodies;
mod groups;
mod guard;
mod own;
mod plan;
mod silences;
mod table;
mod unavailable;
