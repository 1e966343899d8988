//! The formats of others, read as the binary has them read.

use evenkeel_api::{Delivered, Foreign, Unread};
use evenkeel_fact::IncomingFact;
use evenkeel_forge::{EventFault, HookFault, Told};
use evenkeel_model::{EventSource, SecretRef};
use evenkeel_time::Timestamp;
use http::HeaderMap;

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

/// Files are not read here.
fn hook(source: &EventSource, headers: &HeaderMap, body: &[u8], now: Timestamp) -> Result<Delivered, Unread> {
    let SecretRef::Inline(secret) = &source.secret else {
        return Err(Unread::Unavailable(format!("the secret of the event source `{}` cannot be read", source.name)));
    };
    match evenkeel_forge::hook(source, secret, headers, body, now) {
        Ok(Told::Nothing(word)) => Ok(Delivered { word: Some(word), ..Delivered::default() }),
        Ok(Told::Facts(told)) => {
            let (hints, facts): (Vec<_>, Vec<_>) = told.into_iter().partition(|told| told.hint);
            let those = |told: Vec<evenkeel_forge::ToldFact>| told.into_iter().map(|told| told.fact).collect();
            Ok(Delivered { facts: those(facts), hints: those(hints), word: None })
        }
        Err(HookFault::Malformed(why)) => Err(Unread::Malformed(why)),
        Err(fault) => Err(Unread::Unproven(fault.to_string())),
    }
}
