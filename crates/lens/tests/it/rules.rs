//! Every rule and every border, as a table. Windows end at day 200 and are 90 days long, from day 110 on; it takes two
//! occasions, the last since day 140, and one in four may be missed.

use evenkeel_lens::{Judged, Practice, SubjectKind, Tolerance, Verdict};
use evenkeel_time::Timestamp;

use crate::fake::{Fact, Fake, What, instant, lens, practice, signed, subjects};

const KEY: &str = "oe.operate.a";

/// Facts as a text: `good 110 150; told-good 120; miss 130; attested 100..300`.
fn world(facts: &str) -> Fake {
    let mut fake = Fake { subjects: subjects(&[("shop", 1, "web")]), ..Fake::default() };
    for part in facts.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        let (word, rest) = part.split_once(' ').expect("what, and when");
        let (what, observed) = match word.strip_prefix("told-") {
            Some(what) => (what, false),
            None => (word, true),
        };
        for day in rest.split_whitespace() {
            let what = match what {
                "good" => What::Good,
                "miss" => What::Miss,
                "counter" => What::Counter,
                "report" => What::Report,
                "declared" => What::Declared,
                other => {
                    let (from, to) = day.split_once("..").expect("from and to");
                    fake.attestations.push(signed(KEY, "shop", from, to, other == "n/a"));
                    continue;
                }
            };
            fake.add(KEY, Fact { what, subject: "shop".into(), at: instant(day), observed });
        }
    }
    fake
}

fn judged(practice: Practice, facts: &str) -> Judged {
    let mut fake = world(facts);
    let review = fake.review(&lens(vec![practice]), 200);
    review.practices[0].verdicts[0].clone()
}

fn check_with(change: impl FnOnce(&mut Practice), facts: &str, expect: &str) {
    let mut practice = practice(KEY, true);
    change(&mut practice);
    let judged = judged(practice, facts);
    assert_eq!(format!("{} {}/{}", judged.standing(), judged.good, judged.total), expect, "{facts}: {}", judged.why);
}

fn check(facts: &str, expect: &str) {
    check_with(|_| {}, facts, expect);
}

#[test]
fn without_occasions_there_is_what_the_repo_says_or_nothing() {
    check("", "unknown 0/0");
    check("declared 1", "declared 1/1");
    check("declared 1 2", "declared 2/2");
}

#[test]
fn practised_takes_enough_occasions() {
    check("good 150", "unknown 1/1");
    check("declared 1; good 150", "declared 1/1");
    check("good 150 160", "practised 2/2");
    check("miss 150", "unknown 0/1");
    check_with(|practice| practice.sample = 1, "good 150", "practised 1/1");
    check_with(|practice| practice.sample = 3, "good 150 160", "unknown 2/2");
}

#[test]
fn the_window_begins_with_its_first_instant_and_ends_before_its_last() {
    check("good 110 199", "practised 2/2");
    check("good 110- 199", "stale 2/2");
    check("good 150 200-", "practised 2/2");
    check("good 150 200", "unknown 1/1");
}

#[test]
fn the_last_good_occasion_has_to_be_fresh() {
    check("good 120 140", "practised 2/2");
    check("good 120 140-", "stale 2/2");
    check("good 120 140-; miss 190", "contradicted 2/3");
    check("good 115 118 120 140-; miss 190", "stale 4/5");
}

#[test]
fn misses_are_tolerated_up_to_their_share() {
    check("good 150 160 170; miss 180", "practised 3/4");
    check("good 150 160; miss 180", "contradicted 2/3");
    check("miss 150 160", "contradicted 0/2");
    check_with(|practice| practice.tolerance = Tolerance::NONE, "good 150 160 170; miss 180", "contradicted 3/4");
    let all = Tolerance::spelt("1").expect("a share");
    check_with(|practice| practice.tolerance = all, "miss 150 160", "unknown 0/2");
    // Three tenths of ten are three: no more than is tolerated.
    let share = Tolerance::spelt("0.3").expect("a share");
    let ten = "good 150 151 152 153 154 155 156; miss 157 158 159";
    check_with(|practice| practice.tolerance = share, ten, "practised 7/10");
    check_with(|practice| practice.tolerance = share, &format!("{ten} 160"), "contradicted 7/11");
}

#[test]
fn counter_facts_contradict_above_their_share() {
    check("good 150 160 170; report 155", "practised 3/3");
    check("good 150 160; report 170", "contradicted 1/3");
    check("report 150", "contradicted 1/1");
    check("counter 120", "contradicted 1/1");
    check("declared 1; counter 120", "contradicted 1/1");
}

#[test]
fn a_re_test_clears_counter_facts() {
    check("counter 120; good 150 160", "practised 2/2");
    check("counter 120; good 150", "contradicted 1/2");
    // What was missed before the last counter-fact is made good with it.
    check("counter 115 120; miss 118; good 150 160", "practised 2/2");
    check("counter 115 120; miss 122; good 150 160", "contradicted 2/5");
    // As many misses after it are tolerated as anywhere.
    check("counter 115 120; miss 122; good 150 160 170", "practised 3/4");
    check("counter 120; good 121 122", "stale 2/3");
    check("report 120; told-good 150 160", "practised (reported) 2/2");
    check("counter 115 120; told-good 150; good 160 170", "practised 3/3");
    check("report 120; good 150 160", "practised 2/2");
    check("report 120; good 150", "contradicted 1/2");
    check("report 120; good 115 150", "contradicted 1/3");
    // As many as there were counter-facts, if these are more than the sample.
    check("report 120 121 122; good 150 160", "contradicted 3/5");
    check("report 120 121 122; good 150 160 170", "practised 3/3");
    check("report 120 121; good 150 160; miss 180", "contradicted 2/5");
    check("report 120; good 120 150", "contradicted 1/3");
    check("report 120; good 121- 150", "practised 2/2");
}

#[test]
fn counter_facts_before_the_window_stand_until_a_re_test() {
    check("report 50", "contradicted 1/1");
    check("report 50; good 150", "contradicted 1/1");
    check("report 50; good 150 160", "practised 2/2");
    check("report 50; good 60 70", "stale 2/2");
    check("report 50; good 10 20 30", "stale 3/3");
    check("report 50; good 10 20", "contradicted 1/3");
    check("report 109 110-; good 150 160", "practised 2/2");
    // The window has to be enough by itself.
    check("report 50; good 60 70 150", "stale 3/3");
    check("report 107 108 109; good 150 160", "contradicted 3/3");
    // One in the window that is tolerated hides nothing.
    let window = "good 150 151 152 153 154; miss 155; report 156";
    check(&format!("report 50; {window}"), "contradicted 1/1");
    check("report 50; report 156; good 150 151 152 160 161", "practised 2/2");
}

#[test]
fn statements_hold_from_when_they_are_signed_to_before_they_expire() {
    check("attested 100..300", "attested 0/0");
    check("attested 200..300", "attested 0/0");
    check("attested 201..300", "unknown 0/0");
    check("attested 100..200", "unknown 0/0");
    check("attested 100..201", "attested 0/0");
    check("n/a 100..200", "unknown 0/0");
    check("n/a 100..201", "not applicable 0/0");
}

#[test]
fn what_happened_goes_before_a_statement_and_not_before_what_does_not_apply() {
    check("attested 100..300; good 150 160", "practised 2/2");
    check("attested 100..300; report 150", "contradicted 1/1");
    check("attested 100..300; good 10 20", "attested 0/0");
    check("attested 100..300; declared 1", "attested 0/0");
    check("n/a 100..300; report 150", "not applicable 0/0");
    check("n/a 100..300; attested 100..300; good 150 160", "not applicable 0/0");
}

#[test]
fn a_statement_may_be_taken_back() {
    let mut fake = world("attested 100..300");
    fake.attestations[0].withdrawn_at = Some(Timestamp(instant("200").0));
    let review = fake.review(&lens(vec![practice(KEY, true)]), 200);
    assert_eq!(review.practices[0].verdicts[0].verdict, Verdict::Unknown);
}

#[test]
fn the_latest_statement_is_the_one_that_is_shown_and_an_alias_names_a_practice() {
    let mut fake = world("attested 100..300; attested 100..250");
    fake.attestations[1].record = evenkeel_ids::Seq(1001);
    fake.attestations[1].practice = format!("seed:{KEY}").into();
    let review = fake.review(&lens(vec![practice(KEY, true)]), 200);
    let judged = &review.practices[0].verdicts[0];
    assert_eq!((judged.fresh_until, judged.refs.len()), (Some(instant("250")), 1));
}

#[test]
fn what_was_only_told_is_practised_reported() {
    check("told-good 150 160", "practised (reported) 2/2");
    check("told-good 150; good 160", "practised (reported) 2/2");
    check("told-good 150; good 160 170", "practised 3/3");
    // What was told beside it makes more occasions of which one in four may be missed,
    check("told-good 150 151 152; told-miss 180; good 160 170", "practised 5/6");
    // and does not cover what was seen to be missed.
    check("told-good 150 151 152 153 154 155; good 160 170; miss 180 181", "contradicted 2/4");
    check("told-good 150 151 152 153; miss 180", "practised (reported) 4/5");
    // What was told is not fresher than what was seen.
    check("told-good 180; good 120 130", "practised (reported) 3/3");
    let observed = practice(KEY, false);
    assert!(!judged(observed, "told-good 150 160").reported, "such a block cannot find what was told");
}

#[test]
fn stale_takes_that_it_was_done_often_enough() {
    check("good 10 20", "stale 2/2");
    check("good 10", "unknown 0/0");
    check("good 10; declared 1", "declared 1/1");
    check("good 10 20; declared 1", "stale 2/2");
    check("good 10 20 150", "stale 3/3");
    check("good 10 20; miss 150", "stale 2/3");
    check("good 109 150", "stale 2/2");
}

#[test]
fn without_a_mechanism_nothing_is_asked() {
    let none = |practice: &mut Practice| {
        practice.mechanism = false;
        practice.practised = None;
        practice.contradicted = None;
    };
    check_with(none, "good 150 160", "unknown: no mechanism yet 0/0");
    check_with(none, "attested 100..300", "attested 0/0");
    check_with(none, "n/a 100..300", "not applicable 0/0");
    check_with(none, "declared 1", "declared 1/1");
}

#[test]
fn absent_blocks_leave_their_verdicts_out() {
    check_with(|practice| practice.declared = None, "declared 1", "unknown 0/0");
    check_with(|practice| practice.contradicted = None, "report 150; good 150 160", "practised 2/2");
    check_with(|practice| practice.practised = None, "good 150 160; declared 1", "declared 1/1");
    let organization = |practice: &mut Practice| practice.subject = SubjectKind::Organization;
    check_with(organization, "good 150 160", "unknown 0/0");
}

#[test]
fn every_verdict_says_why_and_until_when_and_what_next() {
    let whys = [
        ("", "nothing is declared, and no record says anything of it"),
        ("good 150", "1 of 1 occasion in the window, and it takes 2"),
        ("miss 150", "none of 1 occasion in the window was done right"),
        ("declared 1", "the ops repo declares 1 of 1, and no record shows it happening"),
        ("declared 1; good 150", "the ops repo declares 1 of 1, but 1 of 1 occasion in the window, and it takes 2"),
        ("good 150 160", "2 of 2 occasions in the window were done right"),
        ("told-good 150 160", "2 of 2 occasions in the window were done right, by what was told to Evenkeel"),
        ("miss 150 160", "only 0 of 2 occasions in the window were done right, where 25% may be missed"),
        ("report 150", "it failed 1 of 1 time in the window, where 25% is tolerated, and nothing has gone right since"),
        (
            "report 120; good 150",
            "it failed 1 of 2 times in the window, where 25% is tolerated, and since then fewer than the 2 that it takes went right",
        ),
        (
            "counter 115 120; miss 122; good 150 160",
            "it failed 2 of 5 times in the window, where 25% is tolerated, and since then 2 of 3 times went right, of 2 that it \
             takes",
        ),
        (
            "report 50",
            "it failed 1 of 1 time before the window, where 25% is tolerated, and nothing has gone right since",
        ),
        ("good 10 20", "it was done 2 times, last on 1970-01-21T00:00:00.000Z, and nothing fresh shows it"),
        (
            "good 10 20 150",
            "it was done 3 times, last on 1970-05-31T00:00:00.000Z, but 1 of 1 occasion in the window, and it takes 2",
        ),
        ("attested 100..300", "ada signed that it is done, until 1970-10-28T00:00:00.000Z"),
        ("n/a 100..300", "ada signed that it does not apply, until 1970-10-28T00:00:00.000Z"),
    ];
    for (facts, why) in whys {
        assert_eq!(judged(practice(KEY, true), facts).why.to_string(), why, "{facts}");
    }
    let done = judged(practice(KEY, true), "good 150 160");
    assert_eq!((done.fresh_until, done.next.as_deref()), (Some(instant("220")), None));
    assert_eq!(done.refs.iter().map(|seq| seq.0).collect::<Vec<_>>(), [2, 1]);
    assert_eq!(judged(practice(KEY, true), "report 150").next.as_deref(), Some("move contradicted"));
    let signed = judged(practice(KEY, true), "attested 100..300; good 150 160").attested.expect("it still holds");
    assert_eq!(&*signed.person, "ada");
}

#[test]
fn as_little_is_asked_as_it_takes() {
    let asked = |facts: &str| {
        let mut fake = world(facts);
        fake.review(&lens(vec![practice(KEY, true)]), 200);
        fake.asked
    };
    assert_eq!(asked("n/a 100..300; good 150"), 0);
    assert_eq!(asked("good 150 160"), 4, "counter-facts now and before, occasions, occasions that were seen");
    assert_eq!(asked("report 150 160"), 3, "nothing later went right, so there is no re-test to ask for");
    assert_eq!(asked("attested 100..300"), 3);
    assert_eq!(asked(""), 5, "counter-facts now and before, occasions now and ever, declarations");
}

/// The examples of `docs/lens.md`.
#[test]
fn the_page_for_people_is_right() {
    let page = include_str!("../../../../docs/lens.md");
    let rows: Vec<_> = page.lines().filter_map(|line| line.strip_prefix("| `")?.split_once("` | ")).collect();
    let rows: Vec<_> = rows.into_iter().filter(|(facts, _)| facts.contains(char::is_numeric)).collect();
    assert!(rows.len() >= 18, "the table has its rows");
    for (facts, rest) in rows {
        let (verdict, _) = rest.split_once(" |").expect("a verdict");
        check(facts, verdict);
    }
}
