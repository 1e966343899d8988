//! One delivery of a webhook, for one source of events.

use std::fmt;

use evenkeel_model::{EventSource, Forge, Secret};
use evenkeel_time::Timestamp;
use http::HeaderMap;
use serde_json::Value;

use crate::payload::Payload;
use crate::signature::{self, Proof};
use crate::told::Place;
use crate::{Told, form, github, gitlab, headers};

/// A delivery that is not taken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum HookFault {
    /// It does not say that it knows the secret.
    Unsigned(Forge),
    /// It says so, and it is not true.
    WrongSignature(Forge),
    /// It was signed more than five minutes ago, or will be.
    Stale,
    /// It is right and cannot be read.
    Malformed(String),
}

impl fmt::Display for HookFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Unsigned(forge) => write!(f, "the delivery is not signed as {} signs", name(*forge)),
            Self::WrongSignature(forge) => {
                write!(f, "the delivery's signature is not that of this source's secret, as {} signs", name(*forge))
            }
            Self::Stale => f.write_str("the delivery was signed more than five minutes from now"),
            Self::Malformed(why) => write!(f, "the delivery cannot be read: {why}"),
        }
    }
}

impl std::error::Error for HookFault {}

const fn name(forge: Forge) -> &'static str {
    match forge {
        Forge::Github => "GitHub",
        Forge::Gitlab => "GitLab",
    }
}

/// Whether a delivery says at all that it knows a secret: what does not need not be read.
#[must_use]
pub fn signed(forge: Forge, headers: &HeaderMap) -> bool {
    let there = |name: &str| headers::one(headers, name).is_some();
    match forge {
        Forge::Github => there("x-hub-signature-256"),
        Forge::Gitlab => there("x-gitlab-token") || there("webhook-signature"),
    }
}

/// What a delivery tells, if it comes from who knows the secret.
///
/// # Errors
/// [`HookFault`].
pub fn read(
    source: &EventSource,
    secret: &Secret,
    headers: &HeaderMap,
    body: &[u8],
    now: Timestamp,
) -> Result<Told, HookFault> {
    let secret = secret.expose();
    let proof = match source.forge {
        Forge::Github => signature::github(secret, headers, body),
        Forge::Gitlab => signature::gitlab(secret, headers, body, now),
    };
    match proof {
        Proof::Good => {}
        Proof::None => return Err(HookFault::Unsigned(source.forge)),
        Proof::Wrong => return Err(HookFault::WrongSignature(source.forge)),
        Proof::Stale => return Err(HookFault::Stale),
    }
    let json = json(headers, body)?;
    let payload = Payload(&json);
    let repository = match source.forge {
        Forge::Github => payload.text("/repository/full_name"),
        Forge::Gitlab => payload.text("/project/path_with_namespace"),
    };
    let event = match source.forge {
        Forge::Github => headers::one(headers, "x-github-event"),
        Forge::Gitlab => payload.text("/object_kind"),
    };
    let event = event.ok_or_else(|| HookFault::Malformed("it does not say which event it is".to_owned()))?;
    if event == "ping" {
        return Ok(Told::nothing("the webhook works"));
    }
    let Some(repository) = repository else { return Ok(Told::nothing("it is about no repository")) };
    // Both forges take names in any case for the same.
    let mut known = source.repositories.iter().filter(|(name, _)| name.eq_ignore_ascii_case(repository));
    let Some((_, workload)) = known.next() else {
        return Ok(Told::nothing(format!("this event source does not list the repository `{repository}`")));
    };
    let place = Place { source: &source.name, repository, workload: workload.as_ref(), now };
    Ok(checked(match source.forge {
        Forge::Github => github::read(event, payload, &place),
        Forge::Gitlab => gitlab::read(event, payload, &place),
    }))
}

/// Without what its kind does not allow, such as a name that is too long.
fn checked(told: Told) -> Told {
    let Told::Facts(mut facts) = told else { return told };
    let mut why = None;
    facts.retain(|told| match evenkeel_fact::check(&told.fact) {
        Ok(_) => true,
        Err(faults) => {
            why = faults.first().map(ToString::to_string).or(why.take());
            false
        }
    });
    match why {
        Some(why) if facts.is_empty() => Told::Nothing(why),
        Some(_) | None => Told::Facts(facts),
    }
}

fn json(headers: &HeaderMap, body: &[u8]) -> Result<Value, HookFault> {
    let malformed = |why: &str| HookFault::Malformed(why.to_owned());
    let read = |bytes: &[u8]| serde_json::from_slice(bytes).map_err(|error| HookFault::Malformed(error.to_string()));
    match headers::content_type(headers).as_str() {
        "application/json" => read(body),
        "application/x-www-form-urlencoded" => {
            let payload = form::payload(body).ok_or_else(|| malformed("the form has no field `payload`"))?;
            read(payload.as_bytes())
        }
        _ => Err(malformed("its content type is not `application/json`")),
    }
}
