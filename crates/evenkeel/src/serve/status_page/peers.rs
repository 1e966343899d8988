//! How often somebody may ask to be subscribed: each asking sends a mail to an address that need not be theirs.

use std::collections::BTreeMap;
use std::net::IpAddr;
use std::sync::{Mutex, PoisonError};

use evenkeel_time::{Duration, Timestamp};

/// One peer may ask so often within [`WINDOW`].
const PER_PEER_MAX: usize = 5;
/// All together may ask so often within it.
const TOGETHER_MAX: usize = 300;
const WINDOW: Duration = Duration::minutes(10);

/// When who asked.
#[derive(Debug, Default)]
pub(super) struct Peers(Mutex<Asked>);

#[derive(Debug, Default)]
struct Asked {
    by_peer: BTreeMap<IpAddr, Vec<Timestamp>>,
}

impl Peers {
    /// Whether a peer may ask now; counts as asked then.
    pub(super) fn may_ask(&self, peer: IpAddr, now: Timestamp) -> bool {
        let mut asked = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        asked.by_peer.retain(|_, times| {
            times.retain(|at| *at + WINDOW > now);
            !times.is_empty()
        });
        // Bounded by how many may ask, since who asked nothing is not held.
        let together: usize = asked.by_peer.values().map(Vec::len).sum();
        let times = asked.by_peer.entry(network(peer)).or_default();
        let may = together < TOGETHER_MAX && times.len() < PER_PEER_MAX;
        if may {
            times.push(now);
        }
        may
    }
}

/// Whoever has one address of version 6 has all of its network.
fn network(peer: IpAddr) -> IpAddr {
    match peer.to_canonical() {
        IpAddr::V6(address) => IpAddr::V6((u128::from(address) & !u128::from(u64::MAX)).into()),
        v4 @ IpAddr::V4(_) => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_peer_asks_seldom_and_all_together_not_too_often() {
        let peers = Peers::default();
        let peer = |n: u16| IpAddr::from([0x2001, 0xdb8, 0, n, 0, 0, 0, 1]);
        let may = |n, at| peers.may_ask(peer(n), Timestamp(at));
        assert!((0..5).all(|_| may(1, 0)));
        assert!(!may(1, 1));
        assert!(!peers.may_ask(IpAddr::from([0x2001, 0xdb8, 0, 1, 9, 9, 9, 9]), Timestamp(1)), "the same network");
        assert!(may(1, WINDOW.0), "after a while again");
        let taken = (2..1000).filter(|n| may(*n, WINDOW.0)).count();
        assert_eq!(taken, TOGETHER_MAX - 1);
    }
}
