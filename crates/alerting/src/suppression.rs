//! Why firing alerts may not be told of now, and until when, for those who page on them.

use std::sync::Arc;

use evenkeel_ids::AlertId;
use evenkeel_model::Route;
use evenkeel_time::Timestamp;

use crate::decision::Context;
use crate::{Bug, Group, SilenceState, planted};

/// What keeps a firing alert from being told of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppression {
    /// In words: `silenced by silence:4`, `inhibited by alert:9`, `muted by nights`.
    pub reason: Box<str>,
    /// When that is over, where time alone ends it and it is known.
    pub until: Option<Timestamp>,
}

impl Context<'_> {
    /// The members of a group that fire and may be told of. Sorted.
    #[must_use]
    pub fn tellable_firing(&self, group: &Group) -> Vec<AlertId> {
        let firing = group.members.iter().filter_map(|id| self.state.alert(*id)).filter(|alert| alert.fires());
        firing.filter(|alert| self.suppression(alert.id, Some(group)).is_none()).map(|alert| alert.id).collect()
    }

    /// What keeps a firing alert from being told of, in the group given where there is one.
    #[must_use]
    pub fn suppression(&self, alert: AlertId, group: Option<&Group>) -> Option<Suppression> {
        let alert = self.state.alert(alert)?;
        let route = group.and_then(|group| self.plan.routes.by_key(&group.key.route));
        self.silence_of(&alert.labels)
            .or_else(|| {
                let source = self.inhibited_by(&alert.labels)?;
                Some(Suppression { reason: format!("inhibited by {source}").into(), until: None })
            })
            .or_else(|| self.mute_of(route?))
    }

    /// The matching silence that ends last.
    fn silence_of(&self, labels: &evenkeel_labels::LabelSet) -> Option<Suppression> {
        let active = self.state.silences().filter(|silence| silence.state(self.now) == SilenceState::Active);
        let matching = active.filter(|silence| !planted(Bug::IgnoreSilences) && silence.matchers.matches(labels));
        let last = matching.max_by_key(|silence| (silence.ends_at, silence.id))?;
        Some(Suppression { reason: format!("silenced by {}", last.id).into(), until: Some(last.ends_at) })
    }

    fn mute_of(&self, route: &Route) -> Option<Suppression> {
        let muting: Vec<&str> = self.plan.muted_by(route, self.now).into_iter().map(Arc::as_ref).collect();
        let reason = || format!("muted by time interval {}", muting.join(", "));
        (!muting.is_empty()).then(|| Suppression { reason: reason().into(), until: None })
    }
}
