//! What was told to whom, group by group, in a form in which two servers can be compared.
//!
//! Both look at a group every `group_interval`, but not at the same instant: each counts from when it got the group's
//! first alert. What changes around such an instant goes into one notice here and into two there. And Prometheus says for
//! a quarter of an hour that an alert is over: Alertmanager lists it again in each notice of the group, we list it once.
//! So what is compared:
//!
//! - that the same groups were told to the same receivers;
//! - per alert, the sequence firing, resolved, firing …, where the same again (a repeat, or a notice because of another
//!   alert) counts once;
//! - per alert, the annotations told last;
//! - the status of the group's last notice.
//!
//! Of alerts that are named, only how they ended.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use crate::sink::Delivery;

/// Receiver and group key.
pub(super) type Group = (String, String);

/// What one group was told.
#[derive(Debug, Default)]
pub(super) struct History {
    /// Each notice: its status, and each alert's fingerprint and status.
    pub(super) notices: Vec<(String, BTreeSet<(String, String)>)>,
    /// By labels.
    alerts: BTreeMap<String, Told>,
}

/// What was told of one alert.
#[derive(Debug, Default)]
struct Told {
    statuses: Vec<String>,
    annotations: Value,
}

/// Histories of all groups.
pub(super) fn histories(deliveries: &[Delivery]) -> BTreeMap<Group, History> {
    let mut histories: BTreeMap<Group, History> = BTreeMap::new();
    for delivery in deliveries.iter().filter(|delivery| delivery.taken()) {
        let body = &delivery.body;
        histories.entry((text(&body["receiver"]), text(&body["groupKey"]))).or_default().add(body);
    }
    histories
}

impl History {
    fn add(&mut self, body: &Value) {
        let mut told = BTreeSet::new();
        for alert in body["alerts"].as_array().expect("alerts") {
            let status = text(&alert["status"]);
            told.insert((text(&alert["fingerprint"]), status.clone()));
            let known = self.alerts.entry(alert["labels"].to_string()).or_default();
            if known.statuses.last() != Some(&status) {
                known.statuses.push(status);
            }
            known.annotations = alert["annotations"].clone();
        }
        self.notices.push((text(&body["status"]), told));
    }

    fn status(&self) -> Option<&str> {
        self.notices.last().map(|(status, _)| status.as_str())
    }

    /// What is comparable, as lines.
    fn lines(&self, only_the_end: &[&str]) -> Vec<String> {
        let mut lines = vec![format!("ends {}", self.status().unwrap_or_default())];
        for (labels, told) in &self.alerts {
            let last = told.statuses.len().saturating_sub(1);
            let only_the_end = only_the_end.iter().any(|name| labels.contains(&format!("\"alertname\":\"{name}\"")));
            let from = if only_the_end { last } else { 0 };
            lines.push(format!("{labels} {} {}", told.statuses[from..].join(" "), told.annotations));
        }
        lines
    }
}

/// Where the two differ, each as a text for people. Of the alerts of these names only the end counts.
pub(super) fn differences(
    ours: &BTreeMap<Group, History>,
    theirs: &BTreeMap<Group, History>,
    only_the_end: &[&str],
) -> Vec<String> {
    let groups: BTreeSet<&Group> = ours.keys().chain(theirs.keys()).collect();
    let lines = |side: &BTreeMap<Group, History>, group| {
        side.get(group).map_or_else(Vec::new, |history| history.lines(only_the_end))
    };
    groups
        .into_iter()
        .map(|group| (group, lines(ours, group), lines(theirs, group)))
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(group, ours, theirs)| {
            format!("{group:?}\n  we told    {}\n  they told  {}", ours.join("\n    "), theirs.join("\n    "))
        })
        .collect()
}

/// Groups that were told otherwise notice by notice, the same again apart, with what both told.
pub(super) fn otherwise_batched(ours: &BTreeMap<Group, History>, theirs: &BTreeMap<Group, History>) -> Vec<String> {
    let once = |history: &History| {
        let mut notices = history.notices.clone();
        notices.dedup();
        notices
    };
    ours.iter()
        .filter_map(|(group, ours)| Some((group, once(ours), once(theirs.get(group)?))))
        .filter(|(_, ours, theirs)| ours != theirs)
        .map(|(group, ours, theirs)| format!("{group:?}\n  we told   {ours:?}\n  they told {theirs:?}"))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("{value} is a text")).to_owned()
}
