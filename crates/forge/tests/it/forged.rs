//! Deliveries that do not come from who knows the secret, and those that cannot be read.

use evenkeel_forge::{HookFault, Told, hook};
use evenkeel_model::{Forge, Secret};
use http::HeaderMap;
use proptest::prelude::*;

use crate::payloads::{SECRET, now, payload, signed, source};

fn deliver(forge: Forge, headers: &HeaderMap, body: &[u8]) -> Result<Told, HookFault> {
    hook(&source(forge), &Secret::new(SECRET), headers, body, now())
}

#[test]
fn a_changed_body_or_another_secret_is_refused() {
    let body = payload(Forge::Github, "push");
    let headers = signed(Forge::Github, "push", body.as_bytes());
    assert!(deliver(Forge::Github, &headers, body.as_bytes()).is_ok());
    let changed = body.replace("refs/heads/main", "refs/heads/evil");
    let wrong = Err(HookFault::WrongSignature(Forge::Github));
    assert_eq!(deliver(Forge::Github, &headers, changed.as_bytes()), wrong);
    assert_eq!(hook(&source(Forge::Github), &Secret::new("other"), &headers, body.as_bytes(), now()), wrong);
    assert_eq!(hook(&source(Forge::Github), &Secret::default(), &headers, body.as_bytes(), now()), wrong);
    let mut unsigned = headers.clone();
    unsigned.remove("x-hub-signature-256");
    assert_eq!(deliver(Forge::Github, &unsigned, body.as_bytes()), Err(HookFault::Unsigned(Forge::Github)));
    // What GitLab would take is nothing to a source of GitHub's.
    let gitlab = signed(Forge::Gitlab, "push", body.as_bytes());
    assert_eq!(deliver(Forge::Github, &gitlab, body.as_bytes()), Err(HookFault::Unsigned(Forge::Github)));
}

#[test]
fn gitlabs_token_and_its_signature_are_checked() {
    let body = payload(Forge::Gitlab, "push");
    let mut headers = signed(Forge::Gitlab, "push", body.as_bytes());
    assert!(deliver(Forge::Gitlab, &headers, body.as_bytes()).is_ok());
    headers.insert("x-gitlab-token", "guessed".parse().expect("a value"));
    assert_eq!(deliver(Forge::Gitlab, &headers, body.as_bytes()), Err(HookFault::WrongSignature(Forge::Gitlab)));
    headers.remove("x-gitlab-token");
    assert_eq!(deliver(Forge::Gitlab, &headers, body.as_bytes()), Err(HookFault::Unsigned(Forge::Gitlab)));
    for (name, value) in [("webhook-id", "1"), ("webhook-timestamp", "1"), ("webhook-signature", "v1,AAAA")] {
        headers.insert(name, value.parse().expect("a value"));
    }
    assert_eq!(deliver(Forge::Gitlab, &headers, body.as_bytes()), Err(HookFault::WrongSignature(Forge::Gitlab)));
}

#[test]
fn what_is_signed_and_cannot_be_read_is_said() {
    let said = |event: &str, content: &str, body: &str| {
        let mut headers = signed(Forge::Github, event, body.as_bytes());
        headers.insert("content-type", content.parse().expect("a value"));
        deliver(Forge::Github, &headers, body.as_bytes()).expect_err("a fault").to_string()
    };
    assert_eq!(
        said("push", "application/json", "{"),
        "the delivery cannot be read: EOF while parsing an object at line 1 column 1"
    );
    assert_eq!(
        said("push", "text/plain", "{}"),
        "the delivery cannot be read: its content type is not `application/json`"
    );
    assert_eq!(
        said("push", "application/x-www-form-urlencoded", "a=b"),
        "the delivery cannot be read: the form has no field `payload`"
    );
    let body = "{}";
    let mut headers = signed(Forge::Github, "push", body.as_bytes());
    headers.remove("x-github-event");
    let fault = deliver(Forge::Github, &headers, body.as_bytes()).expect_err("a fault");
    assert_eq!(fault.to_string(), "the delivery cannot be read: it does not say which event it is");
    assert_eq!(HookFault::Stale.to_string(), "the delivery was signed more than five minutes from now");
}

#[test]
fn a_form_is_read_as_github_sends_it() {
    let json = payload(Forge::Github, "release");
    let encoded: String = json.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let body = format!("payload={encoded}");
    let mut headers = signed(Forge::Github, "release", body.as_bytes());
    headers.insert("content-type", "application/x-www-form-urlencoded".parse().expect("a value"));
    assert_eq!(
        deliver(Forge::Github, &headers, body.as_bytes()).expect("taken"),
        crate::payloads::told(Forge::Github, "release")
    );
}

proptest! {
    /// Signed or not, nothing makes the reader stumble.
    #[test]
    fn no_body_makes_it_stumble(event in "[a-z_]{1,20}", body in ".{0,200}", forge in prop::sample::select(&Forge::ALL[..])) {
        let headers = signed(forge, &event, body.as_bytes());
        let _ = deliver(forge, &headers, body.as_bytes());
    }

    /// Whatever is left out of a payload or set to something else, it is read, or a word says why not.
    #[test]
    fn payloads_with_holes_are_read(
        name in prop::sample::select(vec!["push-of-a-merge", "pull_request-merged", "pull_request_review", "deployment_status", "release", "workflow_run", "check_suite"]),
        hole in any::<prop::sample::Index>(),
        filler in prop::sample::select(vec!["null", "-1", "[]", "{}", "\"\"", "true", "9223372036854775807"]),
    ) {
        let whole: serde_json::Value = serde_json::from_str(&payload(Forge::Github, name)).expect("JSON");
        let mut paths = Vec::new();
        collect(&whole, String::new(), &mut paths);
        let mut holed = whole.clone();
        let path = &paths[hole.index(paths.len())];
        *holed.pointer_mut(path).expect("a part") = serde_json::from_str(filler).expect("JSON");
        let body = holed.to_string();
        let event = name.split('-').next().expect("a name");
        let headers = signed(Forge::Github, event, body.as_bytes());
        prop_assert!(deliver(Forge::Github, &headers, body.as_bytes()).is_ok());
    }
}

fn collect(value: &serde_json::Value, path: String, paths: &mut Vec<String>) {
    if let Some(members) = value.as_object() {
        for (name, part) in members {
            collect(part, format!("{path}/{name}"), paths);
        }
    }
    if !path.is_empty() {
        paths.push(path);
    }
}
