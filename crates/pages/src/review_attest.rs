//! Signing that a practice is lived, or does not apply.

use std::sync::Arc;

use askama::Template;
use evenkeel_engine::{IncomingAttestation, Input};
use evenkeel_identity::Action;
use evenkeel_time::{Duration, Timestamp};

use crate::{Act, Asked, Fields, FormRoute, Frame, Section, Shown, Wrong};

/// `POST /review/attest`
pub(crate) const SIGN: FormRoute =
    FormRoute { path: "/review/attest", action: Action::Respond, page: "/review/attest", read: sign };

/// So long a statement counts, unless another day is said.
const COUNTS_FOR: Duration = Duration::hours(24 * 90);
const DAY_MINUTES: i64 = 24 * 60;

#[derive(Debug, Template)]
#[template(path = "review_attest.html", whitespace = "minimize")]
struct Attest {
    frame: Frame,
    practice: String,
    subject: String,
    statement: String,
    until: String,
    not_applicable: bool,
    signer: String,
    may_name: bool,
}

/// `GET /review/attest`
pub(crate) fn ask(asked: &Asked<'_>) -> Shown {
    let field = |name: &str| {
        let typed = asked.kept.get(name).map(String::as_str);
        typed.or_else(|| asked.place.last(name)).unwrap_or_default().to_owned()
    };
    let until = field("until");
    let own = asked.caller.person.as_ref();
    Shown::page(Attest {
        practice: field("practice"),
        subject: field("subject"),
        statement: field("statement"),
        until: if until.is_empty() { evenkeel_review::day(asked.now.saturating_add(COUNTS_FOR)) } else { until },
        not_applicable: field("applies") == "no",
        signer: own.map_or_else(|| field("person"), ToString::to_string),
        may_name: own.is_none() && asked.caller.allows(Action::Administer),
        frame: asked.frame(Section::Review, "Sign a statement"),
    })
}

fn sign(asked: &Asked<'_>, fields: &Fields) -> Result<Act, Wrong> {
    let incoming = IncomingAttestation {
        practice: fields.text("practice").into(),
        subject: fields.text("subject").into(),
        person: signer(asked, fields)?,
        statement: fields
            .said("statement")
            .ok_or_else(|| Wrong::new("It is not said what you stand for.", "Write what is done, and how you know."))?,
        expires_at: end_of(asked, fields.text("until")).ok_or_else(|| {
            Wrong::new(
                "It is not said until when it counts.",
                "Write the last day as 2027-01-31; a year ahead at most.",
            )
        })?,
        not_applicable: fields.text("applies") == "no",
    };
    let then = format!("{}review/improvements?said=attested", asked.place.root());
    Ok(Act { input: Input::Attest(incoming), then })
}

/// The reader; whom an admin names who is nobody in particular.
fn signer(asked: &Asked<'_>, fields: &Fields) -> Result<Arc<str>, Wrong> {
    if let Some(person) = &asked.caller.person {
        return Ok(person.clone());
    }
    if !asked.caller.allows(Action::Administer) {
        return Err(Wrong::new(
            "A statement is signed by a person, and you are logged in as nobody in particular.",
            "Log in with a token that speaks for you: `evenkeel token create NAME --role responder --person NAME`.",
        ));
    }
    let named = fields.said("person").map(Arc::<str>::from);
    named.ok_or_else(|| Wrong::new("It is not said who signs.", "Write the name of their document, such as `ada`."))
}

/// The end of a day on the reader's wall clock.
fn end_of(asked: &Asked<'_>, text: &str) -> Option<Timestamp> {
    let noon: Timestamp = format!("{text}T12:00:00Z").parse().ok()?;
    let day = evenkeel_time::Zone::UTC.civil(noon).day_number();
    Some(asked.clock().zone.instant_of_minute((day + 1) * DAY_MINUTES))
}
