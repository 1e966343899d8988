//! `kind: Team`.

use evenkeel_model::document::{MemberDocument, TeamDocument};

use super::names::{named, shared};
use super::prose::{PROSE, prose};
use crate::fields::{Cx, Fields, Item};
use crate::shape::{Field, Form, Kind, Least, Record, Sort};

pub(super) static KIND: Kind = Kind { name: "Team", about: "People who own things together.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new(
            "members",
            Sort::List(&Sort::Either(Form::Named("person"), &MEMBER), Least::None),
            "People, by name or with what they are in the team.",
        ),
        Field::new(
            "escalation",
            Sort::Text(Form::Named("escalation policy")),
            "The escalation policy for all that the team owns.",
        ),
    ],
    rules: &[],
};

static MEMBER: Record = Record {
    what: "a member",
    fields: &[
        Field::new("person", Sort::Text(Form::Named("person")), "Who it is.").required(),
        Field::new("role", PROSE, "What they are in the team."),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn team(spec: &mut Fields<'_>, cx: &mut Cx) -> TeamDocument {
    let members = spec.items("members").into_iter().filter_map(|item| member(item, cx)).collect();
    TeamDocument { members, escalation: named(spec, "escalation", cx) }
}

fn member(item: Item<'_>, cx: &mut Cx) -> Option<MemberDocument> {
    match item {
        Item::Text(name) => Some(MemberDocument { person: shared(name), role: None }),
        Item::Texts(_) => None,
        Item::Fields(mut fields) => {
            let person = named(&mut fields, "person", cx);
            let role = prose(&mut fields, "role", cx);
            Some(MemberDocument { person: person?, role })
        }
    }
}
