//! What a page is collected from: state, who looks, and where.

use std::collections::BTreeMap;

use evenkeel_engine::Engine;
use evenkeel_identity::{Action, Identity};
use evenkeel_ids::Seq;
use evenkeel_incident::By;
use evenkeel_time::{Timestamp, Zone};

use crate::{Clock, Frame, Place, Said, Section};

/// What was typed into a form that was not taken, by field.
pub type Kept = BTreeMap<String, String>;

/// How the program is doing.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Standing {
    /// Whether inputs are taken and made durable.
    pub ready: bool,
    /// Why not, or what is not well, each a sentence.
    pub reasons: Vec<String>,
    /// Its version.
    pub version: String,
    /// When it took up work.
    pub started_at: Option<Timestamp>,
    /// The last durable record, and its hash as hexadecimal digits.
    pub head: Option<(Seq, String)>,
}

/// What a page is collected from.
#[derive(Debug, Clone, Copy)]
pub struct Asked<'a> {
    /// State and plan.
    pub engine: &'a Engine,
    /// The present instant.
    pub now: Timestamp,
    /// Who looks.
    pub caller: &'a Identity,
    /// Which page.
    pub place: &'a Place,
    /// How the program is doing.
    pub standing: &'a Standing,
    /// What is said at the head of the page about what was just tried.
    pub said: Option<&'a Said>,
    /// What was typed into a form that was not taken.
    pub kept: &'a Kept,
    /// Names this look, so that a form that is sent twice acts once.
    pub once: &'a str,
}

impl Asked<'_> {
    /// The reader's wall clock: that of the person they are, else UTC.
    #[must_use]
    pub fn clock(&self) -> Clock {
        let person = self.caller.person.as_ref().and_then(|name| self.engine.plan().catalogue.people.get(name));
        let zone = person.map_or(Zone::UTC, |person| person.zone.clone());
        Clock { zone, now: self.now }
    }

    /// What stands round every page.
    #[must_use]
    pub fn frame(&self, section: Section, title: impl Into<String>) -> Frame {
        Frame::of(self, section, title.into())
    }

    /// Whether the reader may act on incidents and silences.
    #[must_use]
    pub fn may_respond(&self) -> bool {
        self.caller.allows(Action::Respond)
    }

    /// The reader, as commands name who gives them.
    #[must_use]
    pub fn by(&self) -> By {
        By { person: self.caller.person.clone(), page: None, may_approve: self.caller.allows(Action::Operate) }
    }

    /// What was typed into a field of a form that was not taken; empty otherwise.
    #[must_use]
    pub fn typed(&self, field: &str) -> &str {
        self.kept.get(field).map_or("", String::as_str)
    }
}
