//! What keeps alerts from being told of now, asked of many alerts at once.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_engine::{Alert, Context, Silence, SilenceState};
use evenkeel_ids::{AlertId, SilenceId};
use evenkeel_labels::{LabelSet, MatchOp};

use crate::Asked;

/// What keeps an alert from being told of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Why {
    /// A silence.
    Silenced(SilenceId),
    /// Another alert.
    Inhibited(AlertId),
    /// Every route that it takes is muted by a time interval.
    Muted,
}

/// The active silences, those that want one label to be one text found by it; and the muted routes.
#[derive(Debug)]
pub(crate) struct Sieve<'a> {
    cx: Context<'a>,
    by_label: BTreeMap<&'a str, BTreeMap<&'a str, Vec<&'a Silence>>>,
    others: Vec<&'a Silence>,
    muted: BTreeSet<&'a str>,
}

impl<'a> Sieve<'a> {
    /// As all stands now.
    pub(crate) fn of(asked: &Asked<'a>) -> Self {
        let cx = asked.engine.context(asked.now);
        let mut sieve = Self { cx, by_label: BTreeMap::new(), others: Vec::new(), muted: BTreeSet::new() };
        for silence in cx.state.silences().filter(|silence| silence.state(cx.now) == SilenceState::Active) {
            match silence.matchers.0.iter().find(|matcher| matcher.op() == MatchOp::Equal) {
                Some(equal) => {
                    let values = sieve.by_label.entry(equal.name()).or_default();
                    values.entry(equal.value()).or_default().push(silence);
                }
                None => sieve.others.push(silence),
            }
        }
        let muted = cx.plan.routes.routes.iter().filter(|route| !cx.plan.muted_by(route, cx.now).is_empty());
        sieve.muted = muted.map(|route| route.key.as_ref()).collect();
        sieve
    }

    /// The active silences that match.
    pub(crate) fn silences<'s>(&'s self, labels: &'s LabelSet) -> impl Iterator<Item = &'a Silence> + 's {
        let named = self.by_label.iter().filter_map(|(name, values)| values.get(labels.get(name))).flatten();
        named.chain(&self.others).copied().filter(|silence| silence.matchers.matches(labels))
    }

    /// What keeps a firing alert from being told of; `None`: nothing.
    pub(crate) fn why(&self, alert: &Alert) -> Option<Why> {
        let silenced = self.silences(&alert.labels).next().map(|silence| Why::Silenced(silence.id));
        silenced.or_else(|| self.cx.inhibited_by(&alert.labels).map(Why::Inhibited)).or_else(|| self.muted(alert))
    }

    fn muted(&self, alert: &Alert) -> Option<Why> {
        if self.muted.is_empty() || alert.groups.is_empty() {
            return None;
        }
        let mut groups = alert.groups.iter().filter_map(|id| self.cx.state.group(*id));
        groups.all(|group| self.muted.contains(group.key.route.as_ref())).then_some(Why::Muted)
    }
}

impl Why {
    /// In words, with what is linked.
    pub(crate) fn words(self) -> (&'static str, Option<(&'static str, String)>) {
        match self {
            Self::Silenced(id) => ("silenced by", Some(("silences", id.to_string()))),
            Self::Inhibited(id) => ("inhibited by", Some(("alerts", id.to_string()))),
            Self::Muted => ("muted by a time interval", None),
        }
    }
}
