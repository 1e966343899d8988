//! Asks the addresses that an ops repo links to whether anything is there.
//!
//! [`ask`] asks each address once, politely, within bounds; [`findings`] says where those stand that are dead or silent.
//! Requests go out through the guard of `notify`: an address that stands in the ops repo may be in any network, what a
//! redirect leads to only in the public one, and neither may be where clouds hand out credentials.

mod address;
mod answer;
mod ask;
mod finding;

pub use answer::Answer;
pub use ask::{Limits, ask};
pub use finding::findings;
