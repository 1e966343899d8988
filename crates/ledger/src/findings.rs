//! What the check finds in the ops repo is kept on record when it is something else than before.

use std::collections::BTreeMap;

use evenkeel_record::{FindingsFound, FoundFinding};

use crate::State;
use crate::digest::Digest;

/// So many lines are kept; of more, only how often there is each code.
pub const FINDINGS_MAX: usize = 5_000;

/// What is to be recorded of what was found, if anything.
#[must_use]
pub fn decide_findings(state: &State, found: Vec<FoundFinding>) -> Option<FindingsFound> {
    let mut findings = gathered(found);
    if findings.len() > FINDINGS_MAX {
        let whole = findings.into_iter().map(|finding| FoundFinding { document: None, ..finding });
        findings = gathered(whole.collect());
    }
    // Codes are few, and there are no more of them than that in this program.
    findings.truncate(FINDINGS_MAX);
    let before = state.findings.map(|known| known.says);
    let news = before.map_or(!findings.is_empty(), |before| before != Digest::of_findings(&findings));
    news.then_some(FindingsFound { findings })
}

/// Sorted, with one line for each code and file.
fn gathered(found: Vec<FoundFinding>) -> Vec<FoundFinding> {
    let mut lines: BTreeMap<_, FoundFinding> = BTreeMap::new();
    for finding in found {
        let place = (finding.code.clone(), finding.document.clone());
        let (count, allowed) = (finding.count, finding.allowed);
        let line = lines.entry(place).or_insert(FoundFinding { count: 0, allowed: 0, ..finding });
        line.count = line.count.saturating_add(count);
        line.allowed = line.allowed.saturating_add(allowed);
    }
    lines.into_values().collect()
}

#[cfg(test)]
mod tests;
