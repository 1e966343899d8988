//! The HTTP face: Alertmanager's API version 2, our own, health, metrics, and the pages of those who are paged.
//!
//! The binary implements [`Desk`] over the engine and serves [`router`]. Nothing in here decides
//! anything: a handler decodes, hands an input in or looks, and renders the answer.
//!
//! ```text
//! request ─▶ envelope ─▶ route ─▶ guard ─▶ decode ─▶ Desk::submit ─▶ answer
//!              id, count,          who,      └─────▶ Desk::look ───▶ render
//!              headers             from where, may they
//! ```
//!
//! Not here: sockets and their deadlines (the binary serves), durability (the desk answers after it), what a role
//! may do (`evenkeel_identity`; [`Route::action`] says what is asked for), keys (the binary keeps them).

#![expect(clippy::result_large_err, reason = "`Err` is the response that refuses: one per request, never passed far")]

mod access;
mod adopted;
mod alertmanager;
mod alerts;
mod app;
mod attestations;
mod authority;
mod body;
mod call;
mod catalogue;
mod commanding;
mod consult;
mod conventions;
mod counts;
mod desk;
mod envelope;
mod etag;
mod events;
mod facts;
mod foreign;
mod form_body;
mod guard;
mod hooks;
mod idempotency;
mod improvements;
mod incidents;
mod instant;
mod live;
mod login;
mod measured;
mod metrics;
mod milestones;
mod oncall;
mod openapi;
mod options;
mod overview;
mod page;
mod page_link;
mod paging;
mod path;
mod posted;
mod probes;
mod problems;
mod query;
mod rate;
mod records;
mod refused;
mod reply;
mod resource;
mod room;
mod router;
mod routes;
mod search;
mod silences;
mod site;
mod stream;
mod telling;
mod unknown;
mod updates;

pub use alertmanager::shown_silence_id;
pub use consult::{Consulted, NotConsulted, Question, ReviewQuestion, ReviewStanding, Shown};
pub use desk::{Desk, Health, ReviewLook, Unavailable};
pub use evenkeel_identity::Action;
pub use foreign::{Delivered, Foreign, ReadEvents, ReadHook, Unread};
pub use guard::{NotLetIn, may_send};
pub use measured::{MetricsAnswer, MetricsAsked, PROMETHEUS_PREFIX, SeriesSent, SeriesTaken};
pub use openapi::{document, markdown};
pub use options::{Keys, Options};
pub use router::router;
pub use routes::{ALERTMANAGER_PREFIX, Method, ROUTES, Route, pages};
