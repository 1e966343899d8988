//! Text formats of the ops repo ↔ plain values with places. No files, no clock.
//!
//! [`Parsed::read`] takes one file after the other; what comes out are the documents that `model` resolves, every fault
//! at its place, and the places of all secret values, for [`redact`] and [`mask`].

pub mod shape;
pub mod yaml;

mod alertmanager;
mod backstage;
mod calendar;
mod decode;
mod document;
mod fields;
mod foreign;
mod openslo;
mod parse;
mod practice;
mod procedure;
mod prometheus;
mod redact;
mod sloth;
mod url;

pub use decode::decode;
pub use document::kinds;
pub use parse::Parsed;
pub use practice::lens_documents;
pub use prometheus::print_rule_file;
pub use redact::{BLANK, disjoint, mask, redact};
