//! The lines of one file that a diagnostic speaks of, with marks below them.
//!
//! Places that are near each other are shown in one excerpt. Of a place that spans lines the first and the last are
//! shown.

use std::fmt::Write;
use std::ops::Range;

use evenkeel_diagnostic::{Label, Source, SourceId, Sources};

use super::columns::{Shown, printable};
use super::paint::Paint;

/// Units: lines. Places of one file that are no further apart share an excerpt.
const NEAR: usize = 6;
/// Units: columns. So wide is a frame at most, messages aside.
const WIDTH_MAX: usize = 160;

/// Marks in one file.
#[derive(Debug)]
pub(super) struct Excerpt<'a> {
    source: SourceId,
    /// Where the first of its places begins: line and column.
    at: (usize, usize),
    /// By line, and within a line in the order in which they were said.
    marks: Vec<Mark<'a>>,
}

/// A mark below one line.
#[derive(Debug)]
struct Mark<'a> {
    line: usize,
    /// Units: bytes of the line.
    part: Range<usize>,
    message: &'a str,
    primary: bool,
}

impl<'a> Excerpt<'a> {
    /// The excerpts for a diagnostic's places, its own place first.
    pub(super) fn all(primary: &'a Label, related: &'a [Label], sources: &Sources) -> Vec<Self> {
        let mut excerpts: Vec<Self> = Vec::new();
        let labels = std::iter::once((primary, true)).chain(related.iter().map(|label| (label, false)));
        for (label, primary) in labels {
            let Some(source) = sources.get(label.span.source) else { continue };
            let new = Self::of(label, primary, source);
            match excerpts.iter_mut().find(|excerpt| excerpt.is_near(&new)) {
                Some(excerpt) => excerpt.marks.extend(new.marks),
                None => excerpts.push(new),
            }
        }
        excerpts.iter_mut().for_each(|excerpt| excerpt.marks.sort_by_key(|mark| mark.line));
        excerpts
    }

    fn of(label: &'a Label, primary: bool, source: &Source) -> Self {
        let written = source.text.get(label.span.range()).unwrap_or_default();
        let blank = u32::try_from(written.len() - written.trim_end().len()).unwrap_or(0);
        let (start, end) = (source.position(label.span.start), source.position(label.span.end - blank));
        let (first, last) = (source.line(start.line), source.line(end.line));
        let (from, to) = (byte(first, start.column), byte(last, end.column));
        let mark = |line, part, message| Mark { line, part, message, primary };
        let marks = if start.line == end.line {
            vec![mark(start.line, from..to, &*label.message)]
        } else {
            let indent = last.len() - last.trim_start().len();
            vec![mark(start.line, from..first.len(), ""), mark(end.line, indent.min(to)..to, &*label.message)]
        };
        Self { source: label.span.source, at: (start.line, start.column), marks }
    }

    fn is_near(&self, other: &Self) -> bool {
        let near = |a: &Mark<'_>, b: &Mark<'_>| a.line.abs_diff(b.line) <= NEAR;
        self.source == other.source && self.marks.iter().any(|mark| other.marks.iter().any(|new| near(mark, new)))
    }

    /// The last line that is shown.
    pub(super) fn last_line(&self) -> usize {
        self.marks.last().map_or(0, |mark| mark.line)
    }

    /// Draws it behind a margin as wide as the largest line number of the frame.
    pub(super) fn draw(&self, out: &mut String, margin: usize, sources: &Sources, paint: Paint) {
        let Some(source) = sources.get(self.source) else { return };
        let (rim, off) = (paint.rim, paint.off);
        let (path, (line, column)) = (printable(&source.path), self.at);
        let _ = writeln!(out, "{:margin$}{rim}-->{off} {path}:{line}:{column}", "");
        let _ = writeln!(out, "{:margin$} {rim}|{off}", "");
        let mut before = self.marks.first().map_or(0, |mark| mark.line.saturating_sub(1));
        let mut drawing = Drawing { out, margin, source, paint };
        for marks in self.marks.chunk_by(|a, b| a.line == b.line) {
            let line = marks.first().map_or(0, |mark| mark.line);
            drawing.between(before, line);
            drawing.line(line, marks);
            before = line;
        }
    }
}

/// The byte of a line at which a column begins, counted in characters from 1.
fn byte(line: &str, column: usize) -> usize {
    line.char_indices().nth(column.saturating_sub(1)).map_or(line.len(), |(byte, _)| byte)
}

struct Drawing<'a> {
    out: &'a mut String,
    margin: usize,
    source: &'a Source,
    paint: Paint,
}

impl Drawing<'_> {
    /// What lies between two lines: the line itself when it is one, else a word that some are left out.
    fn between(&mut self, before: usize, line: usize) {
        let Paint { rim, off, .. } = self.paint;
        if line == before + 2 {
            let text = self.source.line(before + 1);
            let shown = Shown::new(text, &(0..0), self.width());
            self.numbered(before + 1, &shown.text);
        } else if line > before + 2 {
            let _ = writeln!(self.out, "{rim}...{off}");
        }
    }

    /// A line and its marks; a mark that lies outside what is shown of a long line gets the line again.
    fn line(&mut self, line: usize, marks: &[Mark<'_>]) {
        let text = self.source.line(line);
        let mut shown: Option<Shown> = None;
        for mark in marks {
            if !shown.as_ref().is_some_and(|shown| shown.has(mark.part.start)) {
                let new = Shown::new(text, &mark.part, self.width());
                self.numbered(line, &new.text);
                shown = Some(new);
            }
            if let Some(shown) = &shown {
                self.mark(shown.columns(&mark.part), mark);
            }
        }
    }

    fn mark(&mut self, columns: Range<usize>, mark: &Mark<'_>) {
        let Paint { rim, off, .. } = self.paint;
        let (tone, sign) = (self.paint.mark(mark.primary), if mark.primary { "^" } else { "-" });
        let (margin, indent, marks) = (self.margin, columns.start, sign.repeat(columns.len()));
        let message = printable(mark.message);
        let drawn = format!("{:margin$} {rim}|{off} {:indent$}{tone}{marks} {message}", "", "");
        let _ = writeln!(self.out, "{}{off}", drawn.trim_end());
    }

    fn numbered(&mut self, line: usize, text: &str) {
        let (Paint { rim, off, .. }, margin) = (self.paint, self.margin);
        let drawn = format!("{rim}{line:>margin$} |{off} {text}");
        let _ = writeln!(self.out, "{}", drawn.trim_end());
    }

    const fn width(&self) -> usize {
        WIDTH_MAX - self.margin - 3
    }
}
