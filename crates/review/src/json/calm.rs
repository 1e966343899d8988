//! JSON over several lines, in which what could steer a terminal is escaped.
//!
//! What lies deep stands on one line, such as a verdict: a review of very many subjects is half as long, and a line tool
//! finds a verdict whole.

use std::io;

use serde_json::ser::{CharEscape, Formatter, PrettyFormatter};

use crate::printable::steers;

/// From this depth on a value stands on one line.
const LINE_DEPTH: usize = 5;

/// The pretty form, with more escapes and fewer lines.
#[derive(Debug, Default)]
pub(crate) struct Calm {
    pretty: PrettyFormatter<'static>,
    depth: usize,
}

impl Calm {
    const fn on_one_line(&self) -> bool {
        self.depth >= LINE_DEPTH
    }
}

impl Formatter for Calm {
    fn write_string_fragment<W: ?Sized + io::Write>(&mut self, writer: &mut W, fragment: &str) -> io::Result<()> {
        let mut plain = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| steers(*c)) {
            writer.write_all(fragment.get(plain..at).unwrap_or_default().as_bytes())?;
            write!(writer, "\\u{:04x}", u32::from(c))?;
            plain = at + c.len_utf8();
        }
        writer.write_all(fragment.get(plain..).unwrap_or_default().as_bytes())
    }

    fn write_char_escape<W: ?Sized + io::Write>(&mut self, writer: &mut W, escape: CharEscape) -> io::Result<()> {
        self.pretty.write_char_escape(writer, escape)
    }

    fn begin_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.on_one_line() { writer.write_all(b"[") } else { self.pretty.begin_array(writer) }
    }

    fn end_array<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let ended = if self.on_one_line() { writer.write_all(b"]") } else { self.pretty.end_array(writer) };
        self.depth = self.depth.saturating_sub(1);
        ended
    }

    fn begin_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        match (self.on_one_line(), first) {
            (true, true) => Ok(()),
            (true, false) => writer.write_all(b", "),
            (false, first) => self.pretty.begin_array_value(writer, first),
        }
    }

    fn end_array_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.on_one_line() { Ok(()) } else { self.pretty.end_array_value(writer) }
    }

    fn begin_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.depth += 1;
        if self.on_one_line() { writer.write_all(b"{") } else { self.pretty.begin_object(writer) }
    }

    fn end_object<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        let ended = if self.on_one_line() { writer.write_all(b"}") } else { self.pretty.end_object(writer) };
        self.depth = self.depth.saturating_sub(1);
        ended
    }

    fn begin_object_key<W: ?Sized + io::Write>(&mut self, writer: &mut W, first: bool) -> io::Result<()> {
        match (self.on_one_line(), first) {
            (true, true) => Ok(()),
            (true, false) => writer.write_all(b", "),
            (false, first) => self.pretty.begin_object_key(writer, first),
        }
    }

    fn begin_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        self.pretty.begin_object_value(writer)
    }

    fn end_object_value<W: ?Sized + io::Write>(&mut self, writer: &mut W) -> io::Result<()> {
        if self.on_one_line() { Ok(()) } else { self.pretty.end_object_value(writer) }
    }
}

/// A value as text, with a line feed at its end.
pub(crate) fn calm(value: &serde_json::Value) -> String {
    let mut out = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut out, Calm::default());
    serde::Serialize::serialize(value, &mut serializer).expect("memory takes everything");
    out.push(b'\n');
    String::from_utf8(out).expect("JSON is UTF-8")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_stays_the_same_and_steers_no_terminal() {
        let deep = serde_json::json!([[[{ "a": 1, "b": [1, 2, {}], "c": [] }, [], {}]]]);
        let value = serde_json::json!({ "a\u{202e}": ["x\u{1b}\u{9b}\n\t\"\\", 1, null, {}, [], deep] });
        let text = calm(&value);
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).expect("JSON"), value);
        assert!(!text.contains(['\u{1b}', '\u{9b}', '\u{202e}', '\t']), "{text:?}");
        assert!(text.contains("\n        [{\"a\": 1, \"b\": [1, 2, {}], \"c\": []}, [], {}]\n"), "{text}");
    }
}
