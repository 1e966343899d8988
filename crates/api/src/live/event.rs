//! Server-sent events as bytes.

use axum::body::Bytes;
use evenkeel_record::Hash;

/// What a view wrote last.
#[derive(Debug, Clone)]
pub(super) enum Written {
    /// Nothing yet.
    Nothing,
    /// The page: its event, and what tells it from another one.
    Main(Bytes, Hash),
    /// The page is not there any more.
    Gone,
}

impl Written {
    /// Whether a reader who has the other has this.
    pub(super) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Main(_, mark), Self::Main(_, other)) => mark == other,
            (Self::Nothing, Self::Nothing) | (Self::Gone, Self::Gone) => true,
            (Self::Nothing | Self::Main(..) | Self::Gone, _) => false,
        }
    }
}

/// What a stream begins with: when to come again after it ended. Units of `retry`: milliseconds.
pub(super) const BEGIN: Bytes = Bytes::from_static(b"retry: 3000\n\n");
/// Keeps the connection known to those between.
pub(super) const HEARTBEAT: Bytes = Bytes::from_static(b":\n\n");
/// The page is not there any more.
pub(super) const PAGE_GONE: Bytes = Bytes::from_static(b"event: gone\ndata: page\n\n");
/// The reader may not look any more.
pub(super) const SESSION_GONE: Bytes = Bytes::from_static(b"event: gone\ndata: session\n\n");

const TITLE_END: &str = "</title>";

/// The parts of a page that change, as an event; `None` when the page has none.
pub(super) fn main(html: &str) -> Option<Written> {
    // What strangers write is escaped, so these stand in the page once, where the layout has them.
    // Drawings have titles of their own, further down.
    let titled = html.find(TITLE_END)? + TITLE_END.len();
    let title = between(html.get(..titled)?, "<title>", TITLE_END)?;
    let main = between(html, "<main", "</main>")?;
    let mut text = String::with_capacity(main.len() + title.len() + 64);
    text.push_str("event: main\n");
    for line in title.lines().chain(main.lines()) {
        text.push_str("data: ");
        text.push_str(line);
        text.push('\n');
    }
    text.push('\n');
    let mark = Hash::of(&[text.as_bytes()]);
    Some(Written::Main(text.into(), mark))
}

/// From the first `start` to the last `end`, both included.
fn between<'a>(html: &'a str, start: &str, end: &str) -> Option<&'a str> {
    html.get(html.find(start)?..html.rfind(end)? + end.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn title_and_main_are_sent_line_by_line() {
        let html = "<!DOCTYPE html><title>(1) a</title><body><p>no</p><main id=\"main\">\n<p>a\r\nb</p></main>x</body>";
        let Some(Written::Main(event, _)) = main(html) else { panic!("{html}") };
        let expected =
            "event: main\ndata: <title>(1) a</title>\ndata: <main id=\"main\">\ndata: <p>a\ndata: b</p></main>\n\n";
        assert_eq!(event, expected.as_bytes());
        assert!(main("<p>no main</p>").is_none());
    }

    #[test]
    fn the_title_of_a_drawing_is_not_that_of_the_page() {
        let html = "<title>a</title><main><svg><title>b</title></svg></main>";
        let Some(Written::Main(event, _)) = main(html) else { panic!("{html}") };
        let expected = "event: main\ndata: <title>a</title>\ndata: <main><svg><title>b</title></svg></main>\n\n";
        assert_eq!(event, expected.as_bytes());
    }
}
