//! What is told twice has one key, whichever way it is told.

use std::collections::BTreeSet;

use evenkeel_forge::{Told, ToldFact};
use evenkeel_model::Forge;

use crate::payloads::told;

fn facts(forge: Forge, name: &str) -> Vec<ToldFact> {
    if let Told::Facts(facts) = told(forge, name) { facts } else { Vec::new() }
}

fn merge(forge: Forge, name: &str) -> ToldFact {
    facts(forge, name).into_iter().find(|told| &*told.fact.kind == "merge").expect("a merge")
}

#[test]
fn a_merge_told_by_its_request_and_by_the_push_is_one() {
    for (forge, request) in [(Forge::Github, "pull_request-merged"), (Forge::Gitlab, "merge_request-merged")] {
        let (full, hint) = (merge(forge, request), merge(forge, "push-of-a-merge"));
        assert_eq!(full.fact.key, hint.fact.key);
        assert_eq!(full.fact.fields.get("commit"), hint.fact.fields.get("commit"));
        assert!(!full.hint && hint.hint, "the request says more, so the push only hints at it");
        assert!(full.fact.fields.len() > hint.fact.fields.len());
    }
}

#[test]
fn the_same_delivery_says_the_same_whenever_it_comes() {
    for (forge, name) in [(Forge::Github, "push"), (Forge::Gitlab, "push"), (Forge::Github, "deployment_status")] {
        assert_eq!(told(forge, name), told(forge, name));
        assert!(facts(forge, name).iter().all(|told| told.fact.occurred_at < crate::payloads::now()), "{name}");
    }
}

#[test]
fn a_deployment_stays_one_thing_while_it_comes_about() {
    let keys: BTreeSet<_> = ["deployment_status-started", "deployment_status"]
        .iter()
        .flat_map(|name| facts(Forge::Github, name))
        .map(|told| told.fact.key)
        .collect();
    assert_eq!(keys.len(), 1);
}

#[test]
fn a_name_that_is_too_long_still_has_one_key() {
    let branch = "x".repeat(300);
    let body =
        crate::payloads::payload(Forge::Github, "push").replace("refs/heads/main", &format!("refs/heads/{branch}"));
    let headers = crate::payloads::signed(Forge::Github, "push", body.as_bytes());
    let secret = evenkeel_model::Secret::new(crate::payloads::SECRET);
    let source = crate::payloads::source(Forge::Github);
    let told = evenkeel_forge::hook(&source, &secret, &headers, body.as_bytes(), crate::payloads::now());
    let Ok(Told::Facts(facts)) = told else { panic!("{told:?}") };
    assert!(facts[0].fact.key.starts_with("sha256:") && facts[0].fact.key.len() == 71, "{}", facts[0].fact.key);
}
