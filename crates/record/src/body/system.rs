//! What happens to the program itself, its clock, its plans and its records.

use std::sync::Arc;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_time::{Duration, Timestamp};
use serde::{Deserialize, Serialize};

/// The program took up its work.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Started {
    /// The program's version.
    pub version: Box<str>,
    /// Since the last record before this one; zero on the first start.
    pub down_for: Duration,
    /// How far the wall clock stands behind the last record; zero unless it was set back while down.
    pub clock_behind: Duration,
}

/// The program laid down its work in order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stopped {
    /// What asked for it: `SIGTERM`, `SIGINT`.
    pub reason: Box<str>,
}

/// Wall clock and monotonic clock came apart; what was armed moves along.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClockJumped {
    /// How far the wall clock moved; negative is back.
    pub by: Duration,
}

/// A plan became the current one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanAdopted {
    /// Its content hash.
    pub plan: PlanHash,
    /// What it follows on; `None` for the first.
    pub before: Option<PlanHash>,
    /// Where its text was committed; `None` of a plain folder. Since version 2.
    pub commit: Option<PlanCommit>,
    /// How many findings it has.
    pub findings: u32,
    /// Live objects whose receiver it does not have any more, each with what becomes of it.
    pub orphans: Vec<Box<str>>,
}

/// Where a plan's text was committed. Whoever wrote it may ask to be forgotten: then the body is erased.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanCommit {
    /// The commit's hash, in hexadecimal digits.
    pub id: Box<str>,
    /// Who wrote it: `Ada Lovelace <ada@example.com>`.
    pub author: Box<str>,
    /// The first line of its message.
    pub summary: Box<str>,
}

/// A changed ops repo could not be resolved.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PlanRefused {
    /// `file:line:column: code: headline` of each error.
    pub errors: Vec<Box<str>>,
}

/// Nothing could be made durable, and the last resort was told directly; recorded once recording works again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LastResortTold {
    /// Who was told.
    pub receiver: Arc<str>,
    /// What kept commits from working.
    pub reason: Box<str>,
    /// When the message was sent.
    pub sent_at: Timestamp,
    /// Whether at least one integration took it.
    pub delivered: bool,
}

/// A body was erased, for people's sake. The header stays, and so does the chain.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct BodyErased {
    /// Whose body.
    pub erased: Seq,
    /// Why.
    pub reason: Box<str>,
}
