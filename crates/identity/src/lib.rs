//! Who may do what: actions, roles, tokens, and signed links.
//!
//! Pure: keys, random bytes and the present instant are given. What a caller may do is the intersection of what the
//! role of its token allows and what the token it was made with is allowed now, up to the owner's, who may do all.
//!
//! ```text
//! secret ─▶ hash ─▶ State::identify ─▶ Identity ─▶ Identity::allows(action)
//! link ─────────▶ verify ─▶ Purpose ──────┘
//! ```
//!
//! Invariants: 1. No secret is kept, only SHA-256 of it. 2. A token never lets its bearer do more than the one it was
//! made with does now: what ended, ended with all that was made with it. 3. Nothing lets in what no row of the table
//! of roles names.

mod action;
mod create;
mod identity;
mod link;
mod refusal;
mod revoke;
mod rights;
mod secret;
mod state;
mod token;

pub use action::Action;
pub use create::{NewToken, TOKENS_MADE_MAX, decide_create};
pub use identity::Identity;
pub use link::{Link, LinkError, LinkKey, NONCE_BYTES, Purpose, sign, verify};
pub use refusal::TokenRefusal;
pub use revoke::decide_revoke;
pub use rights::{Rights, role_allows, role_that_may};
pub use secret::{TokenSecret, same_secret};
pub use state::{STATE_VERSION, State, TOKENS_MAX, Unidentified};
pub use token::Token;
