//! Each fault, with what to do about it.

use super::*;

fn deployment() -> IncomingFact {
    let fields = [("environment", FactValue::text("production")), ("outcome", FactValue::text("succeeded"))];
    IncomingFact {
        kind: "deployment".into(),
        key: "gh:8123".into(),
        source: "ci".into(),
        occurred_at: Timestamp(1_767_225_600_000),
        workload: Some("shop".into()),
        team: None,
        person: None,
        fields: fields.map(|(name, value)| (name.into(), value)).into(),
    }
}

fn with(name: &str, value: FactValue) -> IncomingFact {
    let mut fact = deployment();
    fact.fields.insert(name.into(), value);
    fact
}

/// Each fault as `field code: message; remedy`.
fn faults(fact: &IncomingFact) -> Vec<String> {
    let faults = check(fact).expect_err("something is wrong");
    faults.iter().map(|fault| format!("{} {}: {fault}", fault.field, fault.code)).collect()
}

#[test]
fn a_fact_that_is_as_declared_has_no_fault() {
    assert_eq!(check(&deployment()).expect("a deployment").table, "deployments");
    let full = |name: &str, value| check(&with(name, value)).is_ok();
    assert!(full("manual_steps", FactValue::Whole(-WHOLE_MAX)) && full("plan", FactValue::Flag(false)));
    assert!(full("strategy", FactValue::text("canary")) && full("version", FactValue::text(&"ä".repeat(1000))));
}

#[test]
fn an_unknown_kind_is_told_with_the_one_that_may_be_meant_or_all() {
    let of = |kind: &str| faults(&IncomingFact { kind: kind.into(), ..deployment() });
    let near = "kind unknown-fact-kind: there is no kind of fact named `deploymnt`; did you mean `deployment`?";
    assert_eq!(of("deploymnt"), [near]);
    assert!(of("weather")[0].contains("the kinds are `analysis`, `announcement`"));
    assert!(of(&"x".repeat(200))[0].contains("…`; the kinds are"));
}

#[test]
fn what_is_missing_is_told_all_at_once() {
    let bare = IncomingFact { workload: None, fields: [].into(), ..deployment() };
    assert_eq!(
        faults(&bare),
        [
            "workload missing-field: a deployment needs `workload`; add `workload`: the workload it is about, by its \
             name in the ops repo",
            "environment missing-field: a deployment needs `environment`; add `environment`: where",
            "outcome missing-field: a deployment needs `outcome`; add `outcome`: how far it came",
        ]
    );
}

#[test]
fn an_unknown_field_or_word_is_told_with_the_one_that_may_be_meant() {
    assert_eq!(
        faults(&with("verison", FactValue::Whole(1))),
        ["verison unknown-field: a deployment has no field `verison`; did you mean `version`?"]
    );
    assert!(faults(&with("zzz", FactValue::Whole(1)))[0].contains("its fields are `environment`, `production`"));
    assert_eq!(
        faults(&with("outcome", FactValue::text("succeded"))),
        ["outcome unknown-word: `outcome` cannot be `succeded`; did you mean `succeeded`?"]
    );
    assert_eq!(
        faults(&with("outcome", FactValue::text("good"))),
        [
            "outcome unknown-word: `outcome` cannot be `good`; write one of `started`, `succeeded`, `failed`, `rolled-back`"
        ]
    );
}

#[test]
fn each_sort_says_how_it_is_written() {
    let wrong = |name: &str, value| faults(&with(name, value)).remove(0);
    assert_eq!(wrong("version", FactValue::Whole(1)), "version wrong-type: `version` is no text; write a text");
    assert!(wrong("size", FactValue::text("1")).contains("no whole number; write a whole number, without quotes"));
    assert!(wrong("plan", FactValue::text("yes")).contains("no yes or no; write `true` or `false`"));
    assert!(wrong("strategy", FactValue::Flag(true)).contains("no one word; write one of `all-at-once`"));
    let review = IncomingFact {
        kind: "review".into(),
        fields: [("sort", FactValue::text("risks")), ("teams", FactValue::text("a"))]
            .map(|(n, v)| (n.into(), v))
            .into(),
        ..deployment()
    };
    assert!(faults(&review)[0].contains("`teams` is no list of texts; write a list of texts"));
    let announcement = IncomingFact {
        kind: "announcement".into(),
        fields: [("about", FactValue::text("risk")), ("starts_at", FactValue::text("now"))]
            .map(|(n, v)| (n.into(), v))
            .into(),
        ..deployment()
    };
    assert!(faults(&announcement)[0].contains("`starts_at` is no instant; write an instant such as"));
}

#[test]
fn what_is_too_long_too_much_or_cannot_be_shown_is_told() {
    let key = |key: &str| faults(&IncomingFact { key: key.into(), ..deployment() }).remove(0);
    assert_eq!(key(" "), "key empty: `key` is empty; write a name into it");
    assert_eq!(key(&"k".repeat(201)), "key too-long: `key` is longer than 200 bytes; write a shorter name");
    assert!(key("a\u{1b}[2J").contains("key control-character: `key` holds a control character"));
    let wrong = |name: &str, value| faults(&with(name, value)).remove(0);
    assert!(wrong("version", FactValue::text(&"v".repeat(1001))).contains("too-long"));
    assert!(wrong("version", FactValue::text("\u{7}")).contains("control-character"));
    assert!(check(&with("version", FactValue::text("one\n\ttwo"))).is_ok());
    assert!(wrong("size", FactValue::Whole(WHOLE_MAX + 1)).contains("out-of-range"));
    assert!(wrong("size", FactValue::Whole(i64::MIN)).contains("out-of-range"));
    let early = IncomingFact { occurred_at: Timestamp(-1), ..deployment() };
    assert!(faults(&early)[0].contains("at out-of-range: `at` lies outside the years 1970 to 9999"));
    let merge = |reviewers: Vec<String>| IncomingFact {
        kind: "merge".into(),
        fields: [
            ("repository", FactValue::text("acme/shop")),
            ("number", FactValue::Whole(1)),
            ("commit", FactValue::text("9fceb02")),
            ("reviewers", FactValue::list(reviewers)),
        ]
        .map(|(n, v)| (n.into(), v))
        .into(),
        ..deployment()
    };
    assert!(check(&merge(vec!["bob".to_owned(); 100])).is_ok());
    assert!(faults(&merge(vec!["bob".to_owned(); 101]))[0].contains("too-many-items"));
    assert_eq!(faults(&merge(vec![String::new(), "b\0".to_owned()])).len(), 1);
}
