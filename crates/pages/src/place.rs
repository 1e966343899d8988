//! Which page is asked for: what stands in its path and its query.

use std::fmt::Write;

use percent_encoding::percent_decode_str;

use crate::link::encoded;

/// Which page is asked for.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Place {
    /// As asked for, without the query: `/incidents/incident:4`.
    path: String,
    /// What the browser takes relative addresses by: the same, but for a form's page that is shown again.
    base: String,
    /// What stands in place of each `{name}`, decoded.
    named: Vec<(&'static str, String)>,
    /// The pairs of the query, decoded, in order.
    query: Vec<(String, String)>,
}

impl Place {
    /// A path held against the pattern of its route; `None` when it is none of that, or no UTF-8.
    #[must_use]
    pub fn of(pattern: &'static str, path: &str, query: Vec<(String, String)>) -> Option<Self> {
        let (mut wanted, mut given) = (pattern.split('/'), path.split('/'));
        let mut named = Vec::new();
        loop {
            match (wanted.next(), given.next()) {
                (None, None) => return Some(Self { path: path.to_owned(), base: path.to_owned(), named, query }),
                (Some(wanted), Some(given)) => {
                    if let Some(name) = wanted.strip_prefix('{').and_then(|name| name.strip_suffix('}')) {
                        named.push((name, percent_decode_str(given).decode_utf8().ok()?.into_owned()));
                    } else if wanted != given {
                        return None;
                    }
                }
                (Some(_), None) | (None, Some(_)) => return None,
            }
        }
    }

    /// The page that a form stands on, shown again where the form was sent to; `None` when the path is none of the form's.
    #[must_use]
    pub fn again(form: &'static str, page: &'static str, path: &str) -> Option<Self> {
        let sent = Self::of(form, path, Vec::new())?;
        let segment = |part: &'static str| {
            let name = part.strip_prefix('{').and_then(|name| name.strip_suffix('}'));
            name.map_or_else(|| part.to_owned(), |name| encoded(sent.named(name)))
        };
        let own = page.split('/').map(segment).collect::<Vec<_>>().join("/");
        Some(Self { base: path.to_owned(), ..Self::of(page, &own, Vec::new())? })
    }

    /// What stands in the path in place of `{name}`; empty where the route has no such place.
    #[must_use]
    pub fn named(&self, name: &str) -> &str {
        self.named.iter().find(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// The last value of a parameter of the query; empty ones count as absent.
    #[must_use]
    pub fn last(&self, name: &str) -> Option<&str> {
        self.all(name).last().filter(|value| !value.is_empty())
    }

    /// Every value of a parameter of the query.
    pub fn all(&self, name: &str) -> impl Iterator<Item = &str> {
        self.query.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Path and query, with one parameter of the query set otherwise, or taken out where the value is empty.
    #[must_use]
    pub fn with(&self, name: &str, value: &str) -> String {
        let others = self.query.iter().filter(|(known, _)| known != name && known != "said");
        let pairs = others.map(|(name, value)| (name.as_str(), value.as_str()));
        let pairs: Vec<_> = pairs.chain((!value.is_empty()).then_some((name, value))).collect();
        let mut text = String::from("?");
        for (index, (name, value)) in pairs.into_iter().enumerate() {
            let between = if index == 0 { "" } else { "&" };
            let _ = write!(text, "{between}{}={}", encoded(name), encoded(value));
        }
        text
    }

    /// Path and query, as the live stream is told which page is looked at.
    #[must_use]
    pub fn whole(&self) -> String {
        let query = self.with("said", "");
        if query.len() > 1 { format!("{}{query}", self.path) } else { self.path.clone() }
    }

    /// From this page to the root of the site, so that everything stands below whatever path a proxy serves it under.
    #[must_use]
    pub fn root(&self) -> String {
        root_of(&self.base)
    }
}

/// From a path to the root of the site.
pub(crate) fn root_of(path: &str) -> String {
    let deep = path.matches('/').count().saturating_sub(1);
    if deep == 0 { "./".to_owned() } else { "../".repeat(deep) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(pattern: &'static str, path: &str, query: &[(&str, &str)]) -> Option<Place> {
        let query = query.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Place::of(pattern, path, query)
    }

    #[test]
    fn paths_are_held_against_patterns() {
        let found = place("/workloads/{name}", "/workloads/n%C3%A4chte", &[]).expect("a place");
        assert_eq!((found.named("name"), found.named("other")), ("nächte", ""));
        assert_eq!(found.root(), "../");
        for path in ["/workloads", "/workloads/a/b", "/teams/a", "/workloads/%ff"] {
            assert_eq!(place("/workloads/{name}", path, &[]), None, "{path}");
        }
        assert_eq!(place("/", "/", &[]).map(|place| place.root()).as_deref(), Some("./"));
    }

    #[test]
    fn a_page_that_is_shown_again_leads_to_the_root_from_where_its_form_went() {
        let found =
            Place::again("/incidents/{id}/notes", "/incidents/{id}", "/incidents/incident:4/notes").expect("a place");
        assert_eq!(
            (found.named("id"), found.root().as_str(), found.whole().as_str()),
            ("incident:4", "../../", "/incidents/incident:4")
        );
    }

    #[test]
    fn one_parameter_is_changed_and_the_others_stay() {
        let found = place("/alerts", "/alerts", &[("q", "a b&c"), ("page", "2"), ("said", "done")]).expect("a place");
        assert_eq!(found.with("page", "3"), "?q=a%20b%26c&page=3");
        assert_eq!(found.with("page", ""), "?q=a%20b%26c");
        assert_eq!(found.whole(), "/alerts?q=a%20b%26c&page=2");
        assert_eq!(found.last("q"), Some("a b&c"));
    }
}
