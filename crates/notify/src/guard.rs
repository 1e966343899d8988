//! From a host to the addresses that may be connected to. The connection then goes to one of these, never to a name.

use std::net::{IpAddr, SocketAddr, ToSocketAddrs};
use std::sync::Arc;

use tokio::sync::Semaphore;

use crate::address::{Allowed, refusal};
use crate::failure::{Fault, HttpError};
use crate::host::{Host, read};

/// Looks names up, a bounded number at a time, off the runtime's threads.
#[derive(Debug, Clone)]
pub(crate) struct Guard {
    lookups: Arc<Semaphore>,
}

/// `getaddrinfo` cannot be cancelled, so this bounds the threads that a silent name server can hold.
const LOOKUPS_AT_ONCE: usize = 16;

impl Guard {
    pub(crate) fn new() -> Self {
        Self { lookups: Arc::new(Semaphore::new(LOOKUPS_AT_ONCE)) }
    }

    /// The addresses of a host that may be spoken to, in the resolver's order.
    pub(crate) async fn resolve(&self, host: &str, port: u16, allowed: Allowed) -> Result<Vec<SocketAddr>, HttpError> {
        let error = |fault, reason: String| HttpError { fault, place: format!("{host}:{port}"), reason };
        let addresses = match read(host) {
            Host::Address(address) => vec![address],
            Host::Malformed => return Err(error(Fault::Address, "neither a host name nor an address".to_owned())),
            Host::Localhost if allowed == Allowed::Guarded => {
                return Err(error(Fault::Refused, "not allowed: it is a loopback address".to_owned()));
            }
            Host::Localhost | Host::Name => self.look_up(host).await.map_err(|reason| error(Fault::Lookup, reason))?,
        };
        checked(&addresses, port, allowed)
            .map_err(|reason| error(Fault::Refused, format!("not allowed: it is {reason}")))
    }

    async fn look_up(&self, host: &str) -> Result<Vec<IpAddr>, String> {
        let permit = Arc::clone(&self.lookups).acquire_owned().await.map_err(|_| "shutting down".to_owned())?;
        let name = host.to_owned();
        let lookup = tokio::task::spawn_blocking(move || {
            let found = (name.as_str(), 0).to_socket_addrs();
            drop(permit);
            found.map(|found| found.map(|address| address.ip()).collect::<Vec<_>>())
        });
        match lookup.await {
            Ok(Ok(found)) if !found.is_empty() => Ok(found),
            Ok(Ok(_)) => Err("the name has no address".to_owned()),
            Ok(Err(_)) => Err("the name does not resolve".to_owned()),
            Err(_) => Err("the lookup broke off".to_owned()),
        }
    }
}

/// Those that may be spoken to; when there is none, what the first one is.
fn checked(addresses: &[IpAddr], port: u16, allowed: Allowed) -> Result<Vec<SocketAddr>, &'static str> {
    let good: Vec<SocketAddr> = addresses
        .iter()
        .filter(|address| refusal(**address, allowed).is_none())
        .map(|address| SocketAddr::new(*address, port))
        .collect();
    match addresses.iter().find_map(|address| refusal(*address, allowed)) {
        Some(reason) if good.is_empty() => Err(reason),
        Some(_) | None => Ok(good),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_name_counts_for_what_it_resolves_to() {
        let guard = Guard::new();
        let shown = |result: Result<Vec<SocketAddr>, HttpError>| match result {
            Ok(_) => "passes".to_owned(),
            Err(error) => error.to_string(),
        };
        assert_eq!(shown(guard.resolve("localhost", 80, Allowed::Literal).await), "passes");
        let guarded = guard.resolve("localhost", 80, Allowed::Guarded).await;
        assert_eq!(shown(guarded), "localhost:80: not allowed: it is a loopback address");
        let metadata = guard.resolve("0xa9fea9fe", 80, Allowed::Literal).await;
        assert_eq!(shown(metadata), "0xa9fea9fe:80: not allowed: it is a link-local or metadata address");
        let malformed = guard.resolve("1.2.3.4.5", 80, Allowed::Literal).await;
        assert_eq!(shown(malformed), "1.2.3.4.5:80: neither a host name nor an address");
    }

    #[test]
    fn of_several_addresses_only_the_public_ones_are_connected_to() {
        let addresses: Vec<IpAddr> = ["10.0.0.1", "8.8.8.8"].iter().filter_map(|text| text.parse().ok()).collect();
        let public = SocketAddr::new(addresses[1], 1);
        assert_eq!(checked(&addresses, 1, Allowed::Guarded), Ok(vec![public]));
        assert_eq!(checked(&addresses[..1], 1, Allowed::Guarded), Err("a private address"));
    }
}
