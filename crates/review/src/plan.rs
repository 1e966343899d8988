//! What to do next: steps that are the same for several subjects, together.

use evenkeel_lens::Improvement;

use crate::mark::Mark;
use crate::report::{Report, TakenUp};

/// One step, for all subjects of one tier at which it would move the same verdict.
#[derive(Debug, Clone)]
pub struct Step<'a> {
    /// The first of them.
    pub first: &'a Improvement,
    /// The verdict that it would move.
    pub mark: Mark,
    /// For whom, those of the best tier first.
    pub subjects: Vec<StepSubject<'a>>,
}

/// For whom.
#[derive(Debug, Clone, Copy)]
pub struct StepSubject<'a> {
    /// The line of the plan.
    pub improvement: &'a Improvement,
    /// Who has taken it up.
    pub taken: Option<&'a TakenUp>,
}

impl Step<'_> {
    /// The step in words.
    #[must_use]
    pub fn what(&self) -> &str {
        self.first.next.as_deref().unwrap_or("read what the practice asks for, and choose where to begin")
    }

    /// Those who answer, each once.
    #[must_use]
    pub fn owners(&self) -> Vec<String> {
        let mut owners: Vec<String> = Vec::new();
        for subject in &self.subjects {
            let owner = subject.taken.map(|taken| &taken.owner).or(subject.improvement.owner.as_ref());
            let owner = owner.map_or_else(|| "nobody named".to_owned(), ToString::to_string);
            if !owners.contains(&owner) {
                owners.push(owner);
            }
        }
        owners
    }
}

/// The plan's steps, in its order.
#[must_use]
pub fn steps<'a>(report: &Report<'a>) -> Vec<Step<'a>> {
    let mut steps: Vec<Step<'a>> = Vec::new();
    let mut known = std::collections::BTreeMap::new();
    for improvement in report.plan {
        let mark = Mark::of(improvement.standing);
        let subject = StepSubject { improvement, taken: taken(report.taken, improvement) };
        let same = (&improvement.practice, mark, improvement.tier, &improvement.next);
        let at = *known.entry(same).or_insert(steps.len());
        match steps.get_mut(at) {
            Some(step) => step.subjects.push(subject),
            None => steps.push(Step { first: improvement, mark, subjects: vec![subject] }),
        }
    }
    steps
}

pub(crate) fn taken<'a>(taken: &'a [TakenUp], improvement: &Improvement) -> Option<&'a TakenUp> {
    taken.iter().find(|taken| *taken.practice == *improvement.practice && *taken.subject == *improvement.subject)
}

/// The first few, and how many more: `shop, cart and 3 more`.
pub fn listed<'a>(names: impl ExactSizeIterator<Item = &'a str>, most: usize) -> String {
    let all = names.len();
    let shown = if all == most + 1 { all } else { most.min(all) };
    let first: Vec<&str> = names.take(shown).collect();
    let first = first.join(", ");
    match all - shown {
        0 => first,
        more => format!("{first} and {} more", crate::number::size(more)),
    }
}

#[cfg(test)]
mod tests {
    use super::listed;

    #[test]
    fn a_list_is_cut_when_more_than_one_is_left() {
        let names = ["a", "b", "c", "d"];
        assert_eq!(listed(names.into_iter(), 4), "a, b, c, d");
        assert_eq!(listed(names.into_iter(), 3), "a, b, c, d");
        assert_eq!(listed(names.into_iter(), 2), "a, b and 2 more");
    }
}
