//! Which series an input is: a metric's name and exact labels.

use super::Fault;

const FORM: &str = "write the metric and its labels, such as `up{job=\"web\"}`";

/// Checks the name of a series.
pub(in super::super) fn selector(text: &str) -> Result<(), Fault> {
    let mut reader = Reader { text, at: 0 };
    reader.blanks();
    let named = reader.name();
    reader.blanks();
    let labelled = reader.take('{');
    if labelled {
        reader.labels()?;
        reader.blanks();
    }
    if !named && !labelled {
        return Err(reader.fault("an input series needs a metric's name or labels"));
    }
    if reader.at < text.len() {
        return Err(reader.fault("an input series is one metric with exact labels, and nothing else"));
    }
    Ok(())
}

struct Reader<'t> {
    text: &'t str,
    at: usize,
}

impl Reader<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn fault(&self, headline: &'static str) -> Fault {
        let length = self.rest().chars().next().map_or(0, char::len_utf8);
        Fault { place: self.at..self.at + length, headline, help: FORM }
    }

    fn blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    fn take(&mut self, c: char) -> bool {
        let there = self.rest().starts_with(c);
        self.at += usize::from(there);
        there
    }

    fn name(&mut self) -> bool {
        let rest = self.rest();
        let letter = |c: char| c.is_ascii_alphabetic() || matches!(c, '_' | ':');
        if !rest.starts_with(letter) {
            return false;
        }
        self.at += rest.len() - rest.trim_start_matches(|c: char| letter(c) || c.is_ascii_digit()).len();
        true
    }

    /// What is between the braces, and the closing one.
    fn labels(&mut self) -> Result<(), Fault> {
        self.blanks();
        while !self.take('}') {
            let quoted = self.quoted()?;
            if !quoted && !self.name() {
                return Err(self.fault("a label's name is expected here"));
            }
            self.blanks();
            let alone = quoted && self.rest().starts_with([',', '}']);
            if !alone {
                self.value()?;
            }
            self.blanks();
            if !self.take(',') && !self.rest().starts_with('}') {
                return Err(self.fault("`,` or `}` is expected here"));
            }
            self.blanks();
        }
        Ok(())
    }

    fn value(&mut self) -> Result<(), Fault> {
        if self.rest().starts_with("=~") || !self.take('=') {
            return Err(self.fault("the label of an input series needs `=` and its exact value"));
        }
        self.blanks();
        if self.quoted()? { Ok(()) } else { Err(self.fault("a label's value is expected here, in quotes")) }
    }

    /// Goes past a quoted text, if there is one here.
    fn quoted(&mut self) -> Result<bool, Fault> {
        let Some(quote) = self.rest().chars().next().filter(|c| matches!(c, '"' | '\'' | '`')) else {
            return Ok(false);
        };
        let mut chars = self.rest().char_indices().skip(1);
        while let Some((at, c)) = chars.next() {
            if c == '\\' && quote != '`' {
                chars.next();
            } else if c == quote {
                self.at += at + 1;
                return Ok(true);
            }
        }
        Err(self.fault("the closing quote is missing"))
    }
}
