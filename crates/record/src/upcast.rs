//! Lifts bodies of older versions to today's shape, one version at a time.
//!
//! A step is a function from the JSON of version `n` to the JSON of version `n + 1`. It lives here for
//! ever, with a golden journal of the release that wrote version `n`.

use serde_json::Value;

type Step = fn(Value) -> Value;

/// `(kind, version it lifts from, how)`.
const STEPS: &[(&str, u16, Step)] = &[("plan-adopted", 1, plan_adopted_1)];

/// Version 1 knew plain folders only.
fn plan_adopted_1(mut body: Value) -> Value {
    if let Value::Object(fields) = &mut body {
        fields.insert("commit".to_owned(), Value::Null);
    }
    body
}

/// Lifts a body as far as there are steps.
#[must_use]
pub fn lift(kind: &str, version: u16, body: Value) -> Value {
    lift_by(STEPS, kind, version, body)
}

fn lift_by(steps: &[(&str, u16, Step)], kind: &str, version: u16, body: Value) -> Value {
    match steps.iter().find(|(of, from, _)| *of == kind && *from == version) {
        Some((_, _, step)) => lift_by(steps, kind, version + 1, step(body)),
        None => body,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Body;
    use serde_json::json;

    /// As the first journals have it.
    #[test]
    fn a_plan_adopted_before_commits_were_known_has_none() {
        let hash = "a7".repeat(32);
        let stored = format!(r#"{{"plan":"{hash}","before":null,"findings":4,"orphans":["group:7"]}}"#);
        let body = Body::decode("plan-adopted", 1, stored.as_bytes()).expect("a body of version 1");
        let Body::PlanAdopted(adopted) = body else { panic!("{body:?}") };
        assert_eq!((adopted.commit, adopted.findings, adopted.orphans.len()), (None, 4, 1));
    }

    #[test]
    fn steps_are_taken_one_after_the_other_from_the_version_found() {
        let steps: &[(&str, u16, Step)] = &[
            ("probed", 1, |body| json!({ "url": body["address"] })),
            ("probed", 2, |body| json!({ "url": body["url"], "tries": 1 })),
            ("other", 1, |_| json!("never")),
        ];
        assert_eq!(lift_by(steps, "probed", 1, json!({ "address": "x" })), json!({ "url": "x", "tries": 1 }));
        assert_eq!(lift_by(steps, "probed", 2, json!({ "url": "y" })), json!({ "url": "y", "tries": 1 }));
        assert_eq!(lift_by(steps, "probed", 3, json!({ "url": "z" })), json!({ "url": "z" }));
    }
}
