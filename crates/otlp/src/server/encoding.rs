//! Bodies are unpacked, and no further than is allowed.

use std::borrow::Cow;
use std::io::Read;

/// How a body is packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Encoding {
    Identity,
    Gzip,
    Zstd,
}

/// Why a body cannot be unpacked.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum UnpackFault {
    #[error("the body is not packed with {0}")]
    Broken(&'static str),
    #[error("the body unpacks to more than {0} bytes; send less in one request")]
    TooLarge(usize),
}

impl Encoding {
    /// By the value of a header; `None`: it is one that is not taken.
    pub(super) fn named(name: Option<&str>) -> Option<Self> {
        match name.unwrap_or("identity").trim() {
            "" | "identity" | "none" => Some(Self::Identity),
            "gzip" => Some(Self::Gzip),
            "zstd" => Some(Self::Zstd),
            _ => None,
        }
    }

    pub(super) fn unpack(self, body: &[u8], most: usize) -> Result<Cow<'_, [u8]>, UnpackFault> {
        match self {
            Self::Identity if body.len() > most => Err(UnpackFault::TooLarge(most)),
            Self::Identity => Ok(Cow::Borrowed(body)),
            Self::Gzip => read(flate2::read::MultiGzDecoder::new(body), "gzip", most),
            Self::Zstd => {
                let broken = |_| UnpackFault::Broken("zstd");
                read(ruzstd::decoding::StreamingDecoder::new(body).map_err(broken)?, "zstd", most)
            }
        }
    }
}

fn read<'a>(reader: impl Read, name: &'static str, most: usize) -> Result<Cow<'a, [u8]>, UnpackFault> {
    let mut out = Vec::new();
    let bound = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    reader.take(bound).read_to_end(&mut out).map_err(|_| UnpackFault::Broken(name))?;
    if out.len() > most { Err(UnpackFault::TooLarge(most)) } else { Ok(Cow::Owned(out)) }
}

#[cfg(test)]
mod tests {
    use std::io::Write as _;

    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::best());
        encoder.write_all(bytes).expect("in memory");
        encoder.finish().expect("in memory")
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        ruzstd::encoding::compress_to_vec(bytes, ruzstd::encoding::CompressionLevel::Fastest)
    }

    #[test]
    fn bodies_are_unpacked_up_to_the_limit() {
        let plain = b"abcabcabc".repeat(100);
        for (encoding, packed) in
            [(Encoding::Identity, plain.clone()), (Encoding::Gzip, gzip(&plain)), (Encoding::Zstd, zstd(&plain))]
        {
            assert_eq!(encoding.unpack(&packed, 900).as_deref(), Ok(&*plain), "{encoding:?}");
            assert_eq!(encoding.unpack(&packed, 899), Err(UnpackFault::TooLarge(899)), "{encoding:?}");
        }
        let bomb = gzip(&vec![0; 10 << 20]);
        assert!(bomb.len() < 20_000);
        assert_eq!(Encoding::Gzip.unpack(&bomb, 1 << 20), Err(UnpackFault::TooLarge(1 << 20)));
        assert_eq!(Encoding::Gzip.unpack(b"abc", 100), Err(UnpackFault::Broken("gzip")));
        assert_eq!(Encoding::Zstd.unpack(b"abc", 100), Err(UnpackFault::Broken("zstd")));
        let cut = gzip(&plain);
        assert_eq!(Encoding::Gzip.unpack(&cut[..cut.len() - 9], 1_000), Err(UnpackFault::Broken("gzip")));
    }

    #[test]
    fn encodings_are_known_by_name() {
        for (name, encoding) in [
            (None, Some(Encoding::Identity)),
            (Some("gzip"), Some(Encoding::Gzip)),
            (Some("zstd"), Some(Encoding::Zstd)),
            (Some("br"), None),
        ] {
            assert_eq!(Encoding::named(name), encoding);
        }
    }
}
