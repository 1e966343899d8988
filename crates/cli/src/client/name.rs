//! Names of documents as people write them: `ada`, or `person:ada` as everything prints them.

use evenkeel_ids::DocumentRef;

fn named(kind: &str, text: &str) -> Result<String, String> {
    match text.split_once(':') {
        Some((found, name)) if found == kind && !name.is_empty() => Ok(name.to_owned()),
        None if !text.is_empty() => Ok(text.to_owned()),
        Some(_) | None => Err(format!("neither a name nor a reference such as `{kind}:NAME`")),
    }
}

/// Reads the name of a person.
pub(crate) fn person_name(text: &str) -> Result<String, String> {
    named("person", text)
}

/// Reads the name of a schedule.
pub(crate) fn schedule_name(text: &str) -> Result<String, String> {
    named("schedule", text)
}

/// Reads the name of a team.
pub(crate) fn team_name(text: &str) -> Result<String, String> {
    named("team", text)
}

/// Reads the name of a workload.
pub(crate) fn workload_name(text: &str) -> Result<String, String> {
    named("workload", text)
}

/// Reads whom to page; a bare name is a person's.
pub(crate) fn asked(text: &str) -> Result<DocumentRef, String> {
    let reference = if text.contains(':') { text.parse() } else { format!("person:{text}").parse() };
    reference.map_err(|error: evenkeel_ids::ParseDocumentRefError| error.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_comes_with_or_without_its_kind() {
        assert_eq!(person_name("ada"), Ok("ada".to_owned()));
        assert_eq!(person_name("person:ada"), Ok("ada".to_owned()));
        for wrong in ["", "person:", "team:payments", ":ada"] {
            assert!(person_name(wrong).is_err(), "{wrong}");
        }
        assert_eq!(asked("bob").map(|to| to.to_string()), Ok("person:bob".to_owned()));
        assert_eq!(asked("schedule:primary").map(|to| to.to_string()), Ok("schedule:primary".to_owned()));
        assert!(asked("robot:r2").is_err() && asked("").is_err());
    }
}
