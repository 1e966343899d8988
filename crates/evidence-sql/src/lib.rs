//! Evidence as people and practices ask for it: the tables, and the part of SQL that means the same on SQLite and on
//! PostgreSQL.
//!
//! [`tables`] declares what there is; the store makes its schema of it and fills it from the journal. [`Select`] reads a
//! query, translates it into a tree of its own that cannot say anything else than the subset, and renders that for an
//! engine. A query never says as of when: each table is seen as of the record `$seq`, and that is put in when it is
//! rendered. Pure: text in, text out.

#![expect(clippy::wildcard_enum_match_arm, reason = "whatever the parser may know besides is refused")]

mod fault;
mod narrow;
mod place;
mod read;
mod reads;
mod render;
mod scan;
mod sees;
mod select;
mod table;
mod tables;
mod tree;

pub use fault::Fault;
pub use reads::{list_name, list_names};
pub use render::{Bind, Dialect, Render, Rendered};
pub use sees::Value;
pub use select::{BLOCK_COLUMNS, BLOCK_PARAMS, Param, Select};
pub use table::{Column, List, Sort, Source, Table};
pub use tables::{table, table_of_documents, table_of_facts, tables};

/// What `seq_to` holds while a row counts.
pub const OPEN: i64 = i64::MAX;
