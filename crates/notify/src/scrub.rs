//! What another program answered, made fit for a reason: short, printable, without our own secrets.

/// Longest text taken over from the other side. Units: characters.
const CHARS_MAX: usize = 200;

/// Texts that must not show up in a reason.
#[derive(Debug, Default)]
pub(crate) struct Scrub {
    secrets: Vec<String>,
    /// Those of which not even a part may show up, since receivers quote the beginning of what they do not like.
    links: Vec<String>,
}

/// So much of a link gives it away as one. Units: bytes.
const LINK_BYTES_MIN: usize = 8;

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

    /// Adds a link whose path acts for whoever has it, as a whole and in parts.
    pub(crate) fn add_link(&mut self, link: &str) {
        self.add(link);
        let path = link.splitn(4, '/').nth(3).unwrap_or_default();
        let parts = path.split(['/', '?', '&', '=', '#']).filter(|part| part.len() >= LINK_BYTES_MIN);
        self.links.extend(parts.map(str::to_owned));
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
        for link in &self.links {
            text = without_beginnings(&text, link);
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

/// The text without whatever begins as `secret` does, however much of it is there.
fn without_beginnings(text: &str, secret: &str) -> String {
    let start = secret.get(..LINK_BYTES_MIN).unwrap_or(secret);
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some((before, after)) = rest.split_once(start) {
        let others = secret.get(start.len()..).unwrap_or_default();
        let same = others.chars().zip(after.chars()).take_while(|(wanted, there)| wanted == there);
        let length: usize = same.map(|(c, _)| c.len_utf8()).sum();
        out.push_str(before);
        out.push_str("<secret>");
        rest = after.get(length..).unwrap_or_default();
    }
    out.push_str(rest);
    out
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

    #[test]
    fn no_part_of_a_link_is_left() {
        let mut scrub = Scrub::default();
        scrub.add_link("https://evenkeel.example/p/AbCdEfGhIjKl.MnOp");
        let body = "bad `https://evenkeel.example/p/AbCdEfGhIj...`, `AbCdEfGhIjKl.MnOp`, AbCdEfGh https://evenkeel.example/p/AbCdEfGhIjKl.MnOp";
        let expect = "bad `https://evenkeel.example/p/<secret>...`, `<secret>`, <secret> <secret>";
        assert_eq!(scrub.clean(body.as_bytes()), expect);
    }
}
