//! Puts a notice's message together from what is known now.

use std::cmp::Ordering;

use evenkeel_delivery::idempotency_key;
use evenkeel_labels::LabelSet;

use crate::{Alert, Message, MessageAlert, Notice, State};

impl State {
    /// The message of an open notice; `None` when its group is gone.
    #[must_use]
    pub fn message(&self, notice: &Notice) -> Option<Message> {
        let group = self.group(notice.group)?;
        let mut alerts: Vec<MessageAlert> = Vec::with_capacity(notice.firing.len() + notice.resolved.len());
        alerts.extend(notice.firing.iter().filter_map(|id| self.alert(*id)).map(|alert| told(alert, true)));
        alerts.extend(notice.resolved.iter().filter_map(|id| self.alert(*id)).map(|alert| told(alert, false)));
        alerts.sort_by(|a, b| alertmanager_order(&a.labels, &b.labels));
        Some(Message {
            notice: notice.id,
            receiver: notice.receiver.clone(),
            integration: notice.integration.clone(),
            group_key: group.key.to_string(),
            group_labels: group.key.labels.clone(),
            alerts,
            attempt: notice.attempts.max(1),
            not_after: notice.not_after,
            idempotency_key: idempotency_key(notice.id.0.0, &[&notice.receiver, &notice.integration]),
        })
    }
}

/// As the notice has it: told as firing, an alert that was resolved since is told as resolved by the next one.
fn told(alert: &Alert, firing: bool) -> MessageAlert {
    MessageAlert {
        labels: alert.labels.clone(),
        annotations: alert.annotations.clone(),
        starts_at: alert.starts_at,
        ends_at: if firing { None } else { Some(alert.ends_at().unwrap_or(alert.starts_at)) },
        generator_url: alert.generator_url.clone(),
    }
}

/// Source: Alertmanager, `types.AlertSlice`: by job, by instance, by number of labels, by labels.
fn alertmanager_order(a: &LabelSet, b: &LabelSet) -> Ordering {
    let by = |name: &str| match (a.get(name), b.get(name)) {
        ("", "") => Ordering::Equal,
        ("", _) => Ordering::Greater,
        (_, "") => Ordering::Less,
        (a, b) => a.cmp(b),
    };
    by("job").then_with(|| by("instance")).then_with(|| a.len().cmp(&b.len())).then_with(|| a.cmp(b))
}
