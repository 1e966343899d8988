//! All public pages of a plan as files, for the listener and for any web host.

use std::sync::Arc;

use evenkeel_engine::State;
use evenkeel_model::{Plan, Readers, StatusPage};
use evenkeel_status_page::{Board, Offers, files};
use evenkeel_time::Timestamp;

/// One file: where it lies, what it is, and what it holds.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub(crate) struct Rendered {
    /// Relative to the root: `index.html`, `shops/feed.atom`.
    pub(crate) path: String,
    pub(crate) media: String,
    pub(crate) text: String,
}

/// The public pages, as they are at an instant; the first is the one at the root.
pub(crate) fn boards(state: &State, plan: &Plan, now: Timestamp) -> Vec<Board> {
    public(plan).map(|page| Board::of(state, plan, page, now)).collect()
}

fn public(plan: &Plan) -> impl Iterator<Item = &StatusPage> {
    plan.catalogue.status_pages.values().filter(|page| page.readers == Readers::Public)
}

/// The files of pages. The first lies at the root and the others in folders by their names.
pub(crate) fn rendered(boards: &[Board], base: Option<&str>, subscribing: bool) -> Vec<Rendered> {
    let mut all = Vec::new();
    for (at, board) in boards.iter().enumerate() {
        let folder = if at == 0 { String::new() } else { format!("{}/", board.name) };
        let up = if at == 0 { "" } else { "../" };
        let others = boards.iter().enumerate().filter(|(other, _)| *other != at).map(|(other, board)| {
            let address = if other == 0 { format!("{up}index.html") } else { format!("{up}{}/index.html", board.name) };
            (board.title.to_string(), address)
        });
        let base = base.map(|base| format!("{base}{folder}"));
        let offers = Offers { subscribing, base, others: others.collect() };
        all.extend(files(board, &offers).into_iter().map(|file| Rendered {
            path: format!("{folder}{}", file.name),
            media: file.media.to_owned(),
            text: file.text,
        }));
    }
    all
}

/// Names of pages with where they lie.
pub(crate) fn places(boards: &[Board]) -> Vec<(Arc<str>, String)> {
    let place = |(at, board): (usize, &Board)| {
        (board.name.clone(), if at == 0 { String::new() } else { format!("{}/", board.name) })
    };
    boards.iter().enumerate().map(place).collect()
}
