//! What is searched for, and how well something fits it.

/// How well something fits; the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Rank {
    /// It is called that.
    Exact,
    /// What it is called begins so.
    Prefix,
    /// A word in it begins so.
    Word,
    /// It stands somewhere in it.
    Inside,
}

/// What is searched for.
#[derive(Debug, Clone)]
pub(super) struct Sought {
    whole: String,
    /// Where there are several, each has to be found.
    words: Vec<String>,
}

impl Sought {
    /// `None` where nothing is searched for.
    pub(super) fn new(text: &str) -> Option<Self> {
        let words: Vec<String> = text.split_whitespace().map(str::to_lowercase).collect();
        (!words.is_empty()).then(|| Self { whole: words.join(" "), words })
    }

    /// How well something fits that says all of this; `None` when it does not.
    pub(super) fn rank<'a, I: Iterator<Item = &'a str>>(&self, texts: impl Fn() -> I) -> Option<Rank> {
        let best = texts().filter_map(|text| fits(&self.whole, text)).min();
        best.or_else(|| {
            let every = self.words.iter().all(|word| texts().any(|text| fits(word, text).is_some()));
            (self.words.len() > 1 && every).then_some(Rank::Inside)
        })
    }
}

/// How well a text fits what is sought, which is in lower case.
fn fits(sought: &str, text: &str) -> Option<Rank> {
    let (needle, hay) = (sought.as_bytes(), text.as_bytes());
    if !sought.is_ascii() {
        let lower = text.to_lowercase();
        return if lower == sought {
            Some(Rank::Exact)
        } else if lower.starts_with(sought) {
            Some(Rank::Prefix)
        } else {
            lower.contains(sought).then_some(Rank::Inside)
        };
    }
    let first = needle.first()?;
    let mut found = None;
    for (at, window) in hay.windows(needle.len()).enumerate() {
        let begins = window.first().is_some_and(|byte| byte.to_ascii_lowercase() == *first);
        if !begins || !window.eq_ignore_ascii_case(needle) {
            continue;
        }
        if at == 0 {
            return Some(if hay.len() == needle.len() { Rank::Exact } else { Rank::Prefix });
        }
        let word =
            at.checked_sub(1).and_then(|before| hay.get(before)).is_some_and(|byte| !byte.is_ascii_alphanumeric());
        if word {
            return Some(Rank::Word);
        }
        found = Some(Rank::Inside);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rank(sought: &str, texts: &[&str]) -> Option<Rank> {
        Sought::new(sought).expect("something").rank(|| texts.iter().copied())
    }

    #[test]
    fn the_same_goes_before_a_beginning_a_word_and_a_part() {
        assert_eq!(rank("Orders", &["orders"]), Some(Rank::Exact));
        assert_eq!(rank("ord", &["orders"]), Some(Rank::Prefix));
        assert_eq!(rank("down", &["the orders-Down alert"]), Some(Rank::Word));
        assert_eq!(rank("own", &["ordersDown"]), Some(Rank::Inside));
        assert_eq!(rank("up", &["ordersDown"]), None);
        assert_eq!(rank("down", &["shutdown, down"]), Some(Rank::Word), "the best place counts");
    }

    #[test]
    fn several_words_may_stand_anywhere_and_each_has_to() {
        assert_eq!(rank("web-1 orders", &["orders", "instance web-1"]), Some(Rank::Inside));
        assert_eq!(rank("web-1 stock", &["orders", "instance web-1"]), None);
        assert_eq!(rank("no  order", &["no order goes through"]), Some(Rank::Prefix));
    }

    #[test]
    fn other_alphabets_are_found_and_nothing_is_sought_with_nothing() {
        assert_eq!(rank("ÄNDERUNG", &["die Änderung"]), Some(Rank::Inside));
        assert_eq!(rank("é", &["e"]), None);
        assert!(Sought::new("  \t").is_none());
        assert_eq!(rank("longer than that", &["short"]), None);
    }
}
