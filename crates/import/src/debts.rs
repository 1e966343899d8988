//! What was found when a repo was made, accepted for a while: silent at first, and dated.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_time::{Civil, Timestamp, Zone};

use crate::ImportedFile;
use crate::document::{Document, file};
use crate::emit::Map;

/// So long they are accepted. Units: days.
const DAYS: i64 = 90;
/// More files than this are named by their folders.
const PATHS_MAX: usize = 40;

/// Findings of one code.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Debt {
    /// How many.
    pub findings: usize,
    /// The files in which they are.
    pub paths: BTreeSet<String>,
}

/// The last day on which what was found at an instant is accepted: `2027-02-18`.
#[must_use]
pub fn accepted_until(at: Timestamp) -> String {
    let Civil { year, month, day, .. } = Zone::UTC.civil(at).plus_days(DAYS);
    format!("{year:04}-{month:02}-{day:02}")
}

/// An `Allowance` for each code; nothing when nothing was found.
#[must_use]
pub fn allowances(debts: &BTreeMap<&str, Debt>, until: &str) -> Option<ImportedFile> {
    let about = "What was found when this repo was made. It is accepted until the day that stands here, and said again \
                 from then on. Mend it and take the allowance out; `evenkeel explain CODE` says how.";
    let documents: Vec<Document> = debts.iter().map(|(code, debt)| allowance(code, debt, until)).collect();
    file("allowances.yml", about, &documents)
}

fn allowance(code: &str, debt: &Debt, until: &str) -> Document {
    let times = if debt.findings == 1 { "once".to_owned() } else { format!("{} times", debt.findings) };
    let reason = match code {
        "single-person-escalation" => {
            format!("One person began alone when the repo was made (found {times}); others join.")
        }
        _ => format!("Found {times} when the repo was made."),
    };
    let spec =
        Map::new().with("code", code).with("in", places(&debt.paths)).with("reason", reason).with("until", until);
    let name = format!("made-with-{code}");
    Document { kind: "Allowance", name, owner: None, spec, comments: Vec::new() }
}

/// The files, or their folders where there are many; nothing where even those are.
fn places(paths: &BTreeSet<String>) -> Vec<String> {
    if paths.len() <= PATHS_MAX {
        return paths.iter().cloned().collect();
    }
    let folder =
        |path: &String| path.split_once('/').map_or_else(|| path.clone(), |(folder, _)| format!("{folder}/**"));
    paths.iter().map(folder).collect::<BTreeSet<String>>().into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_day_is_ninety_days_ahead() {
        assert_eq!(accepted_until("2026-11-20T18:00:00Z".parse().expect("an instant")), "2027-02-18");
    }

    #[test]
    fn many_files_are_named_by_their_folders() {
        let few: BTreeSet<String> = ["rules/a.yml".to_owned(), "x.yml".to_owned()].into();
        assert_eq!(places(&few), ["rules/a.yml", "x.yml"]);
        let many: BTreeSet<String> = (0..50).map(|n| format!("rules/{n}.yml")).chain(["x.yml".to_owned()]).collect();
        assert_eq!(places(&many), ["rules/**", "x.yml"]);
    }

    #[test]
    fn nothing_found_is_nothing_written() {
        assert_eq!(allowances(&BTreeMap::new(), "2027-02-18"), None);
    }
}
