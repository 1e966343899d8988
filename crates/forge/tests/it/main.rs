//! Payloads in the shape that forges document, and what they tell; CloudEvents in each mode.

#![expect(clippy::disallowed_methods, reason = "payloads and golden texts are files")]

mod events;
mod forged;
mod golden;
mod payloads;
mod twice;
