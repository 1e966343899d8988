//! The router over the real engine in memory, with a fixed clock: what every endpoint says in every state.

mod access;
mod alerts;
mod amtool;
mod bench;
mod bodies;
mod caller;
mod failures;
mod golden;
mod groups;
mod guard;
mod incidents;
mod login;
mod own;
mod page_link;
mod plan;
mod shop;
mod silences;
mod table;
mod tokens;
mod unavailable;
