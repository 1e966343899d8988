//! Whether a delivery comes from who knows the secret. Compared in constant time, before a byte of the body is read.
//!
//! - GitHub: `X-Hub-Signature-256: sha256=HEX`, HMAC-SHA256 of the body.
//! - GitLab: `X-Gitlab-Token: SECRET`, or, where a signing token is set, the headers of Standard Webhooks:
//!   `webhook-signature: v1,BASE64`, HMAC-SHA256 of `id.timestamp.body`. A secret that begins with `whsec_` is a signing
//!   token, and then nothing but a signature counts.
//!
//! Source: <https://docs.github.com/webhooks>, <https://www.standardwebhooks.com>.

use base64::Engine;
use base64::prelude::BASE64_STANDARD;
use evenkeel_time::{Duration, Timestamp};
use hmac::{Hmac, KeyInit, Mac};
use http::HeaderMap;
use sha2::Sha256;

use crate::headers::one;

/// A delivery that was signed longer ago, or later than now by more, may be somebody's copy.
const SIGNED_WITHIN: Duration = Duration::minutes(5);
/// So many signatures may stand in one header, while a secret is changed.
const SIGNATURES_MAX: usize = 8;
/// What a signing token begins with.
const SIGNING: &str = "whsec_";

/// What a delivery proves.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Proof {
    /// It knows the secret.
    Good,
    /// It does not say that it does.
    None,
    /// What it says is wrong.
    Wrong,
    /// It was signed too long ago.
    Stale,
}

/// What a delivery of GitHub proves.
pub(crate) fn github(secret: &str, headers: &HeaderMap, body: &[u8]) -> Proof {
    let Some(value) = one(headers, "x-hub-signature-256") else { return Proof::None };
    let given = value.strip_prefix("sha256=").and_then(hex);
    let good =
        given.is_some_and(|given| !secret.is_empty() && mac(secret.as_bytes(), &[body]).verify_slice(&given).is_ok());
    if good { Proof::Good } else { Proof::Wrong }
}

/// What a delivery of GitLab proves.
pub(crate) fn gitlab(secret: &str, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Proof {
    let signing = secret.strip_prefix(SIGNING).map(|key| BASE64_STANDARD.decode(key));
    let signed = one(headers, "webhook-signature").is_some();
    match (signing, one(headers, "x-gitlab-token")) {
        (Some(Ok(key)), _) => standard(&key, headers, body, now),
        (Some(Err(_)), _) => Proof::Wrong,
        (None, Some(token)) if !secret.is_empty() && same(token, secret) => Proof::Good,
        (None, _) if signed => standard(secret.as_bytes(), headers, body, now),
        (None, Some(_)) => Proof::Wrong,
        (None, None) => Proof::None,
    }
}

fn standard(key: &[u8], headers: &HeaderMap, body: &[u8], now: Timestamp) -> Proof {
    let Some(signatures) = one(headers, "webhook-signature") else { return Proof::None };
    let (Some(id), Some(at)) = (one(headers, "webhook-id"), one(headers, "webhook-timestamp")) else {
        return Proof::Wrong;
    };
    let given = signatures.split(' ').take(SIGNATURES_MAX).filter_map(|one| one.strip_prefix("v1,"));
    let good = !key.is_empty()
        && given
            .filter_map(|one| BASE64_STANDARD.decode(one).ok())
            .any(|given| mac(key, &[id.as_bytes(), b".", at.as_bytes(), b".", body]).verify_slice(&given).is_ok());
    let Some(seconds) = at.parse::<i64>().ok().filter(|_| good) else { return Proof::Wrong };
    let apart = (now - Timestamp(seconds.saturating_mul(1000))).0.saturating_abs();
    if apart <= SIGNED_WITHIN.0 { Proof::Good } else { Proof::Stale }
}

fn mac(key: &[u8], parts: &[&[u8]]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("HMAC takes keys of any length");
    parts.iter().for_each(|part| mac.update(part));
    mac
}

/// Compares what both are under a key of no account, so that neither length nor place of a difference shows.
fn same(one: &str, other: &str) -> bool {
    let key = b"evenkeel webhook token";
    mac(key, &[one.as_bytes()]).verify_slice(&mac(key, &[other.as_bytes()]).finalize().into_bytes()).is_ok()
}

fn hex(text: &str) -> Option<Vec<u8>> {
    let digits = text.len() == 64 && text.bytes().all(|byte| byte.is_ascii_hexdigit());
    let pairs = || text.as_bytes().chunks(2).map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok());
    if digits { pairs().collect() } else { None }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(pairs: &[(&'static str, &str)]) -> HeaderMap {
        let mut headers = HeaderMap::new();
        for (name, value) in pairs {
            headers.append(*name, value.parse().expect("a value"));
        }
        headers
    }

    /// Source: GitHub's page on validating deliveries, which gives secret, body and signature.
    #[test]
    fn github_signs_the_body() {
        let body = b"Hello, World!";
        let good = "sha256=757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17";
        let proof =
            |pairs: &[(&'static str, &str)], body: &[u8]| github("It's a Secret to Everybody", &headers(pairs), body);
        assert_eq!(proof(&[("x-hub-signature-256", good)], body), Proof::Good);
        assert_eq!(proof(&[("x-hub-signature-256", good)], b"Hello, World"), Proof::Wrong);
        assert_eq!(proof(&[], body), Proof::None);
        for wrong in ["sha256=", "sha1=757107ea", &good[..70], &good.replace('7', "8"), "757107"] {
            assert_eq!(proof(&[("x-hub-signature-256", wrong)], body), Proof::Wrong, "{wrong}");
        }
        assert_eq!(proof(&[("x-hub-signature-256", good), ("x-hub-signature-256", good)], body), Proof::None);
        let empty =
            mac(b"", &[body]).finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        assert_eq!(github("", &headers(&[("x-hub-signature-256", &format!("sha256={empty}"))]), body), Proof::Wrong);
    }

    #[test]
    fn gitlab_shows_a_token() {
        let proof =
            |secret: &str, token: &str| gitlab(secret, &headers(&[("x-gitlab-token", token)]), b"{}", Timestamp(0));
        assert_eq!(proof("geheim", "geheim"), Proof::Good);
        for wrong in ["geheim2", "Geheim", "g"] {
            assert_eq!(proof("geheim", wrong), Proof::Wrong, "{wrong}");
        }
        assert_eq!(gitlab("geheim", &HeaderMap::new(), b"{}", Timestamp(0)), Proof::None);
        assert_eq!(gitlab("", &headers(&[("x-gitlab-token", "")]), b"{}", Timestamp(0)), Proof::None);
        assert_eq!(proof("whsec_Z2VoZWlt", "whsec_Z2VoZWlt"), Proof::None, "a signing token is never sent");
    }

    /// Source: the example of the specification of Standard Webhooks.
    #[test]
    fn standard_webhooks_sign_id_time_and_body() {
        let secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";
        let body = br#"{"test": 2432232314}"#;
        let signed = [
            ("webhook-id", "msg_p5jXN8AQM9LWM0D4loKWxJek"),
            ("webhook-timestamp", "1614265330"),
            ("webhook-signature", "v1,AAAA v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v2,x"),
        ];
        let at = |s: i64| Timestamp(s * 1000);
        assert_eq!(gitlab(secret, &headers(&signed), body, at(1_614_265_330)), Proof::Good);
        assert_eq!(gitlab(secret, &headers(&signed), body, at(1_614_265_630)), Proof::Good);
        assert_eq!(gitlab(secret, &headers(&signed), body, at(1_614_265_631)), Proof::Stale);
        assert_eq!(gitlab(secret, &headers(&signed), body, at(1_614_265_029)), Proof::Stale);
        assert_eq!(gitlab(secret, &headers(&signed), b"{}", at(1_614_265_330)), Proof::Wrong);
        assert_eq!(gitlab(secret, &headers(&signed[1..]), body, at(1_614_265_330)), Proof::Wrong);
        assert_eq!(gitlab("whsec_", &headers(&signed), body, at(1_614_265_330)), Proof::Wrong);
        assert_eq!(gitlab("whsec_!", &headers(&signed), body, at(1_614_265_330)), Proof::Wrong);
    }
}
