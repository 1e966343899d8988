//! Series as tests write them (`up{job="web"} 0+10x60 _ stale`), and a store of them in memory.
//!
//! [`parse_series`] reads a line of them, [`parse_labels`] and [`parse_values`] its two parts. [`MemoryStore`] keeps series
//! and answers as any store does.
//! Source: Prometheus, "Unit testing for rules", and `promql/parser/generated_parser.y`, `series_description`.

mod fault;
mod histogram;
mod memory_store;
mod reader;
mod series;
mod values;

pub use fault::Fault;
pub use memory_store::MemoryStore;
pub use series::{Series, parse_labels, parse_series};
pub use values::{Value, parse_values};
