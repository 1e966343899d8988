//! Loopback ports that are free, and stay free while whoever held one is dead.
//!
//! They lie below the range that kernels take for outgoing connections. A port of that range could become some
//! connection's own while its service is down, and the service could not come back to it.

use std::net::{Ipv4Addr, SocketAddr, TcpListener};

use anyhow::{Context, bail};

const FIRST: u16 = 20_000;
const COUNT: u32 = 10_000;
const TRIES: usize = 100;

/// Returns so many different addresses nobody listens at.
pub(crate) fn free<const N: usize>() -> anyhow::Result<[SocketAddr; N]> {
    let mut held = Vec::with_capacity(N);
    for _ in 0..TRIES {
        if held.len() == N {
            break;
        }
        let offset = u16::try_from(random()? % COUNT).context("a port")?;
        held.extend(TcpListener::bind((Ipv4Addr::LOCALHOST, FIRST + offset)).ok());
    }
    let addresses = held.iter().map(TcpListener::local_addr).collect::<Result<Vec<_>, _>>()?;
    let Ok(addresses) = addresses.try_into() else {
        bail!("cannot find {N} free ports on 127.0.0.1 from {FIRST} on");
    };
    Ok(addresses)
}

/// Returns a random number.
pub(crate) fn random() -> anyhow::Result<u32> {
    getrandom::u32().context("the system gives no random numbers")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn free_ports_differ_and_can_be_listened_at() {
        let [a, b] = free::<2>().expect("ports");
        assert_ne!(a, b);
        assert!(TcpListener::bind(a).is_ok() && TcpListener::bind(b).is_ok());
    }
}
