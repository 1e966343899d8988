//! The server: edges around the engine's thread.
//!
//! ```text
//! HTTP, probes ─▶ inbox ─▶ engine's thread: collect, step (commit), release ─▶ answers
//!     ▲   ops repo ─▶ ┘                                         │
//!     └──────────────── outcomes ◀── pool of senders ◀── effects┘
//! ```

mod answering;
mod clock;
mod commits;
mod consult;
mod desk;
mod engine_loop;
mod findings;
mod foreign;
mod heartbeat;
mod inbox;
mod link_key;
mod listen;
mod log;
mod measured;
mod metrics;
mod opening;
mod outage;
mod owner_token;
mod page_links;
mod patient;
mod plan_reader;
mod plan_store;
mod port;
mod private_file;
mod reading;
mod record_reader;
mod record_verifier;
mod reload;
mod self_test;
mod server;
mod status;
mod status_page;
mod untold;

pub(crate) use clock::wall_now;
pub(crate) use link_key::read_link_key;
pub(crate) use listen::check_url;
pub(crate) use measured::{MeasuredOptions, OtlpListen, metrics_of};
pub(crate) use plan_store::read as stored_plan;
pub(crate) use port::{Port, write_snapshot};
pub(crate) use server::{ServeOptions, Server};
pub(crate) use status_page::{Rendered, boards, rendered};
