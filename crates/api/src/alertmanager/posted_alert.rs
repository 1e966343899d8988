//! Alerts in a request body.
//!
//! Decoded straight from bytes into what the engine takes. Counts are bounded while reading, so that no
//! body takes a multiple of its own size in memory for things that are refused anyway.

use std::fmt;

use evenkeel_alerting::{IncomingAlert, InvalidAlert, LABELS_MAX};
use evenkeel_labels::LabelSet;
use serde::de::{Error, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::when::When;

/// More alerts in one body are refused: senders send a few hundred.
pub(crate) const ALERTS_MAX: usize = 100_000;

/// One alert as it was posted.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase", expecting = "an alert: an object with `labels`")]
struct PostedAlert {
    #[serde(default)]
    labels: Option<Pairs>,
    #[serde(default)]
    annotations: Option<Pairs>,
    #[serde(default)]
    starts_at: Option<When>,
    #[serde(default)]
    ends_at: Option<When>,
    #[serde(default, rename = "generatorURL")]
    generator_url: Option<Box<str>>,
}

/// The alerts of a body: those that can be taken, and the others with their place and fault.
#[derive(Debug, Default)]
pub(crate) struct PostedAlerts {
    pub(crate) valid: Vec<IncomingAlert>,
    pub(crate) invalid: Vec<(usize, InvalidAlert)>,
}

/// Reads the alerts of a body.
pub(crate) fn read(body: &[u8]) -> Result<PostedAlerts, serde_json::Error> {
    serde_json::from_slice(body)
}

impl<'de> Deserialize<'de> for PostedAlerts {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct List;
        impl<'de> Visitor<'de> for List {
            type Value = PostedAlerts;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a list of alerts")
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<PostedAlerts, A::Error> {
                let mut alerts = PostedAlerts::default();
                let mut index = 0;
                while let Some(posted) = list.next_element::<PostedAlert>()? {
                    if index == ALERTS_MAX {
                        return Err(A::Error::custom(format_args!("more than {ALERTS_MAX} alerts in one request")));
                    }
                    match posted.check() {
                        Ok(alert) => alerts.valid.push(alert),
                        Err(invalid) => alerts.invalid.push((index, invalid)),
                    }
                    index += 1;
                }
                Ok(alerts)
            }
        }
        deserializer.deserialize_seq(List)
    }
}

impl PostedAlert {
    fn check(self) -> Result<IncomingAlert, InvalidAlert> {
        let (labels, annotations) = (self.labels.unwrap_or_default(), self.annotations.unwrap_or_default());
        let count = labels.count + annotations.count;
        if count > LABELS_MAX {
            return Err(InvalidAlert::TooMany(count));
        }
        let alert = IncomingAlert {
            labels: labels.set,
            annotations: annotations.set,
            starts_at: self.starts_at.and_then(When::said),
            ends_at: self.ends_at.and_then(When::said),
            generator_url: self.generator_url.unwrap_or_default(),
        };
        alert.validate().map(|()| alert)
    }
}

/// Labels, and how many were written; the set is not complete when those are more than [`LABELS_MAX`].
#[derive(Debug, Default)]
struct Pairs {
    set: LabelSet,
    count: usize,
}

impl<'de> Deserialize<'de> for Pairs {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Object;
        impl<'de> Visitor<'de> for Object {
            type Value = Pairs;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of text values")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Pairs, A::Error> {
                let mut pairs: Vec<(Box<str>, Box<str>)> = Vec::with_capacity(16);
                while pairs.len() <= LABELS_MAX
                    && let Some(pair) = map.next_entry()?
                {
                    pairs.push(pair);
                }
                let mut count = pairs.len();
                if count > LABELS_MAX {
                    while map.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {
                        count += 1;
                    }
                }
                Ok(Pairs { set: LabelSet::new(pairs), count })
            }
        }
        deserializer.deserialize_map(Object)
    }
}
