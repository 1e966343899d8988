//! Whether a text is a regular expression to Go, which Prometheus is written in.
//!
//! Only what Go surely refuses is refused: its language differs from that of the crate `regex` in small things, and
//! nobody shall be told that a pattern is wrong that works.

use std::iter::Peekable;
use std::str::Chars;

/// Counts above this are refused by Go.
const REPEATS_MAX: u32 = 1000;

/// What makes it no pattern, if anything does.
pub(crate) fn check(pattern: &str) -> Result<(), String> {
    let mut reader = Reader { chars: pattern.chars().peekable(), open: 0, before: Before::Nothing };
    while let Some(c) = reader.chars.next() {
        reader.part(c)?;
    }
    if reader.open > 0 { Err("a `(` is never closed".to_owned()) } else { Ok(()) }
}

/// What a repetition would repeat.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Before {
    Nothing,
    Something,
    Repetition,
}

struct Reader<'a> {
    chars: Peekable<Chars<'a>>,
    open: usize,
    before: Before,
}

impl Reader<'_> {
    fn part(&mut self, c: char) -> Result<(), String> {
        match c {
            '(' => self.group()?,
            ')' => {
                self.open = self.open.checked_sub(1).ok_or("a `)` closes nothing")?;
                self.before = Before::Something;
            }
            '|' => self.before = Before::Nothing,
            '[' => self.class()?,
            '\\' => self.escape()?,
            '*' | '+' | '?' => self.repetition(c)?,
            '{' => self.counted()?,
            _ => self.before = Before::Something,
        }
        Ok(())
    }

    fn group(&mut self) -> Result<(), String> {
        self.open += 1;
        self.before = Before::Nothing;
        if self.chars.next_if_eq(&'?').is_none() {
            return Ok(());
        }
        let rest: String = self.chars.clone().take(3).collect();
        if rest.starts_with(['=', '!']) || rest.starts_with("<=") || rest.starts_with("<!") {
            return Err("Go has no look-around, `(?=` and the like".to_owned());
        }
        if rest.starts_with("P<") || rest.starts_with('<') {
            return self.chars.by_ref().find(|c| *c == '>').map(|_| ()).ok_or("a group's name never ends".to_owned());
        }
        while self.chars.next_if(|c| matches!(c, 'i' | 'm' | 's' | 'U' | '-')).is_some() {}
        match self.chars.next() {
            Some(':') => Ok(()),
            Some(')') => {
                self.open -= 1;
                self.before = Before::Something;
                Ok(())
            }
            _ => Err("Go has no such group behind `(?`".to_owned()),
        }
    }

    fn class(&mut self) -> Result<(), String> {
        self.before = Before::Something;
        let _ = self.chars.next_if_eq(&'^');
        let mut first = true;
        let mut low: Option<char> = None;
        while let Some(c) = self.chars.next() {
            match c {
                ']' if !first => return Ok(()),
                '[' if self.chars.peek() == Some(&':') => {
                    self.chars.by_ref().find(|c| *c == ']').ok_or("a `[` is never closed")?;
                    low = None;
                }
                '\\' => {
                    self.escape()?;
                    low = None;
                }
                '-' if low.is_some() => {
                    let high = self.chars.next_if(|c| !matches!(c, ']' | '\\' | '['));
                    if high.zip(low).is_some_and(|(high, low)| high < low) {
                        return Err("a range in `[…]` runs backwards".to_owned());
                    }
                    low = None;
                }
                _ => low = Some(c),
            }
            first = false;
        }
        Err("a `[` is never closed".to_owned())
    }

    fn escape(&mut self) -> Result<(), String> {
        self.before = Before::Something;
        let c = self.chars.next().ok_or("it ends with a single `\\`")?;
        match c {
            'Q' => {
                while let Some(c) = self.chars.next() {
                    if c == '\\' && self.chars.next_if_eq(&'E').is_some() {
                        return Ok(());
                    }
                }
                Ok(())
            }
            '1'..='9' if !self.chars.peek().is_some_and(char::is_ascii_digit) => {
                Err(format!("Go has no references back, `\\{c}`"))
            }
            'p' | 'P' | 'x' => {
                if self.chars.next_if_eq(&'{').is_some() {
                    self.chars.by_ref().find(|c| *c == '}').ok_or("a `{` is never closed")?;
                }
                Ok(())
            }
            _ if c.is_ascii_alphabetic() && !"AbBdDsSwWEzafnrtv".contains(c) => {
                Err(format!("Go has no `\\{c}` in patterns"))
            }
            _ => Ok(()),
        }
    }

    fn repetition(&mut self, sign: char) -> Result<(), String> {
        let before = self.before;
        let _ = self.chars.next_if_eq(&'?');
        self.before = Before::Repetition;
        match before {
            Before::Nothing => Err(format!("nothing stands before `{sign}` that could be repeated")),
            Before::Repetition => Err(format!("`{sign}` repeats a repetition")),
            Before::Something => Ok(()),
        }
    }

    /// `{2}`, `{2,}`, `{2,5}`; anything else is a brace.
    fn counted(&mut self) -> Result<(), String> {
        let inner: String = self.chars.clone().take_while(|c| *c != '}').take(12).collect();
        let (least, most) = inner.split_once(',').unwrap_or((&inner, &inner));
        let is_number = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let closed = self.chars.clone().nth(inner.chars().count()) == Some('}');
        if !closed || !is_number(least) || !(most.is_empty() || is_number(most)) {
            self.before = Before::Something;
            return Ok(());
        }
        self.chars.by_ref().find(|c| *c == '}');
        let least: u32 = least.parse().unwrap_or(u32::MAX);
        let most: u32 = if most.is_empty() { least } else { most.parse().unwrap_or(u32::MAX) };
        if most > REPEATS_MAX || least > most {
            return Err(format!("`{{{inner}}}` is no count from 0 to {REPEATS_MAX}"));
        }
        self.repetition('{')
    }
}

#[cfg(test)]
mod tests {
    use super::check;

    #[test]
    fn what_go_takes_is_taken() {
        for pattern in [
            "",
            "a.*|b+?",
            "(?i)web",
            "(?:a|b){2,5}",
            "(?P<x>a)(?<y>b)",
            "[]a]",
            "[^]]",
            "[a-z_-]",
            "[[:alpha:]-]",
            "a{",
            "a{,5}",
            "{",
            r"\.\/\_\-",
            r"\Q(\E",
            r"\d\pL\p{Greek}\x{41}\x41",
            "^*",
            "a|",
            "()",
            r"[\]]",
            r"[\w-]",
            "a{1000}",
            "x{2}?",
            r"\07",
        ] {
            assert_eq!(check(pattern), Ok(()), "{pattern}");
        }
    }

    #[test]
    fn what_go_refuses_is_refused() {
        for pattern in [
            "(", "a)", "a)|(b", "*", "a|+", "(?", "(?=a)", "(?!a)", "(?<!a)", "[", "[]", "[z-a]", "a**", "a+*",
            "a{2}{3}", "a{1001}", "a{3,2}", r"\", r"(a)\1", r"\y", r"\Z", "(?P<x", "{2}",
        ] {
            assert!(check(pattern).is_err(), "{pattern}");
        }
    }
}
