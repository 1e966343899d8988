//! Series, exemplars and metadata in messages made by hand.

use evenkeel_remote_write::{Limits, Version};

use crate::message::{double, int, label, len, msg, packed, sample, varint};
use crate::show::read;

fn v1(series: &[Vec<u8>]) -> String {
    read(Version::V1, &series.concat(), &Limits::default())
}

/// A request of version 2.0 with these symbols behind the empty one.
fn v2(symbols: &[&[u8]], series: &[Vec<u8>]) -> String {
    let mut plain = len(4, "");
    for symbol in symbols {
        plain.extend(len(4, symbol));
    }
    plain.extend(series.concat());
    read(Version::V2, &plain, &Limits::default())
}

#[test]
fn series_of_version_1_are_read() {
    let series = [
        msg(1, &[label("__name__", "up"), label("job", "web"), sample(2, 1_000, 1.0), sample(2, 2_000, 0.0)]),
        // A value of zero and a time of zero are left out by senders.
        msg(1, &[label("__name__", "idle"), msg(2, &[int(2, 5)]), msg(2, &[double(1, 3.5)]), sample(2, -7, f64::NAN)]),
        msg(1, &[label("__name__", "gone"), sample(2, 9, evenkeel_metric::stale())]),
        msg(1, &[label("__name__", "größe"), label("http.method", "GET"), sample(2, 9, f64::INFINITY)]),
    ];
    assert_eq!(
        v1(&series),
        "{__name__=\"up\", job=\"web\"} 1@1000 0@2000\n\
         {__name__=\"idle\"} 0@5 3.5@0 NaN@-7\n\
         {__name__=\"gone\"} stale@9\n\
         {__name__=\"größe\", http.method=\"GET\"} inf@9"
    );
    assert_eq!(v1(&[]), "");
}

#[test]
fn labels_are_taken_in_any_order_and_wherever_they_lie() {
    let series = [
        msg(1, &[label("z", "1"), label("__name__", "up"), sample(2, 1, 1.0)]),
        msg(1, &[label("__name__", "up"), sample(2, 1, 1.0), label("a", "2"), sample(2, 2, 1.0)]),
        msg(1, &[label("__name__", "up"), label("empty", ""), sample(2, 1, 1.0)]),
        msg(1, &[label("__name__", "up"), label("path", "/".repeat(300)), sample(2, 1, 1.0)]),
    ];
    let long = "/".repeat(300);
    assert_eq!(
        v1(&series),
        format!(
            "{{__name__=\"up\", z=\"1\"}} 1@1\n{{__name__=\"up\", a=\"2\"}} 1@1 1@2\n{{__name__=\"up\"}} 1@1\n\
             {{__name__=\"up\", path=\"{long}\"}} 1@1"
        )
    );
}

#[test]
fn a_series_that_cannot_be_kept_is_named_and_the_rest_is_taken() {
    let good = msg(1, &[label("__name__", "up"), sample(2, 1, 1.0)]);
    for (labels, said) in [
        (vec![label("job", "web")], "series {job=\"web\"}: it has no metric name (`__name__`)"),
        (vec![], "series {}: it has no metric name (`__name__`)"),
        (vec![label("__name__", "")], "series {__name__=\"\"}: it has no metric name (`__name__`)"),
        (
            vec![label("", "x"), label("__name__", "a")],
            "series {=\"x\", __name__=\"a\"}: a label has an empty name; its value is `x`",
        ),
        (
            vec![label("__name__", "a"), label("b", "1"), label("c", "1"), label("b", "2")],
            "series {__name__=\"a\", b=\"1\", c=\"1\", b=\"2\"}: label `b` is there more than once",
        ),
        (
            vec![label("__name__", "a"), label("b", b"\xff")],
            "series {__name__=\"a\", b=\"\u{fffd}\"}: label `b` has a value that is not valid UTF-8",
        ),
        (
            vec![label("__name__", "a"), label(b"b\xff", "1")],
            "series {__name__=\"a\", b\u{fffd}=\"1\"}: label name `b\u{fffd}` is not valid UTF-8",
        ),
    ] {
        let bad = msg(1, &[labels.concat(), sample(2, 1, 1.0), sample(2, 2, 1.0), msg(3, &[]), msg(4, &[])]);
        let expect = format!("{{__name__=\"up\"}} 1@1\n{{__name__=\"up\"}} 1@1\nrefused [1, 2, 1, 1]\n{said}");
        assert_eq!(v1(&[good.clone(), bad, good.clone()]), expect);
    }
}

#[test]
fn what_is_too_long_is_named_and_shown_in_part() {
    let limits = Limits { labels_max: 3, label_name_bytes_max: 10, label_value_bytes_max: 20, ..Limits::default() };
    let check = |labels: &[Vec<u8>], said: &str| {
        let plain = msg(1, &[label("__name__", "a"), labels.concat(), sample(2, 1, 1.0)]);
        let text = read(Version::V1, &plain, &limits);
        assert!(text.ends_with(said), "{text}");
    };
    check(&[label("b", "1"), label("c", "1"), label("d", "1")], "it has 4 labels; at most 3 are taken");
    check(&[label("bcdefghijkl", "1")], "label name `bcdefghijkl` has 11 bytes; at most 10 are taken");
    check(
        &[label("b", "1".repeat(21))],
        "{__name__=\"a\", b=\"111111111111111111111\"}: label `b` has a value of 21 bytes; at most 20 are taken",
    );
    check(
        &[label("ü".repeat(500), "1")],
        &format!("label name `{}…` has 1000 bytes; at most 10 are taken", "ü".repeat(30)),
    );
}

#[test]
fn many_refusals_are_counted_and_the_first_are_named() {
    let bad = msg(1, &[label("job", "web"), sample(2, 1, 1.0)]);
    let text = v1(&vec![bad; 20_000]);
    assert!(text.starts_with("refused [20000, 20000, 0, 0]\n"), "{text}");
    assert!(text.ends_with("\nand 19992 more"), "{text}");
}

#[test]
fn exemplars_and_metadata_of_version_1_are_read() {
    let exemplar = |labels: &[Vec<u8>], at: i64| msg(3, &[labels.concat(), double(2, 0.25), int(3, at)]);
    let series = [
        msg(
            1,
            &[
                label("__name__", "requests_total"),
                exemplar(&[label("trace_id", "abc")], 0),
                sample(2, 7, 1.0),
                exemplar(&[label("trace_id", "abc"), label("span_id", "1")], 5),
                exemplar(&[label("trace_id", "x".repeat(600))], 6),
                exemplar(&[label("trace_id", b"\xff")], 6),
            ],
        ),
        msg(3, &[int(1, 1), len(2, "requests_total"), len(4, "Requests."), len(5, "requests")]),
        msg(3, &[int(1, 99), len(2, "odd")]),
        msg(3, &[int(1, 1), len(4, "of nothing")]),
    ];
    assert_eq!(
        v1(&series),
        "{__name__=\"requests_total\"} 1@7 # {trace_id=\"abc\"} 0.25@7 # {span_id=\"1\", trace_id=\"abc\"} 0.25@5\n\
         requests_total: counter `Requests.` `requests`\n\
         odd: unknown `` ``\n\
         refused [2, 0, 0, 2]\n\
         series {__name__=\"requests_total\"}: the exemplar at 6 has labels of 608 bytes; at most 512 are taken\n\
         series {__name__=\"requests_total\"}: the exemplar at 6: label `trace_id` has a value that is not valid UTF-8"
    );
}

#[test]
fn series_of_version_2_are_read() {
    let symbols: [&[u8]; 8] =
        [b"__name__", b"latency_bucket", b"le", b"1", b"Latency.", b"seconds", b"trace_id", b"abc"];
    let said = msg(5, &[int(1, 3), int(3, 5), int(4, 6)]);
    let series = [
        msg(
            5,
            &[
                packed(1, &[1, 2, 3, 4]),
                sample(2, 7, 1.0),
                sample(2, 8, 2.0),
                msg(4, &[packed(1, &[7, 8]), double(2, 0.5)]),
                said.clone(),
                int(6, 1),
            ],
        ),
        // References one by one, a start timestamp with the sample, and the same metadata.
        msg(
            5,
            &[
                int(1, 1),
                int(1, 2),
                int(1, 3),
                int(1, 0),
                msg(2, &[double(1, 4.0), int(2, 9), int(3, 1)]),
                said.clone(),
            ],
        ),
    ];
    assert_eq!(
        v2(&symbols, &series),
        "{__name__=\"latency_bucket\", le=\"1\"} 1@7 2@8 # {trace_id=\"abc\"} 0.5@8\n\
         {__name__=\"latency_bucket\"} 4@9\n\
         latency: histogram `Latency.` `seconds`"
    );
}

#[test]
fn references_of_version_2_that_lead_nowhere_are_named() {
    let symbols: [&[u8]; 4] = [b"__name__", b"up", b"job", b"\xff"];
    for (refs, said) in [
        (&[1, 2, 3][..], "series {__name__=\"up\"}: its 3 label references are not pairs of a name and a value"),
        (&[1, 2, 3, 9], "series {__name__=\"up\", job=\"?\"}: a label refers to symbol 9, and the request has 5"),
        (
            &[1, 2, 3, u64::MAX],
            "series {__name__=\"up\", job=\"?\"}: a label refers to symbol 18446744073709551615, and the request has 5",
        ),
        (&[1, 2, 3, 4], "series {__name__=\"up\", job=\"\u{fffd}\"}: label `job` has a value that is not valid UTF-8"),
        (&[1, 2, 4, 3], "series {__name__=\"up\", \u{fffd}=\"job\"}: label name `\u{fffd}` is not valid UTF-8"),
        (&[3, 2], "series {job=\"up\"}: it has no metric name (`__name__`)"),
    ] {
        let series = [
            msg(5, &[packed(1, refs), sample(2, 1, 1.0), msg(3, &[]), msg(4, &[])]),
            msg(5, &[packed(1, &[1, 2]), sample(2, 1, 1.0)]),
        ];
        assert_eq!(v2(&symbols, &series), format!("{{__name__=\"up\"}} 1@1\nrefused [1, 1, 1, 1]\n{said}"));
    }
}

#[test]
fn a_small_body_does_not_become_a_large_batch() {
    let limits = Limits { batch_bytes_max: 1 << 20, ..Limits::default() };
    let mut plain = [len(4, ""), len(4, "__name__"), len(4, "x".repeat(2_000))].concat();
    for _ in 0..1_000 {
        plain.extend(msg(5, &[packed(1, &[1, 2])]));
    }
    assert_eq!(
        read(Version::V2, &plain, &limits),
        "413 the series of the request take more than 1048576 bytes of memory; send fewer in one request"
    );
    let histograms = msg(1, &[label("__name__", "up"), [0x22, 0].repeat(5_000)]);
    assert!(read(Version::V1, &histograms, &limits).starts_with("413 "));
    let labels = msg(1, &[[0x0a, 0].repeat(1_000_000)]);
    assert_eq!(
        read(Version::V1, &labels, &limits)
            .lines()
            .nth(1)
            .map(|line| line.get(line.len() - 45..).unwrap_or_default().to_owned()),
        Some("}: it has 1000000 labels; at most 64 are taken".chars().skip(1).collect())
    );
}

#[test]
fn bodies_that_are_no_message_are_refused_whole() {
    let up = msg(1, &[label("__name__", "up"), sample(2, 1, 1.0)]);
    let check = |version, plain: &[u8], said: &str| assert_eq!(read(version, plain, &Limits::default()), said);
    check(
        Version::V1,
        &[up.clone(), vec![0x0a, 50, 1]].concat(),
        "400 the body is not a prometheus.WriteRequest message: the message ends within a field",
    );
    check(
        Version::V1,
        &[up.clone(), int(1, 7)].concat(),
        "400 the body is not a prometheus.WriteRequest message: field 1 is of the wrong kind",
    );
    check(
        Version::V2,
        &varint(5 << 3 | 4),
        "400 the body is not a io.prometheus.write.v2.Request message: a field is of a kind that is not used",
    );
    // The fields of one version are nothing in the other.
    check(Version::V2, &up, "");
}
