//! Where what a record is about has its page.

use evenkeel_engine::Engine;
use evenkeel_ids::{PageId, UpdateId};

use crate::link::encoded;
use crate::{PAGES, Place};

/// Kinds of ids and documents, and where each is shown.
const SHOWN_AT: &[(&str, &str)] = &[
    ("incident", "incidents"),
    ("problem", "problems"),
    ("alert", "alerts"),
    ("group", "groups"),
    ("silence", "silences"),
    ("team", "teams"),
    ("person", "people"),
    ("workload", "workloads"),
    ("schedule", "oncall"),
    ("record", "records"),
];

/// The page of an id or a document, relative to the root; `None` where it has none.
pub(crate) fn leads_to(engine: &Engine, about: &str) -> Option<String> {
    let incidents = &engine.state().incident;
    let (kind, name) = about.split_once(':').unwrap_or((about, ""));
    let path = match kind {
        "plan" => "plans".to_owned(),
        "page" => format!("incidents/{}", incidents.page(about.parse::<PageId>().ok()?)?.incident),
        "update" => format!("incidents/{}", incidents.update(about.parse::<UpdateId>().ok()?)?.incident),
        _ => {
            let (_, folder) = SHOWN_AT.iter().find(|(known, _)| *known == kind)?;
            let id = matches!(kind, "incident" | "problem" | "alert" | "group" | "silence");
            format!("{folder}/{}", encoded(if id { about } else { name }))
        }
    };
    let whole = format!("/{path}");
    PAGES.iter().any(|page| Place::of(page.path, &whole, Vec::new()).is_some()).then_some(path)
}
