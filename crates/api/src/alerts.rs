//! `/api/v1/alerts` and `/api/v1/groups`: what fires, as what it is told, and why it is not told.

pub(crate) mod groups;
pub(crate) mod list;
mod shown;

pub(crate) use list::{list, show};
pub(crate) use shown::{ShownAlert, matchers};
