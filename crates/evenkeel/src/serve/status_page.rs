//! The public status page: on a listener, a thread and a runtime of its own, so that it stands when the rest does not.
//!
//! ```text
//! engine's state ──▶ renewing (thread) ──▶ shelf: bytes in memory ──▶ listener (thread) ──▶ readers
//!                                            │  ▲ at the start            │ subscribe, confirm, end
//!                                            ▼  │                         ▼
//!                                  status-page.json in the data folder   inbox, mailing (task) ──▶ subscribers
//! ```
//!
//! Readers are served from memory only: no request waits for the engine, except one that asks for something to be
//! recorded. When the engine does not answer, the last bytes are served on, with a word about since when.

mod answers;
mod form;
mod kept;
mod links;
mod listener;
mod mailing;
mod peers;
mod rendering;
mod renewing;
mod shelf;
mod subscribing;

use std::net::{SocketAddr, TcpListener};
use std::path::PathBuf;
use std::sync::Arc;
use std::thread;

use anyhow::Context;
use evenkeel_identity::LinkKey;
use evenkeel_notify::Sender;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::desk::Shared;
use super::server::ServeOptions;
pub(crate) use rendering::{Rendered, boards, rendered};
use shelf::Shelf;

/// So many who just asked may wait to be asked to confirm.
const ASKED_MAX: usize = 256;

/// Where the page is served, before there is anything else.
pub(crate) struct StatusPage {
    address: SocketAddr,
    shelf: Arc<Shelf>,
    /// What takes subscriptions, once that is possible.
    desk: Arc<subscribing::Desk>,
    asked: mpsc::Receiver<evenkeel_ids::SubscriptionId>,
    listener: thread::JoinHandle<()>,
    stop: tokio::sync::watch::Sender<bool>,
    /// How readers reach it, with a slash at its end.
    base: String,
    data: PathBuf,
}

/// The page with all that stands behind it.
pub(crate) struct Serving {
    /// Where it listens.
    pub(crate) address: SocketAddr,
    stop: tokio::sync::watch::Sender<bool>,
    listener: thread::JoinHandle<()>,
    renewing: thread::JoinHandle<()>,
    mailing: JoinHandle<()>,
}

impl StatusPage {
    /// Serves what was kept of before, if anything was; the journal need not even be open. `None`: nobody asked for it.
    pub(crate) fn open(options: &ServeOptions) -> anyhow::Result<Option<Self>> {
        let Some(listen) = options.status_listen else { return Ok(None) };
        let data = options.data.clone();
        let socket = TcpListener::bind(listen).with_context(|| format!("cannot listen on {listen}"))?;
        let address = socket.local_addr()?;
        let base = match &options.status_url {
            Some(url) => {
                super::listen::check_url("--status-url", url, "https://status.example")?;
                format!("{}/", url.trim_end_matches('/'))
            }
            None => format!("http://{address}/"),
        };
        let shelf = Arc::new(Shelf::new(kept::read(&data)));
        let (ask, asked) = mpsc::channel(ASKED_MAX);
        let desk = Arc::new(subscribing::Desk::new(ask));
        let (stop, stopped) = tokio::sync::watch::channel(false);
        let (for_readers, to_ask) = (shelf.clone(), desk.clone());
        let run = move || listener::run(socket, for_readers, to_ask, stopped);
        let listener = thread::Builder::new().name("status-page".to_owned()).spawn(run)?;
        Ok(Some(Self { address, shelf, desk, asked, listener, stop, base, data }))
    }

    /// Renews what is served from now on, and takes subscriptions.
    pub(crate) fn serve(self, shared: &Arc<Shared>, sender: &Sender, key: &LinkKey) -> anyhow::Result<Serving> {
        let Self { address, shelf, desk, asked, listener, stop, base, data } = self;
        let links = links::Links::new(key.clone(), &base);
        desk.open(shared.clone(), links.clone());
        let renewing = renewing::Renewing { shared: shared.clone(), shelf, data, base, stopped: stop.subscribe() };
        let renewing = thread::Builder::new().name("status-render".to_owned()).spawn(move || renewing.run())?;
        let mailing = mailing::Mailing::new(shared.clone(), sender.clone(), links);
        let mailing = tokio::spawn(mailing.run(asked));
        Ok(Serving { address, stop, listener, renewing, mailing })
    }
}

impl Serving {
    /// Ends it; what is on its way to subscribers goes again after the next start.
    pub(crate) fn stop(self) {
        self.mailing.abort();
        let _ = self.stop.send(true);
        for (thread, name) in [(self.listener, "listener"), (self.renewing, "renewing")] {
            if thread.join().is_err() {
                tracing::error!("the status page's {name} ended by a bug");
            }
        }
    }
}
