//! Reads matchers as people write them: `severity="page"`, `{a=~"x|y", b!=z}`.

use std::fmt;

use crate::{MatchOp, Matcher, Matchers};

/// Why a text is not a list of matchers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ParseMatcherError {
    /// What is wrong.
    pub message: String,
    /// Byte offset into the text.
    pub offset: usize,
}

impl fmt::Display for ParseMatcherError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for ParseMatcherError {}

/// Reads one or more matchers separated by commas, with or without braces round them.
///
/// Names are Prometheus label names or quoted text; values are quoted text with `\n`, `\"` and `\\`,
/// or bare text up to a comma.
///
/// # Errors
/// [`ParseMatcherError`] with the place of the first fault.
///
/// Source: Alertmanager, configuration, `<matcher>`.
pub fn parse_matchers(text: &str) -> Result<Matchers, ParseMatcherError> {
    let mut reader = Reader { text, at: 0 };
    reader.spaces();
    let braces = reader.take("{");
    let mut matchers = Vec::new();
    loop {
        reader.spaces();
        if reader.rest().is_empty() || (braces && reader.rest().starts_with('}')) {
            break;
        }
        matchers.push(reader.matcher(braces)?);
        reader.spaces();
        if !reader.take(",") {
            break;
        }
    }
    if braces && !reader.take("}") {
        return Err(reader.fault("`}` is missing"));
    }
    reader.spaces();
    if reader.rest().is_empty() {
        Ok(Matchers(matchers))
    } else {
        Err(reader.fault("unexpected text after the matcher"))
    }
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn fault(&self, message: &str) -> ParseMatcherError {
        ParseMatcherError { message: message.to_owned(), offset: self.at }
    }

    fn spaces(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, token: &str) -> bool {
        let there = self.rest().starts_with(token);
        self.at += if there { token.len() } else { 0 };
        there
    }

    fn matcher(&mut self, braces: bool) -> Result<Matcher, ParseMatcherError> {
        let start = self.at;
        let name = self.name()?;
        self.spaces();
        let op = self.operator()?;
        self.spaces();
        let value = if self.rest().starts_with('"') { self.quoted()? } else { self.bare(braces)? };
        Matcher::new(name, op, value).map_err(|error| ParseMatcherError { message: error.to_string(), offset: start })
    }

    fn name(&mut self) -> Result<String, ParseMatcherError> {
        if self.rest().starts_with('"') {
            return self.quoted();
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | ':') || !c.is_ascii();
        let length = self.rest().find(|c| !is_name(c)).unwrap_or(self.rest().len());
        let name = self.rest().get(..length).unwrap_or("");
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.fault("a label name is expected, as in `severity=\"page\"`"));
        }
        self.at += length;
        Ok(name.to_owned())
    }

    fn operator(&mut self) -> Result<MatchOp, ParseMatcherError> {
        let known = [MatchOp::Regex, MatchOp::NotRegex, MatchOp::NotEqual, MatchOp::Equal];
        let found = known.into_iter().find(|op| self.take(op.as_str()));
        found.ok_or_else(|| self.fault("one of `=`, `!=`, `=~`, `!~` is expected"))
    }

    fn quoted(&mut self) -> Result<String, ParseMatcherError> {
        let mut text = String::new();
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((offset, c)) = chars.next() {
            match c {
                '"' => {
                    self.at += offset + 1;
                    return Ok(text);
                }
                '\\' => match chars.next() {
                    Some((_, 'n')) => text.push('\n'),
                    Some((_, quoted @ ('"' | '\\'))) => text.push(quoted),
                    // Alertmanager keeps an unknown escape as it stands, so that patterns need not be doubled.
                    Some((_, other)) => text.extend(['\\', other]),
                    None => break,
                },
                other => text.push(other),
            }
        }
        Err(self.fault("the closing `\"` is missing"))
    }

    fn bare(&mut self, braces: bool) -> Result<String, ParseMatcherError> {
        let ends = |c: char| c == ',' || (braces && c == '}');
        let length = self.rest().find(ends).unwrap_or(self.rest().len());
        let value = self.rest().get(..length).unwrap_or("").trim();
        if value.contains('"') {
            return Err(self.fault("a `\"` inside a value needs the whole value in quotes"));
        }
        self.at += length;
        Ok(value.to_owned())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &str) {
        let shown = match parse_matchers(text) {
            Ok(matchers) => matchers.to_string(),
            Err(error) => format!("{} at {}", error, error.offset),
        };
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn matchers_are_read_in_every_notation() {
        check(r#"a="b""#, r#"{a="b"}"#);
        check(r#"{a="b", c!~"d|e",}"#, r#"{a="b",c!~"d|e"}"#);
        check("severity=page", r#"{severity="page"}"#);
        check(r#" a =~ "x,y" , b != z "#, r#"{a=~"x,y",b!="z"}"#);
        check(r#""with space"="b\"\n\\d""#, "{with space=\"b\\\"\\n\\\\d\"}");
        check("a=", r#"{a=""}"#);
        check("", "{}");
    }

    #[test]
    fn faults_name_their_place() {
        check("a", "one of `=`, `!=`, `=~`, `!~` is expected at 1");
        check("=b", "a label name is expected, as in `severity=\"page\"` at 0");
        check(r#"a="b"#, "the closing `\"` is missing at 2");
        check(r#"{a="b""#, "`}` is missing at 6");
        check(r#"a="b" c"#, "unexpected text after the matcher at 6");
        check(r#"a=b"c"#, "a `\"` inside a value needs the whole value in quotes at 2");
        check(r#"a=~"(""#, "not a regular expression: error: unclosed group at 0");
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_or_refused(text in ".{0,80}") {
            let _ = parse_matchers(&text);
        }

        #[test]
        fn what_is_printed_reads_back(name in "[a-z_][a-z0-9_]{0,8}", value in "[ -~]{0,20}") {
            let matcher = Matcher::new(name, MatchOp::Equal, value.replace('\\', "/")).expect("a matcher");
            let list = Matchers(vec![matcher]);
            proptest::prop_assert_eq!(parse_matchers(&list.to_string()), Ok(list));
        }
    }
}
