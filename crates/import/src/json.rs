//! JSON text as the tree of values that YAML gives too, with places; one value after the other, as `aws` prints them.

use std::collections::BTreeSet;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_formats::yaml::{DEPTH_MAX, Node, Value};
use evenkeel_model::codes::{DUPLICATE_KEY, TOO_DEEP};
use evenkeel_model::quoted;

use crate::codes::JSON_SYNTAX;
use crate::report::SOURCE;

type Fault = Box<Diagnostic>;

/// Reads all values of a text.
///
/// # Errors
/// A diagnostic at the first place that is not JSON.
pub(crate) fn parse(text: &str) -> Result<Vec<Node>, Fault> {
    let mut reader = Reader { text, at: text.len() - text.trim_start_matches('\u{feff}').len() };
    let mut values = Vec::new();
    while reader.peek().is_some() {
        values.push(reader.value(0)?);
    }
    Ok(values)
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// The next character that is no space.
    fn peek(&mut self) -> Option<char> {
        let rest = self.rest();
        let spaces = rest.len() - rest.trim_start_matches([' ', '\t', '\n', '\r']).len();
        self.at += spaces;
        self.rest().chars().next()
    }

    fn takes(&mut self, wanted: char) -> bool {
        let found = self.peek() == Some(wanted);
        self.at += if found { wanted.len_utf8() } else { 0 };
        found
    }

    fn span(&self, start: usize) -> Span {
        let offset = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Span { source: SOURCE, start: offset(start), end: offset(self.at) }
    }

    fn fault(&self, wanted: &str) -> Fault {
        let found = match self.rest().chars().next() {
            Some(_) => "something else stands here",
            None => "the text ends here",
        };
        let diag =
            Diagnostic::error(JSON_SYNTAX, self.span(self.at), format!("not JSON: {wanted} is expected, {found}"));
        Box::new(diag.help("give the output of `aws … --output json` as it is"))
    }

    fn value(&mut self, depth: usize) -> Result<Node, Fault> {
        let first = self.peek();
        let start = self.at;
        if depth > DEPTH_MAX {
            let diag = Diagnostic::error(TOO_DEEP, self.span(start), "values are nested more than 64 deep");
            return Err(Box::new(diag));
        }
        let value = match first {
            Some('{') => self.object(depth)?,
            Some('[') => self.array(depth)?,
            Some('"') => Value::String(self.string()?.into()),
            Some(_) => self.word()?,
            None => return Err(self.fault("a value")),
        };
        Ok(Node { span: self.span(start), value })
    }

    fn object(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let (mut entries, mut seen) = (Vec::new(), BTreeSet::new());
        if self.takes('}') {
            return Ok(Value::Map(entries));
        }
        loop {
            if self.peek() != Some('"') {
                return Err(self.fault("a key in quotes"));
            }
            let start = self.at;
            let key = self.string()?;
            let place = self.span(start);
            if !seen.insert(key.clone()) {
                let headline = format!("the key {} is there twice", quoted(&key));
                return Err(Box::new(Diagnostic::error(DUPLICATE_KEY, place, headline).help("remove one of the two")));
            }
            if !self.takes(':') {
                return Err(self.fault("`:`"));
            }
            entries.push((Spanned::new(key, place), self.value(depth + 1)?));
            if self.takes('}') {
                return Ok(Value::Map(entries));
            }
            if !self.takes(',') {
                return Err(self.fault("`,` or `}`"));
            }
        }
    }

    fn array(&mut self, depth: usize) -> Result<Value, Fault> {
        self.at += 1;
        let mut items = Vec::new();
        if self.takes(']') {
            return Ok(Value::Seq(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            if self.takes(']') {
                return Ok(Value::Seq(items));
            }
            if !self.takes(',') {
                return Err(self.fault("`,` or `]`"));
            }
        }
    }

    fn string(&mut self) -> Result<String, Fault> {
        self.at += 1;
        let mut text = String::new();
        loop {
            let plain = self.rest().find(|c: char| c == '"' || c == '\\' || c < ' ').unwrap_or(self.rest().len());
            text.push_str(self.rest().get(..plain).unwrap_or(""));
            self.at += plain;
            match self.rest().chars().next() {
                Some('"') => {
                    self.at += 1;
                    return Ok(text);
                }
                Some('\\') => text.push(self.escape()?),
                Some(_) | None => return Err(self.fault("`\"` at the end of the text")),
            }
        }
    }

    fn escape(&mut self) -> Result<char, Fault> {
        let sign = self.rest().chars().nth(1);
        let simple = match sign {
            Some(c @ ('"' | '\\' | '/')) => Some(c),
            Some('b') => Some('\u{8}'),
            Some('f') => Some('\u{c}'),
            Some('n') => Some('\n'),
            Some('r') => Some('\r'),
            Some('t') => Some('\t'),
            Some(_) | None => None,
        };
        if let Some(c) = simple {
            self.at += 2;
            return Ok(c);
        }
        let high = self.unit()?;
        if !(0xd800..0xdc00).contains(&high) {
            return char::from_u32(high).ok_or_else(|| self.fault("a whole character"));
        }
        let low = self.unit()?.wrapping_sub(0xdc00);
        let code = 0x1_0000 + ((high - 0xd800) << 10) + (low & 0x3ff);
        char::from_u32(code).filter(|_| low < 0x400).ok_or_else(|| self.fault("the second half of a character"))
    }

    /// `\uXXXX`.
    fn unit(&mut self) -> Result<u32, Fault> {
        let digits = self.rest().strip_prefix("\\u").and_then(|rest| rest.get(..4));
        let unit = digits.filter(|digits| digits.bytes().all(|byte| byte.is_ascii_hexdigit()));
        let Some(unit) = unit.and_then(|digits| u32::from_str_radix(digits, 16).ok()) else {
            return Err(self.fault("an escape such as `\\n` or `\\u00e9`"));
        };
        self.at += 6;
        Ok(unit)
    }

    fn word(&mut self) -> Result<Value, Fault> {
        let rest = self.rest();
        let length = rest.find(|c: char| !c.is_ascii_alphanumeric() && !"+-.".contains(c)).unwrap_or(rest.len());
        let word: Box<str> = rest.get(..length).unwrap_or("").into();
        let value = match word.as_ref() {
            "null" => Value::Null,
            "true" => Value::Bool(true),
            "false" => Value::Bool(false),
            number if number.starts_with(|c: char| c == '-' || c.is_ascii_digit()) => {
                match (number.parse(), number.parse::<f64>()) {
                    (Ok(whole), _) => Value::Int(whole, word.clone()),
                    (Err(_), Ok(float)) if float.is_finite() => Value::Float(float, word.clone()),
                    _ => return Err(self.fault("a number")),
                }
            }
            _ => return Err(self.fault("a value")),
        };
        self.at += length;
        Ok(value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn faults(text: &str) -> String {
        parse(text).map_or_else(
            |diag| format!("{}@{}", diag.code, diag.primary.span.start),
            |values| format!("{}", values.len()),
        )
    }

    #[test]
    fn values_know_their_places() {
        let values = parse("{\"a\": [1, -2.5e3, true, null, \"\\u00e9\\ud83d\\ude00\\n\\/\"]}\n[]\n").expect("JSON");
        let list = values.first().and_then(|value| value.get("a")).expect("a list");
        let Value::Seq(items) = &list.value else { panic!("{list:?}") };
        assert_eq!((list.span.start, items.len(), values.len()), (6, 5, 2));
        assert_eq!(items.last().and_then(Node::as_text), Some("é😀\n/"));
        assert_eq!(items.get(1).map(|item| &item.value), Some(&Value::Float(-2500.0, "-2.5e3".into())));
    }

    #[test]
    fn what_is_no_json_is_named_at_its_place() {
        assert_eq!(faults("{\"a\": 1,}"), "json-syntax@8");
        assert_eq!(faults("{a: 1}"), "json-syntax@1");
        assert_eq!(faults("[1 2]"), "json-syntax@3");
        assert_eq!(faults("[\"a"), "json-syntax@3");
        assert_eq!(faults("[\"\\q\"]"), "json-syntax@2");
        assert_eq!(faults("[\"\\ud800x\"]"), "json-syntax@8");
        assert_eq!(faults("[NaN]"), "json-syntax@1");
        assert_eq!(faults("{\"a\": 1, \"a\": 2}"), "duplicate-key@9");
        assert_eq!(faults(&"[".repeat(70)), "too-deep@65");
        assert_eq!(faults("\u{feff} {} {}"), "2");
    }
}
