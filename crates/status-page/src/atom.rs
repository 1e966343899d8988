//! What was said, as an Atom feed: one entry an update, newest first.
//!
//! Source: RFC 4287. Ids are made from what tells this page from all others, so that they stay when the page moves.

use std::fmt::Write as _;

use evenkeel_record::Hash;
use evenkeel_time::Timestamp;

use crate::files::Offers;
use crate::words::exact;
use crate::{Board, Notice, Said};

/// Readers of feeds keep what they have seen.
const ENTRIES_MAX: usize = 50;

/// The feed.
pub(crate) fn feed(board: &Board, offers: &Offers) -> String {
    let base = offers.base.as_deref().unwrap_or("");
    let mut said: Vec<(&Notice, &Said)> = board
        .current
        .iter()
        .chain(&board.past)
        .flat_map(|notice| notice.said.iter().map(move |said| (notice, said)))
        .collect();
    said.sort_by(|a, b| (b.1.at, &b.1.slug).cmp(&(a.1.at, &a.1.slug)));
    said.truncate(ENTRIES_MAX);
    let updated = said.first().map(|(_, said)| said.at).or(board.first_at).unwrap_or(board.at);
    let mut out =
        String::from("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<feed xmlns=\"http://www.w3.org/2005/Atom\">\n");
    let _ = write!(
        out,
        "<id>{}</id>\n<title>{}</title>\n<updated>{}</updated>\n<author><name>{}</name></author>\n\
         <link rel=\"self\" type=\"application/atom+xml\" href=\"{base}feed.atom\"/>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{base}index.html\"/>\n",
        id(board, "feed"),
        escaped(&board.title),
        exact(updated),
        escaped(&board.title),
        base = escaped(base),
    );
    for (notice, said) in said {
        entry(board, notice, said, base, &mut out);
    }
    out.push_str("</feed>\n");
    out
}

fn entry(board: &Board, notice: &Notice, said: &Said, base: &str, out: &mut String) {
    let _ = write!(
        out,
        "<entry>\n<id>{}</id>\n<title>{}</title>\n<published>{at}</published>\n<updated>{at}</updated>\n\
         <link rel=\"alternate\" type=\"text/html\" href=\"{}history.html#{}\"/>\n<content type=\"text\">{}</content>\n",
        id(board, &said.slug),
        escaped(&said.title),
        escaped(base),
        said.slug,
        escaped(&said.text),
        at = exact(said.at),
    );
    for component in &notice.components {
        let _ = writeln!(out, "<category term=\"{}\"/>", escaped(component));
    }
    out.push_str("</entry>\n");
}

/// A UUID of version 8 (RFC 9562): its bits are a hash's.
fn id(board: &Board, of: &str) -> String {
    let first = board.first_at.unwrap_or(Timestamp(0)).0.to_be_bytes();
    let digits = Hash::of(&[b"status page\0", &first, board.name.as_bytes(), b"\0", of.as_bytes()]).to_string();
    let part = |from: usize, to: usize| digits.get(from..to).unwrap_or("");
    format!("urn:uuid:{}-{}-8{}-8{}-{}", part(0, 8), part(8, 12), part(13, 16), part(17, 20), part(20, 32))
}

/// Escapes what XML takes as markup, and leaves out what it does not take at all.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\t' | '\n' => out.push(c),
            '\u{0}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {}
            _ => out.push(c),
        }
    }
    out
}
