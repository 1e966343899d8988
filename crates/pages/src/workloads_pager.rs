//! One page of a long list, and the ways to the pages beside it.

use std::ops::Range;

use evenkeel_review::grouped;

use crate::Place;

/// Which stretch of a list is shown, and the ways on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Pager {
    /// `31–60 of 10,000`; empty where all is shown.
    pub(crate) text: String,
    /// A query.
    pub(crate) before: Option<String>,
    /// A query.
    pub(crate) next: Option<String>,
}

impl Pager {
    /// The stretch of a list of `count` that a place asks for by `page`, from 1, with `per` on each.
    pub(crate) fn of(place: &Place, count: usize, per: usize) -> (Range<usize>, Self) {
        let pages = count.div_ceil(per).max(1);
        let page = place.last("page").and_then(|page| page.parse::<usize>().ok()).unwrap_or(1).clamp(1, pages);
        let (from, until) = ((page - 1) * per, (page * per).min(count));
        let query = |page: usize| place.with("page", &if page == 1 { String::new() } else { page.to_string() });
        let number = |number: usize| grouped(u64::try_from(number).unwrap_or(u64::MAX));
        let pager = Self {
            text: if pages == 1 {
                String::new()
            } else {
                format!("{}–{} of {}", number(from + 1), number(until), number(count))
            },
            before: (page > 1).then(|| query(page - 1)),
            next: (page < pages).then(|| query(page + 1)),
        };
        (from..until, pager)
    }
}

/// The first so many of what there is by an order, sorted, cut to a stretch. Costs no more than it must: of what comes
/// behind the stretch nothing is sorted.
pub(crate) fn stretch<T: Ord>(mut all: Vec<T>, stretch: Range<usize>) -> Vec<T> {
    if stretch.end < all.len() {
        all.select_nth_unstable(stretch.end);
        all.truncate(stretch.end);
    }
    all.sort_unstable();
    all.drain(..stretch.start.min(all.len()));
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pager(query: &str, count: usize) -> (Range<usize>, Pager) {
        let place =
            Place::of("/", "/", vec![("page".to_owned(), query.to_owned()), ("q".to_owned(), "a b".to_owned())]);
        Pager::of(&place.expect("a place"), count, 30)
    }

    #[test]
    fn pages_are_bounded_and_lead_to_each_other() {
        let (range, found) = pager("2", 10_000);
        assert_eq!((range, found.text.as_str()), (30..60, "31–60 of 10,000"));
        assert_eq!((found.before.as_deref(), found.next.as_deref()), (Some("?q=a%20b"), Some("?q=a%20b&page=3")));
        assert_eq!(pager("999999", 61).0, 60..61);
        assert_eq!(pager("x", 0).0, 0..0);
        assert_eq!(pager("1", 30).1.text, "");
    }

    #[test]
    fn a_stretch_is_that_of_the_whole_order() {
        assert_eq!(stretch(vec![5, 1, 4, 2, 3], 1..3), [2, 3]);
        assert_eq!(stretch(vec![2, 1], 0..2), [1, 2]);
    }
}
