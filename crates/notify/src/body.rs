//! Alertmanager's template data, computed from a message without copying a text.

use evenkeel_alerting::{Message, MessageAlert};
use evenkeel_labels::LabelSet;
use serde::ser::{Serialize, SerializeMap, SerializeStruct, Serializer};

use crate::instant::GoTime;

/// What a body shows: the alerts it has room for, and what follows from them.
#[derive(Debug)]
pub(crate) struct Data<'a> {
    pub(crate) message: &'a Message,
    pub(crate) alerts: &'a [MessageAlert],
    /// How many alerts found no room.
    pub(crate) truncated: u64,
    pub(crate) common_labels: Pairs<'a>,
    pub(crate) common_annotations: Pairs<'a>,
    pub(crate) external_url: &'a str,
}

/// Names and values by name.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Pairs<'a>(pub(crate) Vec<(&'a str, &'a str)>);

impl<'a> Data<'a> {
    /// Takes at most `max_alerts`; 0 is no limit.
    pub(crate) fn new(message: &'a Message, max_alerts: u64, external_url: &'a str) -> Self {
        let limit = usize::try_from(max_alerts).ok().filter(|limit| *limit > 0).unwrap_or(usize::MAX);
        let alerts = message.alerts.get(..limit).unwrap_or(&message.alerts);
        Self {
            message,
            alerts,
            truncated: (message.alerts.len() - alerts.len()) as u64,
            common_labels: common(alerts, |alert| &alert.labels),
            common_annotations: common(alerts, |alert| &alert.annotations),
            external_url,
        }
    }

    /// How many of the alerts shown fire.
    pub(crate) fn firing(&self) -> usize {
        self.alerts.iter().filter(|alert| alert.ends_at.is_none()).count()
    }

    /// `firing` or `resolved`.
    pub(crate) fn status(&self) -> &'static str {
        if self.firing() > 0 { "firing" } else { "resolved" }
    }

    /// One line that says what it is about.
    ///
    /// Source: Alertmanager, template `__subject`.
    pub(crate) fn subject(&self) -> String {
        let group = alertname_first(self.message.group_labels.iter());
        let mut subject = match self.firing() {
            0 => "[RESOLVED] ".to_owned(),
            firing => format!("[FIRING:{firing}] "),
        };
        subject.push_str(&group.join(" "));
        subject.push(' ');
        if self.common_labels.0.len() > self.message.group_labels.len() {
            let pairs = self.common_labels.0.iter().copied();
            let others = pairs.filter(|(name, _)| self.message.group_labels.get(name).is_empty());
            subject.extend(["(", &alertname_first(others).join(" "), ")"]);
        }
        subject
    }

    /// Where people see these alerts.
    pub(crate) fn link(&self) -> String {
        let mut link = format!("{}/#/alerts?receiver=", self.external_url);
        for byte in self.message.receiver.bytes() {
            match byte {
                b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' => link.push(char::from(byte)),
                b' ' => link.push('+'),
                _ => link.push_str(&format!("%{byte:02X}")),
            }
        }
        link
    }
}

/// The values in the order of Alertmanager's `SortedPairs`: `alertname` first, then by name.
fn alertname_first<'a>(pairs: impl Iterator<Item = (&'a str, &'a str)>) -> Vec<&'a str> {
    let mut pairs: Vec<_> = pairs.collect();
    pairs.sort_by_key(|(name, _)| *name != "alertname");
    pairs.into_iter().map(|(_, value)| value).collect()
}

fn common<'a>(alerts: &'a [MessageAlert], of: impl Fn(&'a MessageAlert) -> &'a LabelSet) -> Pairs<'a> {
    let Some((first, others)) = alerts.split_first() else { return Pairs(Vec::new()) };
    let mut pairs: Vec<_> = of(first).iter().collect();
    for other in others {
        pairs.retain(|(name, value)| of(other).get(name) == *value);
    }
    Pairs(pairs)
}

impl Serialize for Pairs<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().copied())
    }
}

/// The fields in Alertmanager's order.
///
/// Source: Alertmanager, `notify/webhook.Message` and `template.Data`.
impl Serialize for Data<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        self.entries(&mut map)?;
        map.end()
    }
}

impl Data<'_> {
    /// Writes the fields into an object that may have more.
    pub(crate) fn entries<M: SerializeMap>(&self, map: &mut M) -> Result<(), M::Error> {
        map.serialize_entry("receiver", &self.message.receiver)?;
        map.serialize_entry("status", self.status())?;
        map.serialize_entry("alerts", &Alerts(self.alerts))?;
        map.serialize_entry("groupLabels", &self.message.group_labels)?;
        map.serialize_entry("commonLabels", &self.common_labels)?;
        map.serialize_entry("commonAnnotations", &self.common_annotations)?;
        map.serialize_entry("externalURL", self.external_url)?;
        map.serialize_entry("version", "4")?;
        map.serialize_entry("groupKey", &self.message.group_key)?;
        map.serialize_entry("truncatedAlerts", &self.truncated)
    }
}

struct Alerts<'a>(&'a [MessageAlert]);

impl Serialize for Alerts<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.iter().map(Alert))
    }
}

struct Alert<'a>(&'a MessageAlert);

impl Serialize for Alert<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let alert = self.0;
        let mut fields = serializer.serialize_struct("Alert", 7)?;
        fields.serialize_field("status", if alert.ends_at.is_some() { "resolved" } else { "firing" })?;
        fields.serialize_field("labels", &alert.labels)?;
        fields.serialize_field("annotations", &alert.annotations)?;
        fields.serialize_field("startsAt", &GoTime(Some(alert.starts_at)))?;
        fields.serialize_field("endsAt", &GoTime(alert.ends_at))?;
        fields.serialize_field("generatorURL", &alert.generator_url)?;
        fields.serialize_field("fingerprint", &format_args!("{}", alert.labels.fingerprint()))?;
        fields.end()
    }
}

#[cfg(test)]
mod tests;
