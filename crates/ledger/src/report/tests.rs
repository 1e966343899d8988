//! What is told twice counts once, and what cannot be is refused with a reason.

use evenkeel_ids::PlanHash;
use evenkeel_record::chain::Head;
use evenkeel_record::{Actor, Body, BodyErased, FactValue, Header, Origin, Record};
use proptest::prelude::*;

use super::*;
use crate::planned::{Lived, NOON, plan, search};

fn refused(state: &State, now: Timestamp, facts: &[IncomingFact]) -> Vec<String> {
    let refusal = decide_report(state, &plan(), now, Seq(1), facts).expect_err("something is wrong");
    let LedgerRefusal::Facts(refused) = &refusal else { return vec![refusal.to_string()] };
    let line = |one: &FactRefused| {
        format!("{} {} {}: {}; {}", one.place, one.why.field(), one.why.code(), one.why, one.why.help())
    };
    refused.iter().map(line).collect()
}

#[test]
fn what_is_told_again_is_known_and_what_is_told_otherwise_stays_the_same_thing() {
    let mut lived = Lived::default();
    assert_eq!(lived.tell(&[search("a", true), search("b", true)]), ["fact:1 recorded", "fact:2 recorded"]);
    assert_eq!(lived.tell(&[search("a", true)]), ["fact:1 known"]);
    assert_eq!(lived.tell(&[search("a", false), search("b", true)]), ["fact:1 superseded", "fact:2 known"]);
    assert_eq!(lived.state.facts.known("search", "b"), Some(FactId(Seq(2))));
    assert_eq!((lived.state.facts.known("search", "c"), lived.state.facts.known("view", "a")), (None, None));
    assert_eq!(lived.tell(&[search("a", true), search("a", true)]), ["fact:1 superseded", "fact:1 known"]);
    let supersedes: Vec<Option<FactId>> = lived.records.iter().filter_map(of_fact).collect();
    assert_eq!(supersedes, [None, None, Some(FactId(Seq(1))), Some(FactId(Seq(1)))]);
    let subjects: Vec<String> = lived.records.iter().map(|record| record.body.subject(record.seq)).collect();
    assert_eq!(subjects, ["fact:1", "fact:2", "fact:1", "fact:1"]);
}

fn of_fact(record: &Record) -> Option<Option<FactId>> {
    if let Body::FactReported(body) = &record.body { Some(body.supersedes) } else { None }
}

#[test]
fn whoever_tells_it_it_is_the_same_and_all_else_that_is_said_counts() {
    let mut lived = Lived::default();
    lived.tell(&[search("a", true)]);
    let by_another = IncomingFact { source: "portal".into(), ..search("a", true) };
    assert_eq!(lived.tell(&[by_another]), ["fact:1 known"]);
    let later = IncomingFact { occurred_at: NOON + Duration::millis(1), ..search("a", true) };
    assert_eq!(lived.tell(&[later]), ["fact:1 superseded"]);
    let of_ada = IncomingFact { person: Some("ada".into()), ..search("a", true) };
    assert_eq!(lived.tell(&[of_ada]), ["fact:1 superseded"]);
}

#[test]
fn one_that_is_wrong_keeps_all_from_being_taken_and_every_fault_is_told() {
    let wrong = IncomingFact {
        occurred_at: NOON + Duration::minutes(5) + Duration::millis(1),
        workload: Some("shpo".into()),
        team: Some("payment".into()),
        person: Some("zoe".into()),
        ..search("b", true)
    };
    let nameless = IncomingFact { fields: BTreeMap::new(), key: "".into(), ..search("c", true) };
    assert_eq!(
        refused(&State::default(), NOON, &[search("a", true), wrong, nameless]),
        [
            "1 at fact-ahead: it is said to have happened at 2027-01-15T08:05:00.001Z, and it is \
             2027-01-15T08:00:00.000Z now; set the clock of whoever tells it, or tell it once it has happened",
            "1 workload unknown-workload: no workload named `shpo`; did you mean `shop`?",
            "1 team unknown-team: no team named `payment`; did you mean `payments`?",
            "1 person unknown-person: no person named `zoe`; name a `kind: Person` document of the ops repo",
            "2 key empty: `key` is empty, and 1 more faults; write a name into it",
        ]
    );
    let other = |workload: &str, team: &str| IncomingFact {
        workload: Some(workload.into()),
        team: Some(team.into()),
        ..search("b", true)
    };
    let told = refused(&State::default(), NOON, &[other("something-else", "nobody")]);
    assert!(told[0].ends_with("name a `kind: Workload` document of the ops repo"));
    assert!(told[1].ends_with("name a `kind: Team` document of the ops repo"));
    let ahead = IncomingFact { occurred_at: NOON + AHEAD_MAX, ..search("a", true) };
    assert!(decide_report(&State::default(), &plan(), NOON, Seq(1), &[ahead]).is_ok());
}

#[test]
fn a_report_and_a_day_of_a_source_have_bounds() {
    let many = vec![search("a", true); FACTS_PER_REPORT_MAX + 1];
    assert_eq!(refused(&State::default(), NOON, &many), ["more than 10000 facts are told at once"]);

    let mut state = State::default();
    let each = usize::try_from(FACTS_PER_DAY_MAX).expect("small");
    let told = |n: usize| FactReported { supersedes: None, ..body(&search(&n.to_string(), true)) };
    for n in 0..each - 1 {
        let seq = Seq(u64::try_from(n).expect("small") + 1);
        state.apply(&at(seq, NOON, told(n)));
    }
    let facts = [search("0", true), search("x", true), search("y", true)];
    assert!(decide_report(&state, &plan(), NOON, Seq(200_000), &facts[..2]).is_ok(), "what is known does not count");
    let hour = Duration::hours(1);
    let until = NOON + hour * 25;
    let refusal = decide_report(&state, &plan(), NOON + hour, Seq(200_000), &facts).expect_err("one too many");
    assert_eq!(refusal.again_at(), Some(until));
    assert_eq!(
        refused(&state, NOON + hour * 24, &facts),
        [
            "2 kind too-many-facts-of-a-kind: `wiki` told 100000 facts of kind `search` in 24 hours, and no more are taken; \
          tell it again after 2027-01-16T09:00:00.000Z"
        ]
    );
    assert!(decide_report(&state, &plan(), until, Seq(200_000), &facts).is_ok());
    let by_another: Vec<IncomingFact> =
        facts.iter().map(|fact| IncomingFact { source: "portal".into(), ..fact.clone() }).collect();
    assert!(decide_report(&state, &plan(), NOON, Seq(200_000), &by_another).is_ok(), "each source has its own bound");
    // The first of a later hour makes room for all.
    state.apply(&at(Seq(300_000), until, told(each)));
    assert_eq!(state.facts.lately(&"wiki".into(), &"search".into(), until).0, 1);
}

fn at(seq: Seq, at: Timestamp, body: FactReported) -> Record {
    let (actor, origin, plan) = (Actor::system(), Origin::Reported, PlanHash::NONE);
    Record { seq, at, actor, origin, plan, body: Body::FactReported(body) }
}

#[test]
fn of_too_many_facts_those_told_longest_ago_are_forgotten() {
    let mut state = State::default();
    let first = body(&search("first", true));
    state.apply(&at(Seq(1), NOON, first.clone()));
    state.apply(&at(Seq(2), NOON, body(&search("second", true))));
    state.apply(&at(Seq(3), NOON, FactReported { supersedes: Some(FactId(Seq(1))), ..body(&search("first", false)) }));
    for n in 0..crate::FACTS_KEPT - 1 {
        let seq = Seq(u64::try_from(n).expect("small") + 4);
        let hour = Duration::hours(25) * i64::try_from(n / 50_000).expect("small");
        state.apply(&at(seq, NOON + hour, body(&search(&n.to_string(), true))));
    }
    assert_eq!(state.facts.len(), crate::FACTS_KEPT);
    let told = |fact| decide_report(&state, &plan(), NOON + Duration::hours(500), Seq(900_000), &[fact]);
    let becomes = |fact| told(fact).expect("a good fact").taken[0].told;
    assert_eq!(becomes(search("first", false)), Told::Known);
    assert_eq!(becomes(search("second", true)), Told::Recorded);
}

/// A fact of few, so that the same come again.
fn any_fact() -> impl Strategy<Value = IncomingFact> {
    (0..6_u8, 0..3_u8, any::<bool>()).prop_map(|(key, kind, said)| {
        let (kind, field) =
            [("search", "found"), ("experiment", "guardrail"), ("replacement", "known_good")][usize::from(kind)];
        let mut fact =
            IncomingFact { kind: kind.into(), workload: Some("shop".into()), ..search(&key.to_string(), said) };
        fact.fields = [(field.into(), FactValue::Flag(said))].into();
        if kind == "experiment" {
            fact.fields.insert("hypothesis".into(), FactValue::text("it holds"));
            fact.fields.insert("outcome".into(), FactValue::text("confirmed"));
        }
        fact
    })
}

/// Folds records in, those that are chosen without their bodies.
fn folded(records: &[Record], gone: impl Fn(&Record) -> bool) -> State {
    let mut state = State::default();
    for record in records {
        if gone(record) {
            let before = Head { seq: Seq(record.seq.0 - 1), ..Head::default() };
            let sealed = before.clone().seal(record, [0; 16]);
            state.pass_erased(&Header::decode(&sealed.header).expect("a header").0);
        } else {
            state.apply(record);
        }
    }
    state
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 500, failure_persistence: None, ..ProptestConfig::default() })]

    /// Distinct facts, told in one order and then all again in another, are recorded once each.
    #[test]
    fn facts_told_twice_in_any_order_count_once(
        facts in prop::collection::vec(any_fact(), 1..30),
        again in any::<prop::sample::Index>(),
        cut in 1..7_usize,
    ) {
        let mut distinct: BTreeMap<(Arc<str>, Box<str>), IncomingFact> = BTreeMap::new();
        for fact in facts {
            distinct.insert((fact.kind.clone(), fact.key.clone()), fact);
        }
        let mut facts: Vec<IncomingFact> = distinct.into_values().collect();
        let mut lived = Lived::default();
        for part in facts.chunks(cut) {
            prop_assert!(lived.tell(part).iter().all(|told| told.ends_with("recorded")));
        }
        let (records, before) = (lived.records.len(), lived.state.clone());
        prop_assert_eq!(records, facts.len());
        let middle = again.index(facts.len());
        facts.rotate_left(middle);
        facts.reverse();
        prop_assert!(lived.tell(&facts).iter().all(|told| told.ends_with("known")));
        prop_assert_eq!((lived.records.len(), lived.state), (records, before));
    }

    /// Whatever is told in whatever pieces, the last that was said of each thing is what is known, by its first record.
    #[test]
    fn the_last_that_was_said_counts(facts in prop::collection::vec(any_fact(), 1..40), cut in 1..9_usize) {
        let (mut whole, mut pieces) = (Lived::default(), Lived::default());
        let at_once = whole.tell(&facts);
        let one_by_one: Vec<String> = facts.chunks(cut).flat_map(|part| pieces.tell(part)).collect();
        prop_assert_eq!(at_once, one_by_one);
        prop_assert_eq!(&whole.records, &pieces.records);
        let mut last: BTreeMap<(Arc<str>, Box<str>), &IncomingFact> = BTreeMap::new();
        facts.iter().for_each(|fact| { last.insert((fact.kind.clone(), fact.key.clone()), fact); });
        for fact in last.into_values() {
            prop_assert!(whole.tell(std::slice::from_ref(fact))[0].ends_with("known"));
        }
    }

    /// Facts can be erased whichever they are: then they are not known any more, and the fold agrees with what lived.
    #[test]
    fn what_is_erased_is_known_no_more(facts in prop::collection::vec(any_fact(), 1..40), chosen in any::<u64>()) {
        let mut lived = Lived::default();
        lived.tell(&facts);
        let gone = |seq: Seq| chosen.rotate_left(u32::try_from(seq.0 % 64).expect("small")) & 1 == 1;
        let told = lived.records.clone();
        for record in told.iter().filter(|record| gone(record.seq)) {
            prop_assert_eq!(lived.state.needs(record), None);
            lived.take(NOON, Body::BodyErased(BodyErased { erased: record.seq, reason: "asked for".into() }));
        }
        let mut known = folded(&lived.records, |record| matches!(record.body, Body::FactReported(_)) && gone(record.seq));
        // What was erased counts no more towards a day's bound either.
        known.facts.clone_counts(&lived.state.facts);
        prop_assert_eq!(known, lived.state);
    }
}
