//! Our own API described: what each operation takes, what it answers, and with what it refuses.
//!
//! ```text
//! beside each endpoint   const LIST: Operation ─┐                  ┌─▶ OpenAPI 3.1 (`/api/v1/openapi.json`, docs/schema)
//! types of bodies        derive(JsonSchema) ────┼─▶ operations ────┼─▶ docs/api.md
//! what all have alike    refusals, headers ─────┘                  └─▶ the page at `/api/v1/reference`
//! ```
//!
//! There is no second table. What a handler reads is checked against its operation while it is read
//! ([`crate::call`]), and tests check every answer that they get against the document.

mod document;
mod markdown;
mod operation;
mod outline;
mod param;
pub(crate) mod problems;
mod reference;
mod served;
pub(crate) mod shapes;
mod table;

pub use document::document;
pub use markdown::markdown;
pub(crate) use operation::{Given, Operation, Tag};
pub(crate) use outline::title;
pub(crate) use param::{Param, Place, Sort};
pub(crate) use problems::Code;
pub(crate) use reference::problem_type;
pub(crate) use served::{reference, show};
pub(crate) use table::of;
