//! `/api/v1/workloads`, `/teams`, `/people`, `/procedures`: what the adopted plan has.

pub(crate) mod people;
pub(crate) mod procedures;
pub(crate) mod teams;
pub(crate) mod workloads;

use evenkeel_diagnostic::did_you_mean;
use http::{StatusCode, Uri};

use crate::openapi::{Code, Param, Sort};
use crate::path;
use crate::refused::Refused;

/// Which document.
pub(crate) const NAME: Param =
    Param::path("name", Sort::Text(300), "its name; with its kind, such as `team:shop`, too");
/// What is not there.
pub(crate) const UNKNOWN: &[Code] = &[Code::new(404, "unknown-document")];

/// The name in a path; `kind:name` is taken too.
fn name(uri: &Uri, kind: &str) -> Result<String, Refused> {
    let name = path::name(uri)?;
    let bare = name.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')).map(str::to_owned);
    Ok(bare.unwrap_or(name))
}

/// The ops repo has none of that name.
fn unknown<'a>(kind: &str, name: &str, known: impl Iterator<Item = &'a str>) -> Refused {
    let near = did_you_mean(name, known);
    let help =
        near.map_or_else(|| "the list says which there are".to_owned(), |near| format!("did you mean `{near}`?"));
    let message = format!("the ops repo has no {kind} `{name}`");
    Refused::new(StatusCode::NOT_FOUND, "unknown-document", message).help(help)
}
