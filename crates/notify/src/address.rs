//! Which IP addresses may be spoken to.
//!
//! An address written literally in the adopted ops repo is its own permission, whatever network it is in. Everything
//! else (a redirect, an address out of an alert) may go to public addresses only. The link-local addresses at which
//! clouds hand out credentials are refused to both.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// On whose word an address is spoken to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Allowed {
    /// It stands in the adopted ops repo.
    Literal,
    /// It came from anywhere else.
    Guarded,
}

/// Why an address may not be spoken to, as the end of "it is …"; `None` when it may.
pub(crate) fn refusal(address: IpAddr, allowed: Allowed) -> Option<&'static str> {
    let inner = match address {
        IpAddr::V4(v4) => Some(v4),
        IpAddr::V6(v6) => embedded(v6),
    };
    let metadata = match address {
        IpAddr::V4(_) => false,
        IpAddr::V6(v6) => v6.is_unicast_link_local() || (v6.segments().starts_with(&[0xfd00, 0xec2, 0, 0, 0, 0, 0])),
    };
    if metadata || inner.is_some_and(|v4| v4.is_link_local()) {
        return Some("a link-local or metadata address");
    }
    match (allowed, address) {
        (Allowed::Literal, _) => None,
        (Allowed::Guarded, IpAddr::V4(v4)) => not_public_v4(v4),
        (Allowed::Guarded, IpAddr::V6(v6)) => not_public_v6(v6),
    }
}

/// Networks of the IANA special-purpose registry that are not reachable from everywhere: network, prefix length, what.
const SPECIAL_V4: [(Ipv4Addr, u32, &str); 18] = [
    (Ipv4Addr::new(0, 0, 0, 0), 8, "an unspecified address"),
    (Ipv4Addr::new(10, 0, 0, 0), 8, "a private address"),
    (Ipv4Addr::new(100, 64, 0, 0), 10, "a carrier's shared address"),
    (Ipv4Addr::new(127, 0, 0, 0), 8, "a loopback address"),
    (Ipv4Addr::new(172, 16, 0, 0), 12, "a private address"),
    (Ipv4Addr::new(192, 0, 0, 0), 24, "a protocol address"),
    (Ipv4Addr::new(192, 0, 2, 0), 24, "a documentation address"),
    (Ipv4Addr::new(192, 31, 196, 0), 24, "a protocol address"),
    (Ipv4Addr::new(192, 52, 193, 0), 24, "a protocol address"),
    (Ipv4Addr::new(192, 88, 99, 0), 24, "a 6to4 relay"),
    (Ipv4Addr::new(192, 168, 0, 0), 16, "a private address"),
    (Ipv4Addr::new(192, 175, 48, 0), 24, "a protocol address"),
    (Ipv4Addr::new(198, 18, 0, 0), 15, "a benchmarking address"),
    (Ipv4Addr::new(198, 51, 100, 0), 24, "a documentation address"),
    (Ipv4Addr::new(203, 0, 113, 0), 24, "a documentation address"),
    (Ipv4Addr::new(224, 0, 0, 0), 4, "a multicast address"),
    (Ipv4Addr::new(255, 255, 255, 255), 32, "the broadcast address"),
    (Ipv4Addr::new(240, 0, 0, 0), 4, "a reserved address"),
];

fn not_public_v4(address: Ipv4Addr) -> Option<&'static str> {
    let found =
        SPECIAL_V4.iter().find(|(network, length, _)| (address.to_bits() ^ network.to_bits()) >> (32 - length) == 0);
    found.map(|(_, _, what)| *what)
}

/// Parts of 2000::/3, the only global unicast space, that are not public all the same.
const SPECIAL_V6: [(Ipv6Addr, u32, &str); 4] = [
    (Ipv6Addr::new(0x2001, 0, 0, 0, 0, 0, 0, 0), 23, "a protocol address"),
    (Ipv6Addr::new(0x2001, 0xdb8, 0, 0, 0, 0, 0, 0), 32, "a documentation address"),
    (Ipv6Addr::new(0x2002, 0, 0, 0, 0, 0, 0, 0), 16, "a 6to4 address"),
    (Ipv6Addr::new(0x3fff, 0, 0, 0, 0, 0, 0, 0), 20, "a documentation address"),
];

fn not_public_v6(address: Ipv6Addr) -> Option<&'static str> {
    if address.is_loopback() {
        return Some("a loopback address");
    }
    if address.is_unique_local() {
        return Some("a private address");
    }
    if address.to_bits() >> 125 != 0b001 {
        return Some("not a public address");
    }
    let found =
        SPECIAL_V6.iter().find(|(network, length, _)| (address.to_bits() ^ network.to_bits()) >> (128 - length) == 0);
    found.map(|(_, _, what)| *what)
}

/// The IPv4 address that an IPv6 address stands for or leads to: mapped, compatible, translated, NAT64, 6to4, Teredo.
fn embedded(address: Ipv6Addr) -> Option<Ipv4Addr> {
    let [a, b, c, d, e, f, g, h] = address.segments();
    let v4 = |high: u16, low: u16| Some(Ipv4Addr::from_bits(u32::from(high) << 16 | u32::from(low)));
    match (a, b, c, d, e, f) {
        (0, 0, 0, 0, 0, 0 | 0xffff) | (0, 0, 0, 0, 0xffff, 0) | (0x64, 0xff9b, ..) => v4(g, h),
        (0x2002, ..) => v4(b, c),
        (0x2001, 0, ..) => v4(!g, !h),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
