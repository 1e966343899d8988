//! Kinds of facts: what can be told to Evenkeel about what happens outside, and what each has to say.
//!
//! There is one declaration for each kind. Reading, checking, the exported JSON Schema, the page in the docs and the
//! table that reviews ask are all made from it, so that they cannot come apart. A fact is never taken half: it is as its
//! kind declares it, or refused with everything that is wrong at once and what to do about each.
//!
//! Not here: whether a fact is known already, whether its workload is in the plan, how many are taken (`ledger`); who
//! may tell (`identity`); how a table of facts looks to a review (`evidence-sql`).

mod bounds;
mod check;
mod declared;
mod fault;
mod incoming;
mod kind;
mod page;
mod read;
mod schema;

pub use bounds::{AT_MAX, AT_MIN, KEY_BYTES_MAX, LIST_ITEMS_MAX, NAME_BYTES_MAX, TEXT_CHARS_MAX, WHOLE_MAX};
pub use check::check;
pub use declared::{kind, kinds};
pub use fault::FactFault;
pub use incoming::IncomingFact;
pub use kind::{Envelope, FactKind, Field, Sort};
pub use page::facts_page;
pub use schema::schema;
