//! The router over the real engine in memory, with a fixed clock: what every endpoint says in every state.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test ends where it fails")]

mod access;
mod alerts;
mod amtool;
mod bench;
mod bodies;
mod caller;
mod conventions;
mod described;
mod failures;
mod foreign;
mod golden;
mod groups;
mod guard;
mod incidents;
mod journal;
mod live;
mod login;
mod measured;
mod oncall;
mod openapi;
mod own;
mod page_link;
mod plan;
mod records;
mod resources;
mod shop;
mod signing;
mod silences;
mod site;
mod site_forms;
mod table;
mod telling;
mod tokens;
mod unavailable;
