//! What the page behind a link is made of, collected in one look.

use evenkeel_engine::Engine;
use evenkeel_ids::{DocumentRef, UpdateId};
use evenkeel_incident::{Page, UpdateStatus};
use evenkeel_model::Person;
use evenkeel_record::Ask;
use evenkeel_time::{Timestamp, Zone};

use super::clock::Clock;
use crate::incidents::{ShownDetail, ShownPage};
use crate::updates::ShownUpdate;

/// What the page behind a link is made of.
#[derive(Debug)]
pub(super) struct Facts {
    pub(super) detail: ShownDetail,
    /// The page that the link belongs to.
    pub(super) page: ShownPage,
    pub(super) used: bool,
    /// Whether the plan has the person no more.
    pub(super) gone: bool,
    pub(super) asked: Asked,
    pub(super) clock: Clock,
}

/// What the person is asked for.
#[derive(Debug)]
pub(super) enum Asked {
    Acknowledge,
    StillYours,
    TakeOver,
    /// To approve this, which may not wait any more.
    Approve {
        update: Box<ShownUpdate>,
        waits: bool,
    },
    /// To approve what is gone.
    ApproveGone,
}

impl Facts {
    /// `None` when the incident was closed too long ago to be shown.
    pub(super) fn of(engine: &Engine, now: Timestamp, page: &Page) -> Option<Self> {
        let incident = engine.state().incident.incident(page.incident)?;
        let person = person(engine, &page.to);
        Some(Self {
            detail: ShownDetail::of(engine, now, incident),
            page: ShownPage::of(page),
            used: page.link_used,
            gone: person.is_none(),
            asked: asked(engine, page.ask),
            clock: Clock { zone: person.map_or(Zone::UTC, |person| person.zone.clone()), now },
        })
    }
}

fn asked(engine: &Engine, ask: Ask) -> Asked {
    match ask {
        Ask::Acknowledge => Asked::Acknowledge,
        Ask::StillYours => Asked::StillYours,
        Ask::TakeOver => Asked::TakeOver,
        Ask::Approve(id) => approval(engine, id),
    }
}

fn approval(engine: &Engine, id: UpdateId) -> Asked {
    let update = engine.state().incident.update(id);
    update.map_or(Asked::ApproveGone, |update| Asked::Approve {
        update: Box::new(ShownUpdate::of(update)),
        waits: update.status == UpdateStatus::AwaitingApproval,
    })
}

/// Whom the page is to, while the plan has them.
fn person<'a>(engine: &'a Engine, to: &DocumentRef) -> Option<&'a Person> {
    match to {
        DocumentRef::Person(name) => engine.plan().catalogue.people.get(name),
        DocumentRef::Team(_)
        | DocumentRef::Schedule(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Workload(_) => None,
    }
}
