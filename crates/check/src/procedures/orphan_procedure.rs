//! Procedures that nothing leads to.

use std::collections::BTreeSet;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{ProcedureIndex, codes, path_from, quoted, split_link};

use super::annotation::{alerts, is_template, named};
use super::target::is_folder;
use crate::Repo;

/// Reports procedures that no response plan, no alert, no entity and no other procedure leads to.
pub(crate) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let documents = repo.documents;
    let nothing_could = documents.response_plans.is_empty() && alerts(documents).next().is_none();
    if !repo.is_whole() || nothing_could || documents.procedures.is_empty() {
        return;
    }
    let index = ProcedureIndex::new(&repo.catalogue.procedures);
    let led_to = led_to(repo, &index);
    let patterns = patterns(repo);
    let orphans = documents.procedures.iter().filter(|document| {
        !led_to.contains(&*document.path)
            && !patterns.iter().any(|pattern| pattern.may_mean(&document.path, repo.paths))
    });
    for document in orphans {
        let name = quoted(&document.name.value);
        let headline = format!("nothing leads to the {} {name}", document.kind.as_str());
        let diag = Diagnostic::finding(codes::ORPHAN_PROCEDURE, document.name.span, headline);
        let diag = diag.label("no response plan, no alert and no other procedure names it");
        diags.push(diag.help(format!("name it in a response plan: `procedure: {}`", document.path)));
    }
}

/// Paths of the procedures that something leads to.
fn led_to<'a>(repo: &Repo<'a>, index: &ProcedureIndex<'a>) -> BTreeSet<&'a str> {
    let documents = repo.documents;
    let file = |span: evenkeel_diagnostic::Span| documents.files.get(&span.source).map(AsRef::as_ref);
    let plans = documents.response_plans.iter().filter_map(|plan| plan.spec.procedure.as_ref());
    let rules = alerts(documents).flat_map(|(_, rule)| named(rule));
    let entities = documents.entities.iter().flat_map(|entity| &entity.links);
    let texts = plans.chain(rules).chain(entities);
    let mut found: BTreeSet<&str> =
        texts.filter_map(|text| index.find(&text.value, file(text.span))).map(|known| known.path.as_ref()).collect();
    for page in documents.pages.iter().filter(|page| index.at(&page.path).is_some()) {
        for link in &page.links {
            let (path, _) = split_link(&link.value);
            let target = path_from(&page.path, path).and_then(|path| index.at(&path));
            let target = target.or_else(|| index.find(&link.value, None).filter(|_| link.value.contains("://")));
            found.extend(target.map(|known| known.path.as_ref()).filter(|known| **known != *page.path));
        }
    }
    found
}

/// An annotation that becomes an address only when the alert fires: what stands before and behind its templates.
struct Pattern<'a> {
    before: &'a str,
    behind: &'a str,
}

fn patterns<'a>(repo: &Repo<'a>) -> Vec<Pattern<'a>> {
    let texts = alerts(repo.documents).flat_map(|(_, rule)| named(rule)).filter(|text| is_template(&text.value));
    let once: BTreeSet<(&str, &str)> = texts
        .map(|text| {
            let before = text.value.split("{{").next().unwrap_or("");
            (before, text.value.rsplit("}}").next().unwrap_or(""))
        })
        .collect();
    once.into_iter().map(|(before, behind)| Pattern { before, behind }).collect()
}

impl Pattern<'_> {
    fn may_mean(&self, path: &str, paths: &BTreeSet<Box<str>>) -> bool {
        let (behind, _) = split_link(self.behind);
        if let Some((_, named)) = behind.split_once('/').filter(|(_, named)| !named.is_empty()) {
            return path.ends_with(named);
        }
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let (before, start) = self.before.rsplit_once('/').unwrap_or(("", self.before));
        let last = before.rsplit('/').next().unwrap_or(before);
        // What stands in the root is meant by any folder that is none of the ops repo's.
        let there = if folder.is_empty() { !is_folder(paths, last) } else { before.ends_with(folder) };
        there && name.starts_with(start) && (name.ends_with(behind) || !behind.contains('.'))
    }
}
