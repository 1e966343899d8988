//! Labels: of attributes, scopes and resources.

use evenkeel_otlp::{Limits, MetricsIntake, Naming, Options};

use crate::message::{GAUGE, attribute, double, int, len, metric, msg, request, times};
use crate::show::{options, read, read_by};

fn gauge(attributes: &[Vec<u8>]) -> Vec<u8> {
    metric("g", "", GAUGE, &[msg(1, &[attributes.concat(), times(0, 5_000), double(4, 1.0)])])
}

/// The first line of what is read.
fn first(options: Options, resource: &[(&str, &str)], attributes: &[Vec<u8>]) -> String {
    let text = read_by(&mut MetricsIntake::new(options), &request(resource, &[gauge(attributes)]));
    text.lines().next().unwrap_or_default().to_owned()
}

#[test]
fn a_resource_is_job_instance_and_target_info() {
    let resource = [
        ("service.name", "shop"),
        ("service.namespace", "payments"),
        ("service.instance.id", "i-1"),
        ("host.name", "h1"),
        ("deployment.environment.name", "prod"),
    ];
    assert_eq!(
        read(&request(&resource, &[gauge(&[])])),
        "{__name__=\"g\", instance=\"i-1\", job=\"payments/shop\"} 1@5000\n\
         {__name__=\"target_info\", deployment_environment_name=\"prod\", host_name=\"h1\", instance=\"i-1\", \
         job=\"payments/shop\"} 1@5000\n\
         g: gauge `About g.` ``\n\
         target_info: gauge `Target metadata` ``"
    );
    assert_eq!(first(options(), &[("service.name", "shop")], &[]), "{__name__=\"g\", job=\"shop\"} 1@5000");
    // Nothing could be joined to what has no identity.
    assert_eq!(
        read(&request(&[("host.name", "h1")], &[gauge(&[])])),
        "{__name__=\"g\"} 1@5000\ng: gauge `About g.` ``"
    );
    assert_eq!(read(&request(&resource, &[])), "");
}

#[test]
fn attributes_of_a_resource_are_labels_when_they_are_promoted() {
    let options = Options { promoted: vec!["host.name".to_owned(), "zone".to_owned()], ..options() };
    let resource = [("host.name", "h1"), ("zone", "z1"), ("other", "x")];
    assert_eq!(
        first(options, &resource, &[attribute(7, "zone", "own")]),
        "{__name__=\"g\", host_name=\"h1\", zone=\"own\"} 1@5000"
    );
}

#[test]
fn attributes_whose_names_become_one_share_it() {
    let attributes =
        [attribute(7, "a.b", "2"), attribute(7, "a_b", "3"), attribute(7, "a-b", "1"), attribute(7, "c", "")];
    assert_eq!(first(options(), &[], &attributes), "{__name__=\"g\", a_b=\"1;2;3\"} 1@5000");
    let kept = Options { naming: Naming { escaped: false, suffixes: true }, ..options() };
    assert_eq!(first(kept, &[], &attributes), "{__name__=\"g\", a-b=\"1\", a.b=\"2\", a_b=\"3\"} 1@5000");
}

#[test]
fn what_a_resource_is_wins_over_what_a_point_says() {
    let attributes = [attribute(7, "job", "x"), attribute(7, "__name__", "y"), attribute(7, "1st", "z")];
    assert_eq!(
        first(options(), &[("service.name", "shop")], &attributes),
        "{__name__=\"g\", job=\"shop\", key_1st=\"z\"} 1@5000"
    );
}

#[test]
fn values_of_every_type_are_text() {
    let with = |value: Vec<u8>| first(options(), &[], &[msg(7, &[len(1, "v"), len(2, value)])]);
    for (value, text) in [
        (int(2, 1), "true"),
        (int(3, -5), "-5"),
        (double(4, 0.25), "0.25"),
        (double(4, 3.0), "3"),
        (double(4, 1e-7), "1e-7"),
        (double(4, 1e21), "1e+21"),
        (len(7, [1, 2, 255]), "AQL/"),
    ] {
        assert_eq!(with(value), format!("{{__name__=\"g\", v=\"{text}\"}} 1@5000"));
    }
    let list = msg(5, &[msg(1, &[len(1, "a\"b")]), msg(1, &[int(3, 1)]), msg(1, &[])]);
    assert_eq!(with(list), r#"{__name__="g", v="[\"a\\\"b\",1,null]"} 1@5000"#);
    let map =
        msg(6, &[msg(1, &[len(1, "z"), msg(2, &[int(2, 0)])]), msg(1, &[len(1, "a"), msg(2, &[double(4, 0.5)])])]);
    assert_eq!(with(map), r#"{__name__="g", v="{\"a\":0.5,\"z\":false}"} 1@5000"#);
    let mut deep = len(1, "x");
    for _ in 0..200 {
        deep = msg(5, &[len(1, deep)]);
    }
    assert_eq!(with(deep), "the body has attribute values inside each other more than 32 deep");
}

#[test]
fn scopes_are_labels_unless_that_is_not_wanted() {
    let scope = msg(1, &[len(1, "lib"), len(2, "1.0"), attribute(3, "short.name", "l")]);
    let plain = msg(1, &[msg(2, &[scope, len(2, gauge(&[])), len(3, "https://x")])]);
    let labels = "otel_scope_name=\"lib\", otel_scope_schema_url=\"https://x\", otel_scope_short_name=\"l\", \
                  otel_scope_version=\"1.0\"";
    assert!(read(&plain).starts_with(&format!("{{__name__=\"g\", {labels}}} 1@5000\n")), "{}", read(&plain));
    let without = Options { scope_labels: false, ..options() };
    let text = read_by(&mut MetricsIntake::new(without), &plain);
    assert!(text.starts_with("{__name__=\"g\"} 1@5000\n"), "{text}");
}

#[test]
fn too_many_and_too_long_labels_are_named() {
    let limits = Limits { labels_max: 4, label_name_bytes_max: 10, label_value_bytes_max: 20, ..Limits::default() };
    let said = |attributes: &[Vec<u8>]| first(Options { limits: limits.clone(), ..options() }, &[], attributes);
    let many: Vec<_> = ["a", "b", "c"].map(|name| attribute(7, name, "1")).to_vec();
    assert_eq!(said(&many), "rejected 1: metric \"g\": a point has 5 labels; at most 4 are taken");
    let many: Vec<_> = (0..100_000).map(|index| attribute(7, &format!("a{index}"), "1")).collect();
    assert_eq!(said(&many), "rejected 1: metric \"g\": a point has 100000 attributes; at most 4 labels are taken");
    assert_eq!(
        said(&[attribute(7, "abcdefghijk", "1")]),
        "rejected 1: metric \"g\": label name `abcdefghijk…` has 11 bytes; at most 10 are taken"
    );
    assert_eq!(
        said(&[attribute(7, "a", &"1".repeat(21))]),
        "rejected 1: metric \"g\": label `a` has a value of 21 bytes; at most 20 are taken"
    );
}

#[test]
fn a_small_request_does_not_become_a_large_batch() {
    let limits = Limits { batch_bytes_max: 1 << 20, ..Limits::default() };
    let points = vec![msg(1, &[double(4, 1.0)]); 1_000];
    let name = "n".repeat(4_000);
    let plain = request(&[("service.name", &name)], &[metric("g", "", GAUGE, &points)]);
    let text = read_by(&mut MetricsIntake::new(Options { limits, ..options() }), &plain);
    assert_eq!(text, "the series of the request take more than 1048576 bytes of memory; send fewer in one request");
}
