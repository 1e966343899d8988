//! What a heading can be linked to as, the way GitHub makes it.

use std::collections::HashMap;

/// Makes the anchors of one page, in the order of its headings.
#[derive(Debug, Default)]
pub(super) struct Anchors {
    made: Vec<Box<str>>,
    times: HashMap<String, usize>,
}

impl Anchors {
    /// A heading's; the second of one name gets `-1`.
    pub(super) fn heading(&mut self, text: &str) {
        // `## Title {#own}` and `## Title {: #own }`: other tools take the name in braces, GitHub takes it for text.
        if let Some((title, own)) = text.trim_end().strip_suffix('}').and_then(|text| text.rsplit_once('{')) {
            let own = own.trim_start_matches(':').split_whitespace().find_map(|word| word.strip_prefix('#'));
            if let Some(own) = own {
                self.explicit(own);
                self.slug(title);
            }
        }
        self.slug(text);
    }

    /// One that is written out.
    pub(super) fn explicit(&mut self, name: &str) {
        self.made.push(name.into());
    }

    pub(super) fn into_made(self) -> Vec<Box<str>> {
        self.made
    }

    fn slug(&mut self, text: &str) {
        let slug = slug(text);
        let times = self.times.entry(slug.clone()).or_default();
        self.made.push(if *times == 0 { slug.into() } else { format!("{slug}-{times}").into() });
        *times += 1;
    }
}

/// Lower case, blanks as `-`, and nothing but letters, digits, `-` and `_`.
fn slug(text: &str) -> String {
    let lower = text.trim().chars().flat_map(char::to_lowercase);
    let kept = lower.filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_' | ' '));
    kept.map(|c| if c == ' ' { '-' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(headings: &[&str], expect: &[&str]) {
        let mut anchors = Anchors::default();
        headings.iter().for_each(|heading| anchors.heading(heading));
        let made = anchors.into_made();
        assert_eq!(made.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), expect);
    }

    #[test]
    fn anchors_are_those_of_github() {
        check(&["Restart it"], &["restart-it"]);
        check(&["Backup & restore"], &["backup--restore"]);
        check(&["What's `kubectl get`, then?"], &["whats-kubectl-get-then"]);
        check(&["🚀 Launch"], &["-launch"]);
        check(&["Größe_1 – 2"], &["größe_1--2"]);
        check(&["Steps", "Steps", "steps"], &["steps", "steps-1", "steps-2"]);
        check(&["Title {#own-name}"], &["own-name", "title", "title-own-name"]);
    }
}
