//! Alerts of the year: answered at once, late or not at all, and looked into afterwards or not.

use super::{DAYS, Diary, Dice, MINUTES, workday};

const NAMES: [&str; 6] = ["NoOrders", "SlowCheckout", "DiskFull", "Errors", "ProbeFailed", "Unruly"];

/// At most one a day, so that the last incident is always the one that is spoken of.
pub(super) fn note(diary: &mut Diary, dice: &mut Dice) {
    for day in 0..DAYS - 15 {
        if dice.percent(if workday(day) { 45 } else { 12 }) {
            one(day, diary, dice);
        }
    }
}

fn one(day: u32, diary: &mut Diary, dice: &mut Dice) {
    let name = NAMES[usize::try_from(dice.below(6)).expect("small")];
    let hour = if dice.percent(85) { 9 + dice.below(7) } else { 2 + dice.below(3) };
    let begun = day * MINUTES + hour * 60;
    diary.note(begun, &format!("push {name}{{workload=shop}} summary:{name} end={}d", day + 1));
    let answered = answer(begun, diary, dice);
    let over = begun + answered.unwrap_or(0) + 15 + dice.below(75);
    diary.note(over, &format!("push {name}{{workload=shop}} resolved"));
    if answered.is_some() && dice.percent(72) {
        analysis(over + 60 + dice.below(100), diary, dice);
    }
}

/// Who answers, and after how many minutes.
fn answer(begun: u32, diary: &mut Diary, dice: &mut Dice) -> Option<u32> {
    let (after, who) = match dice.below(100) {
        0..70 => (1 + dice.below(4), "ada"),
        70..88 => (6 + dice.below(4), "bob"),
        88..93 => (50 + dice.below(20), "cleo"),
        _ => return None,
    };
    diary.note(begun + after, &format!("person {who} ack $incident"));
    if who == "ada" && dice.percent(15) {
        diary.note(begun + after + 2, "person ada escalate $incident to person:bob");
        if dice.percent(85) {
            diary.note(begun + after + 5, "person bob ack $incident");
        }
    }
    if dice.percent(60) {
        let outcome = if dice.percent(88) { "success" } else { "failure" };
        let run = "record run key=run-# workload=shop procedure=restart-shop mode=manual";
        diary.note(begun + after + 8, &format!("{run} person={who} outcome={outcome} incident=$incident"));
    }
    Some(after)
}

fn analysis(at: u32, diary: &mut Diary, dice: &mut Dice) {
    let actions = if dice.percent(90) { 1 + dice.below(3) } else { 0 };
    let audiences = if dice.percent(75) { "customers,engineering" } else { "engineering" };
    let teams = if dice.percent(65) { "shop,platform" } else { "shop" };
    let late = dice.percent(10);
    let blind = dice.percent(8);
    let undetected = if dice.percent(92) { dice.below(5) } else { 20 + dice.below(40) };
    let ad_hoc = dice.percent(18);
    diary.note(
        at,
        &format!(
            "record analysis key=analysis-# workload=shop incident=$incident factors=2 actions={actions} teams={teams} \
             audiences={audiences} late_escalation={late} no_signal={blind} minutes_undetected={undetected} ad_hoc={ad_hoc}"
        ),
    );
}
