//! What expressions are, as both engines demand it: numbers are not compared with text, conditions are no numbers.

use std::ops::Range;

use evenkeel_diagnostic::did_you_mean;

use super::Reader;
use crate::fault::Fault;
use crate::table::Sort;
use crate::tree::{Expr, Kind, Node};

impl Kind {
    pub(super) const fn as_str(self) -> &'static str {
        match self {
            Self::Of(sort) => sort.as_str(),
            Self::Null => "NULL",
            Self::Condition => "condition",
        }
    }

    pub(super) const fn is_number(self) -> bool {
        matches!(self, Self::Of(Sort::Whole | Sort::Real) | Self::Null)
    }

    pub(super) const fn is_text(self) -> bool {
        matches!(self, Self::Of(Sort::Text) | Self::Null)
    }
}

impl Reader<'_> {
    /// The sort that several values have in common; `Null` when all are `NULL`.
    pub(super) fn in_common(&mut self, kinds: &[Kind], range: &Range<usize>) -> Option<Kind> {
        let mut common = Kind::Null;
        for kind in kinds.iter().copied() {
            common = match (common, kind) {
                (_, Kind::Condition) => return self.no_value(range.clone()),
                (Kind::Null, other) | (other, Kind::Null) => other,
                (Kind::Of(Sort::Text), Kind::Of(Sort::Text)) => common,
                (Kind::Of(Sort::Whole), Kind::Of(Sort::Whole)) => common,
                (Kind::Of(Sort::Whole | Sort::Real), Kind::Of(Sort::Whole | Sort::Real)) => Kind::Of(Sort::Real),
                (Kind::Of(_) | Kind::Condition, Kind::Of(_)) => {
                    let headline = format!("`{}` mixes text with numbers", self.text(range.clone()));
                    return self
                        .fault(Fault::new(range.clone(), headline).help("write `CAST(… AS TEXT)` for the number"));
                }
            };
        }
        Some(common)
    }

    /// Notes that a condition stands where a value should.
    pub(super) fn no_value<T>(&mut self, range: Range<usize>) -> Option<T> {
        let headline = format!("`{}` is a condition, not a value", self.text(range.clone()));
        self.fault(Fault::new(range, headline).help("write `CASE WHEN … THEN 1 ELSE 0 END`"))
    }

    pub(super) fn must_be_number(&mut self, expr: &Expr, range: &Range<usize>) -> Option<()> {
        if expr.kind.is_number() { Some(()) } else { self.must_be(expr, "a number", range) }
    }

    pub(super) fn must_be_whole(&mut self, expr: &Expr, range: &Range<usize>) -> Option<()> {
        match expr.kind {
            Kind::Of(Sort::Whole) | Kind::Null => Some(()),
            Kind::Of(_) | Kind::Condition => self.must_be(expr, "a whole number", range),
        }
    }

    pub(super) fn must_be_text(&mut self, expr: &Expr, range: &Range<usize>) -> Option<()> {
        if expr.kind.is_text() { Some(()) } else { self.must_be(expr, "text", range) }
    }

    fn must_be(&mut self, expr: &Expr, wanted: &str, range: &Range<usize>) -> Option<()> {
        if expr.kind == Kind::Condition {
            return self.no_value(range.clone());
        }
        let headline = format!("`{}` is a {}, not {wanted}", self.text(range.clone()), expr.kind.as_str());
        let fault = Fault::new(range.clone(), headline);
        let help = if wanted == "text" { "write `CAST(… AS TEXT)`" } else { "text is never turned into a number" };
        self.fault(fault.help(help))
    }

    /// Sees that what a column is compared with is something it may hold.
    pub(super) fn is_word(&mut self, column: &Expr, text: &Expr, place: &Range<usize>) -> Option<()> {
        let (Node::Column { level, alias, name }, Node::Text(text)) = (&column.node, &text.node) else {
            return Some(());
        };
        let seen = self.frames.get(*level)?.sources.iter().find(|seen| seen.alias == *alias)?;
        let words = seen.columns.iter().find(|output| output.name == *name)?.words;
        if words.is_empty() || words.contains(&text.as_str()) {
            return Some(());
        }
        let fault = Fault::new(place.clone(), format!("`{name}` is never `{text}`"));
        self.fault(match did_you_mean(text, words.iter().copied()) {
            Some(near) => fault.help(format!("did you mean `{near}`?")),
            None => fault.help(format!("it is one of {}", words.join(", "))),
        })
    }
}
