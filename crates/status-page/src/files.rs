//! A page as files: what a listener serves, and what any web host can.

use crate::html::{history, index};
use crate::json::json;
use crate::{Board, atom};

/// The policy that every page goes by: nothing but its own style, no script at all.
pub const CSP: &str = "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; \
                       frame-ancestors 'none'";

/// Stands once in every HTML file, where a word about its age can be put. Nothing that is written can be the same: it is
/// escaped.
pub const STALE_MARK: &str = "<!-- evenkeel: age -->";

const STYLE: &str = include_str!("../static/style.css");

/// One file of a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// Its name.
    pub name: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// What it holds.
    pub text: String,
}

/// What a page can offer where it is served.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Offers {
    /// Whether readers can subscribe there: somebody has to take what they send.
    pub subscribing: bool,
    /// The address of the page, with a slash at its end, where it is known.
    pub base: Option<String>,
    /// Other pages that everybody may see, each with its title and its address relative to this one.
    pub others: Vec<(String, String)>,
}

/// All files of a page. Links in them are relative.
#[must_use]
pub fn files(board: &Board, offers: &Offers) -> Vec<File> {
    let html = "text/html; charset=utf-8";
    vec![
        File { name: "index.html", media: html, text: index(board, offers) },
        File { name: "history.html", media: html, text: history(board, offers) },
        File { name: "status.json", media: "application/json", text: json(board) },
        File { name: "feed.atom", media: "application/atom+xml; charset=utf-8", text: atom::feed(board, offers) },
        File { name: "style.css", media: "text/css; charset=utf-8", text: STYLE.to_owned() },
    ]
}
