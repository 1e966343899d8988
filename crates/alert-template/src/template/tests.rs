//! Templates as rules have them, and what Prometheus makes of them.

use super::*;
use crate::shortest;

fn expand(text: &str) -> String {
    let labels = LabelSet::new([("instance", "web-1.example.com:9090"), ("job", "web"), ("severity", "page")]);
    let external = LabelSet::new([("cluster", "north")]);
    let ask = |query: &str| match query {
        "up" => Ok(vec![
            Sample { labels: LabelSet::new([("__name__", "up"), ("job", "b")]), value: 1.0 },
            Sample { labels: LabelSet::new([("__name__", "up"), ("job", "a")]), value: 0.5 },
        ]),
        "none" => Ok(Vec::new()),
        _ => Err("no such series".to_owned()),
    };
    let given = Given {
        labels: &labels,
        value: &Value::Number(1234.5678),
        external_labels: &external,
        external_url: "https://keel.example.com/prometheus",
        at: Timestamp(0),
        ask: &ask,
    };
    match Template::parse(text) {
        Ok(template) => template.expand(&given).unwrap_or_else(|error| format!("error: {error}")),
        Err(fault) => format!("fault at {}: {fault}", fault.range.start),
    }
}

#[test]
fn texts_are_filled_in_as_prometheus_does() {
    for (text, expected) in [
        ("plain", "plain"),
        ("{{ $labels.job }} of {{$labels.instance}}", "web of web-1.example.com:9090"),
        ("{{ .Labels.job }} {{ .Value }}", "web 1234.5678"),
        ("a {{- \" b \" -}} c", "a b c"),
        ("{{/* nothing */}}x{{- /* y */ -}} z", "xz"),
        ("{{ $labels.missing }}|", "|"),
        (
            "{{ $externalLabels.cluster }} {{ $externalURL }} {{ externalURL }} {{ pathPrefix }}",
            "north https://keel.example.com/prometheus https://keel.example.com/prometheus /prometheus",
        ),
        ("{{ printf \"%.2f\" $value }}", "1234.57"),
        ("{{ $value | printf \"%.1f%%\" }}", "1234.6%"),
        ("{{ printf \"%d %5d|%-5d|%05d %x\" 1 2 3 4 255 }}", "1     2|3    |00004 ff"),
        ("{{ printf \"%d\" $value }}", "%!d(float64=1234.5678)"),
        ("{{ printf \"%s\" }}", "%!s(MISSING)"),
        ("{{ printf \"%v %q %t\" \"a\" \"b\" true }}", "a \"b\" true"),
        ("{{ printf \"%g %e %.3g\" $value $value $value }}", "1234.5678 1.234568e+03 1.23e+03"),
        (
            "{{ $value | humanize }} {{ humanize 0.00012 }} {{ humanize 1234567890.0 }} {{ humanize 0.0 }}",
            "1.235k 120u 1.235G 0",
        ),
        ("{{ humanize1024 1048576.0 }} {{ humanize1024 0.5 }}", "1Mi 0.5"),
        (
            "{{ humanizeDuration 93784.0 }} {{ humanizeDuration 59.9999 }} {{ humanizeDuration 0.0123 }} {{ humanizeDuration -61 }}",
            "1d 2h 3m 4s 60s 12.3ms -1m 1s",
        ),
        ("{{ humanizePercentage 0.98765 }} {{ \"0.5\" | humanizePercentage }}", "98.77% 50%"),
        ("{{ humanizeTimestamp 1435065584.128 }}", "2015-06-23 13:19:44.128 +0000 UTC"),
        (
            "{{ humanizeTimestamp 1435065584 }} {{ toTime 0 }}",
            "2015-06-23 13:19:44 +0000 UTC 1970-01-01 00:00:00 +0000 UTC",
        ),
        ("{{ title \"hello big-world\" }} {{ toUpper \"a\" }} {{ \"B\" | toLower }}", "Hello Big-World A b"),
        (
            "{{ match \"^we\" $labels.job }} {{ reReplaceAll \"(.*):.*\" \"$1\" $labels.instance }}",
            "true web-1.example.com",
        ),
        (
            "{{ stripPort $labels.instance }} {{ stripDomain $labels.instance }} {{ stripPort \"[::1]:90\" }}",
            "web-1.example.com web-1:9090 ::1",
        ),
        ("{{ parseDuration \"1h30m\" }}", "5400"),
        ("{{ tableLink \"up == 0\" }}", "/graph?g0.expr=up+%3D%3D+0&g0.tab=1"),
        ("{{ range query \"up\" }}{{ .Labels.job }}={{ .Value }};{{ end }}", "b=1;a=0.5;"),
        ("{{ range $i, $s := query \"up\" | sortByLabel \"job\" }}{{ $i }}{{ label \"job\" $s }}{{ end }}", "0a1b"),
        ("{{ with query \"up\" }}{{ . | first | value | humanize }}{{ end }}", "1"),
        ("{{ range query \"none\" }}x{{ else }}empty{{ end }}", "empty"),
        ("{{ query \"none\" | first }}", "error: first() called on vector with no elements"),
        ("{{ query \"bad\" }}", "error: no such series"),
        ("{{ if gt $value 1000.0 }}high{{ else if eq $labels.job \"web\" }}web{{ else }}low{{ end }}", "high"),
        ("{{ if gt $value 1000 }}x{{ end }}", "error: incompatible types for comparison: float64 and int"),
        ("{{ if and (eq $labels.job \"web\") (not $labels.none) }}yes{{ end }}", "yes"),
        ("{{ $x := \"a\" }}{{ if true }}{{ $x = \"b\" }}{{ end }}{{ $x }}", "b"),
        (
            "{{ range $k, $v := $labels }}{{ if eq $k \"job\" }}{{ continue }}{{ end }}{{ $k }} {{ end }}",
            "instance severity ",
        ),
        ("{{ with $labels.none }}x{{ else }}none{{ end }}", "none"),
        ("{{ (query \"up\" | first).Value }} {{ len \"abc\" }} {{ index $labels \"job\" }}", "1 3 web"),
        ("{{ (args 1 \"b\").arg1 }}{{ (args).arg0 }}", "b<no value>"),
        ("{{ print \"a\" 1 2 \"b\" }} {{ html \"<a>\" }} {{ urlquery \"a b&\" }}", "a1 2b &lt;a&gt; a+b%26"),
        ("{{ `raw \"x\"` }} {{ 'a' }} {{ slice \"abcdef\" 1 3 }}", "raw \"x\" 97 bc"),
        ("{{ $labels }}", "map[instance:web-1.example.com:9090 job:web severity:page]"),
    ] {
        assert_eq!(expand(text), expected, "{text}");
    }
}

#[test]
fn what_is_wrong_is_said_where_it_stands() {
    for (text, start, message) in [
        ("{{ $labels.job", 0, "the braces are not closed"),
        ("x {{ $label.job }}", 5, "there is no variable `$label`"),
        ("{{ $Labels.job }}", 3, "there is no variable `$Labels`, but `$labels`"),
        ("{{ humanise $value }}", 3, "there is no function `humanise`"),
        ("{{ tmpl \"x\" . }}", 3, "the function `tmpl` is not there in the texts of rules here"),
        ("{{ if true }}x", 2, "there is no `end` for this"),
        ("x{{ end }}", 3, "`end` without `if`, `with` or `range`"),
        ("{{ define \"x\" }}{{ end }}", 2, "`define` is not there in the texts of rules here"),
        ("{{ }}", 2, "there is no value here"),
        ("{{ (1 }}", 3, "the parenthesis is not closed"),
        ("{{ 1 | 2 }}", 2, "behind `|` has to stand a function"),
        ("{{ \"a }}", 0, "a text in the action does not end"),
        ("{{ ! }}", 3, "`!` is nothing that an action can have"),
    ] {
        let fault = Template::parse(text).expect_err(text);
        assert_eq!((fault.range.start, &*fault.message), (start, message), "{text}");
    }
}

#[test]
fn numbers_print_as_go_prints_them() {
    for (number, text) in [
        (0.0, "0"),
        (-0.0, "-0"),
        (1.0, "1"),
        (0.1, "0.1"),
        (123_456.0, "123456"),
        (1e6, "1e+06"),
        (1_234_567.0, "1.234567e+06"),
        (1e21, "1e+21"),
        (0.0001, "0.0001"),
        (0.000_012_5, "1.25e-05"),
        (f64::NAN, "NaN"),
        (f64::INFINITY, "+Inf"),
        (f64::NEG_INFINITY, "-Inf"),
    ] {
        assert_eq!(shortest(number), text);
    }
}
