//! What matchers say about each other: whether one implies another, and whether several can hold together.
//!
//! Answers are exact or [`Certainty::Unknown`]. Exact is whatever comes down to finitely many values (`=`, `=~` with
//! literal alternatives), to all but finitely many (`!=`, `!~`), or to values that begin alike (`=~"db-.*"`). Of other
//! patterns it is only known which of the values at hand they take.

use std::collections::BTreeMap;

use evenkeel_labels::Matcher;

use super::pattern::{Piece, disjoint, pieces};

/// How sure an answer is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Certainty {
    Yes,
    No,
    Unknown,
}

/// Which values of a label are taken.
#[derive(Debug, Clone)]
pub(crate) struct Condition<'a> {
    source: Source<'a>,
    /// Whether what `pieces` says is taken, rather than everything else.
    positive: bool,
    /// What is taken, or left out; `None`: a pattern that is not looked into.
    pieces: Option<Vec<Piece>>,
}

#[derive(Debug, Clone, Copy)]
enum Source<'a> {
    Matcher { matcher: &'a Matcher, negated: bool },
    Value(&'a str),
}

/// More conditions on one label than this are not looked into.
const CONDITIONS_MAX: usize = 16;

/// The conditions that all hold, by label.
pub(crate) type Conditions<'a> = BTreeMap<&'a str, Vec<Condition<'a>>>;

impl<'a> Condition<'a> {
    pub(crate) fn of(matcher: &'a Matcher) -> Self {
        let pieces = if matcher.op().takes_regex() {
            pieces(matcher.value())
        } else {
            Some(vec![Piece::exact(matcher.value())])
        };
        let source = Source::Matcher { matcher, negated: false };
        Self { source, positive: matcher.op().wants_match(), pieces }.simplified()
    }

    /// Takes this value only.
    pub(crate) fn value(value: &'a str) -> Self {
        Self { source: Source::Value(value), positive: true, pieces: Some(vec![Piece::exact(value)]) }
    }

    pub(crate) fn takes(&self, value: &str) -> bool {
        match self.source {
            Source::Matcher { matcher, negated } => matcher.matches_value(value) != negated,
            Source::Value(only) => only == value,
        }
    }

    /// All values that are taken, when they are finitely many.
    pub(crate) fn finite(&self) -> Option<impl Iterator<Item = &str>> {
        self.exact_pieces(true)
    }

    /// All values that are not taken, when they are finitely many.
    fn cofinite(&self) -> Option<impl Iterator<Item = &str>> {
        self.exact_pieces(false)
    }

    fn exact_pieces(&self, positive: bool) -> Option<impl Iterator<Item = &str>> {
        let pieces = self.pieces.as_ref().filter(|_| self.positive == positive)?;
        pieces.iter().all(Piece::is_exact).then(|| pieces.iter().map(Piece::text))
    }

    /// `.*` leaves nothing out, and `.+` only the empty value: said so, more can be decided.
    fn simplified(mut self) -> Self {
        let Some(pieces) = &self.pieces else { return self };
        let every = pieces.iter().any(Piece::is_everything);
        let some = pieces.iter().any(Piece::is_anything_but_empty);
        let empty = pieces.iter().any(|piece| piece.takes(""));
        if every || some {
            self.positive = !self.positive;
            self.pieces = Some(if empty { Vec::new() } else { vec![Piece::exact("")] });
        }
        self
    }

    /// Whether it takes every value that the other takes, as far as the shapes of both say.
    fn follows_from(&self, other: &Self) -> bool {
        if let (Source::Matcher { matcher: a, negated: x }, Source::Matcher { matcher: b, negated: y }) =
            (self.source, other.source)
            && a.value() == b.value()
            && a.op().takes_regex() == b.op().takes_regex()
            && (a.op().wants_match() == x) == (b.op().wants_match() == y)
        {
            return true;
        }
        let (Some(own), Some(others)) = (&self.pieces, &other.pieces) else { return false };
        let within = |inner: &[Piece], outer: &[Piece]| inner.iter().all(|a| outer.iter().any(|b| b.covers(a)));
        match (self.positive, other.positive) {
            (true, true) => within(others, own),
            (false, false) => within(own, others),
            (false, true) => own.iter().all(|a| others.iter().all(|b| disjoint(a, b))),
            (true, false) => false,
        }
    }

    fn negated(&self) -> Self {
        let source = match self.source {
            Source::Matcher { matcher, negated } => Source::Matcher { matcher, negated: !negated },
            // Only ever asked about what it takes.
            Source::Value(only) => Source::Value(only),
        };
        Self { source, positive: !self.positive, pieces: self.pieces.clone() }
    }

    /// How much there is to it.
    pub(crate) fn weight(&self) -> usize {
        self.pieces.as_ref().map_or(1, Vec::len).max(1)
    }

    /// Values at which conditions are likely to differ.
    fn samples(&self) -> impl Iterator<Item = String> {
        self.pieces.iter().flatten().flat_map(Piece::samples)
    }
}

/// Whether `then` takes every value that all the others take.
pub(crate) fn implies(all: &[Condition<'_>], then: &Condition<'_>) -> Certainty {
    let taken = |value: &str| all.iter().all(|one| one.takes(value));
    if let Some(mut values) = all.iter().find_map(Condition::finite) {
        return certain(values.all(|value| !taken(value) || then.takes(value)));
    }
    if let Some(mut left_out) = then.cofinite() {
        return certain(!left_out.any(taken));
    }
    if all.len() > CONDITIONS_MAX {
        return Certainty::Unknown;
    }
    if all.iter().any(|one| then.follows_from(one)) {
        return Certainty::Yes;
    }
    let differs = |value: String| taken(&value) && !then.takes(&value);
    if samples(all.iter().chain([then])).any(differs) { Certainty::No } else { Certainty::Unknown }
}

/// Whether there is a value that all take.
pub(crate) fn can_hold(all: &[Condition<'_>]) -> Certainty {
    let taken = |value: &str| all.iter().all(|one| one.takes(value));
    if let Some(mut values) = all.iter().find_map(Condition::finite) {
        return certain(values.any(taken));
    }
    if all.len() > CONDITIONS_MAX {
        return Certainty::Unknown;
    }
    if all.iter().all(|one| one.cofinite().is_some()) || samples(all.iter()).any(|value| taken(&value)) {
        return Certainty::Yes;
    }
    let excluded = |(index, one): (usize, &Condition<'_>)| {
        let not = one.negated();
        all.iter().take(index).any(|before| not.follows_from(before))
    };
    if all.iter().enumerate().any(excluded) { Certainty::No } else { Certainty::Unknown }
}

fn certain(claim: bool) -> Certainty {
    if claim { Certainty::Yes } else { Certainty::No }
}

fn samples<'c>(all: impl Iterator<Item = &'c Condition<'c>>) -> impl Iterator<Item = String> {
    ["", "\u{fffd}none"].into_iter().map(str::to_owned).chain(all.flat_map(Condition::samples))
}

#[cfg(test)]
mod tests;
