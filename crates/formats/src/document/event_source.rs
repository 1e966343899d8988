//! `kind: EventSource`: a forge that says what happens in repositories.

use evenkeel_model::Forge;
use evenkeel_model::document::{EventSourceDocument, RepositoryDocument};

use super::names::{named, shared};
use crate::alertmanager::secret::credential;
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Least, Record, Rule, Sort};

const FORGES: [&str; 2] = [Forge::Github.as_str(), Forge::Gitlab.as_str()];

pub(super) static KIND: Kind = Kind {
    name: "EventSource",
    about: "A forge that says what happens in repositories: merges, pipelines, releases, deployments.",
    spec: &SPEC,
};

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[
        Field::new("type", Sort::Text(Form::Word(&FORGES)), "What calls.").required(),
        Field::new("secret", Sort::Text(Form::Secret), "What its calls are signed with; better in a file."),
        Field::new("secretFile", Sort::Text(Form::Any), "A file with the secret, on the machine that is called."),
        Field::new(
            "repositories",
            Sort::List(&Sort::Record(&REPOSITORY), Least::One),
            "The repositories whose events count.",
        )
        .required(),
    ],
    rules: &[Rule::One(&["secret", "secretFile"], "an event source needs a secret, else anybody could call")],
};

static REPOSITORY: Record = Record {
    what: "a repository",
    fields: &[
        Field::new("name", Sort::Text(Form::Any), "What the forge calls it, such as `acme/shop`.").required(),
        Field::new("workload", Sort::Text(Form::Named("workload")), "What is built from it."),
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn event_source(spec: &mut Fields<'_>, cx: &mut Cx) -> Option<EventSourceDocument> {
    let forge = spec.word("type", &Forge::ALL.map(|forge| (forge.as_str(), forge)));
    let secret = credential(spec, ["secret", "secretFile"], cx);
    let repositories = spec.records("repositories").into_iter().filter_map(|fields| repository(fields, cx)).collect();
    Some(EventSourceDocument { forge: forge?, secret: secret?, repositories })
}

fn repository(mut fields: Fields<'_>, cx: &mut Cx) -> Option<RepositoryDocument> {
    let name = fields.text("name", cx).map(shared);
    let workload = named(&mut fields, "workload", cx);
    Some(RepositoryDocument { name: name?, workload })
}
