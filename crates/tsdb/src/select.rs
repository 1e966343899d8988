//! Which series fit matchers, by postings: those of the head and those of a block.

use evenkeel_labels::{MatchOp, Matcher};

/// Which series have which label. Series are numbers.
pub(crate) trait LabelIndex {
    /// Why it cannot be read.
    type Fault;
    /// All series, ascending.
    fn all(&self) -> Result<Vec<u32>, Self::Fault>;
    /// Appends the series that have this label, ascending.
    fn of(&self, name: &str, value: &str, into: &mut Vec<u32>) -> Result<(), Self::Fault>;
    /// Appends the series whose value of a label begins with a text and fits, value by value.
    fn fitting(
        &self,
        name: &str,
        prefix: &str,
        fits: &dyn Fn(&str) -> bool,
        into: &mut Vec<u32>,
    ) -> Result<(), Self::Fault>;
}

/// The series that fit all matchers, ascending.
pub(crate) fn select<I: LabelIndex>(index: &I, matchers: &[Matcher]) -> Result<Vec<u32>, I::Fault> {
    // Those that name one value find the fewest series and cost the least, those that exclude come last.
    let mut order: Vec<&Matcher> = matchers.iter().collect();
    order.sort_by_key(|matcher| (matcher.matches_value(""), matcher.op() != MatchOp::Equal));
    let mut found: Option<Vec<u32>> = None;
    for matcher in order {
        if found.as_ref().is_some_and(Vec::is_empty) {
            return Ok(Vec::new());
        }
        if matcher.matches_value("") {
            // A series without the label fits; what does not fit has the label with another value.
            let mut excluded = Vec::new();
            excluded_by(index, matcher, &mut excluded)?;
            let from = match found.take() {
                Some(found) => found,
                None => index.all()?,
            };
            found = Some(without(from, &sorted(excluded)));
        } else {
            let mut some = Vec::new();
            included_by(index, matcher, &mut some)?;
            let some = sorted(some);
            found = Some(match found.take() {
                Some(found) => both(&found, &some),
                None => some,
            });
        }
    }
    found.map_or_else(|| index.all(), Ok)
}

fn included_by<I: LabelIndex>(index: &I, matcher: &Matcher, into: &mut Vec<u32>) -> Result<(), I::Fault> {
    match matcher.op() {
        MatchOp::Equal => index.of(matcher.name(), matcher.value(), into),
        MatchOp::Regex => match alternatives(matcher.value()) {
            Some(values) => values.into_iter().try_for_each(|value| index.of(matcher.name(), value, into)),
            None => {
                let prefix = literal_prefix(matcher.value());
                index.fitting(matcher.name(), prefix, &|value| matcher.matches_value(value), into)
            }
        },
        MatchOp::NotEqual | MatchOp::NotRegex => {
            index.fitting(matcher.name(), "", &|value| matcher.matches_value(value), into)
        }
    }
}

fn excluded_by<I: LabelIndex>(index: &I, matcher: &Matcher, into: &mut Vec<u32>) -> Result<(), I::Fault> {
    match (matcher.op(), alternatives(matcher.value())) {
        (MatchOp::NotEqual, _) => index.of(matcher.name(), matcher.value(), into),
        (MatchOp::NotRegex, Some(values)) => {
            values.into_iter().try_for_each(|value| index.of(matcher.name(), value, into))
        }
        _ => index.fitting(matcher.name(), "", &|value| !matcher.matches_value(value), into),
    }
}

/// The values that a pattern such as `a|b|c` names; `None`: it is no such pattern.
fn alternatives(pattern: &str) -> Option<Vec<&str>> {
    let plain = |text: &str| !text.contains(['.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '^', '$', '\\']);
    if !plain(pattern) {
        return None;
    }
    let mut values: Vec<&str> = pattern.split('|').collect();
    values.sort_unstable();
    values.dedup();
    Some(values)
}

/// What every value begins with that fits a pattern.
fn literal_prefix(pattern: &str) -> &str {
    if pattern.contains('|') || pattern.starts_with("(?") {
        return "";
    }
    let end = pattern.find(['.', '*', '+', '?', '(', ')', '[', ']', '{', '}', '^', '$', '\\']).unwrap_or(pattern.len());
    let literal = pattern.get(..end).unwrap_or_default();
    // What may be left out is no part of it.
    if pattern.get(end..).is_some_and(|rest| rest.starts_with(['*', '?', '{'])) {
        let last = literal.chars().next_back().map_or(0, char::len_utf8);
        literal.get(..literal.len() - last).unwrap_or_default()
    } else {
        literal
    }
}

fn sorted(mut ids: Vec<u32>) -> Vec<u32> {
    if !ids.is_sorted() {
        ids.sort_unstable();
    }
    ids.dedup();
    ids
}

/// What is in both; each ascends.
fn both(a: &[u32], b: &[u32]) -> Vec<u32> {
    let (few, mut many) = if a.len() <= b.len() { (a, b) } else { (b, a) };
    let mut found = Vec::with_capacity(few.len());
    for id in few {
        // A jump of doubling width finds the place quickly where one list is much longer.
        let mut reach = 1;
        while many.get(reach).is_some_and(|at| at < id) {
            reach *= 2;
        }
        let window = many.get(..(reach + 1).min(many.len())).unwrap_or_default();
        many = many.get(window.partition_point(|at| at < id)..).unwrap_or_default();
        match many.first() {
            Some(at) if at == id => found.push(*id),
            Some(_) => {}
            None => break,
        }
    }
    found
}

/// What is in the first and not in the second; each ascends.
fn without(mut from: Vec<u32>, gone: &[u32]) -> Vec<u32> {
    if gone.is_empty() {
        return from;
    }
    let mut rest = gone.iter().copied().peekable();
    from.retain(|id| {
        while rest.next_if(|gone| gone < id).is_some() {}
        rest.peek() != Some(id)
    });
    from
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_pattern_of_alternatives_names_its_values() {
        assert_eq!(alternatives("a|b|a"), Some(vec!["a", "b"]));
        assert_eq!(alternatives("a"), Some(vec!["a"]));
        assert_eq!(alternatives("a|b.*"), None);
        assert_eq!(alternatives("(a|b)"), None);
    }

    #[test]
    fn what_every_fitting_value_begins_with() {
        for (pattern, prefix) in [
            ("10\\.0.*", "10"),
            ("ab*", "a"),
            ("abc", "abc"),
            ("a|b", ""),
            ("(?i)abc", ""),
            ("é?x", ""),
            ("ab+", "ab"),
            ("a{0}", ""),
        ] {
            assert_eq!(literal_prefix(pattern), prefix, "{pattern}");
        }
    }

    proptest! {
        #[test]
        fn sets_are_sets(a in proptest::collection::btree_set(0u32..200, 0..80), b in proptest::collection::btree_set(0u32..200, 0..80)) {
            let (x, y): (Vec<u32>, Vec<u32>) = (a.iter().copied().collect(), b.iter().copied().collect());
            prop_assert_eq!(both(&x, &y), a.intersection(&b).copied().collect::<Vec<_>>());
            prop_assert_eq!(without(x, &y), a.difference(&b).copied().collect::<Vec<_>>());
        }
    }
}
