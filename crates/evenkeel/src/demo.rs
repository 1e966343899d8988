//! `evenkeel demo`: a small real shop is watched, broken for real, noticed, told, repaired, told again.
//!
//! ```text
//!  shoppers ──▶ web ──▶ orders ──▶ catalog      three processes; catalog is killed with SIGKILL
//!                ▲         ▲          ▲
//!                └──────── probes ────┘
//!                            │
//!                  the server, in this process ──▶ phone, a webhook that keeps what arrives
//! ```
//!
//! Nothing is staged: the server is the one of `serve`, the ops repo the shop's own, and every time is measured from the
//! outside, over HTTP and at the phone. Every wait has a deadline, and however the play ends, processes and temporary
//! folders are gone.

mod console;
mod folder;
mod narrator;
mod ops;
mod phone;
mod play;
mod ports;
mod report;
mod shop;

use std::path::PathBuf;

use tokio::signal::unix::{SignalKind, signal};

use folder::Folder;
use play::{EarlyEnd, Play};

pub(crate) use narrator::Narrator;
pub(crate) use report::Report;

/// Plays it through and returns what came of it; a signal ends it early.
pub(crate) async fn play(keep: Option<PathBuf>, narrator: Narrator) -> anyhow::Result<Report> {
    let (mut int, mut term, mut hup) =
        (signal(SignalKind::interrupt())?, signal(SignalKind::terminate())?, signal(SignalKind::hangup())?);
    let folder = Folder::make(keep)?;
    let mut play = Play::new(narrator, &folder);
    // Dropping the run drops shop and phone, so a signal leaves nothing behind.
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
