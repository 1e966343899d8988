//! What a change of the ops repo does to operation: who is paged for what, who is on call when, and what is set
//! otherwise. Pure: two plans in, values out.
//!
//! [`difference`] compares what plans *mean*, never their text: a file that is split or reordered is no difference.
//! What would be left behind by a running server is told by [`left_behind`] from what that server has open.

mod difference;
mod facts;
mod live;
mod paging;
mod reach;
mod shifts;

pub use difference::{Difference, FieldChange, ObjectChange, Sort, difference};
pub use live::{LiveObject, left_behind};
pub use paging::{PagingChange, Way};
pub use shifts::{ShiftChange, Stretch};
