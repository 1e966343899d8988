//! The overview: what is broken, who suffers, who has it, what comes next, what changed.
//!
//! Which parts it has, in which order, and how much they say follows from the reader's view.

mod approvals;
mod changes;
mod incidents;
mod muted;
mod on_call;
mod told;
mod watch;

use std::collections::BTreeSet;
use std::sync::Arc;

use askama::Template;
use evenkeel_model::{View, ViewPart};

use crate::incident_named::{cut, listed};
use crate::link::encoded;
use crate::view::{Views, about};
use crate::{Asked, Frame, Section, Shown};
use approvals::Approvals;
use changes::Change;
use incidents::Incidents;
use muted::Muted;
use on_call::OnCall;
use told::Told;
use watch::Watch;

#[derive(Debug, Template)]
#[template(path = "overview.html", whitespace = "minimize")]
struct Overview {
    frame: Frame,
    tabs: Vec<Tab>,
    parts: Vec<Part>,
}

/// Another view.
#[derive(Debug)]
struct Tab {
    href: String,
    title: String,
    here: bool,
}

/// One part, collected.
#[derive(Debug)]
enum Part {
    Incidents(Incidents),
    Approvals(Approvals),
    Alerts(Firing),
    Changes(Changed),
    OnCall(OnCall),
    Muted(Muted),
    Watch(Watch),
    Told(Told),
}

#[derive(Debug)]
struct Firing {
    count: usize,
    groups: usize,
    /// Whether only those of incidents of the view are counted.
    own: bool,
    href: Option<String>,
}

#[derive(Debug)]
struct Changed {
    newest: Vec<Change>,
    href: Option<String>,
}

/// What the parts are collected from.
#[derive(Clone, Copy)]
struct Look<'a> {
    asked: &'a Asked<'a>,
    frame: &'a Frame,
    view: &'a View,
    about: Option<&'a BTreeSet<Arc<str>>>,
}

pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let frame = asked.frame(Section::Overview, "Overview");
    let views = Views::of(asked);
    let about = about(&views.shown, asked.caller, asked.engine);
    let look = Look { asked, frame: &frame, view: &views.shown, about: about.as_ref() };
    let parts: Vec<Part> = views.shown.parts.iter().filter_map(|part| look.part(*part)).collect();
    let tab = |view: &View| Tab {
        href: format!("?view={}", encoded(&view.name)),
        title: cut(&view.title, 40),
        here: view.name == views.shown.name,
    };
    Shown::page(Overview { tabs: views.all.iter().map(tab).collect(), parts, frame })
}

impl Look<'_> {
    /// A part; `None` where it has nothing to say.
    fn part(&self, part: ViewPart) -> Option<Part> {
        let look = *self;
        Some(match part {
            ViewPart::Incidents => Part::Incidents(Incidents::of(look)),
            ViewPart::Approvals => Part::Approvals(Approvals::of(look)?),
            ViewPart::Alerts => Part::Alerts(look.firing()),
            ViewPart::Changes => Part::Changes(Changed {
                newest: changes::newest(look),
                href: crate::overview_changes::address(&look.frame.root, None),
            }),
            ViewPart::OnCall => Part::OnCall(OnCall::of(look)),
            ViewPart::Muted => Part::Muted(Muted::of(look)),
            ViewPart::Watch => Part::Watch(Watch::of(look)),
            ViewPart::Told => Part::Told(Told::of(look)),
        })
    }

    fn firing(&self) -> Firing {
        let (state, own) = (self.asked.engine.state(), self.about.is_some());
        let theirs = state.incident.incidents().filter(|one| one.active() && self.shows(one));
        let count = if own { theirs.map(|one| one.alerts.len()).sum() } else { state.alerting.firing() };
        let (_, groups, _) = state.alerting.counts();
        Firing { count, groups, own, href: listed(&self.frame.root, "/alerts", "") }
    }

    fn shows(&self, incident: &evenkeel_incident::Incident) -> bool {
        crate::view::shows(self.view, self.about, incident)
    }
}
