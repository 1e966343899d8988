//! Valid expressions at random, of the syntax that Prometheus 2.42 has too; types may not fit.

use proptest::prelude::*;

fn leaf() -> impl Strategy<Value = String> {
    let matcher = (
        prop_oneof![Just("job"), Just("instance"), Just("by"), Just("le")],
        prop_oneof![Just("="), Just("!="), Just("=~"), Just("!~")],
        prop_oneof![Just("\"web\""), Just("''"), Just("\".*\""), Just("\"a|b.+\""), Just("`\\d+`")],
    );
    let matcher = matcher.prop_map(|(label, op, value)| format!("{label}{op}{value}"));
    let matchers = prop::collection::vec(matcher, 0..3).prop_map(|all| format!("{{{}}}", all.join(",")));
    let name = prop_oneof![
        Just("up"),
        Just("http_requests_total"),
        Just("job:up:sum"),
        Just("sum"),
        Just("and"),
        Just("offset")
    ];
    let selector = prop_oneof![
        4 => name.clone().prop_map(str::to_owned),
        3 => (name, matchers.clone()).prop_map(|(name, matchers)| format!("{name}{matchers}")),
        1 => matchers,
    ];
    let timing = prop_oneof![6 => Just(""), 1 => Just(" offset 5m"), 1 => Just(" offset -1h30m"), 1 => Just(" @ 1609746000"), 1 => Just(" @ end()")];
    let instant = (selector.clone(), timing.clone()).prop_map(|(selector, timing)| format!("{selector}{timing}"));
    let range = (selector, timing).prop_map(|(selector, timing)| format!("{selector}[5m]{timing}"));
    let number = prop_oneof![
        Just("1"),
        Just("0.5"),
        Just("-3"),
        Just("1e3"),
        Just("0x1F"),
        Just("Inf"),
        Just("NaN"),
        Just("007")
    ];
    prop_oneof![5 => instant, 2 => range, 2 => number.prop_map(str::to_owned), 1 => Just("\"text\"".to_owned())]
}

/// A valid expression.
pub(crate) fn expression() -> impl Strategy<Value = String> {
    let label = prop_oneof![Just("job"), Just("instance"), Just("sum"), Just("on"), Just("le"), Just("__name__")];
    let labels = prop::collection::vec(label, 0..3).prop_map(|labels| labels.join(", "));
    let functions = prop_oneof![
        Just("rate"),
        Just("abs"),
        Just("absent"),
        Just("histogram_quantile"),
        Just("label_replace"),
        Just("time"),
        Just("vector"),
        Just("scalar"),
        Just("round"),
        Just("hour"),
        Just("clamp"),
        Just("max_over_time"),
        Just("quantile_over_time"),
        Just("label_join"),
        Just("sort_desc"),
        Just("predict_linear"),
        Just("timestamp"),
        Just("pi"),
        Just("nonesuch"),
    ];
    leaf().prop_recursive(4, 24, 3, move |inner| {
        let op = prop_oneof![
            Just("+"), Just("-"), Just("*"), Just("/"), Just("%"), Just("^"), Just("=="), Just("!="), Just("<"), Just(">="),
            Just("and"), Just("or"), Just("unless"), Just("atan2"), Just("OR"), Just("> bool"), Just("+ bool"),
        ];
        let how = prop_oneof![4 => Just(String::new()), 2 => labels.clone().prop_map(|labels| format!(" on ({labels})")),
            1 => labels.clone().prop_map(|labels| format!(" ignoring ({labels})")),
            1 => labels.clone().prop_map(|labels| format!(" on (job) group_left ({labels})")),
            1 => Just(" ignoring () group_right".to_owned())];
        let binary = (inner.clone(), op, how, inner.clone()).prop_map(|(left, op, how, right)| {
            let apart = if how.ends_with("group_right") && right.starts_with('(') { " ()" } else { "" };
            format!("{left} {op}{how}{apart} {right}")
        });
        let by = prop_oneof![Just("by"), Just("without"), Just("BY")];
        let aggregate = prop_oneof![Just("sum"), Just("count"), Just("MAX"), Just("group"), Just("stddev")];
        let picks = prop_oneof![Just("topk"), Just("quantile"), Just("bottomk"), Just("count_values")];
        prop_oneof![
            3 => inner.clone().prop_map(|inner| format!("({inner})")),
            2 => inner.clone().prop_map(|inner| format!("-{inner}")),
            4 => binary,
            3 => (aggregate.clone(), by.clone(), labels.clone(), inner.clone()).prop_map(|(op, by, labels, inner)| format!("{op} {by} ({labels}) ({inner})")),
            1 => (aggregate, inner.clone(), by, labels.clone()).prop_map(|(op, inner, by, labels)| format!("{op}({inner}) {by}({labels})")),
            1 => (picks, inner.clone(), inner.clone()).prop_map(|(op, parameter, inner)| format!("{op}({parameter}, {inner})")),
            3 => (functions.clone(), prop::collection::vec(inner.clone(), 0..4)).prop_map(|(name, args)| format!("{name}({})", args.join(", "))),
            1 => inner.clone().prop_map(|inner| format!("({inner})[1h:5m]")),
            1 => inner.prop_map(|inner| format!("({inner})[30m:] offset 5m")),
        ]
    })
}
