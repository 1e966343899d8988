//! Reviews of a data folder: where a review stands, what it is judged by, and what belongs beside it.
//!
//! The server and the commands on a folder share this; what a review looks like is crate `review`'s matter.

mod beside;
mod difference;
mod faults;
mod folder;
mod lenses;
mod rendering;
mod standing;

pub(crate) use beside::{Beside, milestone};
pub(crate) use difference::{Difference, NoMilestone, difference};
pub(crate) use faults::faults;
pub(crate) use folder::Folder;
pub(crate) use lenses::{embedded, from_folder};
pub(crate) use rendering::{Rendering, with_report};
pub(crate) use standing::{NoRecord, standing};
