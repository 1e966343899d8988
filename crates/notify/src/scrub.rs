//! What another program answered, made fit for a reason: short, printable, without our own secrets.

/// Longest text taken over from the other side. Units: characters.
const CHARS_MAX: usize = 200;

/// Texts that must not show up in a reason.
#[derive(Debug, Default)]
pub(crate) struct Scrub {
    secrets: Vec<String>,
}

impl Scrub {
    /// Adds one. Too short ones are left out: they would blot out common words and give nothing away.
    pub(crate) fn add(&mut self, secret: &str) {
        if secret.len() >= 4 {
            self.secrets.push(secret.to_owned());
        }
    }

    /// Adds path and query of a URL, as a whole and in parts; receivers like to echo what was asked for.
    pub(crate) fn add_path(&mut self, path: &str) {
        self.add(path);
        let parts = path.split(['/', '?', '&', '=', ';']).filter(|part| part.len() >= 8);
        parts.for_each(|part| self.add(part));
    }

    /// The beginning of `body` in one line.
    pub(crate) fn clean(&self, body: &[u8]) -> String {
        let mut text = String::from_utf8_lossy(body).into_owned();
        let mut secrets: Vec<&String> = self.secrets.iter().collect();
        // The longest first, or a part would be taken out of the whole and leave the rest.
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        for secret in secrets {
            text = text.replace(secret.as_str(), "<secret>");
        }
        let words: Vec<&str> =
            text.split(|c: char| c.is_whitespace() || hidden(c)).filter(|word| !word.is_empty()).collect();
        let line = words.join(" ");
        let mut chars = line.chars();
        let mut short: String = chars.by_ref().take(CHARS_MAX).collect();
        if chars.next().is_some() {
            short.push('…');
        }
        short
    }
}

/// Characters that change how the text around them is shown, or are not shown at all.
pub(crate) fn hidden(c: char) -> bool {
    c.is_control()
        || matches!(c, '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn answers_become_one_line_without_secrets() {
        let mut scrub = Scrub::default();
        scrub.add_path("/services/T0/B0/abcdefgh?token=s3cr3t-value");
        scrub.add("s3cr3t-value");
        let body =
            "no\r\n\u{1b}[31m hook\u{202e} at /services/T0/B0/abcdefgh?token=s3cr3t-value, abcdefgh, s3cr3t-value";
        assert_eq!(scrub.clean(body.as_bytes()), "no [31m hook at <secret>, <secret>, <secret>");
        assert_eq!(scrub.clean("é".repeat(300).as_bytes()).chars().count(), CHARS_MAX + 1);
        assert_eq!(scrub.clean(&[0xff, 0, b'a']), "\u{fffd} a");
    }
}
