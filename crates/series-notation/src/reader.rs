//! A text that is read from left to right.

use evenkeel_promql::Number;

use crate::Fault;

pub(crate) struct Reader<'a> {
    text: &'a str,
    pub(crate) at: usize,
}

impl<'a> Reader<'a> {
    pub(crate) const fn new(text: &'a str) -> Self {
        Self { text, at: 0 }
    }

    pub(crate) fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    pub(crate) fn is_at_end(&self) -> bool {
        self.rest().is_empty()
    }

    pub(crate) fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// What follows, when it is that.
    pub(crate) fn take(&mut self, what: &str) -> bool {
        let there = self.rest().starts_with(what);
        if there {
            self.at += what.len();
        }
        there
    }

    /// As many characters as fit.
    pub(crate) fn take_while(&mut self, fits: impl Fn(char) -> bool) -> &'a str {
        let rest = self.rest();
        let taken = rest.get(..rest.len() - rest.trim_start_matches(fits).len()).unwrap_or("");
        self.at += taken.len();
        taken
    }

    /// A fault about the word that begins at a place.
    pub(crate) fn fault(&self, start: usize, message: impl Into<String>) -> Fault {
        let word = self.text.get(start..).unwrap_or("");
        let length = word.find(char::is_whitespace).unwrap_or(word.len());
        Fault::new(start..start + length, message)
    }

    /// `+` is 1 and `-` is -1, when one follows.
    pub(crate) fn sign(&mut self) -> Option<f64> {
        if self.take("+") {
            Some(1.0)
        } else if self.take("-") {
            Some(-1.0)
        } else {
            None
        }
    }

    /// A number with or without a sign.
    pub(crate) fn signed(&mut self) -> Option<f64> {
        let start = self.at;
        let sign = self.sign().unwrap_or(1.0);
        let number = self.number();
        if number.is_none() {
            self.at = start;
        }
        number.map(|number| sign * number)
    }

    /// A number without a sign. `0x5` is no hexadecimal one here, but zero five times.
    pub(crate) fn number(&mut self) -> Option<f64> {
        let start = self.at;
        let word =
            self.rest().get(..3).filter(|word| word.eq_ignore_ascii_case("inf") || word.eq_ignore_ascii_case("nan"));
        if let Some(word) = word {
            self.at += word.len();
        } else {
            let digit = |c: char| c.is_ascii_digit() || c == '_';
            self.take_while(digit);
            if self.take(".") {
                self.take_while(digit);
            }
            self.exponent();
        }
        let number = self.text.get(start..self.at).and_then(Number::read);
        if number.is_none() {
            self.at = start;
        }
        number.map(|number| number.value)
    }

    fn exponent(&mut self) {
        let before = self.at;
        if self.take("e") || self.take("E") {
            self.sign();
            if self.take_while(|c| c.is_ascii_digit()).is_empty() {
                self.at = before;
            }
        }
    }

    /// `x5`, when it follows. `None`: an `x` without a number that can be counted to.
    pub(crate) fn times(&mut self) -> Option<Option<usize>> {
        if !self.take("x") {
            return Some(None);
        }
        self.take_while(|c| c.is_ascii_digit()).parse().ok().map(Some)
    }
}
