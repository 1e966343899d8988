//! The real program under load and faults: started, asked, killed, starved of disk.
//!
//! Each test starts `evenkeel serve` on a free port with folders of its own and no environment, and listens for what
//! it sends. Nothing in here looks inside: HTTP, signals, files, and the commands of the program itself.

#![expect(clippy::disallowed_methods, reason = "starts processes, talks to them, and waits by the clock")]
#![expect(clippy::panic, clippy::indexing_slicing, reason = "a test ends where it finds something else than expected")]
#![expect(clippy::print_stderr, reason = "a test that cannot run here says so")]

mod alerts;
mod committed;
mod demo;
mod dice;
mod full_disk;
mod http;
mod mailbox;
mod moment;
mod patience;
mod place;
mod record;
mod server;
mod sink;
mod slo;
mod stage;

mod bad_input;
mod client;
mod escalation_kills;
mod expected_and_probe;
mod hooks;
mod identity;
mod init;
mod kill_nine;
mod metrics;
mod outage;
mod peers;
mod reload;
mod reviewing;
mod status_page;
mod stop_in_order;
mod torn_tail;
