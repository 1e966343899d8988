//! Who outside is told how incidents go because they asked for it: state and decisions.
//!
//! ```text
//! decide_ask ──▶ subscription-asked ──▶ (a day) gone
//!                      │ decide_confirm
//!                      ▼
//!             subscription-confirmed ──▶ decide_end ──▶ subscription-ended
//!                      │ decide_told, for each update
//!                      ▼
//!               subscribers-told
//! ```
//!
//! An address is personal: it stands in the record that somebody asked and nowhere else, so that it can be erased, and
//! nothing here prints it.
//!
//! Invariants: 1. Nothing goes to an address before whoever reads there said so. 2. Whoever asks learns nothing about
//! whether an address is known. 3. What is held is bounded, and who does not confirm is forgotten. 4. An update goes to
//! the subscribers of a page once, and again only where the process died in between.

mod address;
mod ask;
mod refusal;
mod state;
mod told;

pub use address::{MailAddress, WebAddress};
pub use ask::{ASK_AGAIN_AFTER, PER_PAGE_MAX, UNCONFIRMED_MAX, decide_ask, decide_confirm, decide_end};
pub use refusal::SubscriptionRefusal;
pub use state::{CONFIRM_WITHIN, State, Subscription};
pub use told::{TELL_WITHIN, decide_told};
