//! Facts that a file holds.

use serde_json::{Value, json};

use crate::client::Wrong;

const HELP: &str =
    r#"write an object such as {"kind": "drill", "sort": "restore", "outcome": "passed"}, or a list of such"#;

/// The facts of a file; those that name no kind are of the one that is given.
pub(super) fn facts(kind: Option<&str>, text: &str) -> Result<Vec<Value>, Wrong> {
    let value: Value =
        serde_json::from_str(text).map_err(|error| Wrong::new(format!("the file is no JSON: {error}"), HELP))?;
    let listed = if let Value::Array(facts) = value { facts } else { vec![value] };
    listed.into_iter().enumerate().map(|(place, fact)| of_kind(kind, fact, place)).collect()
}

fn of_kind(kind: Option<&str>, mut fact: Value, place: usize) -> Result<Value, Wrong> {
    let Value::Object(members) = &mut fact else {
        return Err(Wrong::new(format!("fact {place} of the file is no object"), HELP));
    };
    if let (Some(kind), false) = (kind, members.contains_key("kind")) {
        members.insert("kind".to_owned(), json!(kind));
    }
    Ok(fact)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_holds_one_fact_or_a_list() {
        let read =
            |kind, text: &str| facts(kind, text).map(|facts| json!(facts).to_string()).map_err(|wrong| wrong.message);
        assert_eq!(read(Some("drill"), r#"{"a": 1}"#), Ok(r#"[{"a":1,"kind":"drill"}]"#.to_owned()));
        assert_eq!(
            read(Some("drill"), r#"[{"kind": "run"}, {}]"#),
            Ok(r#"[{"kind":"run"},{"kind":"drill"}]"#.to_owned())
        );
        assert_eq!(read(None, "[{}]"), Ok("[{}]".to_owned()));
        assert_eq!(read(None, "[{}, 7]"), Err("fact 1 of the file is no object".to_owned()));
        assert!(read(None, "{").expect_err("a fault").starts_with("the file is no JSON: "));
    }
}
