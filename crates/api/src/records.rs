//! `/api/v1/records`: the journal, as its export shows it.

mod asked;
pub(crate) mod list;
pub(crate) mod one;
pub(crate) mod verify;

pub(crate) use asked::consulted;
pub(crate) use list::list;
pub(crate) use one::show;
pub(crate) use verify::verify;
