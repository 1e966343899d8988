//! Asks many addresses: each once, few at a time, fewer of one host.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use evenkeel_diagnostic::Spanned;
use evenkeel_notify::{Asking, HttpClient};
use tokio::sync::Semaphore;
use tokio::task::JoinSet;

use crate::Answer;
use crate::address::{asked, has_credentials, host};

/// How much is asked at once, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limits {
    /// One request with all its redirects ends after this.
    pub timeout: Duration,
    /// So many requests are under way at once.
    pub at_once: usize,
    /// So many of them to one host.
    pub at_once_per_host: usize,
    /// Further addresses are not asked.
    pub addresses_max: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { timeout: Duration::from_secs(10), at_once: 16, at_once_per_host: 2, addresses_max: 10_000 }
    }
}

/// Asks each address once and says what came of it, by address without its fragment.
pub async fn ask(client: &HttpClient, addresses: &[Spanned<Box<str>>], limits: Limits) -> BTreeMap<Box<str>, Answer> {
    let mut answers = BTreeMap::new();
    let mut hosts: BTreeMap<&str, Arc<Semaphore>> = BTreeMap::new();
    let everywhere = Arc::new(Semaphore::new(limits.at_once));
    let mut requests = JoinSet::new();
    for address in addresses.iter().map(|address| asked(&address.value)) {
        if answers.contains_key(address) {
            continue;
        }
        let refused = refusal(address, requests.len(), limits);
        // Holds the place of what is under way, so that nothing is asked twice.
        let broken_off = "a bug in Evenkeel broke it off".to_owned();
        answers.insert(Box::from(address), refused.clone().unwrap_or(Answer::Unreachable(broken_off)));
        if refused.is_some() {
            continue;
        }
        let here = hosts.entry(host(address)).or_insert_with(|| Arc::new(Semaphore::new(limits.at_once_per_host)));
        let (here, everywhere, client) = (Arc::clone(here), Arc::clone(&everywhere), client.clone());
        let address: Box<str> = address.into();
        requests.spawn(async move {
            let _here = here.acquire_owned().await;
            let _everywhere = everywhere.acquire_owned().await;
            let answer = one(&client, &address, limits.timeout).await;
            (address, answer)
        });
    }
    while let Some(done) = requests.join_next().await {
        answers.extend(done.ok());
    }
    answers
}

/// Why an address is not asked at all.
fn refusal(address: &str, before: usize, limits: Limits) -> Option<Answer> {
    let why = if address.contains("{{") {
        "it is a template"
    } else if has_credentials(address) {
        "it has a user or a password in it"
    } else if before >= limits.addresses_max {
        "there are too many"
    } else {
        return None;
    };
    Some(Answer::NotAsked(why.to_owned()))
}

/// Many servers answer a request for the head alone with an error, so that an error is asked for again in full.
async fn one(client: &HttpClient, address: &str, timeout: Duration) -> Answer {
    match client.ask(address, Asking::Head, timeout).await {
        Ok(status @ (..400 | 429)) => Answer::of_status(status),
        Ok(_) => match client.ask(address, Asking::Get, timeout).await {
            Ok(status) => Answer::of_status(status),
            Err(error) => Answer::of_error(error),
        },
        Err(error) => Answer::of_error(error),
    }
}
