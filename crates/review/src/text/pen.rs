//! Writes lines: no wider than the terminal, in colour where colour can be seen.

use evenkeel_lens::{QuestionRisk, Risk};
use unicode_width::UnicodeWidthStr;

use super::Style;
use crate::mark::Mark;

/// Narrower than this nothing can be read.
const WIDTH_MIN: usize = 40;

/// What is written so far.
#[derive(Debug)]
pub(crate) struct Pen {
    out: String,
    style: Style,
}

impl Pen {
    pub(crate) const fn new(style: Style) -> Self {
        Self { out: String::new(), style }
    }

    pub(crate) fn done(self) -> String {
        self.out
    }

    pub(crate) const fn style(&self) -> Style {
        self.style
    }

    pub(crate) fn width(&self) -> usize {
        self.style.width.max(WIDTH_MIN)
    }

    pub(crate) fn raw(&mut self, text: &str) {
        self.out.push_str(text);
    }

    /// An empty line, then a headline.
    pub(crate) fn section(&mut self, title: &str, beside: &str) {
        let title = self.heading(title);
        let beside = if beside.is_empty() { String::new() } else { self.quiet(&format!("  {beside}")) };
        self.raw(&format!("\n{title}{beside}\n"));
    }

    /// Words over as many lines as they need; the first behind `first`, the others behind `rest`.
    pub(crate) fn wrapped(&mut self, first: &str, rest: &str, text: &str) {
        let width = self.width();
        let mut line = first.to_owned();
        let mut begun = false;
        for word in text.split(' ').filter(|word| !word.is_empty()) {
            if begun && line.width() + 1 + word.width() > width {
                self.out.push_str(line.trim_end());
                self.out.push('\n');
                line = rest.to_owned();
                begun = false;
            }
            if begun {
                line.push(' ');
            }
            line.push_str(word);
            begun = true;
        }
        self.out.push_str(line.trim_end());
        self.out.push('\n');
    }

    pub(crate) fn heading(&self, text: &str) -> String {
        self.toned(Tone::Heading, text)
    }

    pub(crate) fn quiet(&self, text: &str) -> String {
        self.toned(Tone::Quiet, text)
    }

    /// The verdict's word in its colour.
    pub(crate) fn mark(&self, mark: Mark) -> String {
        let tone = match mark {
            Mark::Contradicted => Tone::Bad,
            Mark::Stale => Tone::Warning,
            Mark::Practised | Mark::Reported | Mark::Attested => Tone::Good,
            Mark::NotApplicable | Mark::Unknown | Mark::NoMechanism => Tone::Quiet,
            Mark::Declared => Tone::Plain,
        };
        self.toned(tone, mark.word())
    }

    pub(crate) fn toned(&self, tone: Tone, text: &str) -> String {
        let code = match tone {
            Tone::Plain => return text.to_owned(),
            Tone::Heading => "1",
            Tone::Quiet => "2",
            Tone::Bad => "1;31",
            Tone::Warning => "33",
            Tone::Good => "32",
        };
        if self.style.color { format!("\x1b[{code}m{text}\x1b[0m") } else { text.to_owned() }
    }
}

/// What a colour says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Heading,
    Quiet,
    Bad,
    Warning,
    Good,
}

impl Tone {
    pub(crate) const fn of_risk(risk: QuestionRisk) -> Self {
        match risk {
            QuestionRisk::High => Self::Bad,
            QuestionRisk::Medium => Self::Warning,
            QuestionRisk::None => Self::Good,
        }
    }
}

/// What a practice's absence costs, as words.
pub(crate) const fn risk_word(risk: Risk) -> &'static str {
    match risk {
        Risk::High => "high risk",
        Risk::Medium => "medium risk",
        Risk::Low => "low risk",
    }
}

/// The text cut to a width, and filled up to it.
pub(crate) fn fitted(text: &str, width: usize) -> String {
    let mut out = String::new();
    if text.width() > width {
        for c in text.chars() {
            if out.width() + c.to_string().width() + 1 > width {
                break;
            }
            out.push(c);
        }
        out.push('…');
    } else {
        out.push_str(text);
    }
    let gap = width.saturating_sub(out.width());
    out.push_str(&" ".repeat(gap));
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_wrapped_and_the_indent_hangs() {
        let mut pen = Pen::new(Style { width: 10, ..Style::default() });
        pen.wrapped("- ", "  ", "one two three four five six seven eight nine ten");
        pen.wrapped("", "", "a-word-that-is-longer-than-all-of-the-line-that-there-is and");
        let expected = "- one two three four five six seven\n  eight nine ten\n\
                        a-word-that-is-longer-than-all-of-the-line-that-there-is\nand\n";
        assert_eq!(pen.done(), expected);
    }

    #[test]
    fn what_is_too_wide_is_cut() {
        assert_eq!(fitted("abcdef", 4), "abc…");
        assert_eq!(fitted("二二二", 4), "二… ");
        assert_eq!(fitted("ab", 4), "ab  ");
    }
}
