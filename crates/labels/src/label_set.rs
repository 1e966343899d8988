//! A set of labels: names to values, sorted by name.

use std::fmt;
use std::sync::Arc;

/// Labels sorted by name, each name once, no empty values. Cheap to clone.
///
/// An empty value means the label is absent, as in Prometheus, so such labels are dropped.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct LabelSet(Arc<[(Box<str>, Box<str>)]>);

/// Prometheus's 64-bit fingerprint of a label set, shown to clients. Not an identity: it can collide.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint(pub u64);

impl fmt::Display for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:016x}", self.0)
    }
}

impl LabelSet {
    /// Sorts the pairs; of one name given twice the last value stays.
    pub fn new<N: Into<Box<str>>, V: Into<Box<str>>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut pairs: Vec<(Box<str>, Box<str>)> =
            pairs.into_iter().map(|(name, value)| (name.into(), value.into())).collect();
        if !pairs.is_sorted_by(|a, b| a.0 < b.0) {
            pairs.sort_by(|a, b| a.0.cmp(&b.0));
            // Stable sort: of equal names the one written last comes last, and it is the one kept.
            pairs.reverse();
            pairs.dedup_by(|a, b| a.0 == b.0);
            pairs.reverse();
        }
        pairs.retain(|(_, value)| !value.is_empty());
        Self(pairs.into())
    }

    /// The value of a label; the empty text when it is absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        match self.0.binary_search_by(|(known, _)| known.as_ref().cmp(name)) {
            Ok(index) => self.0.get(index).map_or("", |(_, value)| value),
            Err(_) => "",
        }
    }

    /// Name and value of each label, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0.iter().map(|(name, value)| (name.as_ref(), value.as_ref()))
    }

    /// How many labels.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there is no label.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The labels whose names pass.
    #[must_use]
    pub fn only(&self, mut keep: impl FnMut(&str) -> bool) -> Self {
        Self(self.0.iter().filter(|(name, _)| keep(name)).cloned().collect())
    }

    /// The labels that two sets agree on.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> Self {
        Self(self.0.iter().filter(|(name, value)| other.get(name) == value.as_ref()).cloned().collect())
    }

    /// Source: Prometheus `model.LabelSet.Fingerprint`: FNV-1a over names and values, each followed by 0xff.
    #[must_use]
    pub fn fingerprint(&self) -> Fingerprint {
        let parts = self.iter().flat_map(|(name, value)| [name, value]);
        let bytes = parts.flat_map(|part| part.bytes().chain([0xff]));
        Fingerprint(
            bytes
                .fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)),
        )
    }
}

impl fmt::Display for LabelSet {
    /// `{name="value", other="value"}`, as Prometheus prints label sets.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("{")?;
        for (index, (name, value)) in self.iter().enumerate() {
            let comma = if index == 0 { "" } else { ", " };
            write!(f, "{comma}{name}={value:?}")?;
        }
        f.write_str("}")
    }
}

impl fmt::Debug for LabelSet {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl serde::Serialize for LabelSet {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter())
    }
}

impl<'de> serde::Deserialize<'de> for LabelSet {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Pairs;
        impl<'de> serde::de::Visitor<'de> for Pairs {
            type Value = LabelSet;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object of text values")
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<LabelSet, A::Error> {
                let mut pairs: Vec<(Box<str>, Box<str>)> = Vec::with_capacity(map.size_hint().unwrap_or(8).min(64));
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(LabelSet::new(pairs))
            }
        }
        deserializer.deserialize_map(Pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_are_sorted_the_last_of_a_name_stays_and_empty_ones_go() {
        let set = LabelSet::new([("b", "1"), ("a", "x"), ("b", "2"), ("c", "")]);
        assert_eq!(set.to_string(), r#"{a="x", b="2"}"#);
        assert_eq!(set.get("b"), "2");
        assert_eq!(set.get("c"), "");
    }

    #[test]
    fn the_fingerprint_is_prometheuss() {
        // Values computed with prometheus/common's model.LabelSet.
        assert_eq!(LabelSet::default().fingerprint().to_string(), "cbf29ce484222325");
        let same = LabelSet::new([("b", "2"), ("a", "1")]).fingerprint();
        assert_eq!(same, LabelSet::new([("a", "1"), ("b", "2")]).fingerprint());
    }

    #[test]
    fn sets_read_back_from_json_whatever_the_order() {
        let set: LabelSet = serde_json::from_str(r#"{"z":"1","a":"2"}"#).expect("labels");
        assert_eq!(serde_json::to_string(&set).expect("json"), r#"{"a":"2","z":"1"}"#);
    }

    #[test]
    fn what_two_sets_share_is_what_they_agree_on() {
        let (a, b) = (LabelSet::new([("x", "1"), ("y", "2")]), LabelSet::new([("x", "1"), ("y", "3")]));
        assert_eq!(a.shared_with(&b), LabelSet::new([("x", "1")]));
    }
}
