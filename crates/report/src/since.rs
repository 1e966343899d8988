//! What a change brings: diagnostics that were not there before it.
//!
//! A diagnostic is known again by its code, its file, its headline and the text of its line, so that one whose lines
//! moved is not new. When there are more of the same than before, the last of them are new.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Code, Diagnostic, Sources};

/// What was there before.
#[derive(Debug, Default)]
pub struct Known(BTreeMap<Fault, usize>);

/// Code, file, headline, line.
type Fault = (Code, Box<str>, Box<str>, Box<str>);

impl Known {
    /// Remembers what was said of the files before.
    #[must_use]
    pub fn of(diagnostics: &[Diagnostic], sources: &Sources) -> Self {
        let mut known = Self::default();
        for diagnostic in diagnostics {
            *known.0.entry(fault(diagnostic, sources)).or_default() += 1;
        }
        known
    }

    /// Whether the diagnostic is one of those remembered; it counts once.
    pub fn take(&mut self, diagnostic: &Diagnostic, sources: &Sources) -> bool {
        let Some(count) = self.0.get_mut(&fault(diagnostic, sources)) else { return false };
        let there = *count > 0;
        *count = count.saturating_sub(1);
        there
    }
}

fn fault(diagnostic: &Diagnostic, sources: &Sources) -> Fault {
    let span = diagnostic.primary.span;
    let source = sources.get(span.source);
    let line = source.map_or("", |source| source.line(source.position(span.start).line));
    let path = source.map_or("", |source| &source.path);
    (diagnostic.code, path.into(), diagnostic.headline.as_str().into(), line.trim().into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_diagnostic::{Source, Span};

    fn repo(text: &str) -> (Vec<Diagnostic>, Sources) {
        let mut sources = Sources::default();
        let source = sources.add(Source::new("shop.yml", text));
        let finding = |(start, _): (usize, &str)| {
            let start = u32::try_from(start).expect("a small file");
            Diagnostic::finding("no-owner", Span { source, start, end: start + 4 }, "nobody owns `shop`")
        };
        (text.match_indices("shop").map(finding).collect(), sources)
    }

    fn news(before: &str, after: &str) -> usize {
        let ((before, known), (after, sources)) = (repo(before), repo(after));
        let mut known = Known::of(&before, &known);
        after.iter().filter(|diagnostic| !known.take(diagnostic, &sources)).count()
    }

    #[test]
    fn what_only_moved_is_not_new() {
        assert_eq!(news("a: shop\n", "# more\n\n  a: shop\n"), 0);
        assert_eq!(news("a: shop\n", "a: shop\na: shop\n"), 1);
        assert_eq!(news("a: shop\n", "b: shop\n"), 1);
        assert_eq!(news("a: shop\n", ""), 0);
    }
}
