//! What others send in formats of their own, read by the edge that knows these.

use std::fs;
use std::io::Read;

use evenkeel_api::{Delivered, Foreign, Unread};
use evenkeel_fact::IncomingFact;
use evenkeel_forge::{EventFault, HookFault, Told};
use evenkeel_model::{EventSource, Secret, SecretRef};
use evenkeel_time::Timestamp;
use http::HeaderMap;

/// A longer file holds no secret of a webhook.
const SECRET_BYTES_MAX: u64 = 64 * 1024;

/// For the router.
pub(crate) const FOREIGN: Foreign = Foreign { events, signed, hook };

fn events(headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Vec<IncomingFact>, Unread> {
    evenkeel_forge::events(headers, body, now).map_err(|fault| match &fault {
        EventFault::Unsupported(_) => Unread::Unsupported(fault.to_string()),
        EventFault::TooMany => Unread::TooMany(fault.to_string()),
        EventFault::Malformed(_) => Unread::Malformed(fault.to_string()),
    })
}

fn signed(source: &EventSource, headers: &HeaderMap) -> bool {
    evenkeel_forge::signed(source.forge, headers)
}

fn hook(source: &EventSource, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Delivered, Unread> {
    let secret = secret(source)?;
    let told = evenkeel_forge::hook(source, &secret, headers, body, now).map_err(|fault| match &fault {
        HookFault::Unsigned(_) | HookFault::WrongSignature(_) | HookFault::Stale => Unread::Unproven(fault.to_string()),
        HookFault::Malformed(_) => Unread::Malformed(fault.to_string()),
    })?;
    Ok(match told {
        Told::Nothing(word) => Delivered { word: Some(word), ..Delivered::default() },
        Told::Facts(told) => {
            let (hints, facts): (Vec<_>, Vec<_>) = told.into_iter().partition(|told| told.hint);
            let those = |told: Vec<evenkeel_forge::ToldFact>| told.into_iter().map(|told| told.fact).collect();
            Delivered { facts: those(facts), hints: those(hints), word: None }
        }
    })
}

/// Read at each use, so that a new secret needs no reload. Where it lies is nobody's business who calls.
fn secret(source: &EventSource) -> Result<Secret, Unread> {
    match &source.secret {
        SecretRef::Inline(secret) => Ok(secret.clone()),
        SecretRef::File(path) => tokio::task::block_in_place(|| from_file(path)).map(Secret::new).map_err(|error| {
            tracing::warn!(source = %source.name, file = %path, %error, "the secret of an event source cannot be read");
            Unread::Unavailable(format!("the secret of the event source `{}` cannot be read", source.name))
        }),
    }
}

fn from_file(path: &str) -> std::io::Result<String> {
    // Opening a pipe would wait for whoever writes into it.
    if !fs::metadata(path)?.is_file() {
        return Err(std::io::Error::other("not a file"));
    }
    let mut text = String::new();
    fs::File::open(path)?.take(SECRET_BYTES_MAX + 1).read_to_string(&mut text)?;
    if text.len() as u64 > SECRET_BYTES_MAX {
        return Err(std::io::Error::other("too long for a secret"));
    }
    let line = text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    Ok(line.map_or_else(|| text.clone(), str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_model::Forge;

    fn of_file(path: &str) -> EventSource {
        EventSource {
            name: "github".into(),
            forge: Forge::Github,
            secret: SecretRef::File(path.into()),
            repositories: Vec::new(),
        }
    }

    #[tokio::test(flavor = "multi_thread")]
    async fn a_secret_is_the_first_line_of_its_file_and_its_place_is_not_told() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("secret");
        for (held, read) in [("geheim\n", "geheim"), ("geheim\r\n", "geheim"), ("geheim", "geheim"), ("a\nb\n", "a\nb")]
        {
            fs::write(&path, held).expect("a file");
            let read_secret = secret(&of_file(path.to_str().expect("a path"))).expect("a secret");
            assert_eq!(read_secret.expose(), read);
        }
        for place in [folder.path().to_str().expect("a path"), "/nowhere/at/all"] {
            let unread = secret(&of_file(place)).expect_err("no secret");
            let said = "the secret of the event source `github` cannot be read".to_owned();
            assert_eq!(unread, Unread::Unavailable(said));
        }
    }
}
