//! What happens outside, as others tell it: CloudEvents, and the webhooks of GitHub and GitLab, become facts.
//!
//! Pure functions over headers and bytes: whoever serves has read them, and hands the facts on.
//!
//! ```text
//! headers, body ─▶ signature (webhooks) ─▶ JSON ─▶ event ─▶ facts, or a word why there is none
//! ```
//!
//! It is hard because everything is told more than once: deliveries are repeated, a merge is told by the request that
//! was merged and by the push that brought it. So a fact's key is what the forge itself calls the thing
//! (`acme/shop#42`), and never the delivery; what is told twice counts once. Nothing personal comes through: of people
//! only their logins at the forge, as `github:ada`.
//!
//! Not here: what a kind of fact may say (`evenkeel_fact`), who may tell it (`evenkeel_identity`), sockets.

mod cloud_events;
mod commit;
mod form;
mod github;
mod gitlab;
mod headers;
mod hook;
mod instant;
mod payload;
mod production;
mod signature;
mod told;

pub use cloud_events::{EVENTS_MAX, EventFault, read as events};
pub use hook::{HookFault, read as hook, signed};
pub use told::{Told, ToldFact};
