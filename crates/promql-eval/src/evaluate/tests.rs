//! Questions to a store in memory, and what comes of them.

use std::sync::atomic::{AtomicU32, Ordering};

use evenkeel_labels::{LabelSet, Matcher};
use evenkeel_metric::{Column, Exemplar, Metadata, Querier, ReadFault, Selected, Selection};
use evenkeel_promql::parse;
use evenkeel_series_notation::{MemoryStore, parse_series};
use evenkeel_time::{Duration, Timestamp};

use crate::{
    Answer, EvalFault, EvalFaultKind, Limits, Never, Point, Query, Stop, Value, Workers, evaluate, evaluate_with,
};

fn store(step: Duration, series: &[&str]) -> MemoryStore {
    let mut store = MemoryStore::new();
    for line in series {
        store.load(&parse_series(line).expect("a series"), Timestamp(0), step);
    }
    store
}

/// A question in seconds: from, until, step.
fn ask_with(
    store: &dyn Querier,
    text: &str,
    [from, until, step]: [i64; 3],
    limits: &Limits,
    stop: &dyn Stop,
) -> Result<Answer, EvalFault> {
    let expr = parse(text).expect("an expression");
    let instant = |seconds: i64| Timestamp(seconds * 1000);
    let query = Query {
        expr: &expr,
        text,
        from: instant(from),
        until: instant(until),
        step: Duration::secs(step),
        limits,
        stop,
    };
    evaluate(&query, store)
}

fn ask(store: &dyn Querier, text: &str, times: [i64; 3]) -> Result<Answer, EvalFault> {
    ask_with(store, text, times, &Limits { experimental: true, ..Limits::default() }, &Never)
}

/// One line a series, as a test writes it.
fn shown(answer: &Answer) -> Vec<String> {
    let number = |value: f64| if value.is_nan() { "NaN".to_owned() } else { format!("{value}") };
    match &answer.value {
        Value::Vector(points) => points
            .iter()
            .map(|point| match &point.value {
                Point::Number(value) => format!("{} {}", point.labels, number(*value)),
                Point::Histogram(histogram) => format!("{} {histogram}", point.labels),
            })
            .collect(),
        Value::Matrix(series) => series
            .iter()
            .map(|series| {
                let values: Vec<String> = series
                    .column
                    .times
                    .iter()
                    .zip(&series.column.values)
                    .map(|(at, value)| format!("{}@{}", number(*value), at / 1000))
                    .collect();
                format!("{} {}", series.labels, values.join(" "))
            })
            .collect(),
        Value::Scalar(values) => values.iter().map(|(at, value)| format!("{}@{}", number(*value), at / 1000)).collect(),
        Value::Text(text) => vec![text.clone()],
    }
}

fn check(store: &MemoryStore, cases: &[(&str, [i64; 3], &[&str])]) {
    for (text, times, expected) in cases {
        let answer = ask(store, text, *times).unwrap_or_else(|fault| panic!("{text}: {fault}"));
        assert_eq!(shown(&answer), *expected, "{text}");
    }
}

fn at(seconds: i64) -> [i64; 3] {
    [seconds, seconds, 0]
}

#[test]
fn values_have_the_form_that_was_asked_for() {
    let store = store(Duration::secs(10), &["m{a=\"1\"} 0+1x10", "m{a=\"2\"} 5 stale 7"]);
    check(
        &store,
        &[
            ("1 + 2", at(0), &["3@0"]),
            ("1 + 2", [0, 20, 10], &["{} 3@0 3@10 3@20"]),
            ("\"text\"", at(0), &["text"]),
            ("m", at(10), &["{__name__=\"m\", a=\"1\"} 1"]),
            ("m[20s]", at(20), &["{__name__=\"m\", a=\"1\"} 1@10 2@20", "{__name__=\"m\", a=\"2\"} 7@20"]),
            ("m", [0, 20, 10], &["{__name__=\"m\", a=\"1\"} 0@0 1@10 2@20", "{__name__=\"m\", a=\"2\"} 5@0 7@20"]),
            ("m", [20, 10, 10], &[]),
        ],
    );
}

#[test]
fn a_sample_that_is_exactly_the_lookback_old_is_not_seen() {
    let store = store(Duration::minutes(1), &["m 1"]);
    check(&store, &[("m", [299, 300, 1], &["{__name__=\"m\"} 1@299"]), ("m offset -5m", at(0), &[])]);
}

#[test]
fn what_is_fixed_is_evaluated_once_and_seen_everywhere() {
    let store = store(Duration::secs(10), &["m{a=\"1\"} 0+1x10"]);
    check(
        &store,
        &[
            ("sum(m @ 30)", [0, 20, 10], &["{} 3@0 3@10 3@20"]),
            ("m @ end()", [0, 20, 10], &["{__name__=\"m\", a=\"1\"} 2@0 2@10 2@20"]),
            ("timestamp(m @ 35)", [40, 50, 10], &["{a=\"1\"} 30@40 30@50"]),
            ("rate(m[20s] @ 50 offset 10s)", [0, 10, 10], &["{a=\"1\"} 0.1@0 0.1@10"]),
            ("m + ignoring (a) m @ 100", [10, 20, 10], &["{} 11@10 12@20"]),
        ],
    );
}

#[test]
fn names_are_dropped_at_once_or_at_the_end() {
    let store = store(Duration::secs(10), &["a_total{x=\"1\"} 0+1x10", "b_total{x=\"1\"} 0+2x10"]);
    let text = "sum by (x) (rate({x=\"1\"}[1m]))";
    let fault = ask(&store, text, at(60)).expect_err("two series are one");
    assert_eq!(fault.to_string(), "vector cannot contain metrics with the same labelset");
    let limits = Limits { delayed_names: true, ..Limits::default() };
    let answer = ask_with(&store, text, at(60), &limits, &Never).expect("an answer");
    assert_eq!(shown(&answer).len(), 1);
    let text = "label_replace(rate({x=\"1\"}[1m]), \"__name__\", \"rate_$1\", \"__name__\", \"(.+)\")";
    let answer = ask_with(&store, text, at(60), &limits, &Never).expect("an answer");
    let names: Vec<String> = shown(&answer).iter().map(|line| line.chars().take(26).collect()).collect();
    assert_eq!(names, ["{__name__=\"rate_a_total\", x", "{__name__=\"rate_b_total\", x"].map(|name| &name[..26]));
}

#[test]
fn rows_that_become_one_may_not_meet() {
    let store = store(Duration::secs(10), &["a 1 stale stale", "b _ 2 stale", "c 1 1 1"]);
    check(&store, &[("-{__name__=~\"a|b\"}", [0, 20, 10], &["{} -1@0 -2@10"])]);
    let fault = ask(&store, "-{__name__=~\"a|c\"}", [0, 20, 10]).expect_err("they meet");
    assert_eq!(fault.kind(), EvalFaultKind::Execution);
}

#[test]
fn what_a_side_lacks_is_filled() {
    let store = store(
        Duration::minutes(5),
        &["l{x=\"a\"} 1 _ 3", "l{x=\"b\"} _ 20 _", "r{x=\"a\"} _ 200 _", "r{x=\"c\"} 1000 _ _"],
    );
    check(
        &store,
        &[
            ("l + fill (0) r", [0, 600, 300], &["{x=\"a\"} 1@0 200@300 3@600", "{x=\"b\"} 20@300", "{x=\"c\"} 1000@0"]),
            ("l + fill_right (5) r", [0, 600, 300], &["{x=\"a\"} 6@0 8@600", "{x=\"b\"} 25@300"]),
            ("l + fill_left (5) r", [0, 600, 300], &["{x=\"a\"} 205@300", "{x=\"c\"} 1005@0"]),
            ("l * on (x) group_right () fill_left (1) r", at(0), &["{x=\"a\"} 1"]),
        ],
    );
}

#[test]
fn infos_describe_what_has_their_instance_and_job() {
    let store = store(
        Duration::minutes(5),
        &[
            "m{instance=\"a\", job=\"1\"} 0 1 2",
            "m{instance=\"b\", job=\"1\"} 0 1 2",
            "target_info{instance=\"a\", job=\"1\", data=\"x\"} 1 1 stale",
            "target_info{instance=\"a\", job=\"1\", data=\"y\"} _ _ 1",
        ],
    );
    let b = "{__name__=\"m\", instance=\"b\", job=\"1\"} 0@0 1@300 2@600";
    let x = "{__name__=\"m\", data=\"x\", instance=\"a\", job=\"1\"} 0@0 1@300";
    let y = "{__name__=\"m\", data=\"y\", instance=\"a\", job=\"1\"} 2@600";
    check(
        &store,
        &[
            ("info(m)", [0, 600, 300], &[x, y, b]),
            ("info(m, {data=~\".+\"})", [0, 600, 300], &[x, y]),
            (
                "info(m, {__name__=\"none\"})",
                [0, 0, 300],
                &["{__name__=\"m\", instance=\"a\", job=\"1\"} 0@0", "{__name__=\"m\", instance=\"b\", job=\"1\"} 0@0"],
            ),
        ],
    );
}

#[test]
fn a_question_that_costs_too_much_is_refused() {
    let store = store(Duration::secs(10), &["m{a=\"1\"} 0+1x100", "m{a=\"2\"} 0+1x100"]);
    let limited = |limits: Limits| ask_with(&store, "rate(m[5m])", [0, 1000, 10], &limits, &Never);
    let fault = limited(Limits { samples_max: 150, ..Limits::default() }).expect_err("too many samples");
    assert_eq!(fault, EvalFault::TooManySamples);
    assert_eq!(fault.to_string(), "query processing would load too many samples into memory in query execution");
    let fault = limited(Limits { points_max: 99, ..Limits::default() }).expect_err("too many steps");
    assert_eq!((fault.clone(), fault.kind()), (EvalFault::TooManySteps(99), EvalFaultKind::BadData));
    let fault = limited(Limits { series_max: 1, ..Limits::default() }).expect_err("too many series");
    assert!(matches!(fault, EvalFault::Read(ReadFault::TooManySeries { found: 2, most: 1 })));
    assert!(limited(Limits { points_max: 100, ..Limits::default() }).is_ok());
    let fault = ask_with(&store, "limitk(1, m)", at(0), &Limits::default(), &Never).expect_err("experimental");
    assert_eq!(fault.kind(), EvalFaultKind::BadData);
}

#[test]
fn whoever_asks_may_give_up() {
    struct After(AtomicU32);
    impl Stop for After {
        fn stop(&self) -> bool {
            self.0.fetch_sub(1, Ordering::Relaxed) == 1
        }
    }
    let lines: Vec<String> = (0..200).map(|index| format!("m{{a=\"{index}\"}} 1 2 3")).collect();
    let store = store(Duration::secs(10), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let give_up = ask_with(&store, "sum(m)", at(10), &Limits::default(), &After(AtomicU32::new(2)));
    assert_eq!(give_up, Err(EvalFault::Stopped));
    assert_eq!(EvalFault::Stopped.to_string(), "query timed out in expression evaluation");
}

/// Remembers what was selected.
struct Watched<'s>(&'s MemoryStore, std::sync::Mutex<Vec<(i64, i64)>>);

impl Querier for Watched<'_> {
    fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
        self.1.lock().expect("nobody panics").push((selection.after.0 / 1000, selection.until.0 / 1000));
        self.0.select(selection)
    }
    fn label_names(&self, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.0.label_names(selection)
    }
    fn label_values(&self, name: &str, selection: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
        self.0.label_values(name, selection)
    }
    fn exemplars(&self, selection: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
        self.0.exemplars(selection)
    }
    fn metadata(&self, metric: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
        self.0.metadata(metric)
    }
}

#[test]
fn only_what_is_asked_is_read() {
    let store = store(Duration::secs(10), &["m 0+1x100"]);
    for (text, times, expected) in [
        ("m", at(500), (200, 500)),
        ("m", [500, 600, 10], (200, 600)),
        ("m offset 1m", at(500), (140, 440)),
        ("rate(m[1m])", [500, 600, 10], (440, 600)),
        ("rate(m[1m] @ 300 offset 10s)", [500, 600, 10], (230, 290)),
        ("max_over_time(m[5m:1m])", at(500), (-60, 480)),
        ("rate(m[1m] anchored)", at(500), (140, 500)),
        ("rate(m[1m] smoothed)", at(500), (140, 800)),
    ] {
        let watched = Watched(&store, std::sync::Mutex::default());
        ask(&watched, text, times).expect("an answer");
        assert_eq!(*watched.1.lock().expect("nobody panics"), [expected], "{text}");
    }
}

#[test]
fn remarks_have_their_place() {
    let store = store(Duration::secs(10), &["m 0+1x100", "h_bucket{le=\"x\"} 0+1x100"]);
    let counter = "metric might not be a counter, name does not end in _total/_sum/_count/_bucket: \"m\"";
    let label = "bucket label \"le\" is missing or has a malformed value of \"x\" for metric name \"h_bucket\"";
    for (text, warnings, infos) in [
        ("rate(m[1m])", vec![], vec![format!("PromQL info: {counter} (1:6)")]),
        (
            "quantile(2, m)",
            vec!["PromQL warning: quantile value should be between 0 and 1, got 2 (1:10)".to_owned()],
            vec![],
        ),
        ("histogram_quantile(0.5, h_bucket)", vec![format!("PromQL warning: {label} (1:25)")], vec![]),
        (
            "m </ 1",
            vec![],
            vec![
                "PromQL info: incompatible sample types encountered for binary operator \"</\": float </ float (1:1)"
                    .to_owned(),
            ],
        ),
    ] {
        let answer = ask(&store, text, at(100)).expect("an answer");
        assert_eq!((answer.warnings, answer.infos), (warnings, infos), "{text}");
    }
}

#[test]
fn conditions_are_those_of_the_selector() {
    struct Empty;
    impl Selected for Empty {
        fn labels(&self) -> &[LabelSet] {
            &[]
        }
        fn read(&self, _: usize, _: &mut Column) -> Result<(), ReadFault> {
            Ok(())
        }
    }
    struct Conditions(std::sync::Mutex<Vec<Matcher>>);
    impl Querier for Conditions {
        fn select(&self, selection: &Selection) -> Result<Box<dyn Selected + '_>, ReadFault> {
            self.0.lock().expect("nobody panics").clone_from(&selection.matchers);
            Ok(Box::new(Empty))
        }
        fn label_names(&self, _: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
            Ok(Vec::new())
        }
        fn label_values(&self, _: &str, _: &Selection) -> Result<Vec<Box<str>>, ReadFault> {
            Ok(Vec::new())
        }
        fn exemplars(&self, _: &Selection) -> Result<Vec<(LabelSet, Vec<Exemplar>)>, ReadFault> {
            Ok(Vec::new())
        }
        fn metadata(&self, _: Option<&str>) -> Result<Vec<(Box<str>, Metadata)>, ReadFault> {
            Ok(Vec::new())
        }
    }
    let conditions = Conditions(std::sync::Mutex::default());
    ask(&conditions, "m{a=\"1\", b!~\"x|y\"}", at(0)).expect("an answer");
    let shown: Vec<String> = conditions.0.lock().expect("nobody panics").iter().map(Matcher::to_string).collect();
    assert_eq!(shown, ["__name__=\"m\"", "a=\"1\"", "b!~\"x|y\""]);
}

/// So many threads.
struct Threads(usize);

impl Workers for Threads {
    fn count(&self) -> usize {
        self.0
    }
    fn run(&self, parts: usize, part: &(dyn Fn(usize) + Sync)) {
        std::thread::scope(|scope| {
            for index in 0..parts {
                scope.spawn(move || part(index));
            }
        });
    }
}

#[test]
fn many_who_work_on_it_give_what_one_gives() {
    let lines: Vec<String> = (0..300)
        .map(|index| match index % 7 {
            0 => format!("m_total{{a=\"{index}\", b=\"{}\"}} 0+{index}x20 NaN stale 5", index % 3),
            1 => format!(
                "m_total{{a=\"{index}\", b=\"{}\"}} {{{{schema:0 sum:5 count:4 buckets:[1 2 1]}}}}x20",
                index % 5
            ),
            _ => format!("m_total{{a=\"{index}\", b=\"{}\"}} 0+{index}x10 0+{index}x10", index % 5),
        })
        .collect();
    let store = store(Duration::secs(10), &lines.iter().map(String::as_str).collect::<Vec<_>>());
    let aggregations = ["sum", "avg", "count", "group", "min", "max", "stddev", "stdvar"];
    let mut asked: Vec<String> =
        ["m_total", "rate(m_total[1m])", "increase(m_total[1m] offset 10s) * 2 > 5", "-m_total"]
            .iter()
            .flat_map(|inner| {
                let aggregated = aggregations.iter().map(move |op| format!("{op} by (b) ({inner})"));
                aggregated.chain([(*inner).to_owned(), format!("{inner} + 1")])
            })
            .collect();
    asked.extend(
        [
            "topk(3, rate(m_total[1m]))",
            "quantile by (b) (0.5, m_total)",
            "max_over_time(sum by (b) (rate(m_total[1m]))[1m:10s])",
            "sum by (b) (rate(m_total[1m]) * on (b) group_left () group by (b) (m_total))",
            "histogram_quantile(0.5, m_total)",
            "sum(m_total @ 100)",
        ]
        .map(str::to_owned),
    );
    let limits = Limits::default();
    for text in &asked {
        let expr = parse(text).expect("an expression");
        for (until, step) in [(100, 0), (200, 10)] {
            let (from, until) = (Timestamp(100_000), Timestamp(until * 1000));
            let query =
                Query { expr: &expr, text, from, until, step: Duration::secs(step), limits: &limits, stop: &Never };
            let alone = evaluate(&query, &store).expect("an answer");
            let together = evaluate_with(&query, &store, &Threads(3)).expect("an answer");
            assert_eq!((&alone.warnings, &alone.infos), (&together.warnings, &together.infos), "{text}");
            assert_eq!(alone.samples_read, together.samples_read, "{text}");
            let (alone, together) = (shown(&alone), shown(&together));
            assert_eq!(alone.len(), together.len(), "{text}");
            for (alone, together) in alone.iter().zip(&together) {
                assert!(is_near(alone, together), "{text}: {alone} but {together}");
            }
        }
    }
}

/// Whether two lines are the same but for the last digits of their numbers.
fn is_near(a: &str, b: &str) -> bool {
    a == b
        || a.split(' ').zip(b.split(' ')).all(|(a, b)| {
            let number = |text: &str| text.split('@').next().and_then(|text| text.parse::<f64>().ok());
            match (number(a), number(b)) {
                (Some(a), Some(b)) => (a - b).abs() <= 1e-12 * a.abs().max(1.0) || a.is_nan() && b.is_nan(),
                _ => a == b,
            }
        })
}

#[test]
fn the_deepest_expression_that_is_read_is_evaluated_on_a_small_stack() {
    let store = store(Duration::secs(10), &["m 0+1x100"]);
    let nested = |open: &str, close: &str, inner: &str| {
        // As deep as it goes.
        (1..2000)
            .map(|depth| format!("{}{inner}{}", open.repeat(depth), close.repeat(depth)))
            .take_while(|text| parse(text).is_ok())
            .last()
            .expect("an expression")
    };
    let texts = [
        nested("abs(", ")", "m"),
        nested("sum(", ")", "m"),
        nested("-(", ")", "m"),
        nested("1+(", ")", "m"),
        nested("m+(", ")", "m"),
        nested("m or (", ")", "m"),
        nested("sort(", ")", "m"),
        nested("label_replace(", ",\"a\",\"$1\",\"b\",\"(.*)\")", "m"),
        nested("max_over_time(", "[1m:30s])", "m"),
        nested("1+(", ")", "1"),
        nested("scalar(vector(", "))", "1"),
    ];
    std::thread::scope(|scope| {
        let work = || {
            for text in &texts {
                ask(&store, text, at(500)).unwrap_or_else(|fault| panic!("{fault}"));
            }
        };
        let builder = std::thread::Builder::new().stack_size(2 << 20);
        builder.spawn_scoped(scope, work).expect("a thread").join().expect("no panic");
    });
}
