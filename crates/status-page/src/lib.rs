//! What people outside are shown of how things run: one status page as a value, and as HTML, JSON, Atom and text.
//!
//! ```text
//! engine state, plan, page, now ─▶ Board ─▶ files: index.html, history.html, status.json, feed.atom, style.css
//!                                       └─▶ text, for a terminal
//! ```
//!
//! Pure: no clock, no file, no socket. Who serves the files, and to whom, is decided elsewhere; `Board` is also what pages
//! for people with a role show.
//!
//! Invariants: 1. Nothing internal is shown: no title, alert, note or name of an incident; of what happened only updates
//! that were sent to the page's audience, and the components' own words. 2. A time of which nothing is known is never
//! shown as good. 3. State is never told by colour alone. 4. What came from outside is escaped, in every form.

mod atom;
mod bars;
mod board;
mod condition;
mod files;
mod html;
mod json;
mod message;
mod notice;
mod outages;
mod planned;
mod reach;
mod text;
mod words;

pub use board::{Board, Component, Group};
pub use condition::Condition;
pub use files::{CSP, File, Offers, STALE_MARK, files};
pub use html::stale_notice;
pub use json::{SCHEMA, json};
pub use message::{Form, Message};
pub use notice::{Notice, Said, shows};
pub use outages::Day;
pub use planned::Planned;
pub use text::text;
