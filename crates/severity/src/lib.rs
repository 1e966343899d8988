//! How bad an incident is: one scale, from `sev1` to `sev5`.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// How bad an incident is. Ordered by number, so the worst is the least.
///
/// Source: AWS Incident Manager's impact 1 (critical) to 5 (no impact), under the field's usual names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// Critical: what the organisation lives from does not work.
    Sev1,
    /// High: many are hindered, or what is critical is about to fail.
    Sev2,
    /// Medium: some are hindered, or there is a way around.
    Sev3,
    /// Low: few notice.
    Sev4,
    /// No impact on anyone outside.
    Sev5,
}

/// The text is none of `sev1` to `sev5`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ParseSeverityError;

impl fmt::Display for ParseSeverityError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not a severity: `sev1` (critical) to `sev5` (no impact)")
    }
}

impl std::error::Error for ParseSeverityError {}

impl Severity {
    /// All, worst first.
    pub const ALL: [Self; 5] = [Self::Sev1, Self::Sev2, Self::Sev3, Self::Sev4, Self::Sev5];

    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Sev1 => "sev1",
            Self::Sev2 => "sev2",
            Self::Sev3 => "sev3",
            Self::Sev4 => "sev4",
            Self::Sev5 => "sev5",
        }
    }

    /// The severity of that number, the nearest end of the scale when it lies outside 1 to 5.
    #[must_use]
    pub fn nearest(number: u32) -> Self {
        let index = usize::try_from(number.clamp(1, 5) - 1).unwrap_or(0);
        Self::ALL.get(index).copied().unwrap_or(Self::Sev5)
    }

    /// 1 to 5.
    #[must_use]
    pub const fn number(self) -> u32 {
        self as u32 + 1
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Severity {
    type Err = ParseSeverityError;
    fn from_str(text: &str) -> Result<Self, ParseSeverityError> {
        Self::ALL.into_iter().find(|known| known.as_str() == text).ok_or(ParseSeverityError)
    }
}

impl Serialize for Severity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Severity {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn severities_print_read_back_and_put_the_worst_first() {
        for (number, severity) in (1..).zip(Severity::ALL) {
            assert_eq!(severity.to_string().parse(), Ok(severity));
            assert_eq!((severity.number(), Severity::nearest(number)), (number, severity));
        }
        assert!(Severity::Sev1 < Severity::Sev5);
        assert_eq!("sev6".parse::<Severity>(), Err(ParseSeverityError));
        assert_eq!((Severity::nearest(0), Severity::nearest(9)), (Severity::Sev1, Severity::Sev5));
    }
}
