//! The chain of records verified over a stretch: whether anything was altered, left out or moved.

use askama::Template;
use evenkeel_ids::Seq;

use crate::{Asked, Frame, Place, Section, Shown, VERIFIED_AT_ONCE_MAX, Verified, VerifyAsked};

/// So many faults are listed.
const FAULTS_MAX: usize = 50;

#[derive(Debug, Template)]
#[template(path = "records_verify.html", whitespace = "minimize")]
struct Verify {
    frame: Frame,
    from: String,
    to: String,
    found: Option<Found>,
    at_once: u64,
}

#[derive(Debug)]
struct Found {
    from: u64,
    to: u64,
    head: u64,
    records: u64,
    erased: u64,
    checkpoints: u64,
    hash: String,
    faults: Vec<Fault>,
    /// Faults that are not listed.
    more: u64,
    /// The query for what is behind the stretch, and before it.
    behind: Option<String>,
    before: Option<String>,
}

#[derive(Debug)]
struct Fault {
    /// `None`: about the file as a whole.
    at: Option<u64>,
    what: String,
    meaning: String,
}

pub(crate) fn ask(place: &Place) -> VerifyAsked {
    let number = |name: &str| place.last(name)?.trim().trim_start_matches('#').parse().ok().map(Seq);
    VerifyAsked { from: number("from"), to: number("to") }
}

pub(crate) fn show(asked: &Asked<'_>, verified: Option<&Verified>) -> Shown {
    let typed = |name: &str| asked.place.last(name).unwrap_or("").to_owned();
    let stretch = |number: fn(&Verified) -> Seq, name: &str| {
        verified.map_or_else(|| typed(name), |found| number(found).0.to_string())
    };
    Shown::page(Verify {
        frame: asked.frame(Section::Records, "Verify the records"),
        from: stretch(|found| found.from, "from"),
        to: stretch(|found| found.to, "to"),
        found: verified.map(found),
        at_once: VERIFIED_AT_ONCE_MAX,
    })
}

fn found(verified: &Verified) -> Found {
    let fault = |fault: &crate::VerifyFault| Fault {
        at: (fault.at.0 > 0).then_some(fault.at.0),
        what: fault.what.clone(),
        meaning: fault.meaning.clone(),
    };
    let unlisted = u64::try_from(verified.faults.len().saturating_sub(FAULTS_MAX)).unwrap_or(u64::MAX);
    let (from, to, head) = (verified.from.0, verified.to.0, verified.head.0);
    Found {
        from,
        to,
        head,
        records: verified.records,
        erased: verified.erased,
        checkpoints: verified.checkpoints,
        hash: verified.hash.clone(),
        faults: verified.faults.iter().take(FAULTS_MAX).map(fault).collect(),
        more: verified.unlisted.saturating_add(unlisted),
        behind: (to < head)
            .then(|| format!("?from={}&to={}", to + 1, to.saturating_add(VERIFIED_AT_ONCE_MAX).min(head))),
        before: (from > 1)
            .then(|| format!("?from={}&to={}", from.saturating_sub(VERIFIED_AT_ONCE_MAX).max(1), from - 1)),
    }
}
