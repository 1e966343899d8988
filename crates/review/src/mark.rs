//! The verdicts as they are shown: each with a word, a name for style sheets, and its place among the others.

use evenkeel_lens::{Counts, Judged, Standing, Verdict};

/// A verdict as it is shown; from what is well to what needs somebody.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mark {
    /// Seen to be done.
    Practised,
    /// Told to be done.
    Reported,
    /// Signed to be done.
    Attested,
    /// Signed not to apply.
    NotApplicable,
    /// Written in the ops repo.
    Declared,
    /// Nothing is known.
    Unknown,
    /// Nothing can be known.
    NoMechanism,
    /// Done once.
    Stale,
    /// Seen to fail.
    Contradicted,
}

impl Mark {
    /// All, in the order in which they stand side by side.
    pub const ALL: [Self; 9] = [
        Self::Practised,
        Self::Reported,
        Self::Attested,
        Self::NotApplicable,
        Self::Declared,
        Self::Unknown,
        Self::NoMechanism,
        Self::Stale,
        Self::Contradicted,
    ];

    /// That of a verdict as the lens has it.
    #[must_use]
    pub const fn of(standing: Standing) -> Self {
        match standing.verdict {
            Verdict::NotApplicable => Self::NotApplicable,
            Verdict::Contradicted => Self::Contradicted,
            Verdict::Practised if standing.reported => Self::Reported,
            Verdict::Practised => Self::Practised,
            Verdict::Attested => Self::Attested,
            Verdict::Stale => Self::Stale,
            Verdict::Declared => Self::Declared,
            Verdict::Unknown => Self::Unknown,
            Verdict::NoMechanism => Self::NoMechanism,
        }
    }

    /// That of what was judged.
    #[must_use]
    pub const fn judged(judged: &Judged) -> Self {
        Self::of(judged.standing())
    }

    /// As it is printed, the same as the lens prints it.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Practised => "practised",
            Self::Reported => "practised (reported)",
            Self::Attested => "attested",
            Self::NotApplicable => "not applicable",
            Self::Declared => "declared",
            Self::Unknown => "unknown",
            Self::NoMechanism => "unknown: no mechanism yet",
            Self::Stale => "stale",
            Self::Contradicted => "contradicted",
        }
    }

    /// The word where there is little room.
    #[must_use]
    pub const fn short(self) -> &'static str {
        match self {
            Self::NoMechanism => "no mechanism yet",
            Self::Practised
            | Self::Reported
            | Self::Attested
            | Self::NotApplicable
            | Self::Declared
            | Self::Unknown
            | Self::Stale
            | Self::Contradicted => self.word(),
        }
    }

    /// What it means, in a few words.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Practised => "the record shows it done: often enough, lately, within its tolerance",
            Self::Reported => "the same, by what was told to Evenkeel and not seen by it",
            Self::Attested => "a named person signed that it is done",
            Self::NotApplicable => "a named person signed that it does not apply",
            Self::Declared => "the ops repo says so, and no record shows it happening",
            Self::Unknown => "nothing says anything, or too little",
            Self::NoMechanism => "nothing can say anything so far",
            Self::Stale => "it was done, and nothing fresh shows it",
            Self::Contradicted => "the record shows it failing when it was needed",
        }
    }

    /// Its class in style sheets and its mark's id.
    #[must_use]
    pub const fn slug(self) -> &'static str {
        match self {
            Self::Practised => "p",
            Self::Reported => "r",
            Self::Attested => "a",
            Self::NotApplicable => "n",
            Self::Declared => "d",
            Self::Unknown => "u",
            Self::NoMechanism => "m",
            Self::Stale => "s",
            Self::Contradicted => "x",
        }
    }

    const fn standing(self) -> Standing {
        let verdict = match self {
            Self::Practised | Self::Reported => Verdict::Practised,
            Self::Attested => Verdict::Attested,
            Self::NotApplicable => Verdict::NotApplicable,
            Self::Declared => Verdict::Declared,
            Self::Unknown => Verdict::Unknown,
            Self::NoMechanism => Verdict::NoMechanism,
            Self::Stale => Verdict::Stale,
            Self::Contradicted => Verdict::Contradicted,
        };
        Standing { verdict, reported: matches!(self, Self::Reported) }
    }

    /// How many of it.
    #[must_use]
    pub fn count(self, counts: &Counts) -> u64 {
        counts.get(self.standing())
    }
}

/// How many of each there are, those that there are none of left out.
#[must_use]
pub fn tally(counts: &Counts) -> Vec<(Mark, u64)> {
    Mark::ALL.into_iter().map(|mark| (mark, mark.count(counts))).filter(|(_, count)| *count > 0).collect()
}

/// `231 practised, 5 attested`.
#[must_use]
pub fn tally_words(counts: &Counts) -> String {
    let words: Vec<String> = tally(counts)
        .into_iter()
        .map(|(mark, count)| format!("{} {}", crate::number::grouped(count), mark.word()))
        .collect();
    if words.is_empty() { "none".to_owned() } else { words.join(", ") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_the_word_of_the_lens() {
        for verdict in Verdict::ALL {
            for reported in [false, verdict == Verdict::Practised] {
                let standing = Standing { verdict, reported };
                assert_eq!(Mark::of(standing).word(), standing.to_string());
            }
        }
    }

    #[test]
    fn every_mark_stands_for_itself() {
        assert!(Mark::ALL.into_iter().all(|mark| Mark::of(mark.standing()) == mark));
        let counts = Counts { practised: 1200, practised_reported: 3, attested: 1, ..Counts::default() };
        assert_eq!(tally_words(&counts), "1,200 practised, 3 practised (reported), 1 attested");
        assert_eq!(tally_words(&Counts::default()), "none");
    }
}
