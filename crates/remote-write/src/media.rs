//! The headers: which version a body is of, and what is answered of it.
//!
//! Source: "Prometheus Remote-Write 2.0 specification", protocol; RFC 9110, 8.3.1 and 5.6.6.

/// A version of the protocol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Version {
    /// `prometheus.WriteRequest`.
    V1,
    /// `io.prometheus.write.v2.Request`.
    V2,
}

impl Version {
    /// The protobuf message.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::V1 => "prometheus.WriteRequest",
            Self::V2 => "io.prometheus.write.v2.Request",
        }
    }

    /// The value of `Content-Type` that a sender gives.
    #[must_use]
    pub const fn content_type(self) -> &'static str {
        match self {
            // The bare type is what receivers of 1.0 alone know.
            Self::V1 => "application/x-protobuf",
            Self::V2 => "application/x-protobuf;proto=io.prometheus.write.v2.Request",
        }
    }

    /// The value of `X-Prometheus-Remote-Write-Version` that a sender gives.
    #[must_use]
    pub const fn header(self) -> &'static str {
        match self {
            Self::V1 => "0.1.0",
            Self::V2 => "2.0.0",
        }
    }
}

/// A body that is not understood; the answer's status is 415.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unsupported {
    /// Another type.
    #[error("content type `{0}` is not taken: send `application/x-protobuf`")]
    Type(Box<str>),
    /// Another message.
    #[error("protobuf message `{0}` is not taken: send `prometheus.WriteRequest` or `io.prometheus.write.v2.Request`")]
    Message(Box<str>),
    /// A parameter that is none.
    #[error("content type `{0}` has a parameter that is not `name=value`")]
    Parameter(Box<str>),
    /// Another compression.
    #[error("content encoding `{0}` is not taken: send `snappy`")]
    Encoding(Box<str>),
}

/// The version of a body by the values of `Content-Type` and `Content-Encoding`. Without them it is 1.0 and Snappy, since old
/// senders gave none.
///
/// # Errors
/// [`Unsupported`].
pub fn negotiate(content_type: Option<&str>, content_encoding: Option<&str>) -> Result<Version, Unsupported> {
    let shown = |text: &str| text.chars().take(100).collect::<String>().into();
    if let Some(encoding) = content_encoding.map(str::trim).filter(|encoding| !encoding.is_empty())
        && !encoding.eq_ignore_ascii_case("snappy")
    {
        return Err(Unsupported::Encoding(shown(encoding)));
    }
    let Some(whole) = content_type.map(str::trim).filter(|text| !text.is_empty()) else { return Ok(Version::V1) };
    let mut parts = whole.split(';');
    let media = parts.next().unwrap_or_default().trim();
    if !media.eq_ignore_ascii_case("application/x-protobuf") {
        return Err(Unsupported::Type(shown(whole)));
    }
    for parameter in parts.map(str::trim).filter(|parameter| !parameter.is_empty()) {
        let (name, value) = parameter.split_once('=').ok_or_else(|| Unsupported::Parameter(shown(whole)))?;
        if name.trim().eq_ignore_ascii_case("proto") {
            let message = value.trim().trim_matches('"');
            let known = [Version::V1, Version::V2].into_iter().find(|version| version.message() == message);
            return known.ok_or_else(|| Unsupported::Message(shown(message)));
        }
    }
    Ok(Version::V1)
}

/// What of a request of version 2.0 was written; it is said in every answer, those of a fault too.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Written {
    /// Numbers.
    pub samples: u64,
    /// Native histograms.
    pub histograms: u64,
    /// Exemplars.
    pub exemplars: u64,
}

impl Written {
    /// The headers of the answer.
    #[must_use]
    pub fn headers(&self) -> [(&'static str, String); 3] {
        [
            ("X-Prometheus-Remote-Write-Samples-Written", self.samples.to_string()),
            ("X-Prometheus-Remote-Write-Histograms-Written", self.histograms.to_string()),
            ("X-Prometheus-Remote-Write-Exemplars-Written", self.exemplars.to_string()),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_headers_say_the_version() {
        for (content_type, expect) in [
            (None, Version::V1),
            (Some(""), Version::V1),
            (Some("application/x-protobuf"), Version::V1),
            (Some("Application/X-Protobuf; charset=utf-8"), Version::V1),
            (Some("application/x-protobuf;proto=prometheus.WriteRequest"), Version::V1),
            (Some("application/x-protobuf;proto=io.prometheus.write.v2.Request"), Version::V2),
            (Some("application/x-protobuf; q=1 ; proto=\"io.prometheus.write.v2.Request\""), Version::V2),
        ] {
            assert_eq!(negotiate(content_type, Some("snappy")), Ok(expect), "{content_type:?}");
        }
        assert_eq!(negotiate(None, None), Ok(Version::V1));
    }

    #[test]
    fn what_is_not_understood_is_named() {
        let said = |content_type, encoding| negotiate(content_type, encoding).expect_err("a fault").to_string();
        assert_eq!(
            said(Some("application/json"), None),
            "content type `application/json` is not taken: send `application/x-protobuf`"
        );
        assert_eq!(
            said(Some("application/x-protobuf;proto=io.prometheus.write.v3.Request"), None),
            "protobuf message `io.prometheus.write.v3.Request` is not taken: send `prometheus.WriteRequest` or \
             `io.prometheus.write.v2.Request`"
        );
        assert_eq!(said(None, Some("zstd")), "content encoding `zstd` is not taken: send `snappy`");
        assert_eq!(
            said(Some("application/x-protobuf;proto"), None),
            "content type `application/x-protobuf;proto` has a parameter that is not `name=value`"
        );
    }
}
