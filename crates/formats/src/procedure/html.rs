//! Links and anchors in HTML that stands in Markdown.

use std::ops::Range;

/// What a piece of HTML has, in its order.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Found {
    /// `href`, `src`, one of `srcset`: where it leads, and its range.
    Link(String, Range<usize>),
    /// `id` of anything, `name` of a link.
    Anchor(String),
    /// The text of `<h1>` to `<h6>`.
    Heading(String),
}

/// Reads a piece of HTML; comments say nothing.
pub(super) fn html(text: &str) -> Vec<Found> {
    let mut reader = Reader { text, at: 0, found: Vec::new(), heading: None };
    while let Some(open) = reader.rest().find('<') {
        let written = text.get(reader.at..reader.at + open).unwrap_or("");
        if let Some(heading) = &mut reader.heading {
            heading.push_str(&unescaped(written));
        }
        reader.at += open;
        reader.piece();
    }
    reader.found
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    found: Vec<Found>,
    /// The text of the heading that is open.
    heading: Option<String>,
}

impl<'a> Reader<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or("")
    }

    /// What begins with `<`: a comment, a tag, or nothing of that sort.
    fn piece(&mut self) {
        let rest = self.rest();
        if rest.starts_with("<!--") {
            self.at += rest.find("-->").map_or(rest.len(), |end| end + 3);
            return;
        }
        let closing = rest.starts_with("</");
        let name = rest.trim_start_matches(['<', '/']);
        let name = name.split(|c: char| !c.is_ascii_alphanumeric() && c != '-').next().unwrap_or("");
        if name.is_empty() {
            self.at += 1;
            return;
        }
        let heading = matches!(name.as_bytes(), [b'h' | b'H', b'1'..=b'6']);
        if heading {
            self.found.extend(self.heading.take().map(Found::Heading));
            self.heading = (!closing).then(String::new);
        }
        self.at += name.len() + 1 + usize::from(closing);
        while self.attribute(name) {}
    }

    /// Reads one attribute; false at the end of the tag.
    fn attribute(&mut self, tag: &str) -> bool {
        let rest = self.rest();
        let blank = rest.len() - rest.trim_start_matches(|c: char| c.is_whitespace() || c == '/').len();
        self.at += blank;
        let rest = self.rest();
        if rest.is_empty() || rest.starts_with('<') {
            return false;
        }
        if rest.starts_with('>') {
            self.at += 1;
            return false;
        }
        let name = rest.split(|c: char| c.is_whitespace() || matches!(c, '=' | '>' | '/' | '<')).next().unwrap_or("");
        // A stray sign such as `=` is stepped over.
        self.at += name.len().max(if name.is_empty() { rest.chars().next().map_or(1, char::len_utf8) } else { 0 });
        let after = self.rest().trim_start();
        if name.is_empty() || !after.starts_with('=') {
            return true;
        }
        self.at = self.text.len() - after.len() + 1;
        let value = self.value();
        self.keep(tag, name, value);
        true
    }

    /// Reads a value, quoted or not; its range is without the quotes.
    fn value(&mut self) -> Range<usize> {
        let rest = self.rest().trim_start();
        let start = self.text.len() - rest.len();
        let quote = rest.chars().next().filter(|c| matches!(c, '"' | '\''));
        let Some(quote) = quote else {
            let end = rest.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(rest.len());
            self.at = start + end;
            return start..start + end;
        };
        let inside = rest.get(1..).unwrap_or("");
        let end = inside.find(quote).unwrap_or(inside.len());
        self.at = (start + 1 + end + 1).min(self.text.len());
        start + 1..start + 1 + end
    }

    fn keep(&mut self, tag: &str, name: &str, value: Range<usize>) {
        let written = self.text.get(value.clone()).unwrap_or("");
        let is = |known: &str| name.eq_ignore_ascii_case(known);
        if is("id") || (is("name") && tag.eq_ignore_ascii_case("a")) {
            self.found.push(Found::Anchor(unescaped(written)));
        } else if is("href") || is("src") {
            let range = trimmed(self.text, value);
            self.found.push(Found::Link(unescaped(written.trim()), range));
        } else if is("srcset") {
            let mut start = value.start;
            for one in written.split(',') {
                let range = trimmed(self.text, start..start + one.len());
                let address = self.text.get(range).unwrap_or("").split_whitespace().next().unwrap_or("");
                let begin = start + (one.len() - one.trim_start().len());
                self.found.push(Found::Link(unescaped(address), begin..begin + address.len()));
                start += one.len() + 1;
            }
        }
    }
}

fn trimmed(text: &str, range: Range<usize>) -> Range<usize> {
    let written = text.get(range.clone()).unwrap_or("");
    let start = range.start + (written.len() - written.trim_start().len());
    start..start + written.trim().len()
}

/// Reads the entities that stand in addresses and headings.
fn unescaped(text: &str) -> String {
    let known = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", " ")];
    let text = known.iter().fold(text.to_owned(), |text, (entity, sign)| text.replace(entity, sign));
    text.replace("&amp;", "&")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expect: &[&str]) {
        let shown: Vec<String> = html(text)
            .into_iter()
            .map(|found| match found {
                Found::Link(to, range) => format!("{to} at {}", text.get(range).expect("inside")),
                Found::Anchor(name) => format!("#{name}"),
                Found::Heading(title) => format!("heading {title}"),
            })
            .collect();
        assert_eq!(shown, expect, "{text}");
    }

    #[test]
    fn links_anchors_and_headings_are_found() {
        check(r#"<a href="x.md?a=1&amp;b=2">x</a>"#, &["x.md?a=1&b=2 at x.md?a=1&amp;b=2"]);
        check("<A NAME=top>", &["#top"]);
        check("<a name='it'/><img alt=\"a > b\" src = 'p.png'>", &["#it", "p.png at p.png"]);
        check("<source srcset=\"a.png 1x, b.png 2x\">", &["a.png at a.png", "b.png at b.png"]);
        check("<h2 id=\"i\" >Back <b>up</b></h2><h3>Next</h3>", &["#i", "heading Back up", "heading Next"]);
        check("<!-- <a href=\"x\"> --><p>", &[]);
        check("a < b <", &[]);
        check("<a href=\"unclosed", &["unclosed at unclosed"]);
    }

    proptest::proptest! {
        #[test]
        fn any_text_is_read_to_its_end(text in "[<>/a='\"! \\-h1é,]{0,60}") {
            for found in html(&text) {
                if let Found::Link(_, range) = found {
                    proptest::prop_assert!(text.get(range).is_some());
                }
            }
        }
    }
}
