//! One page out of many things in an order: what stands from a place on, without holding or sorting the others.

use std::collections::{BTreeMap, BTreeSet};

/// The things from a place on, and where the page before begins. Things are handed in one by one, in any order.
///
/// INVARIANT: `page` holds no more than `size` + 1, `before` no more than `size`, however many are handed in.
#[derive(Debug)]
pub(crate) struct Window<K, T> {
    from: Option<K>,
    size: usize,
    page: BTreeMap<K, T>,
    before: BTreeSet<K>,
    passed: usize,
    total: usize,
}

/// A page, and the ways on.
#[derive(Debug)]
pub(crate) struct Paged<K, T> {
    /// In order.
    pub(crate) rows: Vec<T>,
    /// How many there are altogether.
    pub(crate) total: usize,
    /// How many come before the first.
    pub(crate) passed: usize,
    /// Where the page before begins; the inner `None`: at the beginning.
    pub(crate) previous: Option<Option<K>>,
    /// Where the next one begins.
    pub(crate) next: Option<K>,
}

/// The ways to the pages beside one, as addresses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ways {
    /// `41–80 of 100,000`; empty where all is shown.
    pub(crate) text: String,
    pub(crate) previous: Option<String>,
    pub(crate) next: Option<String>,
}

impl<K: Ord + Clone, T> Window<K, T> {
    /// The page of `size` that begins at `from`, else the first.
    pub(crate) fn new(from: Option<K>, size: usize) -> Self {
        Self { from, size, page: BTreeMap::new(), before: BTreeSet::new(), passed: 0, total: 0 }
    }

    /// Hands a thing in. No two have one key. `thing` is made only where it may be shown.
    pub(crate) fn push(&mut self, key: K, thing: impl FnOnce() -> T) {
        self.total += 1;
        if self.from.as_ref().is_some_and(|from| key < *from) {
            self.passed += 1;
            self.before.insert(key);
            if self.before.len() > self.size {
                self.before.pop_first();
            }
            return;
        }
        let full = self.page.len() > self.size;
        if full && self.page.last_key_value().is_some_and(|(last, _)| *last < key) {
            return;
        }
        self.page.insert(key, thing());
        if self.page.len() > self.size + 1 {
            self.page.pop_last();
        }
    }

    /// How many things are held.
    #[cfg(test)]
    pub(crate) fn held(&self) -> usize {
        self.page.len() + self.before.len()
    }

    /// The page.
    pub(crate) fn paged(mut self) -> Paged<K, T> {
        let next = (self.page.len() > self.size).then(|| self.page.pop_last()).flatten().map(|(key, _)| key);
        let previous = (self.passed > 0).then(|| {
            let whole = self.passed > self.size;
            whole.then(|| self.before.first().cloned()).flatten()
        });
        let rows = self.page.into_values().collect();
        Paged { rows, total: self.total, passed: self.passed, previous, next }
    }
}

impl<K, T> Paged<K, T> {
    /// The ways on, `address` being that of the page that begins at a place, or of the first.
    pub(crate) fn ways(&self, address: impl Fn(Option<&K>) -> String) -> Ways {
        let whole = self.previous.is_none() && self.next.is_none();
        let text = if whole || self.rows.is_empty() {
            String::new()
        } else {
            let (first, last) = (self.passed + 1, self.passed + self.rows.len());
            format!("{}–{} of {}", number(first), number(last), number(self.total))
        };
        Ways {
            text,
            previous: self.previous.as_ref().map(|key| address(key.as_ref())),
            next: self.next.as_ref().map(|key| address(Some(key))),
        }
    }
}

/// A count with its thousands apart.
pub(crate) fn number(count: usize) -> String {
    let digits = count.to_string();
    let mut text = String::with_capacity(digits.len() + 6);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// `1 alert`, `2 alerts`.
pub(crate) fn many(count: usize, one: &str) -> String {
    format!("{} {one}{}", number(count), if count == 1 { "" } else { "s" })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(from: Option<u32>) -> Paged<u32, u32> {
        let mut window = Window::new(from, 40);
        // All the numbers below 100,000, in an order of no use.
        for at in 0..100_000_u64 {
            let key = u32::try_from(at * 7_919 % 100_000).expect("a number");
            window.push(key, || key);
            assert!(window.held() <= 81, "{} are held", window.held());
        }
        window.paged()
    }

    #[test]
    fn a_page_of_100000_holds_a_page_and_knows_its_neighbours() {
        let first = page(None);
        assert_eq!((first.rows.len(), first.rows[39], first.total), (40, 39, 100_000));
        assert_eq!((first.previous, first.next), (None, Some(40)));
        let second = page(Some(40));
        assert_eq!((second.rows[0], second.previous, second.next), (40, Some(None), Some(80)));
        let later = page(Some(1000));
        assert_eq!((later.previous, later.next), (Some(Some(960)), Some(1040)));
        let ways = later.ways(|key| key.map_or("?".to_owned(), |key| format!("?from={key}")));
        assert_eq!(ways.text, "1,001–1,040 of 100,000");
        assert_eq!((ways.previous.as_deref(), ways.next.as_deref()), (Some("?from=960"), Some("?from=1040")));
        let last = page(Some(99_990));
        assert_eq!((last.rows.len(), last.next), (10, None));
    }

    #[test]
    fn what_fits_on_one_page_has_no_ways_on() {
        let mut window = Window::new(None, 3);
        for key in [2, 1, 3] {
            window.push(key, || key);
        }
        let paged = window.paged();
        assert_eq!(paged.rows, [1, 2, 3]);
        assert_eq!(paged.ways(|_| String::new()), Ways { text: String::new(), previous: None, next: None });
    }
}
