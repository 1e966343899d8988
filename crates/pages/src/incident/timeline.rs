//! What happened, the newest first, the middle folded.

use evenkeel_incident::{Entry, Incident};

use crate::incident_named::{cut, listed};
use crate::{Frame, Moment};

/// So many of the newest stand open.
const NEWEST: usize = 12;
/// So many of the oldest stand open.
const OLDEST: usize = 3;
/// So many of those between are folded; the record has the others.
const FOLDED_MAX: usize = 20;
const SAID_MAX: usize = 300;
const FOLDED_SAID_MAX: usize = 120;

#[derive(Debug)]
pub(super) struct Timeline {
    pub(super) newest: Vec<Happened>,
    pub(super) folded: Vec<Happened>,
    /// So many between are not shown.
    pub(super) omitted: usize,
    pub(super) oldest: Vec<Happened>,
    /// Where every record stands.
    pub(super) records: Option<String>,
}

/// One line.
#[derive(Debug)]
pub(super) struct Happened {
    pub(super) at: Moment,
    pub(super) actor: Option<String>,
    pub(super) what: String,
    pub(super) note: bool,
}

impl Timeline {
    pub(super) fn of(frame: &Frame, incident: &Incident) -> Self {
        let mut entries = incident.timeline.iter().rev();
        let newest = entries.by_ref().take(NEWEST).map(|entry| happened(frame, entry, SAID_MAX)).collect();
        let rest: Vec<&Entry> = entries.collect();
        let between = rest.len().saturating_sub(OLDEST);
        let (middle, oldest) = rest.split_at_checked(between).unwrap_or((&[], &[]));
        let left_out = usize::try_from(incident.timeline_omitted).unwrap_or(usize::MAX);
        Self {
            newest,
            folded: middle.iter().take(FOLDED_MAX).map(|entry| happened(frame, entry, FOLDED_SAID_MAX)).collect(),
            omitted: middle.len().saturating_sub(FOLDED_MAX).saturating_add(left_out),
            oldest: oldest.iter().map(|entry| happened(frame, entry, SAID_MAX)).collect(),
            records: listed(&frame.root, "/records", &format!("?about={}", incident.id)),
        }
    }
}

fn happened(frame: &Frame, entry: &Entry, said: usize) -> Happened {
    let note = entry.what.strip_prefix("note: ");
    Happened {
        at: frame.moment(entry.at),
        actor: (entry.actor.as_ref() != "system").then(|| cut(&entry.actor, 60)),
        what: cut(note.unwrap_or(&entry.what), said),
        note: note.is_some(),
    }
}
