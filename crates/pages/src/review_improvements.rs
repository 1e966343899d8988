//! What somebody has taken up and signed; taking up, and giving up.

use askama::Template;
use evenkeel_engine::{IncomingImprovement, Input};
use evenkeel_identity::Action;
use evenkeel_ids::{DocumentRef, ImprovementId};

use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::workloads_pager::Pager;
use crate::{Act, Asked, Fields, FormRoute, Frame, Moment, Section, Shown, Wrong};

/// `POST /review/take-up`
pub(crate) const TAKE_UP: FormRoute =
    FormRoute { path: "/review/take-up", action: Action::Respond, page: "/review/take-up", read: take_up };
/// `POST /review/improvements/{id}/drop`
pub(crate) const GIVE_UP: FormRoute = FormRoute {
    path: "/review/improvements/{id}/drop",
    action: Action::Respond,
    page: "/review/improvements",
    read: give_up,
};

/// So many on a page.
const PER_PAGE: usize = 25;
/// So many statements are shown, those that end first.
const SIGNED_MAX: usize = 25;

#[derive(Debug, Template)]
#[template(path = "review_improvements.html", whitespace = "minimize")]
struct Improvements {
    frame: Frame,
    lines: Vec<Line>,
    pager: Pager,
    signed: Vec<Signed>,
    signed_more: usize,
    reason: String,
}

#[derive(Debug)]
struct Line {
    id: String,
    title: String,
    practice: Named,
    subject: String,
    owner: Named,
    at: Moment,
    closed: Option<Moment>,
    reopened: u32,
}

#[derive(Debug)]
struct Signed {
    practice: Named,
    subject: String,
    person: Named,
    statement: String,
    until: Moment,
    not_applicable: bool,
}

#[derive(Debug, Template)]
#[template(path = "review_take_up.html", whitespace = "minimize")]
struct TakeUp {
    frame: Frame,
    practice: String,
    subject: String,
    owner: String,
    title: String,
    lens: String,
}

/// `GET /review/improvements`
pub(crate) fn show(asked: &Asked<'_>) -> Shown {
    let frame = asked.frame(Section::Review, "Taken up and signed");
    let ledger = &asked.engine.state().ledger;
    let mut all: Vec<_> = ledger.improvements().collect();
    all.sort_by_key(|one| (one.closed_at.is_some(), one.id));
    let (range, pager) = Pager::of(asked.place, all.len(), PER_PAGE);
    let line = |one: &&evenkeel_ledger::Improvement| Line {
        id: one.id.to_string(),
        title: cut(&one.title, 2 * TITLE_MAX),
        practice: practice(&frame, &one.practice),
        subject: cut(&one.subject, TITLE_MAX),
        owner: Named::document(&frame.root, &one.owner),
        at: frame.moment(one.at),
        closed: one.closed_at.map(|at| frame.moment(at)),
        reopened: one.reopened,
    };
    let lines = all.get(range).unwrap_or_default().iter().map(line).collect();
    let mut signed: Vec<_> = ledger.attestations().filter(|one| one.expires_at > asked.now).collect();
    signed.sort_by_key(|one| one.expires_at);
    let of = |one: &&evenkeel_ledger::Attestation| Signed {
        practice: practice(&frame, &one.practice),
        subject: cut(&one.subject, TITLE_MAX),
        person: Named::person(&frame.root, &one.person),
        statement: cut(&one.statement, 2 * TITLE_MAX),
        until: frame.moment(one.expires_at),
        not_applicable: one.not_applicable,
    };
    Shown::page(Improvements {
        lines,
        pager,
        signed: signed.iter().take(SIGNED_MAX).map(of).collect(),
        signed_more: signed.len().saturating_sub(SIGNED_MAX),
        reason: asked.typed("reason").to_owned(),
        frame,
    })
}

fn practice(frame: &Frame, key: &str) -> Named {
    Named { name: cut(key, TITLE_MAX), href: linked(&frame.root, "/review/practices/{key}", key) }
}

/// `GET /review/take-up`: what is taken up stands in the query, and in what was typed.
pub(crate) fn ask(asked: &Asked<'_>) -> Shown {
    let field = |name: &str| {
        let typed = asked.kept.get(name).map(String::as_str);
        typed.or_else(|| asked.place.last(name)).unwrap_or_default().to_owned()
    };
    Shown::page(TakeUp {
        frame: asked.frame(Section::Review, "Take up an improvement"),
        practice: field("practice"),
        subject: field("subject"),
        owner: field("owner"),
        title: field("title"),
        lens: field("lens"),
    })
}

fn take_up(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let owner = fields.text("owner").parse::<DocumentRef>().ok();
    let owner = owner
        .filter(|owner| matches!(owner, DocumentRef::Team(_) | DocumentRef::Person(_)))
        .ok_or_else(|| Wrong::new("Nobody sees to it.", "Write who does as `team:NAME` or `person:NAME`."))?;
    if fields.text("title").is_empty() {
        return Err(Wrong::new("It is not said what is to be done.", "Write one sentence."));
    }
    let incoming = IncomingImprovement {
        practice: fields.text("practice").into(),
        subject: fields.text("subject").into(),
        owner,
        title: fields.text("title").into(),
        lens: fields.text("lens").into(),
    };
    let then = format!("{}review/improvements?said=taken-up", asked.place.root());
    Ok(Act { input: Input::OpenImprovement(incoming), then })
}

fn give_up(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let improvement = asked
        .place
        .named("id")
        .parse::<ImprovementId>()
        .map_err(|_| Wrong::new("There is no such improvement.", "The list has those that are taken up."))?;
    let reason = fields.said("reason").ok_or_else(|| {
        Wrong::new("It is not said why it is given up.", "Write one sentence: whoever takes it up again reads it.")
    })?;
    let then = format!("{}review/improvements?said=given-up", asked.place.root());
    Ok(Act { input: Input::DropImprovement { improvement, reason }, then })
}
