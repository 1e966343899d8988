//! A small shop of three HTTP services and the shoppers that keep it busy: a real workload to operate.
//!
//! `catalog` holds prices and stock, `orders` takes stock from `catalog` for every order, and `web` shows the
//! shop by asking both. Each is one [`serve()`] call on a listener the caller bound, so each can live in a process of
//! its own and be killed with nothing shared. [`Shoppers`] are the traffic.
//!
//! What makes it worth watching is kept true throughout:
//!
//! 1. A dependency is only ever reached over HTTP, on a fresh connection, so what is said about it is true now.
//! 2. Every wait ends: each request between services has a deadline and a bound on the size of the answer.
//! 3. A dependency that fails is an answer naming it, never a panic.
//! 4. Stock comes back by itself, so traffic can go on for ever.
//!
//! Watching, paging and repairing the shop is left to whoever operates it.

mod accept;
mod addresses;
mod answer;
mod ask;
mod catalog;
mod deadlines;
mod health;
mod ids;
mod order_book;
mod orders;
mod page;
mod serve;
mod service;
mod shoppers;
mod stock;
mod telemetry;
mod web;

pub use addresses::Addresses;
pub use serve::serve;
pub use service::{Service, UnknownService};
pub use shoppers::{Counts, Shoppers};
pub use telemetry::Telemetry;
