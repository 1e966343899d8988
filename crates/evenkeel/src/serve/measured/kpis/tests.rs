//! KPIs over a store in memory.

use evenkeel_labels::LabelSet;
use evenkeel_metric::Sample;
use evenkeel_model::Pace;
use evenkeel_model::document::Language;
use evenkeel_promql_eval::Never;
use evenkeel_series_notation::MemoryStore;

use super::*;

const START: Timestamp = Timestamp(1_800_000_000_000);
const ANSWERED: &str = "sum(answered) / sum(orders)";

fn kpis(query: &str, target: KpiTarget) -> BTreeMap<Arc<str>, Kpi> {
    let kpi = Kpi {
        name: "answered-at-once".into(),
        owner: Some(DocumentRef::Team("shop".into())),
        outcome: "Whoever orders has an answer".into(),
        goal: "orders-at-night".into(),
        workload: Some("orders".into()),
        query: query.into(),
        target,
        unit: Some("of 1".into()),
    };
    BTreeMap::from([(Arc::clone(&kpi.name), kpi)])
}

fn set(store: &mut MemoryStore, labels: &[(&str, &str)], at: Timestamp, value: f64) {
    store.append(&LabelSet::new(labels.iter().copied()), Sample { at, value });
}

/// What is told, with who and what it is about.
fn told(looked: &Looked) -> Vec<String> {
    let Some(Submission { input: Input::Report { facts, origin }, .. }) = &looked.told else { return Vec::new() };
    assert_eq!(*origin, Origin::Observed);
    let said = |fact: &IncomingFact| {
        let about = [&fact.workload, &fact.team].map(|about| about.as_deref().unwrap_or("-"));
        let fields: Vec<String> = fact.fields.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
        format!("{} {}", about.join(" "), fields.join(" "))
    };
    facts.iter().map(said).collect()
}

fn shown(looked: &Looked) -> String {
    let mut text = String::new();
    families(&looked.all, &mut text);
    text.lines().filter(|line| !line.starts_with('#')).collect::<Vec<_>>().join("\n")
}

#[test]
fn a_target_that_is_met_or_missed_is_told_on_change_and_once_a_day() {
    let (kpis, mut store, mut state) =
        (kpis(ANSWERED, KpiTarget::AtLeast(0.95)), MemoryStore::default(), Kpis::default());
    state.adopt(&kpis, &[]);
    let nothing = state.look(&kpis, &store, &Never, START);
    assert_eq!((told(&nothing).len(), nothing.faults.len()), (0, 0), "no data is neither, and nothing to mend");
    assert!(
        shown(&nothing).contains("evenkeel_kpi_unknown{kpi=\"answered-at-once\",why=\"no-data\"} 1"),
        "{nothing:?}"
    );
    set(&mut store, &[("__name__", "orders")], START, 200.0);
    set(&mut store, &[("__name__", "answered")], START, 195.0);
    let met = state.look(&kpis, &store, &Never, START);
    let said = r#"orders shop kpi=Text("answered-at-once") reading=Text("0.975 of 1") target=Text("at least 0.95 of 1") target_met=Flag(true)"#;
    assert_eq!(told(&met), [said]);
    let lines = [
        "evenkeel_kpi_value{kpi=\"answered-at-once\"} 0.975",
        "evenkeel_kpi_target{kpi=\"answered-at-once\"} 0.95",
        "evenkeel_kpi_met{kpi=\"answered-at-once\"} 1",
    ];
    assert_eq!(shown(&met), lines.join("\n"));
    let later = START + Duration::minutes(5);
    set(&mut store, &[("__name__", "orders")], later, 200.0);
    set(&mut store, &[("__name__", "answered")], later, 191.0);
    assert_eq!(told(&state.look(&kpis, &store, &Never, later)), [""; 0], "another value, and met as before");
    let later = START + Duration::minutes(10);
    set(&mut store, &[("__name__", "orders")], later, 200.0);
    set(&mut store, &[("__name__", "answered")], later, 100.0);
    let missed = state.look(&kpis, &store, &Never, later);
    assert!(told(&missed).first().is_some_and(|fact| fact.ends_with("target_met=Flag(false)")), "{missed:?}");
    assert!(shown(&missed).contains("evenkeel_kpi_met{kpi=\"answered-at-once\"} 0"));
    let day = later + AGAIN;
    set(&mut store, &[("__name__", "orders")], day, 200.0);
    set(&mut store, &[("__name__", "answered")], day, 100.0);
    assert_eq!(told(&state.look(&kpis, &store, &Never, day)).len(), 1, "said again");
    let lower = self::kpis(ANSWERED, KpiTarget::AtLeast(0.6));
    state.adopt(&lower, &[]);
    assert_eq!(told(&state.look(&lower, &store, &Never, day)).len(), 1, "missed as before, and another target");
}

#[test]
fn a_whole_value_is_told_as_a_number_and_the_bound_itself_is_met() {
    let (kpis, mut store, mut state) =
        (kpis("queue_ms", KpiTarget::AtMost(300.0)), MemoryStore::default(), Kpis::default());
    set(&mut store, &[("__name__", "queue_ms")], START, 300.0);
    let told = told(&state.look(&kpis, &store, &Never, START));
    assert!(told.first().is_some_and(|fact| fact.ends_with("target_met=Flag(true) value=Whole(300)")), "{told:?}");
}

#[test]
fn what_is_not_one_number_is_said_apart_and_never_told() {
    let (mut store, mut state) = (MemoryStore::default(), Kpis::default());
    for job in ["a", "b"] {
        set(&mut store, &[("__name__", "up"), ("job", job)], START, 0.0);
    }
    let least = KpiTarget::AtLeast(1.0);
    let mut look = |query: &str| {
        let looked = state.look(&kpis(query, least), &store, &Never, START);
        assert_eq!(told(&looked), [""; 0], "{query}");
        let reading = looked.all.first().map(|stands| stands.reading.clone()).expect("it stands somewhere");
        (reading, looked.faults.len())
    };
    assert_eq!(look("up"), (Reading::Several(2), 1));
    assert_eq!(look("up"), (Reading::Several(2), 0), "said once");
    assert_eq!(look("sum(up) / sum(up)"), (Reading::NoData, 0), "nothing of nothing is no number");
    assert_eq!(look("gone"), (Reading::NoData, 0));
    assert!(matches!(look("up["), (Reading::Failed(_), 1)));
    assert!(matches!(look("up[5m]"), (Reading::Failed(_), 1)));
    let scalar = state.look(&kpis("scalar(count(up))", least), &store, &Never, START);
    assert_eq!(scalar.all.first().map(|stands| stands.reading.clone()), Some(Reading::Known { value: 2.0, met: true }));
}

#[test]
fn a_kpi_whose_metrics_an_alert_reads_is_used_in_it() {
    let alert = |expr: &str| Rule {
        file: "rules.yml".into(),
        group: "orders".into(),
        pace: Pace::default(),
        language: Language::PromQl,
        kind: RuleKind::Alerting,
        name: "FewAnswers".into(),
        expr: expr.into(),
        holds_for: Duration::ZERO,
        keep_firing_for: Duration::ZERO,
        labels: LabelSet::default(),
        unlabelled: Vec::new(),
        annotations: LabelSet::default(),
    };
    let kpis = kpis(ANSWERED, KpiTarget::AtLeast(0.95));
    let used = |rules: &[Rule]| {
        let mut state = Kpis::default();
        state.adopt(&kpis, rules);
        !state.alerted.is_empty()
    };
    assert!(used(&[alert("sum(answered) / sum(orders) < 0.9")]));
    assert!(!used(&[alert("sum(orders) == 0")]), "half of it is something else");
    assert!(!used(&[alert("{__name__=~\".+\"}")]) && !used(&[alert("sum(")]));
    assert!(!used(&[Rule { kind: RuleKind::Recording, ..alert(ANSWERED) }]));
}
