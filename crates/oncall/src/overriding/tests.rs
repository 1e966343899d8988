use evenkeel_ids::Seq;

use super::*;
use crate::planned::{at, overrides, plan, set};

const NOW: &str = "2026-06-01T12:00:00Z";

fn incoming() -> IncomingOverride {
    IncomingOverride {
        schedule: "primary".into(),
        from: at("2026-06-02T00:00:00Z"),
        until: at("2026-06-03T00:00:00Z"),
        person: "bob".into(),
        replaces: None,
        reason: "the dentist".into(),
    }
}

fn decided(incoming: &IncomingOverride) -> Result<OverrideSet, OverrideRefusal> {
    decide_override(&State::default(), &plan(), at(NOW), incoming)
}

#[test]
fn an_override_is_taken_as_it_comes() {
    let wanted = OverrideSet {
        reason: "the dentist".into(),
        ..set("2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z", "bob", None)
    };
    assert_eq!(decided(&incoming()), Ok(wanted));
}

#[test]
fn the_past_stays_as_it_was() {
    let begun = IncomingOverride { from: at("2026-01-01T00:00:00Z"), ..incoming() };
    assert_eq!(decided(&begun).map(|set| set.from), Ok(at(NOW)));
}

#[test]
fn what_cannot_be_is_refused_with_a_remedy() {
    let good = incoming();
    let long: Box<str> = "ä".repeat(1001).into();
    for (wrong, message, help) in [
        (
            IncomingOverride { schedule: "primray".into(), ..good.clone() },
            "no schedule named `primray`",
            "did you mean `primary`?",
        ),
        (
            IncomingOverride { schedule: "x".repeat(5000).into(), ..good.clone() },
            "no schedule named `xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…`",
            "name a `kind: Schedule` document of the ops repo",
        ),
        (IncomingOverride { person: "bop".into(), ..good.clone() }, "no person named `bop`", "did you mean `bob`?"),
        (
            IncomingOverride { replaces: Some("zoe".into()), ..good.clone() },
            "no person named `zoe`",
            "name a `kind: Person` document of the ops repo",
        ),
        (
            IncomingOverride { replaces: Some("bob".into()), ..good.clone() },
            "`bob` cannot stand in for themself",
            "name somebody else, or leave `replaces` out",
        ),
        (
            IncomingOverride { until: good.from, ..good.clone() },
            "the override ends before it starts",
            "let `until` be after `from`",
        ),
        (
            IncomingOverride { from: at("2026-05-01T00:00:00Z"), until: at(NOW), ..good.clone() },
            "the override would be over already",
            "let `until` be in the future",
        ),
        (
            IncomingOverride { until: at("2027-06-03T00:00:00.001Z"), ..good.clone() },
            "the override would hold for more than 366 days",
            "write who stands in for longer into the ops repo",
        ),
        (
            IncomingOverride { until: Timestamp::MAX, from: Timestamp(i64::MIN), ..good.clone() },
            "the override would hold for more than 366 days",
            "write who stands in for longer into the ops repo",
        ),
        (
            IncomingOverride { reason: long, ..good.clone() },
            "the reason has more than 1000 characters",
            "say it shorter, and put the rest where all can read it",
        ),
    ] {
        let refusal = decided(&wrong).expect_err(message);
        assert_eq!((refusal.to_string().as_str(), &*refusal.help()), (message, help), "{}", refusal.code());
    }
}

#[test]
fn a_year_and_a_day_is_not_too_long() {
    assert!(decided(&IncomingOverride { until: at("2027-06-03T00:00:00Z"), ..incoming() }).is_ok());
}

#[test]
fn there_is_an_end_to_how_many_are_held() {
    let one = || set("2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z", "bob", None);
    let full = overrides(std::iter::repeat_with(one).take(OVERRIDES_MAX));
    assert_eq!(decide_override(&full, &plan(), at(NOW), &incoming()), Err(OverrideRefusal::TooMany));
}

#[test]
fn what_holds_or_is_to_come_can_be_removed() {
    let state = overrides([set("2026-06-02T00:00:00Z", "2026-06-03T00:00:00Z", "bob", None)]);
    let id = OverrideId(Seq(1));
    let remove = |id, now| decide_remove_override(&state, id, at(now));
    assert_eq!(remove(id, NOW), Ok(OverrideRemoved { id }));
    assert_eq!(remove(id, "2026-06-02T23:59:59Z"), Ok(OverrideRemoved { id }));
    let over = remove(id, "2026-06-03T00:00:00Z").expect_err("it is over");
    assert_eq!((over.code(), over.to_string().as_str()), ("override-over", "override:1 is over already"));
    let unknown = remove(OverrideId(Seq(2)), NOW).expect_err("there is none");
    assert_eq!((unknown.code(), unknown.to_string().as_str()), ("unknown-override", "there is no override:2"));
}
