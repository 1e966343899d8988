//! `evenkeel demo`: a small real shop is watched and broken for real; somebody is paged and does not answer, somebody
//! else is and does; it is repaired, and all who were told hear so.
//!
//! ```text
//!  shoppers ──▶ web ──▶ orders ──▶ catalog      three processes; catalog is killed with SIGKILL
//!                ▲         ▲          ▲
//!                └── OTLP, and probes ┘
//!                            │ rules
//!                  the server, in this process ──▶ phones, a webhook that keeps what arrives
//!                            ▲                       │
//!                            └── the link in a page ─┘
//! ```
//!
//! Nothing is staged: the server is the one of `serve`, the ops repo the shop's own, and every time is measured from the
//! outside, over HTTP and at the phones. Every wait has a deadline, and however the play ends, processes and temporary
//! folders are gone.

mod console;
mod folder;
mod narrator;
mod ops;
mod phones;
mod play;
mod ports;
mod report;
mod shop;
mod words;

use std::path::PathBuf;

use tokio::signal::unix::{SignalKind, signal};

use folder::Folder;
use play::{EarlyEnd, Play};

pub(crate) use narrator::Narrator;
pub(crate) use report::Report;

/// Who answers the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Answerer {
    /// The play itself, at once.
    Play,
    /// Whoever sits in front of it, in a browser.
    Person,
}

/// Plays it through and returns what came of it; a signal ends it early.
pub(crate) async fn play(keep: Option<PathBuf>, answerer: Answerer, narrator: Narrator) -> anyhow::Result<Report> {
    let (mut int, mut term, mut hup) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    let folder = Folder::make(keep)?;
    let mut play = Play::new(narrator, answerer, &folder);
    // Dropping the run drops shop and phones, so a signal leaves nothing behind.
    let ended = tokio::select! {
        ended = play.run() => ended.map_err(EarlyEnd::Failed),
        _ = int.recv() => Err(EarlyEnd::Signal("interrupted")),
        _ = term.recv() => Err(EarlyEnd::Signal("asked to end")),
        _ = hup.recv() => Err(EarlyEnd::Signal("left without a terminal")),
    };
    if let Err(why) = ended {
        play.broken_off(&why).await;
    }
    play.end(&folder);
    Ok(play.report)
}
