//! The routing tree: which alerts go to whom, grouped how, at what pace.

use std::sync::Arc;

use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_time::Duration;

/// Which labels make alerts one group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroupBy {
    /// `['...']`: every label, so each alert is its own group.
    All,
    /// These labels, sorted.
    Labels(Vec<Box<str>>),
}

/// One node of the routing tree, with everything it inherits filled in.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// Alertmanager's route key, `{}/{severity="page"}`, made unique by `#2`, `#3` … where siblings match alike.
    pub key: Arc<str>,
    /// What an alert must match to come here; empty at the root.
    pub matchers: Matchers,
    /// The receiver's name.
    pub receiver: Arc<str>,
    /// Which labels make a group.
    pub group_by: GroupBy,
    /// How long a new group waits for more before its first notice.
    pub group_wait: Duration,
    /// How long between notices of a group that changed.
    pub group_interval: Duration,
    /// How long until an unchanged group is told again.
    pub repeat_interval: Duration,
    /// Time intervals in which notices are muted.
    pub mute_time_intervals: Vec<Arc<str>>,
    /// Time intervals outside which notices are muted, if there are any.
    pub active_time_intervals: Vec<Arc<str>>,
    /// Whether siblings after this one are tried too.
    pub continue_matching: bool,
    /// Indices into the tree.
    pub children: Vec<usize>,
}

/// All routes; the root is the first.
#[derive(Debug, Clone, PartialEq)]
pub struct RouteTree {
    /// In the order of the file, parents before children.
    pub routes: Vec<Route>,
}

impl GroupBy {
    /// The labels that name the group of an alert.
    #[must_use]
    pub fn group_labels(&self, labels: &LabelSet) -> LabelSet {
        match self {
            Self::All => labels.clone(),
            Self::Labels(names) => labels.only(|name| names.binary_search_by(|known| known.as_ref().cmp(name)).is_ok()),
        }
    }
}

impl RouteTree {
    /// The routes an alert goes to, in the order of the tree: the deepest that match, more than one
    /// where `continue` is set.
    ///
    /// Source: Alertmanager, `dispatch.Route.Match`.
    #[must_use]
    pub fn matching(&self, labels: &LabelSet) -> Vec<&Route> {
        let mut found = Vec::with_capacity(1);
        if let Some(root) = self.routes.first() {
            self.descend(root, labels, &mut found);
        }
        found
    }

    fn descend<'a>(&'a self, route: &'a Route, labels: &LabelSet, found: &mut Vec<&'a Route>) {
        let before = found.len();
        for child in route.children.iter().filter_map(|index| self.routes.get(*index)) {
            if !child.matchers.matches(labels) {
                continue;
            }
            self.descend(child, labels, found);
            if !child.continue_matching {
                break;
            }
        }
        if found.len() == before {
            found.push(route);
        }
    }

    /// The route of that key.
    #[must_use]
    pub fn by_key(&self, key: &str) -> Option<&Route> {
        self.routes.iter().find(|route| route.key.as_ref() == key)
    }
}
