//! The `host:port` of a `Host` header or an origin, and whether it is one of ours.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

/// Host and port as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Authority<'a> {
    /// Without brackets.
    host: &'a str,
    port: Option<&'a str>,
}

impl fmt::Display for Authority<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.host.contains(':') {
            write!(f, "[{}]", self.host)?
        } else {
            f.write_str(self.host)?
        }
        self.port.map_or(Ok(()), |port| write!(f, ":{port}"))
    }
}

impl<'a> Authority<'a> {
    /// Takes `name`, `name:port`, `[v6]` or `[v6]:port` apart.
    pub(crate) fn parse(text: &'a str) -> Option<Self> {
        let (host, rest) = match text.strip_prefix('[') {
            Some(inside) => inside.split_once(']')?,
            None => text.split_at(text.find(':').unwrap_or(text.len())),
        };
        let port = match rest.strip_prefix(':') {
            Some(port) if port.len() <= 5 && port.bytes().all(|b| b.is_ascii_digit()) => {
                Some(port).filter(|port| !port.is_empty())
            }
            Some(_) => return None,
            None if rest.is_empty() => None,
            None => return None,
        };
        (!host.is_empty()).then_some(Self { host, port })
    }

    /// The authority of an `http` or `https` origin.
    pub(crate) fn of_origin(origin: &'a str) -> Option<Self> {
        let authority = origin.strip_prefix("http://").or_else(|| origin.strip_prefix("https://"))?;
        Self::parse(authority)
    }

    /// The authority of an `http` or `https` URL.
    pub(crate) fn of_url(url: &'a str) -> Option<Self> {
        let end = url.match_indices('/').nth(2).map_or(url.len(), |(at, _)| at);
        Self::of_origin(url.get(..end)?)
    }

    /// Whether it names this machine and can be no one else's: a name server's answer is not asked for.
    pub(crate) fn loopback(self) -> bool {
        self.host.eq_ignore_ascii_case("localhost")
            || self.host.parse::<Ipv4Addr>().is_ok_and(|address| address.is_loopback())
            || self.host.parse::<Ipv6Addr>().is_ok_and(|address| address.is_loopback())
    }

    /// Whether it is an entry of a list of `name` (any port) and `name:port`.
    pub(crate) fn listed(self, list: &[String]) -> bool {
        list.iter().filter_map(|entry| Authority::parse(entry)).any(|entry| {
            entry.host.eq_ignore_ascii_case(self.host) && (entry.port.is_none() || entry.port == self.port)
        })
    }

    /// Whether it is an entry of a list, port and all.
    pub(crate) fn exactly_listed(self, list: &[String]) -> bool {
        list.iter().filter_map(|entry| Authority::parse(entry)).any(|entry| entry.same(self))
    }

    /// Whether both are the same place.
    pub(crate) fn same(self, other: Self) -> bool {
        self.host.eq_ignore_ascii_case(other.host) && self.port == other.port
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn loopback(text: &str) -> Option<bool> {
        Authority::parse(text).map(Authority::loopback)
    }

    #[test]
    fn loopback_is_told_by_its_spelling() {
        for ours in ["localhost", "LOCALHOST:1", "127.0.0.1:7070", "127.9.9.9", "[::1]", "[::1]:80", "127.0.0.1:"] {
            assert_eq!(loopback(ours), Some(true), "{ours}");
        }
        for other in ["localhost.evil.example", "127.0.0.1.evil.example:1", "10.0.0.1", "[::2]", "0.0.0.0", "0x7f.1"] {
            assert_eq!(loopback(other), Some(false), "{other}");
        }
        for none in ["", ":80", "[::1", "a:b", "a:1:2", "[::1]x", "a:123456"] {
            assert_eq!(loopback(none), None, "{none}");
        }
    }

    #[test]
    fn lists_hold_names_and_names_with_ports() {
        let list = ["ops.example".to_owned(), "other.example:81".to_owned()];
        let listed = |text| Authority::parse(text).is_some_and(|authority: Authority<'_>| authority.listed(&list));
        assert!(listed("OPS.example:5") && listed("ops.example") && listed("other.example:81"));
        assert!(!listed("other.example") && !listed("x.ops.example"));
    }
}
