//! Where an ops repo declares those who are judged.

use std::collections::BTreeMap;
use std::path::Path;

use evenkeel_diagnostic::Span;
use evenkeel_model::Missing;
use evenkeel_ops_source::{load, read};
use evenkeel_review::Place;

/// By `workload:shop` and `team:payments`; paths as seen from where the command runs.
pub(super) fn places(ops: &Path) -> anyhow::Result<BTreeMap<Box<str>, Place>> {
    let loaded = load(&read(ops)?, Missing::Allow);
    let documents = &loaded.documents;
    let place = |span: Span| {
        let source = loaded.sources.get(span.source)?;
        let path = ops.join(&*source.path).display().to_string();
        Some(Place { path: path.into(), line: source.position(span.start).line })
    };
    let workloads = documents.workloads.iter().map(|declared| ("workload", &declared.name));
    let teams = documents.teams.iter().map(|declared| ("team", &declared.name));
    let named = workloads.chain(teams).filter_map(|(kind, name)| {
        let key: Box<str> = format!("{kind}:{}", name.value).into();
        Some((key, place(name.span)?))
    });
    Ok(named.collect())
}
