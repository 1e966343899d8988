//! Where each part of a scalar's text stands in the file.
//!
//! What a scalar says and how it is written differ by quotes, escapes, indentation and folded line breaks. Both are
//! walked side by side: whatever is no blank stands in the file in the same order, as itself or as an escape, and blanks
//! stand for blanks. So one walk serves plain, literal and folded scalars with any indentation and chomping, and
//! another one the quoted scalars. An escaped character's place is where its escape begins.

use evenkeel_diagnostic::{Span, Written};

use super::Node;

/// What a scalar says, with the place of each of its parts; `None` when it is no scalar. `text` is the whole file's.
pub(crate) fn written(node: &Node, text: &str) -> Option<Written> {
    let says = node.as_text()?;
    let raw = text.get(node.span.range()).unwrap_or("");
    let runs = [Style::Bare, Style::Double, Style::Single].into_iter().find_map(|style| walk(says, raw, style));
    Some(match runs {
        Some(runs) => Written::new(says, node.span, in_file(&runs, node.span)),
        None => Written::plain(says, node.span),
    })
}

/// Offsets that rise together, from the beginning of the scalar counted.
type Runs = Vec<(usize, usize)>;

fn in_file(runs: &[(usize, usize)], span: Span) -> Vec<(u32, u32)> {
    let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    runs.iter().map(|(said, raw)| (offset(*said), span.start.saturating_add(offset(*raw)))).collect()
}

/// How a scalar is written, as far as it matters here.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Style {
    /// Plain, literal or folded: without quotes and escapes.
    Bare,
    Double,
    Single,
}

/// One character as written: how many bytes it takes, and what it says; `None`: nothing, as an escaped line break.
struct Unit {
    bytes: usize,
    says: Option<char>,
}

/// The runs, when the text can be written so.
fn walk(says: &str, raw: &str, style: Style) -> Option<Runs> {
    let (mut at, end) = match style {
        Style::Bare => (0, raw.len()),
        Style::Double => quoted(raw, '"')?,
        Style::Single => quoted(raw, '\'')?,
    };
    let mut runs = Runs::new();
    for (said, c) in says.char_indices() {
        let found = next(raw.get(at..end)?, c, style)?;
        note(&mut runs, said, at + found.skipped);
        at += found.skipped + found.bytes;
    }
    raw.get(at..end)?.chars().all(|c| is_blank(c) || style == Style::Double && c == '\\').then_some(runs)
}

/// What is between the quotes.
fn quoted(raw: &str, quote: char) -> Option<(usize, usize)> {
    let inner = raw.strip_prefix(quote)?.strip_suffix(quote)?;
    Some((1, 1 + inner.len()))
}

/// Adds a run, unless the last one goes on.
fn note(runs: &mut Runs, said: usize, raw: usize) {
    let goes_on = runs.last().is_some_and(|(from, there)| said - from == raw.wrapping_sub(*there));
    if !goes_on {
        runs.push((said, raw));
    }
}

struct Found {
    skipped: usize,
    bytes: usize,
}

/// The first place of `c`, past blanks. A blank may stand for another one, or, at the end, for none at all.
fn next(rest: &str, c: char, style: Style) -> Option<Found> {
    let (mut skipped, mut first) = (0, None);
    while let Some(unit) = unit(rest.get(skipped..)?, style) {
        match unit.says {
            Some(says) if says == c => return Some(Found { skipped, bytes: unit.bytes }),
            Some(says) if !is_blank(says) => break,
            Some(_) => _ = first.get_or_insert(Found { skipped, bytes: unit.bytes }),
            None => {}
        }
        skipped += unit.bytes;
    }
    is_blank(c).then(|| first.unwrap_or(Found { skipped: 0, bytes: 0 }))
}

fn is_blank(c: char) -> bool {
    matches!(c, ' ' | '\t' | '\n' | '\r')
}

fn unit(rest: &str, style: Style) -> Option<Unit> {
    let first = rest.chars().next()?;
    let itself = Unit { bytes: first.len_utf8(), says: Some(first) };
    Some(match style {
        Style::Single if rest.starts_with("''") => Unit { bytes: 2, says: Some('\'') },
        Style::Double if first == '\\' => escape(rest),
        Style::Bare | Style::Single | Style::Double => itself,
    })
}

/// Source: YAML 1.2.2, section 5.7.
fn escape(rest: &str) -> Unit {
    let Some(letter) = rest.chars().nth(1) else { return Unit { bytes: 1, says: None } };
    let digits = match letter {
        'x' => 2,
        'u' => 4,
        'U' => 8,
        _ => 0,
    };
    if digits > 0 {
        let number = rest.get(2..2 + digits).and_then(|digits| u32::from_str_radix(digits, 16).ok());
        return Unit { bytes: 2 + digits, says: number.and_then(char::from_u32) };
    }
    let says = match letter {
        '0' => Some('\0'),
        'a' => Some('\u{7}'),
        'b' => Some('\u{8}'),
        't' => Some('\t'),
        'n' => Some('\n'),
        'v' => Some('\u{b}'),
        'f' => Some('\u{c}'),
        'r' => Some('\r'),
        'e' => Some('\u{1b}'),
        'N' => Some('\u{85}'),
        '_' => Some('\u{a0}'),
        'L' => Some('\u{2028}'),
        'P' => Some('\u{2029}'),
        '\n' | '\r' => None,
        other => Some(other),
    };
    Unit { bytes: 1 + letter.len_utf8(), says }
}

#[cfg(test)]
mod tests;
