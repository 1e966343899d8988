//! Links that are read back, and every way in which one is not.

use evenkeel_ids::Seq;
use proptest::prelude::*;

use super::*;

const KEY: LinkKey = LinkKey([7; 32]);
const END: Timestamp = Timestamp(1_000);

fn page() -> Purpose {
    Purpose::Page { page: PageId(Seq(20)), person: "ada".into() }
}

fn purposes() -> [Purpose; 7] {
    let token = Some(TokenId(Seq(5)));
    [
        page(),
        Purpose::Login { token: None, boot: [1; 16], nonce: [2; 16] },
        Purpose::Login { token, boot: [1; 16], nonce: [2; 16] },
        Purpose::Session { token: None, boot: [1; 16], nonce: [2; 16] },
        Purpose::Session { token, boot: [1; 16], nonce: [2; 16] },
        Purpose::Confirm { subscription: SubscriptionId(Seq(9)) },
        Purpose::Unsubscribe { subscription: SubscriptionId(Seq(9)) },
    ]
}

fn signed(purpose: Purpose) -> String {
    sign(&KEY, &Link { purpose, expires_at: END })
}

fn bytes(text: &str) -> Vec<u8> {
    BASE64_URL_SAFE_NO_PAD.decode(text).expect("base64")
}

fn text(bytes: &[u8]) -> String {
    BASE64_URL_SAFE_NO_PAD.encode(bytes)
}

#[test]
fn a_link_reads_back_until_it_ends() {
    for purpose in purposes() {
        let link = Link { purpose, expires_at: END };
        let text = sign(&KEY, &link);
        assert_eq!(verify(&KEY, &text, Timestamp(999)), Ok(link));
        assert_eq!(verify(&KEY, &text, END), Err(LinkError::Expired(END)));
        assert!(text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
    }
    assert_eq!(signed(page()).len(), 52, "short enough for a text message");
}

/// The form is fixed: links in messages that were sent have to be read after an update too.
#[test]
fn the_form_is_as_it_was() {
    assert_eq!(signed(page()), "AQEACwAAAAAAAAPoAAAAAAAAABRhZGFWOBWQcrHy9gHBCiw57CUR");
}

#[test]
fn every_changed_bit_is_a_forgery_or_no_link() {
    for purpose in purposes() {
        let good = bytes(&signed(purpose));
        for at in 0..good.len() * 8 {
            let mut bad = good.clone();
            bad[at / 8] ^= 1 << (at % 8);
            let expected = match at / 8 {
                0 => LinkError::UnknownVersion(bad[0]),
                2 | 3 if usize::from(u16::from_be_bytes([bad[2], bad[3]])) + HEAD_BYTES + MAC_BYTES > good.len() => {
                    LinkError::Truncated
                }
                2 | 3 => LinkError::Malformed,
                _ => LinkError::Forged,
            };
            assert_eq!(verify(&KEY, &text(&bad), Timestamp(0)), Err(expected), "bit {at}");
        }
    }
}

#[test]
fn what_is_cut_off_is_said_to_be() {
    let good = bytes(&signed(page()));
    for len in 1..good.len() {
        assert_eq!(verify(&KEY, &text(&good[..len]), Timestamp(0)), Err(LinkError::Truncated), "{len} bytes");
    }
    let whole = signed(page());
    for len in 2..whole.len() {
        assert_eq!(verify(&KEY, &whole[..len], Timestamp(0)), Err(LinkError::Truncated), "{len} characters");
    }
    let longer = [&good[..], &[0]].concat();
    assert_eq!(verify(&KEY, &text(&longer), Timestamp(0)), Err(LinkError::Malformed));
    for bad in ["", "%", "a b", "=", &"A".repeat(TEXT_MAX + 4)] {
        assert_eq!(verify(&KEY, bad, Timestamp(0)), Err(LinkError::Malformed), "{bad}");
    }
}

#[test]
fn another_key_or_page_or_purpose_does_not_fit() {
    let other = LinkKey([8; 32]);
    assert_eq!(verify(&other, &signed(page()), Timestamp(0)), Err(LinkError::Forged));
    // The signature of one page's link on the fields of another's, and of a login as a session.
    let swapped = |from: Purpose, to: Purpose| {
        let (from, mut to) = (bytes(&signed(from)), bytes(&signed(to)));
        let tag = from.len() - MAC_BYTES;
        to.truncate(tag);
        to.extend(&from[tag..]);
        verify(&KEY, &text(&to), Timestamp(0))
    };
    let other_page = Purpose::Page { page: PageId(Seq(21)), person: "ada".into() };
    let other_person = Purpose::Page { page: PageId(Seq(20)), person: "bob".into() };
    assert_eq!(swapped(page(), other_page), Err(LinkError::Forged));
    assert_eq!(swapped(page(), other_person), Err(LinkError::Forged));
    let [_, login, _, session, ..] = purposes();
    assert_eq!(swapped(login.clone(), session), Err(LinkError::Forged));
    assert!(swapped(page(), page()).is_ok());
    let login = Link { purpose: login, expires_at: END };
    assert_eq!(login.into_page(), Err(LinkError::OtherPurpose));
    let link = Link { purpose: page(), expires_at: END };
    assert_eq!(link.into_page(), Ok((PageId(Seq(20)), "ada".into())));
}

/// Signed with our key, and still no link: nothing is made up for what is missing.
#[test]
fn fields_that_mean_nothing_are_refused() {
    for (code, fields) in [
        (0, vec![0; 40]),
        (6, vec![0; 40]),
        (1, vec![0; 8]),
        (1, vec![0, 0, 0, 0, 0, 0, 0, 1, 0xff]),
        (2, vec![0; 39]),
        (3, vec![0; 41]),
    ] {
        let mut bytes = vec![VERSION, code];
        bytes.extend(u16::try_from(fields.len()).expect("short").to_be_bytes());
        bytes.extend(END.0.to_be_bytes());
        bytes.extend(&fields);
        let tag = mac(&KEY, &bytes).finalize().into_bytes();
        bytes.extend(&tag[..MAC_BYTES]);
        assert_eq!(verify(&KEY, &text(&bytes), Timestamp(0)), Err(LinkError::Malformed), "{code} {fields:?}");
    }
}

/// Source: RFC 4231, test cases 1, 2 and 6.
#[test]
fn the_mac_is_hmac_sha256() {
    let tag = |key: &[u8], data: &[u8]| {
        let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("any length");
        mac.update(data);
        mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
    };
    assert_eq!(tag(&[0x0b; 20], b"Hi There"), "b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7");
    assert_eq!(
        tag(b"Jefe", b"what do ya want for nothing?"),
        "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
    );
    assert_eq!(
        tag(&[0xaa; 131], b"Test Using Larger Than Block-Size Key - Hash Key First"),
        "60e431591ee0b67f0d8a26aacbf5b77f8e0bc6213728c5140546040f0ee37f54"
    );
}

#[test]
fn every_error_says_what_to_do() {
    for error in [
        LinkError::Malformed,
        LinkError::Truncated,
        LinkError::UnknownVersion(2),
        LinkError::Forged,
        LinkError::Expired(END),
        LinkError::OtherPurpose,
    ] {
        assert!(!error.to_string().is_empty() && !error.help().is_empty());
    }
    assert_eq!(format!("{KEY:?}"), "<secret>");
}

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in ".{0,100}") {
        prop_assert!(verify(&KEY, &text, Timestamp(0)).is_err());
    }

    #[test]
    fn any_page_reads_back(number: u64, person in "[a-z0-9-]{1,60}", at in 1..i64::MAX) {
        let purpose = Purpose::Page { page: PageId(Seq(number)), person: person.into() };
        let link = Link { purpose, expires_at: Timestamp(at) };
        prop_assert_eq!(verify(&KEY, &sign(&KEY, &link), Timestamp(0)), Ok(link));
    }
}
