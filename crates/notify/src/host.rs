//! The host part of a URL: an address in whatever notation, or a name.
//!
//! `getaddrinfo` takes `0x7f.1`, `2130706433` and `017700000001` for 127.0.0.1, so all of these are read here, and
//! what merely looks like an address is refused instead of being asked of a name server.

use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// What a host text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Host {
    /// An address.
    Address(IpAddr),
    /// A name to be resolved.
    Name,
    /// A name that always means this machine.
    Localhost,
    /// Neither: ends in a number but is no address, or has characters that no name has.
    Malformed,
}

/// Reads a host as it stands in a URL, IPv6 in brackets or bare.
pub(crate) fn read(host: &str) -> Host {
    let bracketed = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    if let Some(inner) = bracketed.or_else(|| host.contains(':').then_some(host)) {
        // A zone (`%eth0`) picks an interface; the address before it is what counts.
        let address = inner.split('%').next().unwrap_or(inner);
        return address.parse::<Ipv6Addr>().map_or(Host::Malformed, |v6| Host::Address(v6.into()));
    }
    let name = host.strip_suffix('.').unwrap_or(host);
    let last = name.rsplit('.').next().unwrap_or(name);
    if name.is_empty() || !name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_' | b'.')) {
        Host::Malformed
    } else if looks_numeric(last) {
        ipv4(name).map_or(Host::Malformed, |v4| Host::Address(v4.into()))
    } else if last.eq_ignore_ascii_case("localhost") {
        Host::Localhost
    } else {
        Host::Name
    }
}

/// A text whose last label looks like this is an address or nothing.
fn looks_numeric(label: &str) -> bool {
    let hexadecimal = label.strip_prefix("0x").or_else(|| label.strip_prefix("0X"));
    hexadecimal.map_or_else(
        || label.bytes().all(|b| b.is_ascii_digit()),
        |digits| digits.bytes().all(|b| b.is_ascii_hexdigit()),
    )
}

/// One to four numbers, decimal, octal or hexadecimal; the last one fills the remaining bytes.
///
/// Source: `inet_aton(3)`; WHATWG URL, "IPv4 parser".
fn ipv4(text: &str) -> Option<Ipv4Addr> {
    let numbers: Vec<u32> = text.split('.').map(number).collect::<Option<_>>()?;
    let (last, first) = numbers.split_last()?;
    let open_bits = 32_u32.checked_sub(8 * u32::try_from(first.len()).ok()?).filter(|bits| *bits > 0)?;
    if first.iter().any(|byte| *byte > 255) || (open_bits < 32 && *last >> open_bits != 0) {
        return None;
    }
    let high = first.iter().fold(0_u32, |sum, byte| sum << 8 | byte);
    Some(Ipv4Addr::from_bits(if open_bits == 32 { *last } else { high << open_bits | last }))
}

fn number(text: &str) -> Option<u32> {
    let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
    let (digits, radix) = match (hexadecimal, text.strip_prefix('0')) {
        (Some(""), _) => return Some(0),
        (Some(digits), _) => (digits, 16),
        (None, Some(digits)) if !digits.is_empty() => (digits, 8),
        (None, _) => (text, 10),
    };
    let plain = digits.bytes().all(|b| b.is_ascii_hexdigit());
    if plain { u32::from_str_radix(digits, radix).ok() } else { None }
}
