//! Lifts bodies of older versions to today's shape, one version at a time.
//!
//! A step is a function from the JSON of version `n` to the JSON of version `n + 1`. It lives here for
//! ever, with a golden journal of the release that wrote version `n`.

use serde_json::Value;

type Step = fn(Value) -> Value;

/// `(kind, version it lifts from, how)`.
const STEPS: &[(&str, u16, Step)] = &[];

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
    use serde_json::json;

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
