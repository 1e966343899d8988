//! Names that our documents may have, made of names that others gave, each once.

use std::collections::BTreeSet;

/// Longer names are refused in documents.
const BYTES_MAX: usize = 63;

/// The names taken so far among documents of one kind.
#[derive(Debug, Default)]
pub(crate) struct Names(BTreeSet<String>);

impl Names {
    /// A name as like the given one as documents may have it, and like no other.
    pub(crate) fn take(&mut self, wanted: &str, otherwise: &str) -> String {
        let mut name = slug(wanted);
        if name.is_empty() {
            name = otherwise.to_owned();
        }
        let mut free = name.clone();
        let mut number: usize = 2;
        while self.0.contains(&free) {
            let ending = format!("-{number}");
            free = format!("{}{ending}", cut(&name, BYTES_MAX - ending.len()));
            number += 1;
        }
        self.0.insert(free.clone());
        free
    }
}

/// Lower-case letters, digits and `-`, with a letter or digit at both ends; empty when nothing of that is left.
pub(crate) fn slug(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars().flat_map(char::to_lowercase) {
        if c.is_ascii_alphanumeric() {
            name.push(c);
        } else if !name.is_empty() && !name.ends_with('-') {
            name.push('-');
        }
    }
    cut(&name, BYTES_MAX).to_owned()
}

/// The first bytes of a name in ASCII, without a `-` at the end.
fn cut(name: &str, bytes: usize) -> &str {
    name.get(..bytes).unwrap_or(name).trim_end_matches('-')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_made_of_what_documents_take_and_differ() {
        let mut names = Names::default();
        let mut take = |wanted| names.take(wanted, "nameless");
        assert_eq!(take("Team X / pager"), "team-x-pager");
        assert_eq!(take("team_x_pager"), "team-x-pager-2");
        assert_eq!(take("--"), "nameless");
        assert_eq!(take("Ünal"), "nal");
        assert_eq!(take("漢字"), "nameless-2");
        let long = "a-".repeat(50);
        assert_eq!(take(&long).len(), 63);
        assert_eq!(take(&long), format!("{}-2", "a-".repeat(30) + "a"));
    }
}
