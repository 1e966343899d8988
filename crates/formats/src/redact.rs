//! Secret values out of a text.

use std::ops::Range;

use evenkeel_diagnostic::Span;

/// What stands for a secret value.
pub const BLANK: &str = "<secret>";

/// The text with each span replaced by [`BLANK`]. Spans may come in any order and overlap.
#[must_use]
pub fn redact(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for range in disjoint(spans) {
        out.push_str(text.get(end..range.start).unwrap_or(""));
        out.push_str(BLANK);
        end = range.end;
    }
    out.push_str(text.get(end..).unwrap_or(""));
    out
}

/// The text with each span's characters replaced by `*`, every byte offset and line staying what it was.
#[must_use]
pub fn mask(text: &str, spans: &[Span]) -> String {
    let mut out = String::with_capacity(text.len());
    let mut end = 0;
    for range in disjoint(spans) {
        out.push_str(text.get(end..range.start).unwrap_or(""));
        for c in text.get(range.clone()).unwrap_or("").chars() {
            let mark = if c.is_ascii_whitespace() { c } else { '*' };
            (0..c.len_utf8()).for_each(|_| out.push(mark));
        }
        end = range.end;
    }
    out.push_str(text.get(end..).unwrap_or(""));
    out
}

/// The spans as ranges in order, those that overlap made one. Empty ones are left out.
#[must_use]
pub fn disjoint(spans: &[Span]) -> Vec<Range<usize>> {
    let mut ranges: Vec<Range<usize>> =
        spans.iter().map(|span| span.range()).filter(|range| !range.is_empty()).collect();
    ranges.sort_by_key(|range| (range.start, range.end));
    let mut merged: Vec<Range<usize>> = Vec::with_capacity(ranges.len());
    for range in ranges {
        match merged.last_mut() {
            Some(last) if range.start < last.end => last.end = last.end.max(range.end),
            _ => merged.push(range),
        }
    }
    merged
}

#[cfg(test)]
mod tests {
    use evenkeel_diagnostic::SourceId;

    use super::*;

    fn span(start: u32, end: u32) -> Span {
        Span { source: SourceId(0), start, end }
    }

    #[test]
    fn values_are_blanked_or_masked() {
        let spans = [span(9, 12), span(3, 5), span(3, 5), span(4, 6)];
        assert_eq!(redact("ab:cdef: ghi\n", &spans), "ab:<secret>f: <secret>\n");
        assert_eq!(mask("ab:cdef: ghi\n", &spans), "ab:***f: ***\n");
        assert_eq!(mask("é", &[span(0, 2)]), "**");
    }
}
