//! What every page says in its states: golden HTML, collected from the real engine, without scripts.
//!
//! `BLESS=1 cargo test -p evenkeel-pages` writes the golden files anew.

#![allow(clippy::panic, clippy::indexing_slicing, reason = "a test ends where it fails")]

mod about;
mod alerts;
mod golden;
mod graph;
mod incident;
mod incidents;
mod oncall;
mod overview;
mod pages;
mod posting;
mod problems;
mod procedures;
mod records;
mod review;
mod search;
mod shop;
mod silences;
mod sound;
mod status;
mod teams;
mod workloads;
mod workloads_worlds;
