//! All kinds of facts, by name.

mod building;
mod changing;
mod deciding;
mod learning;
mod people;
mod responding;
mod watching;

use crate::FactKind;

static KINDS: [&FactKind; 40] = [
    &responding::ANALYSIS,
    &responding::ANNOUNCEMENT,
    &responding::AUTOMATION,
    &learning::BACKLOG,
    &changing::CHANGE,
    &building::CODE_REVIEW,
    &building::COMMIT,
    &deciding::DECISION,
    &changing::DEPLOYMENT,
    &responding::DRILL,
    &deciding::EXCEPTION,
    &learning::EXPERIMENT,
    &learning::FEEDBACK,
    &learning::IMPROVEMENT,
    &learning::INSIGHT,
    &watching::INVESTIGATION,
    &watching::KPI,
    &learning::LESSON,
    &building::MERGE,
    &deciding::OBLIGATION,
    &changing::PATCH,
    &building::PIPELINE,
    &building::PUSH,
    &people::RECEIPT,
    &building::RELEASE,
    &changing::REPLACEMENT,
    &deciding::REQUEST,
    &deciding::REVIEW,
    &deciding::RISK,
    &responding::RUN,
    &watching::SCAN,
    &people::SEARCH,
    &people::SIGNATURE,
    &responding::SUPPORT_CASE,
    &people::SURVEY,
    &watching::TELEMETRY,
    &changing::TEMPORARY_ENVIRONMENT,
    &people::TIME_SPENT,
    &people::TRAINING,
    &watching::VIEW,
];

/// Every kind of fact, by name.
#[must_use]
pub fn kinds() -> &'static [&'static FactKind] {
    &KINDS
}

/// The kind of that name.
#[must_use]
pub fn kind(name: &str) -> Option<&'static FactKind> {
    KINDS.binary_search_by(|kind| kind.name.cmp(name)).ok().and_then(|place| KINDS.get(place).copied())
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;
    use crate::Sort;

    /// What stands beside the fields in what is told, and what a table has besides their columns.
    const TAKEN: [&str; 13] = [
        "key",
        "at",
        "workload",
        "team",
        "person",
        "kind",
        "source",
        "id",
        "record",
        "origin",
        "recorded_at",
        "seq_from",
        "seq_to",
    ];

    #[test]
    fn kinds_are_by_name_and_found_by_it() {
        assert!(KINDS.is_sorted_by(|a, b| a.name < b.name));
        assert!(KINDS.iter().all(|known| kind(known.name) == Some(*known)));
        assert_eq!(kind("deploy"), None);
    }

    #[test]
    fn no_two_kinds_share_a_table_and_no_two_fields_of_a_kind_a_name() {
        let tables: BTreeSet<&str> = KINDS.iter().map(|kind| kind.table).collect();
        assert_eq!(tables.len(), KINDS.len());
        for kind in KINDS {
            let names: BTreeSet<&str> = kind.fields.iter().map(|field| field.name).collect();
            assert_eq!(names.len(), kind.fields.len(), "{}", kind.name);
            assert!(TAKEN.iter().all(|taken| !names.contains(taken)), "{}", kind.name);
        }
    }

    #[test]
    fn each_name_is_written_as_names_are_and_each_sentence_is_one() {
        let snake = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '_' || c.is_ascii_digit());
        let kebab = |name: &str| name.chars().all(|c| c.is_ascii_lowercase() || c == '-' || c.is_ascii_digit());
        for kind in KINDS {
            assert!(kebab(kind.name) && snake(kind.table) && kind.about.ends_with('.'), "{}", kind.name);
            for field in kind.fields {
                let name = field.name;
                assert!(
                    snake(name) && field.about.ends_with('.') && !field.about.contains('|'),
                    "{name} of {}",
                    kind.name
                );
                if let Sort::Word(words) = field.sort {
                    assert!(words.len() > 1 && words.iter().all(|word| kebab(word)), "{name} of {}", kind.name);
                }
            }
        }
    }
}
