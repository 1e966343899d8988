//! Which labels results can have.

use evenkeel_promql::{LabelNames, OutputLabels, parse};

/// `{a, b="x"}` when closed, `{b="x", ..}` when open, `{.. -c}` when open without `c`.
fn labels(text: &str) -> String {
    let labels = OutputLabels::of(&parse(text).expect(text));
    let known = |name: &str| labels.known.get(name).map(|value| format!("={value:?}")).unwrap_or_default();
    let parts: Vec<String> = match &labels.names {
        LabelNames::Closed(names) => names.iter().map(|name| format!("{name}{}", known(name))).collect(),
        LabelNames::Open { without } => {
            let known = labels.known.iter().map(|(name, value)| format!("{name}={value:?}"));
            known.chain(["..".to_owned()]).chain(without.iter().map(|name| format!("-{name}"))).collect()
        }
    };
    parts.join(" ")
}

#[test]
fn labels_follow_prometheus() {
    for (text, wanted) in [
        ("5", ""),
        ("vector(1)", ""),
        ("time() > 5", ""),
        ("hour()", ""),
        ("hour(up{a=\"b\"})", "a=\"b\" .."),
        ("up", ".."),
        ("up{job=\"web\", x=\"\"}", "job=\"web\" .. -x"),
        ("up{job=~\"web|db\"}", ".."),
        ("rate(up{job=\"web\"}[5m])", "job=\"web\" .."),
        ("sum(up)", ""),
        ("sum by (job, zone) (up{job=\"web\"})", "job=\"web\" zone"),
        ("sum by (job, x) (sum by (job) (up))", "job"),
        ("sum by (x) (up{x=\"\"})", ""),
        ("sum without (pod) (up{job=\"web\"})", "job=\"web\" .. -pod"),
        ("topk(5, sum by (job) (up))", "job"),
        ("count_values by (job) (\"v\", up)", "job v"),
        ("absent(up{job=\"web\", a=~\"b\"})", "job=\"web\""),
        ("absent(up{a=\"b\", a=\"c\"})", "a"),
        ("absent_over_time(up{job=\"web\"}[5m])", "job=\"web\""),
        ("absent(sum(up{job=\"web\"}))", ""),
        ("absent((up{job=\"web\"}))", ".."),
        ("label_replace(sum by (a) (up), \"b\", \"$1\", \"a\", \"(.*)\")", "a b"),
        ("label_join(sum by (a) (up), \"b\", \"-\", \"a\")", "a b"),
        ("histogram_quantile(0.9, sum by (le, job) (rate(x_bucket[5m])))", "job"),
        ("quantile_over_time(0.9, sum by (job) (up)[1h:])", "job"),
        ("sum by (job) (up) > 5", "job"),
        ("5 < sum by (job) (up)", "job"),
        ("sum by (job) (up) / sum by (job, zone) (up)", "job"),
        ("sum by (job) (up) / ignoring (zone) sum by (job, zone) (up)", "job"),
        ("a{x=\"1\"} / b{y=\"2\"}", "x=\"1\" y=\"2\" .."),
        ("a / on (job) b", "job"),
        ("a{zone=\"x\"} * on (job) group_left (version) b", "zone=\"x\" .."),
        ("sum by (job) (a) * on (job) group_left (version) b", "job version"),
        ("sum by (job, v) (a) * on (job) group_left (v) sum by (job) (b)", "job"),
        ("b * on (job) group_right (v) sum by (job) (a)", "job v"),
        ("sum by (a) (x) or sum by (b) (y)", "a b"),
        ("sum by (a) (x) or y", ".."),
        ("x{a=\"1\"} or x{a=\"2\"}", ".."),
        ("sum by (a) (x) and y", "a"),
        ("sum by (a) (x) unless on () y", "a"),
        ("sum by (a) (x) + fill(0) sum by (b) (y)", "a b"),
        ("nonesuch(sum(x))", ".."),
        ("scalar(up)", ""),
        ("info(sum by (a) (x))", ".."),
        ("-sum by (a) (x)", "a"),
    ] {
        assert_eq!(labels(text), wanted, "{text}");
    }
}

#[test]
fn results_that_cannot_be_alike_exclude_each_other() {
    let excludes = |one: &str, two: &str| {
        let of = |text| OutputLabels::of(&parse(text).expect("an expression"));
        of(one).excludes(&of(two))
    };
    assert!(excludes("up{job=\"a\"}", "up{job=\"b\"}"));
    assert!(excludes("up{job=\"a\"}", "sum(up)"));
    assert!(!excludes("up{job=\"a\"}", "up"));
    assert!(!excludes("sum(up)", "sum(up)"));
}
