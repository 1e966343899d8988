//! The addresses that an ops repo links to, for whoever goes and asks them.

use evenkeel_model::document::Text;

use super::annotation::{alerts, named};
use super::dead_link;
use crate::Repo;

/// Every `http` and `https` address that pages, response plans, alerts, entities, obligations and standards link to, by
/// place. What is filled in
/// only later (`{{ … }}`) is no address yet.
#[must_use]
pub fn addresses(repo: &Repo<'_>) -> Vec<Text> {
    let documents = repo.documents;
    let pages = documents.pages.iter().flat_map(|page| &page.links);
    let plans = documents.response_plans.iter().filter_map(|plan| plan.spec.procedure.as_ref());
    let rules = alerts(documents).flat_map(|(_, rule)| named(rule));
    let entities = documents.entities.iter().flat_map(|entity| &entity.links);
    let sources = dead_link::sources(documents).map(|(text, _)| text);
    let all = pages.chain(plans).chain(rules).chain(entities).chain(sources);
    let mut found: Vec<Text> = all.filter(|text| is_address(&text.value)).cloned().collect();
    found.sort_by_key(|text| (text.span.source, text.span.start));
    found
}

fn is_address(text: &str) -> bool {
    let begins = |scheme: &str| text.get(..scheme.len()).is_some_and(|start| start.eq_ignore_ascii_case(scheme));
    (begins("http://") || begins("https://")) && !text.contains("{{")
}
