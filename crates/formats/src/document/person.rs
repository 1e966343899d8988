//! `kind: Person`.

use evenkeel_model::document::{ContactDocument, NotifyDocument, PersonDocument};
use evenkeel_model::{QuietHours, Secret};
use evenkeel_time::{Duration, Zone};

use super::calendar::{TIMES, WEEKDAYS, window, zone};
use super::contact::{CONTACT, contact};
use super::names::named;
use super::prose::{SEVERITY, SEVERITY_LIST, severities};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Rule, Sort};
use crate::yaml::Value;

pub(super) static KIND: Kind = Kind { name: "Person", about: "Somebody who can be reached.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("fullName", Sort::Text(Form::Secret), "What they are called; kept as secrets are."),
        Field::new("timeZone", Sort::Text(Form::Zone), "The clock that their quiet hours go by.").default("UTC"),
        Field::new("contacts", Sort::List(&Sort::Record(&CONTACT), Least::None), "The ways in which they are reached."),
        Field::new(
            "notify",
            Sort::List(&Sort::Record(&NOTIFY), Least::None),
            "Which contact is tried when; without it, every contact at once.",
        ),
        Field::new(
            "quietHours",
            Sort::List(&Sort::Record(&QUIET_HOURS), Least::None),
            "When what can wait does, on their own clock.",
        ),
    ],
    rules: &[Rule::Needs("quietHours", "timeZone")],
};

static NOTIFY: Record = Record {
    what: "a rule of `notify`",
    fields: &[
        Field::new("contact", Sort::Text(Form::Named("contact")), "One of the contacts.").required(),
        Field::new("after", Sort::Text(Form::Duration), "How long after the page it is tried.").default("0s"),
        Field::new("severities", SEVERITY_LIST, "The severities that it is for; without it, all."),
    ],
    rules: &[],
};

static QUIET_HOURS: Record = Record {
    what: "an entry of `quietHours`",
    fields: &[
        TIMES,
        WEEKDAYS,
        Field::new("severities", Sort::List(&SEVERITY, Least::One), "Pages of these severities wait until it is over.")
            .required(),
    ],
    rules: &[Rule::Some(&["times", "weekdays"])],
};

/// Reads `spec`. The full name is blanked: it is personal.
pub(super) fn person(spec: &mut Fields<'_>, cx: &mut Cx) -> PersonDocument {
    let full_name = spec.secret("fullName", cx).map(|name| Secret::new(name.value));
    let zone = zone(spec, "timeZone", cx).unwrap_or(Zone::UTC);
    let contacts = contacts(spec, cx);
    let notify = spec.records("notify").into_iter().filter_map(|fields| notify(fields, cx)).collect();
    let quiet_hours = spec.records("quietHours").into_iter().map(|fields| quiet_hours(fields, cx)).collect();
    PersonDocument { full_name, zone, contacts, notify, quiet_hours }
}

/// Whatever stands in place of a list or of a contact may be an address.
fn contacts(spec: &mut Fields<'_>, cx: &mut Cx) -> Vec<ContactDocument> {
    match spec.node("contacts").map(|node| (node, &node.value)) {
        Some((_, Value::Seq(items))) => {
            items.iter().filter(|item| !matches!(item.value, Value::Map(_))).for_each(|item| cx.blank(item));
        }
        Some((node, _)) => cx.blank(node),
        None => {}
    }
    spec.records("contacts").into_iter().filter_map(|fields| contact(fields, cx)).collect()
}

fn notify(mut fields: Fields<'_>, cx: &mut Cx) -> Option<NotifyDocument> {
    let contact = named(&mut fields, "contact", cx);
    let after = fields.duration("after", cx).map_or(Duration::ZERO, |after| after.value);
    let severities = severities(&mut fields, "severities", cx);
    Some(NotifyDocument { contact: contact?, after, severities })
}

fn quiet_hours(mut fields: Fields<'_>, cx: &mut Cx) -> QuietHours {
    let window = window(&mut fields, cx);
    let severities = severities(&mut fields, "severities", cx);
    QuietHours { window, severities }
}
