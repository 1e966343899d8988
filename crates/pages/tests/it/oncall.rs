//! On call: now, next, the month, gaps, load, and who stands in.

use std::sync::Arc;

use evenkeel_identity::{Identity, Rights};
use evenkeel_record::Role;
use evenkeel_time::Duration;

use crate::golden::golden;
use crate::posting::Became;
use crate::shop::{SCRIPT, Shop, planned};

fn as_person(shop: &mut Shop, name: &str, role: Role) {
    let person = Some(Arc::from(name));
    shop.caller = Identity { person, rights: Rights::of(role), ..Identity::owner() };
}

fn cover(person: &'static str, from: &'static str, until: &'static str) -> [(&'static str, &'static str); 4] {
    [("person", person), ("from", from), ("until", until), ("reason", "a wedding")]
}

#[test]
fn no_schedule() {
    let shop = Shop::under(planned("route: { receiver: all }\nreceivers: [{ name: all }]\n"));
    golden("oncall-empty", &shop.page("/oncall"));
}

#[test]
fn who_is_on_call_now_and_next_and_what_it_took() {
    let mut shop = Shop::new();
    shop.orders_down();
    golden("oncall", &shop.page("/oncall"));
    as_person(&mut shop, "bob", Role::Responder);
    golden("oncall-bob", &shop.page("/oncall"));
    as_person(&mut shop, "cleo", Role::Responder);
    assert!(shop.page("/oncall").contains("You have no turn within 60 days."));
}

#[test]
fn a_month_of_a_schedule_on_the_readers_clock() {
    let mut shop = Shop::new();
    golden("schedule", &shop.page("/oncall/primary"));
    golden("schedule-nights", &shop.page("/oncall/nights?month=2026-03"));
    as_person(&mut shop, "bob", Role::Viewer);
    let page = shop.page("/oncall/primary?month=2026-02");
    assert!(page.contains("Days as in Asia/Kolkata, your zone; turns change by the clock in Europe/Berlin"), "{page}");
    assert!(page.contains("13:30") && page.contains("this month") && !page.contains("id=\"cover\""), "{page}");
}

#[test]
fn somebody_stands_in_once_and_gives_it_back() {
    let mut shop = Shop::new();
    let form = cover("cleo", "2026-01-03T10:00", "2026-01-04T10:00");
    let query = "person=cleo&from=2026-01-03T10:00&until=2026-01-04T10:00&reason=a+wedding";
    golden("schedule-cover", &shop.page(&format!("/oncall/primary?{query}")));
    let set = Became::Then("../../oncall/primary?said=override-set".to_owned());
    assert_eq!(shop.post("/oncall/primary/overrides", &form), set);
    shop.advance(Duration::secs(5));
    assert_eq!(shop.post("/oncall/primary/overrides", &form), set, "sent twice");
    let ids: Vec<_> = shop.engine.state().oncall.overrides().map(|one| one.id).collect();
    assert_eq!(ids.len(), 1);
    golden("schedule-covered", &shop.page("/oncall/primary?said=override-set"));
    assert!(shop.page("/oncall").contains("a wedding"));
    let nothing = shop.page(&format!("/oncall/primary?{query}"));
    assert!(nothing.contains("This changes nothing"), "{nothing}");
    let remove = format!("/oncall/primary/overrides/{}/remove", ids[0]);
    let removed = Became::Then("../../../../oncall/primary?said=override-removed".to_owned());
    assert_eq!(shop.post(&remove, &[]), removed);
    assert_eq!(shop.post(&remove, &[]), removed, "sent twice");
    assert_eq!(shop.engine.state().oncall.overrides().count(), 0);
}

#[test]
fn one_in_the_place_of_one() {
    let mut shop = Shop::new();
    let query = "person=cleo&replaces=bob&from=2026-01-03T10:00&until=2026-01-06T10:00";
    let page = shop.page(&format!("/oncall/primary?{query}"));
    // Ada has the turn until 5 January, nine o'clock in Berlin.
    assert!(page.contains("5 Jan 08:00") && page.contains("<td>bob</td><td><b>cleo</b></td>"), "{page}");
    let form = [cover("cleo", "2026-01-03T10:00", "2026-01-06T10:00").as_slice(), &[("replaces", "bob")]].concat();
    shop.post("/oncall/primary/overrides", &form);
    assert!(shop.page("/oncall/primary").contains("in place of bob"));
}

#[test]
fn who_responds_takes_turns_over_for_themselves_only() {
    let mut shop = Shop::new();
    as_person(&mut shop, "bob", Role::Responder);
    let page = shop.page("/oncall/primary");
    assert!(page.contains("Take a turn over") && page.contains("readonly"), "{page}");
    let of = |person| cover(person, "", "2026-01-04T10:00");
    let not =
        "The turn is cleo's, and you are somebody else. cleo can do this, and so can whoever has the role operator.";
    assert_eq!(shop.post("/oncall/primary/overrides", &of("cleo")), Became::Not(not.to_owned()));
    let set = Became::Then("../../oncall/primary?said=override-set".to_owned());
    assert_eq!(shop.post("/oncall/primary/overrides", &of("bob")), set);
    let id = shop.engine.state().oncall.overrides().next().expect("an override").id;
    as_person(&mut shop, "ada", Role::Responder);
    assert!(!shop.page("/oncall/primary").contains("Take it back"));
    let remove = format!("/oncall/primary/overrides/{id}/remove");
    let not =
        "The turn is bob's, and you are somebody else. bob can do this, and so can whoever has the role operator.";
    assert_eq!(shop.post(&remove, &[]), Became::Not(not.to_owned()));
}

#[test]
fn what_cannot_be_set_is_refused_in_words_and_kept() {
    let mut shop = Shop::new();
    let mut not = |person: &'static str, from: &'static str, until: &'static str| match shop
        .post("/oncall/primary/overrides", &cover(person, from, until))
    {
        Became::Not(why) => why,
        other => panic!("{other:?}"),
    };
    let said = [
        not("", "", "2026-01-03T10:00"),
        not("cloe", "", "2026-01-03T10:00"),
        not("cleo", "2026-01-04T10:00", "2026-01-03T10:00"),
        not("cleo", "", "2026-01-01T10:00"),
        not("cleo", "", ""),
    ];
    assert_eq!(
        said,
        [
            "Nobody is named who is to be on call. Name a person of the ops repo.",
            "No person named `cloe`. Did you mean `cleo`?",
            "The override ends before it starts. Let `until` be after `from`.",
            "The override ends before it starts. Let `until` be after `from`.",
            "“” under “Until” is no time. Write it as 2026-01-02 03:04, by the clock in UTC.",
        ]
    );
    let typed = cover("cloe", "2026-01-03T10:00", "2026-01-04T10:00");
    let page = shop.again("/oncall/primary/overrides", &typed, &said[1]);
    golden("schedule-refused", &page);
    for kept in ["cloe", "2026-01-03T10:00", "2026-01-04T10:00", "a wedding"] {
        assert!(page.contains(kept), "{kept}");
    }
}

#[test]
fn the_worst_schedule_stays_readable() {
    let people: String = (0..60)
        .map(|number| format!("---\napiVersion: evenkeel/v1\nkind: Person\nmetadata: {{ name: somebody-with-a-very-long-name-{number} }}\nspec: {{ contacts: [{{ name: phone, webhook: {{ url: 'http://phone.example/{number}' }} }}] }}\n"))
        .collect();
    let turns: Vec<String> = (0..20)
        .map(|turn| {
            format!(
                "[{}]",
                (0..3)
                    .map(|one| format!("somebody-with-a-very-long-name-{}", turn * 3 + one))
                    .collect::<Vec<_>>()
                    .join(", ")
            )
        })
        .collect();
    let schedule = format!(
        "---\napiVersion: evenkeel/v1\nkind: Schedule\nmetadata: {{ name: hourly }}\nspec:\n  timeZone: Europe/Berlin\n  layers: [{{ name: hourly, start: 2025-12-29T00:00, shift: {{ hours: 1 }}, turns: [{}], restrictions: [{{ times: '08:00-12:00' }}] }}]\n",
        turns.join(", ")
    );
    let mut shop = Shop::and(&format!("{people}{schedule}"));
    let form = [("person", "cleo"), ("until", "2026-01-04T10:00"), ("reason", SCRIPT)];
    shop.post("/oncall/hourly/overrides", &form);
    golden("schedule-worst", &shop.page("/oncall/hourly"));
    golden("oncall-worst", &shop.page("/oncall"));
    shop.page(&format!("/oncall/hourly?person={SCRIPT}&from={SCRIPT}&until={SCRIPT}&reason={SCRIPT}&month={SCRIPT}"));
    shop.page(&format!("/oncall?from={SCRIPT}"));
}
