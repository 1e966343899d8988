//! The rules that come of objectives.

use evenkeel_labels::LabelSet;
use evenkeel_model::{Rule, RuleKind};
use evenkeel_promql::{check_types, parse};
use evenkeel_promql_eval::{Limits, Never};
use evenkeel_rules::{Defaults, Options, RuleSet, Span, State, replay};
use evenkeel_slo::rules;
use evenkeel_time::{Duration, Timestamp};

use crate::repo::{OPENSLO, SLOTH, objectives, store};

fn generated(text: &str, name: &str) -> Vec<Rule> {
    let rules = rules(objectives(text).get(name).expect("the objective"));
    for rule in &rules {
        let expr = parse(&rule.expr).unwrap_or_else(|fault| panic!("{}: {}", rule.expr, fault.message));
        assert_eq!(check_types(&expr), [], "{}", rule.expr);
    }
    rules
}

fn named<'a>(rules: &'a [Rule], name: &str) -> Vec<&'a Rule> {
    rules.iter().filter(|rule| *rule.name == *name).collect()
}

#[test]
fn sloths_files_give_what_sloth_gives() {
    let rules = generated(SLOTH, "shop-availability");
    let names: Vec<&str> = rules.iter().map(|rule| &*rule.name).collect();
    let windows = ["5m", "30m", "1h", "2h", "6h", "1d", "3d", "30d"];
    let mut expected: Vec<String> = windows.iter().map(|window| format!("slo:sli_error:ratio_rate{window}")).collect();
    let meta = [
        "slo:objective:ratio",
        "slo:error_budget:ratio",
        "slo:time_period:days",
        "slo:current_burn_rate:ratio",
        "slo:period_burn_rate:ratio",
        "slo:period_error_budget_remaining:ratio",
        "ShopUnavailable",
    ];
    expected.extend(meta.map(str::to_owned));
    assert_eq!(names, expected);
    let short = rules.first().expect("a rule");
    let ids = [
        ("owner", "payments"),
        ("sloth_id", "shop-availability"),
        ("sloth_service", "shop"),
        ("sloth_slo", "availability"),
        ("sloth_window", "5m"),
        ("tier", "1"),
    ];
    assert_eq!(short.labels, LabelSet::new(ids));
    assert_eq!(
        &*short.expr,
        "((sum(rate(http_requests_total{code=~\"5..\"}[5m]))) or 0 * (sum(rate(http_requests_total[5m])))) / \
         ((sum(rate(http_requests_total[5m]))) > 0)"
    );
    let page = rules.last().expect("a rule");
    assert_eq!(page.kind, RuleKind::Alerting);
    assert_eq!(page.labels, LabelSet::new([("severity", "page"), ("sloth_severity", "page"), ("team", "payments")]));
    assert_eq!(page.annotations.get("runbook"), "https://example.com");
    assert!(page.expr.contains("ratio_rate5m{sloth_id=\"shop-availability\", sloth_service=\"shop\", sloth_slo=\"availability\"} > (14.4 * (1 - 0.999))"), "{}", page.expr);
}

#[test]
fn openslos_policies_give_their_own_alerts_for_each_promise() {
    let rules = generated(OPENSLO, "orders-fast");
    let alerts: Vec<_> = rules.iter().filter(|rule| rule.kind == RuleKind::Alerting).collect();
    let shown: Vec<_> = alerts
        .iter()
        .map(|rule| (&*rule.name, &*rule.group, rule.holds_for.to_string(), rule.labels.get("severity")))
        .collect();
    let after = || "5m".to_owned();
    assert_eq!(
        shown,
        [
            ("fast-burn", "slo-alerts-orders-fast-fast", after(), "page"),
            ("fast-burn", "slo-alerts-orders-fast-slow", after(), "page"),
        ]
    );
    let told_apart: Vec<_> = alerts.iter().map(|rule| ["slo", "objective"].map(|name| rule.labels.get(name))).collect();
    assert_eq!(told_apart, [["orders-fast", "fast"], ["orders-fast", "slow"]], "others may be called so too");
    let hour = named(&rules, "slo:sli_error:ratio_rate1h");
    let exprs: Vec<_> = hour.iter().map(|rule| &*rule.expr).collect();
    assert_eq!(
        exprs,
        [
            "avg_over_time(((1 - avg(avg_over_time(((latency_seconds) <= bool 0.5)[5m:1m]))) > bool (1 - 0.5))[1h:5m])",
            "avg_over_time(((1 - avg(avg_over_time(((latency_seconds) < bool 2)[5m:1m]))) > bool (1 - 0.5))[1h:5m])",
        ]
    );
}

#[test]
fn a_budget_that_burns_fast_pages_and_one_without_traffic_does_not() {
    let rules = generated(OPENSLO, "orders-answered");
    let set = RuleSet::new(&rules, Defaults::default());
    let limits = Limits::default();
    let external = LabelSet::default();
    let options = Options {
        limits: &limits,
        stop: &Never,
        external_labels: &external,
        external_url: "",
        resend_after: Duration::minutes(1),
        annotate_after: Duration::ZERO,
        finished: &|_| {},
    };
    // From the hundredth minute on every second request is bad.
    for (requests, pages) in [(100, true), (0, false)] {
        let good = format!("requests_total{{code=\"200\"}} 0+{requests}x400");
        let bad = format!("requests_total{{code=\"500\"}} 0x100 {requests}+{requests}x300");
        let few = "requests_total{code=\"500\",job=\"rare\"} 0x100 1 1 2 2 3 3x300".to_owned();
        let series = if pages { vec![good, bad] } else { vec![few] };
        let series: Vec<&str> = series.iter().map(String::as_str).collect();
        let store = store(&series, Duration::minutes(1));
        let mut state = State::new(&set, Timestamp(-1));
        let span = Span { after: Timestamp(-1), until: Timestamp(240 * 60_000) };
        let out = replay(&mut state, &set, &store, span, &options);
        assert_eq!(out.problems, []);
        let first = out.changes.iter().flat_map(|change| change.alerts.iter().map(move |alert| (change.at, alert)));
        let fired: Vec<_> = first.map(|(at, alert)| (at.0 / 60_000, alert.labels.get("burn").to_owned())).collect();
        assert_eq!(!fired.is_empty(), pages, "{fired:?}");
        if pages {
            assert!(fired.iter().any(|(minute, burn)| burn == "page" && (100..130).contains(minute)), "{fired:?}");
        }
    }
}
