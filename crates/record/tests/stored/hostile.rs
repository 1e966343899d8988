//! No bytes make decoding a header or a body panic, and headers read back as they were.

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{Body, Hash, Header, KINDS, Origin};
use evenkeel_time::Timestamp;
use proptest::prelude::*;

fn header() -> impl Strategy<Value = Header> {
    let texts = ("[a-z-]{1,40}", ".{0,80}", ".{0,80}");
    let hashes = (any::<[u8; 32]>(), any::<[u8; 32]>(), any::<[u8; 32]>());
    (any::<(u64, i64, u16)>(), texts, hashes).prop_map(|((seq, at, version), (kind, actor, subject), (a, b, c))| {
        Header {
            seq: Seq(seq),
            at: Timestamp(at),
            origin: Origin::Reported,
            kind: kind.into(),
            version,
            actor: actor.into(),
            subject: subject.into(),
            plan: PlanHash(a),
            body_hash: Hash(b),
            prev: Hash(c),
        }
    })
}

proptest! {
    #[test]
    fn a_header_reads_back(header in header()) {
        let mut bytes = Vec::new();
        header.encode(&mut bytes);
        let length = bytes.len();
        prop_assert_eq!(Header::decode(&bytes), Ok((header, length)));
        for end in 0..length {
            prop_assert!(Header::decode(&bytes[..end]).is_err(), "a cut header is not one");
        }
    }

    #[test]
    fn no_bytes_make_reading_a_header_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let _ = Header::decode(&bytes);
        let with_layout: Vec<u8> = [1].into_iter().chain(bytes).collect();
        let _ = Header::decode(&with_layout);
    }

    #[test]
    fn no_bytes_make_reading_a_body_panic(
        kind in 0..KINDS.len(),
        version in 0..3_u16,
        bytes in prop::collection::vec(any::<u8>(), 0..200),
        json in r#"[\{\}\[\]",:a-z0-9_-]{0,80}"#,
    ) {
        let _ = Body::decode(KINDS[kind].name, version, &bytes);
        let _ = Body::decode(KINDS[kind].name, version, json.as_bytes());
        prop_assert!(Body::decode("never-heard-of", version, &bytes).is_err());
    }
}
