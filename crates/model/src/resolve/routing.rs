//! The routing tree: what children inherit, and each route's key.
//!
//! Source: Alertmanager, `dispatch/route.go`.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_time::{Duration, TimeInterval};

use super::naming::Table;
use crate::document::RouteDocument;
use crate::{GroupBy, Receiver, Route, RouteTree, codes};

const GROUP_WAIT: Duration = Duration::secs(30);
const GROUP_INTERVAL: Duration = Duration::minutes(5);
const REPEAT_INTERVAL: Duration = Duration::hours(4);
/// What keys and inherited groupings may take in all; without a bound a small file could ask for any amount.
const BYTES_MAX: usize = 64 << 20;

/// Resolves the root and everything below it; parents come before children, siblings in the order of the file.
pub(super) fn routes(
    root: RouteDocument,
    receivers: &mut Table<Receiver>,
    intervals: &mut Table<Vec<TimeInterval>>,
    diags: &mut Vec<Diagnostic>,
) -> RouteTree {
    let defaults = Inherited {
        receiver: Arc::from(""),
        group_by: GroupBy::Labels(Vec::new()),
        group_wait: GROUP_WAIT,
        group_interval: GROUP_INTERVAL,
        repeat_interval: REPEAT_INTERVAL,
    };
    let mut growing = Growing { routes: Vec::new(), bytes: 0, receivers, intervals, diags };
    growing.add(root, &defaults, Arc::from("{}"));
    RouteTree { routes: growing.routes }
}

/// What a child takes from its parent.
#[derive(Clone)]
struct Inherited {
    receiver: Arc<str>,
    group_by: GroupBy,
    group_wait: Duration,
    group_interval: Duration,
    repeat_interval: Duration,
}

struct Growing<'a> {
    routes: Vec<Route>,
    /// What keys and groupings take so far.
    bytes: usize,
    receivers: &'a mut Table<Receiver>,
    intervals: &'a mut Table<Vec<TimeInterval>>,
    diags: &'a mut Vec<Diagnostic>,
}

impl Growing<'_> {
    /// Adds a route and everything below it; gives its index.
    fn add(&mut self, document: RouteDocument, parent: &Inherited, key: Arc<str>) -> usize {
        let index = self.routes.len();
        let span = document.span;
        let (route, children) = self.route(document, parent, Arc::clone(&key));
        let own = Inherited {
            receiver: Arc::clone(&route.receiver),
            group_by: route.group_by.clone(),
            group_wait: route.group_wait,
            group_interval: route.group_interval,
            repeat_interval: route.repeat_interval,
        };
        let children = if self.affords(&route, span) { children } else { Vec::new() };
        self.routes.push(route);
        let mut taken: BTreeMap<String, usize> = BTreeMap::new();
        let mut indices = Vec::new();
        for child in children {
            if self.bytes > BYTES_MAX {
                break;
            }
            let key = unique(format!("{key}/{}", child.matchers), &mut taken);
            indices.push(self.add(child, &own, key));
        }
        if let Some(route) = self.routes.get_mut(index) {
            route.children = indices;
        }
        index
    }

    /// Whether there is room for what the route takes and its children would; says once when there is not.
    fn affords(&mut self, route: &Route, span: Span) -> bool {
        let labels = match &route.group_by {
            GroupBy::All => 0,
            GroupBy::Labels(names) => names.iter().map(|name| name.len() + size_of::<Box<str>>()).sum(),
        };
        let before = self.bytes;
        self.bytes = self.bytes.saturating_add(route.key.len() + labels);
        if before <= BYTES_MAX && self.bytes > BYTES_MAX {
            let headline = "the routing tree is too large: keys and inherited groupings take more than 64 MiB";
            let diag = Diagnostic::error(codes::ROUTING_TOO_LARGE, Span { end: span.start, ..span }, headline);
            self.diags.push(diag.help("shorten the matchers and `group_by` of routes with many children"));
        }
        self.bytes <= BYTES_MAX
    }

    fn route(&mut self, document: RouteDocument, parent: &Inherited, key: Arc<str>) -> (Route, Vec<RouteDocument>) {
        let receiver = document.receiver.map(|name| {
            self.receivers.look_up(&name, self.diags);
            name.value
        });
        let route = Route {
            key,
            matchers: document.matchers,
            receiver: receiver.unwrap_or_else(|| Arc::clone(&parent.receiver)),
            group_by: document.group_by.unwrap_or_else(|| parent.group_by.clone()),
            group_wait: document.group_wait.unwrap_or(parent.group_wait),
            group_interval: document.group_interval.unwrap_or(parent.group_interval),
            repeat_interval: document.repeat_interval.unwrap_or(parent.repeat_interval),
            mute_time_intervals: self.interval_names(&document.mute_time_intervals),
            active_time_intervals: self.interval_names(&document.active_time_intervals),
            continue_matching: document.continue_matching,
            children: Vec::new(),
        };
        (route, document.routes)
    }

    fn interval_names(&mut self, names: &[Spanned<Arc<str>>]) -> Vec<Arc<str>> {
        names.iter().filter_map(|name| self.intervals.look_up(name, self.diags)).collect()
    }
}

/// Siblings that match alike are told apart by `#2`, `#3`.
fn unique(key: String, taken: &mut BTreeMap<String, usize>) -> Arc<str> {
    let count = taken.entry(key.clone()).and_modify(|count| *count += 1).or_insert(1);
    if *count == 1 { key.into() } else { format!("{key}#{count}").into() }
}
