//! A set of labels: names to values, sorted by name.

use std::cmp::Ordering;
use std::fmt;
use std::sync::Arc;

use crate::encoded::{Pairs, push};

/// Labels sorted by name, each name once, no empty values. Cheap to clone.
///
/// An empty value means the label is absent, as in Prometheus, so such labels are dropped. All of a set lies in one piece of
/// memory: a store keeps many of them, and finds them again by their text.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct LabelSet(Arc<str>);

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
    pub fn new<N: AsRef<str>, V: AsRef<str>>(pairs: impl IntoIterator<Item = (N, V)>) -> Self {
        let mut pairs: Vec<(N, V)> = pairs.into_iter().collect();
        if !pairs.is_sorted_by(|a, b| a.0.as_ref() < b.0.as_ref()) {
            pairs.sort_by(|a, b| a.0.as_ref().cmp(b.0.as_ref()));
            // Stable sort: of equal names the one written last comes last, and it is the one kept.
            pairs.reverse();
            pairs.dedup_by(|a, b| a.0.as_ref() == b.0.as_ref());
            pairs.reverse();
        }
        Self::of_sorted(pairs.iter().map(|(name, value)| (name.as_ref(), value.as_ref())))
    }

    /// The set whose encoded text this is; `None`: it is none. What is no set is never taken for one: names ascend, and no
    /// value is empty.
    #[must_use]
    pub fn from_encoded(text: &str) -> Option<Self> {
        let (mut pairs, mut before) = (Pairs::of(text), None);
        for (name, value) in pairs.by_ref() {
            if value.is_empty() || before.is_some_and(|before| name <= before) {
                return None;
            }
            before = Some(name);
        }
        pairs.is_at_end().then(|| Self(text.into()))
    }

    /// The text that holds all of it: equal for equal sets, and read back by [`Self::from_encoded`]. Not for people.
    #[must_use]
    pub fn encoded(&self) -> &str {
        &self.0
    }

    /// Appends the encoded text of labels that are sorted by name, each once; those with an empty value are left out.
    pub fn encode_sorted<'a>(sorted: impl IntoIterator<Item = (&'a str, &'a str)>, text: &mut String) {
        for (name, value) in sorted.into_iter().filter(|(_, value)| !value.is_empty()) {
            push(text, name, value);
        }
    }

    fn of_sorted<'a>(sorted: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let mut text = String::new();
        Self::encode_sorted(sorted, &mut text);
        Self(text.into())
    }

    /// The value of a label; the empty text when it is absent.
    #[must_use]
    pub fn get(&self, name: &str) -> &str {
        self.iter().find(|(known, _)| *known >= name).filter(|(known, _)| *known == name).map_or("", |(_, value)| value)
    }

    /// Name and value of each label, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        Pairs::of(&self.0)
    }

    /// How many labels.
    #[must_use]
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether there is no label.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// All labels but the first by name; mostly that is the metric's name.
    #[must_use]
    pub fn without_first(&self) -> Self {
        let mut pairs = Pairs::of(&self.0);
        pairs.next();
        Self(pairs.rest().into())
    }

    /// The labels whose names pass.
    #[must_use]
    pub fn only(&self, mut keep: impl FnMut(&str) -> bool) -> Self {
        Self::of_sorted(self.iter().filter(|(name, _)| keep(name)))
    }

    /// The labels that two sets agree on.
    #[must_use]
    pub fn shared_with(&self, other: &Self) -> Self {
        Self::of_sorted(self.iter().filter(|(name, value)| other.get(name) == *value))
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

impl Ord for LabelSet {
    /// Pair by pair, as Prometheus sorts series.
    fn cmp(&self, other: &Self) -> Ordering {
        self.iter().cmp(other.iter())
    }
}

impl PartialOrd for LabelSet {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
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
        use serde::ser::SerializeMap;
        // The length first: encodings such as that of records and snapshots cannot do without.
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
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
    fn an_encoding_that_wants_the_length_first_gets_it() {
        let set = LabelSet::new([("b", "2"), ("a", "1")]);
        let bytes = postcard::to_allocvec(&set).expect("encoded");
        assert_eq!(bytes, b"\x02\x01a\x011\x01b\x012");
        assert_eq!(postcard::from_bytes::<LabelSet>(&bytes).expect("decoded"), set);
    }

    #[test]
    fn sets_are_ordered_pair_by_pair() {
        let set = |pairs: &[(&str, &str)]| LabelSet::new(pairs.iter().copied());
        let sorted = [
            set(&[]),
            set(&[("a", "1")]),
            set(&[("a", "1"), ("b", "1")]),
            set(&[("a", "10")]),
            set(&[("a", "2")]),
            set(&[("aa", "1")]),
            set(&[("b", "0")]),
        ];
        assert!(sorted.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn a_text_that_is_no_set_is_none() {
        let set = LabelSet::new([("job", "web"), ("path", &"/x".repeat(3_000))]);
        assert_eq!(LabelSet::from_encoded(set.encoded()), Some(set.clone()));
        for cut in 1..set.encoded().len() {
            let whole = set.encoded().get(..cut).and_then(LabelSet::from_encoded);
            assert!(whole.is_none_or(|part| part == LabelSet::new([("job", "web")])), "cut at {cut}");
        }
        let twice = format!("{0}{0}", LabelSet::new([("a", "1")]).encoded());
        assert_eq!(LabelSet::from_encoded(&twice), None);
        assert_eq!(LabelSet::from_encoded("\u{1}a\0"), None);
        assert_eq!(LabelSet::from_encoded("é"), None);
    }

    #[test]
    fn the_first_label_can_be_taken_away() {
        let set = LabelSet::new([("__name__", "up"), ("job", "web")]);
        assert_eq!(set.without_first(), LabelSet::new([("job", "web")]));
        assert_eq!(LabelSet::default().without_first(), LabelSet::default());
    }

    #[test]
    fn what_two_sets_share_is_what_they_agree_on() {
        let (a, b) = (LabelSet::new([("x", "1"), ("y", "2")]), LabelSet::new([("x", "1"), ("y", "3")]));
        assert_eq!(a.shared_with(&b), LabelSet::new([("x", "1")]));
    }
}
