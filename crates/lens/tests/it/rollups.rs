//! What verdicts add up to, and what to do first.

use evenkeel_lens::{Practice, QuestionRisk, Review, Risk, RiskReview, SubjectKind, Verdict, risk_of};

use crate::fake::{Fact, Fake, What, instant, lens, practice, signed, subjects};

fn world() -> Fake {
    let mut fake =
        Fake { subjects: subjects(&[("cart", 1, "web"), ("mail", 3, "web"), ("till", 2, "shops")]), ..Fake::default() };
    let mut add = |practice: &str, what, subject: &str, days: &[&str]| {
        for day in days {
            fake.add(practice, Fact { what, subject: subject.into(), at: instant(day), observed: true });
        }
    };
    add("oe.operate.a", What::Good, "cart", &["150", "160"]);
    add("oe.operate.a", What::Declared, "mail", &["1"]);
    add("oe.operate.a", What::Report, "till", &["150"]);
    add("oe.operate.b", What::Good, "web", &["150", "160"]);
    fake
}

fn practices() -> Vec<Practice> {
    let of_team = Practice { subject: SubjectKind::Team, risk: Risk::Low, ..practice("oe.operate.b", true) };
    let of_all = Practice {
        subject: SubjectKind::Organization,
        risk: Risk::Medium,
        question: "q-2".into(),
        ..practice("oe.prepare.c", true)
    };
    let beyond = Practice { further: true, aliases: Vec::new(), ..practice("oe.operate.d", true) };
    let mut first = practice("oe.operate.a", true);
    first.aliases.push("seed:twice".into());
    vec![first, of_team, of_all, beyond]
}

fn made() -> Review {
    world().review(&lens(practices()), 200)
}

fn risks(risk: &RiskReview) -> Vec<String> {
    risk.subjects.iter().map(|entry| format!("{} {}: {}", entry.kind, entry.subject, entry.risk)).collect()
}

#[test]
fn every_verdict_gives_its_risk() {
    use QuestionRisk::{High, Medium, None};
    let rows = [
        (Verdict::NotApplicable, [None, None, None]),
        (Verdict::Contradicted, [High, Medium, Medium]),
        (Verdict::Practised, [None, None, None]),
        (Verdict::Attested, [None, None, None]),
        (Verdict::Stale, [High, Medium, Medium]),
        (Verdict::Declared, [Medium, Medium, Medium]),
        (Verdict::Unknown, [High, Medium, Medium]),
        (Verdict::NoMechanism, [High, Medium, Medium]),
    ];
    for (verdict, expect) in rows {
        assert_eq!(Risk::ALL.map(|risk| risk_of(risk, verdict)), expect, "{verdict}");
    }
}

#[test]
fn risk_adds_up_per_workload_team_and_organisation() {
    let review = made();
    let [first, second] = &review.questions[..] else { panic!("two questions") };
    assert_eq!(
        risks(&first.risk),
        ["workload cart: none", "workload mail: medium", "workload till: high", "team shops: high", "team web: medium",],
        "a team has its workloads' risk, and its own"
    );
    assert_eq!((first.risk.risk, first.risk.counts.total()), (QuestionRisk::High, 5));
    assert_eq!(risks(&second.risk), ["organization organization: medium"]);
    let areas: Vec<_> = review.areas.iter().map(|(area, risk)| (area.as_str(), risk.risk)).collect();
    assert_eq!(areas, [("prepare", QuestionRisk::Medium), ("operate", QuestionRisk::High)]);
}

#[test]
fn practices_beyond_are_counted_apart() {
    let review = made();
    assert_eq!((review.rows, review.practices_total, review.aliases()), (4, 3, 1));
    assert_eq!((review.counts.total(), review.further.total(), review.further.unknown), (6, 3, 3));
    assert_eq!((review.counts.practised, review.counts.contradicted, review.counts.declared), (2, 1, 1));
}

#[test]
fn a_practice_is_as_bad_as_its_worst_subject() {
    let review = made();
    let overall = review.practice("oe.operate.a").expect("there").overall();
    assert_eq!((overall.standing.to_string(), overall.subjects), ("contradicted".to_owned(), 1));
    assert_eq!((overall.good, overall.total, overall.refs.len()), (1, 1, 1));
    assert!(review.practice("seed:twice").is_some() && review.practice("seed:none").is_none());
}

#[test]
fn the_plan_begins_where_most_hangs_on_it() {
    let mut fake = world();
    fake.attestations.push(signed("oe.operate.b", "shops", "100", "300", false));
    let review = fake.review(&lens(practices()), 200);
    let shown = |most| -> Vec<String> {
        let line = |item: evenkeel_lens::Improvement| {
            let owner = item.owner.map(|owner| owner.to_string()).unwrap_or_default();
            let next = item.next.as_deref().unwrap_or_default().to_owned();
            format!("{} {} {} {} [{owner}] {next}", item.tier, item.practice, item.subject, item.standing)
        };
        review.improvements(most).into_iter().map(line).collect()
    };
    let all = [
        "1 oe.prepare.c organization unknown [] move unknown",
        "2 oe.operate.a till contradicted [team:shops] move contradicted",
        "3 oe.operate.a mail declared [team:web] move declared",
        "1 oe.operate.d cart unknown [team:web] move unknown",
        "2 oe.operate.d till unknown [team:shops] move unknown",
        "3 oe.operate.d mail unknown [team:web] move unknown",
    ];
    assert_eq!(shown(usize::MAX), all);
    assert_eq!(shown(2), all[..2]);
}
