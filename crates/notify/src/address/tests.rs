//! Every notation of every kind of address, and what the guard says to it.

use super::*;
use crate::host::{Host, read};

fn verdict(host: &str, allowed: Allowed) -> &'static str {
    match read(host) {
        Host::Address(address) => refusal(address, allowed).unwrap_or("passes"),
        Host::Name => "name",
        Host::Localhost => "localhost",
        Host::Malformed => "malformed",
    }
}

/// Host, what the guard says, whether the same is refused although it is written in the ops repo.
const TABLE: &[(&str, &str, bool)] = &[
    // loopback, in every notation that some resolver takes
    ("127.0.0.1", "a loopback address", false),
    ("127.255.255.254", "a loopback address", false),
    ("127.1", "a loopback address", false),
    ("127.0.1", "a loopback address", false),
    ("2130706433", "a loopback address", false),
    ("0x7f000001", "a loopback address", false),
    ("0X7F.0x0.0x0.0x1", "a loopback address", false),
    ("0x7f.1", "a loopback address", false),
    ("017700000001", "a loopback address", false),
    ("0177.0.0.1", "a loopback address", false),
    ("0177.0x0.1", "a loopback address", false),
    ("00000177.0.0.1", "a loopback address", false),
    ("127.0.0.1.", "a loopback address", false),
    ("[::1]", "a loopback address", false),
    ("[0:0:0:0:0:0:0:1]", "a loopback address", false),
    ("[0000:0000:0000:0000:0000:0000:0000:0001]", "a loopback address", false),
    ("::1", "a loopback address", false),
    ("[::ffff:127.0.0.1]", "not a public address", false),
    ("[::ffff:7f00:1]", "not a public address", false),
    ("[::127.0.0.1]", "not a public address", false),
    ("[64:ff9b::127.0.0.1]", "not a public address", false),
    ("[64:ff9b:1::7f00:1]", "not a public address", false),
    ("[2002:7f00:1::]", "a 6to4 address", false),
    ("localhost", "localhost", false),
    ("LOCALHOST", "localhost", false),
    ("localhost.", "localhost", false),
    ("a.localhost", "localhost", false),
    // unspecified
    ("0", "an unspecified address", false),
    ("0.0.0.0", "an unspecified address", false),
    ("0x0", "an unspecified address", false),
    ("0x", "an unspecified address", false),
    ("[::]", "not a public address", false),
    // private, shared, unique local
    ("10.0.0.1", "a private address", false),
    ("10.1", "a private address", false),
    ("167772161", "a private address", false),
    ("012.0.0.1", "a private address", false),
    ("172.16.0.1", "a private address", false),
    ("172.31.255.255", "a private address", false),
    ("172.32.0.1", "passes", false),
    ("172.15.255.255", "passes", false),
    ("192.168.1.1", "a private address", false),
    ("192.168.257", "a private address", false),
    ("3232235777", "a private address", false),
    ("100.64.0.1", "a carrier's shared address", false),
    ("100.127.255.255", "a carrier's shared address", false),
    ("100.128.0.1", "passes", false),
    ("[fc00::1]", "a private address", false),
    ("[fd12:3456::1]", "a private address", false),
    ("[fec0::1]", "not a public address", false),
    ("[::ffff:10.0.0.1]", "not a public address", false),
    ("[64:ff9b::a00:1]", "not a public address", false),
    ("[2002:c0a8:101::1]", "a 6to4 address", false),
    ("[2001:0:4136:e378:8000:63bf:3fff:fdd2]", "a protocol address", false),
    // link-local and metadata: never
    ("169.254.169.254", "a link-local or metadata address", true),
    ("169.254.170.2", "a link-local or metadata address", true),
    ("2852039166", "a link-local or metadata address", true),
    ("0xa9fea9fe", "a link-local or metadata address", true),
    ("0xa9.254.0251.254", "a link-local or metadata address", true),
    ("169.254.43518", "a link-local or metadata address", true),
    ("169.16689662", "a link-local or metadata address", true),
    ("0251.0376.0251.0376", "a link-local or metadata address", true),
    ("[::ffff:169.254.169.254]", "a link-local or metadata address", true),
    ("[::ffff:a9fe:a9fe]", "a link-local or metadata address", true),
    ("[::169.254.169.254]", "a link-local or metadata address", true),
    ("[::ffff:0:169.254.169.254]", "a link-local or metadata address", true),
    ("[64:ff9b::169.254.169.254]", "a link-local or metadata address", true),
    ("[64:ff9b:1::a9fe:a9fe]", "a link-local or metadata address", true),
    ("[2002:a9fe:a9fe::1]", "a link-local or metadata address", true),
    ("[fe80::1]", "a link-local or metadata address", true),
    ("[fe80::1%25eth0]", "a link-local or metadata address", true),
    ("[fe80::1%eth0]", "a link-local or metadata address", true),
    ("[febf::1]", "a link-local or metadata address", true),
    ("[fd00:ec2::254]", "a link-local or metadata address", true),
    ("[fd00:0ec2:0:0:0:0:0:23]", "a link-local or metadata address", true),
    // documentation, benchmarks, protocols, multicast, reserved
    ("192.0.2.1", "a documentation address", false),
    ("198.51.100.7", "a documentation address", false),
    ("203.0.113.9", "a documentation address", false),
    ("198.18.0.1", "a benchmarking address", false),
    ("198.19.255.255", "a benchmarking address", false),
    ("192.0.0.8", "a protocol address", false),
    ("192.88.99.1", "a 6to4 relay", false),
    ("224.0.0.1", "a multicast address", false),
    ("239.255.255.250", "a multicast address", false),
    ("240.0.0.1", "a reserved address", false),
    ("255.255.255.255", "the broadcast address", false),
    ("4294967295", "the broadcast address", false),
    ("[2001:db8::1]", "a documentation address", false),
    ("[3fff::1]", "a documentation address", false),
    ("[2001:10::1]", "a protocol address", false),
    ("[ff02::1]", "not a public address", false),
    ("[100::1]", "not a public address", false),
    // no address and no name either
    ("256.1.1.1", "malformed", false),
    ("1.2.3.4.5", "malformed", false),
    ("1.2.3.256", "malformed", false),
    ("0x100000000", "malformed", false),
    ("4294967296", "malformed", false),
    ("09.0.0.1", "malformed", false),
    ("1.2.3.08", "malformed", false),
    ("1..1", "malformed", false),
    ("127%2e0.0.1", "malformed", false),
    ("[::1", "malformed", false),
    ("[::g]", "malformed", false),
    ("", "malformed", false),
    (".", "malformed", false),
    // public
    ("8.8.8.8", "passes", false),
    ("1.1", "passes", false),
    ("134744072", "passes", false),
    ("[2606:4700:4700::1111]", "passes", false),
    ("[2001:4860:4860::8888]", "passes", false),
    ("hooks.example.com", "name", false),
    ("1.2.3.com", "name", false),
    ("xn--bcher-kva.example", "name", false),
];

#[test]
fn the_guard_knows_every_notation() {
    for (host, guarded, _) in TABLE {
        assert_eq!(verdict(host, Allowed::Guarded), *guarded, "{host}");
    }
}

#[test]
fn an_address_in_the_ops_repo_is_its_own_permission_except_for_metadata() {
    for (host, guarded, always) in TABLE {
        let expect = match *guarded {
            "malformed" | "name" | "localhost" => guarded,
            _ if *always => guarded,
            _ => "passes",
        };
        assert_eq!(verdict(host, Allowed::Literal), expect, "{host}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_as_something(host in ".{0,40}") {
        let _ = read(&host);
    }

    #[test]
    fn every_way_to_write_an_ipv4_address_is_the_same_address(bits in proptest::prelude::any::<u32>()) {
        let address = Ipv4Addr::from_bits(bits);
        let [a, b, c, d] = address.octets();
        let rest = bits & 0x00ff_ffff;
        for text in [
            address.to_string(), format!("{bits}"), format!("{bits:#x}"), format!("0{bits:o}"), format!("{a}.{rest}"),
            format!("{a:#x}.{b}.0{c:o}.{d:#x}"), format!("{a}.{b}.{}", u32::from(c) << 8 | u32::from(d)),
        ] {
            proptest::prop_assert_eq!(read(&text), Host::Address(address.into()), "{}", text);
        }
    }

    #[test]
    fn what_hides_in_ipv6_is_never_let_out(bits in proptest::prelude::any::<u32>()) {
        let [high, low] = [(bits >> 16) as u16, (bits & 0xffff) as u16];
        for v6 in [
            Ipv6Addr::new(0, 0, 0, 0, 0, 0xffff, high, low), Ipv6Addr::new(0x64, 0xff9b, 0, 0, 0, 0, high, low),
            Ipv6Addr::new(0x2002, high, low, 0, 0, 0, 0, 1), Ipv6Addr::new(0, 0, 0, 0, 0, 0, high, low),
        ] {
            proptest::prop_assert!(refusal(v6.into(), Allowed::Guarded).is_some());
        }
    }
}
