//! Silences: looked at, previewed, set, changed, ended and set again.

use evenkeel_engine::{Silence, SilenceState};
use evenkeel_time::Duration;

use crate::alerts::{alert_of, quiet};
use crate::golden::golden;
use crate::posting::Became;
use crate::shop::{SCRIPT, Shop};

fn silences(shop: &Shop) -> Vec<&Silence> {
    shop.engine.state().alerting.silences().collect()
}

fn set(shop: &mut Shop, q: &str, lasts: &str) {
    let became = shop.post("/silences/new", &[("q", q), ("comment", "the disk is being replaced"), ("for", lasts)]);
    assert_eq!(became, Became::Then("../silences?said=silence-set".to_owned()));
}

#[test]
fn none() {
    let shop = Shop::new();
    golden("silences-empty", &shop.page("/silences"));
    golden("silence-new", &shop.page("/silences/new"));
}

#[test]
fn active_pending_and_expired_ones() {
    let mut shop = quiet();
    set(&mut shop, "alertname=\"CacheCold\"", "2h");
    set(&mut shop, "site=~\"a|b\", severity!=\"critical\"", "90m");
    let later =
        [("q", "team=\"batch\""), ("comment", "a move of the racks"), ("from", "2026-01-03T10:00"), ("for", "4h")];
    assert_eq!(
        shop.post("/silences/new", &later),
        Became::Then("../silences?state=pending&said=silence-set".to_owned())
    );
    golden("silences", &shop.page("/silences"));
    golden("silences-pending", &shop.page("/silences?state=pending"));
    let (active, pending) = (silences(&shop)[1].id, silences(&shop)[2].id);
    golden("silence-active", &shop.page(&format!("/silences/{active}")));
    golden("silence-pending", &shop.page(&format!("/silences/{pending}")));
    let alert = shop.page(&format!("/alerts/{}", alert_of(&shop, "CacheCold")));
    assert!(alert.contains("Silenced by") && alert.contains("the disk is being replaced"), "{alert}");
    shop.advance(Duration::hours(3));
    golden("silences-expired", &shop.page("/silences?state=expired"));
}

#[test]
fn a_preview_shows_what_is_caught_and_which_incidents_pause() {
    let mut shop = Shop::new();
    shop.orders_down();
    shop.fires(&[("alertname", "Other")], &[]);
    let alert = alert_of(&shop, "OrdersDown");
    golden("silence-of-alert", &shop.page(&format!("/silences/new?alert={alert}")));
    let preview = shop.page("/silences/new?q=team=\"orders\"&comment=a+deploy&for=2h");
    golden("silence-preview", &preview);
    assert!(preview.contains("Nobody is paged for these any more"), "{preview}");
    let says = |q: &str| shop.page(&format!("/silences/new?q={q}&comment=x&for=2h"));
    assert!(says("alertname=\"Othre\"").contains("It catches nothing that fires now. Is a label misspelt?"));
    assert!(says("alertname=~\"Other|OrdersDown\"").contains("It catches everything that fires, all 2 alerts."));
    assert!(!says("alertname=\"Other\"").contains("Nobody is paged for these"));
    shop.post("/silences/new", &[("q", "team=\"orders\""), ("comment", "a deploy"), ("for", "2h")]);
    assert!(shop.engine.state().incident.incidents().all(|incident| incident.paused.is_some()));
    let page = shop.page(&format!("/silences/{}", silences(&shop)[0].id));
    assert!(page.contains("Nobody is paged for these any more"), "{page}");
}

#[test]
fn a_form_that_is_sent_twice_sets_one_silence() {
    let mut shop = quiet();
    let form = [("q", "site=\"a\""), ("comment", "racks move"), ("for", "2h"), ("ends", "2026-01-02T05:06:05.678Z")];
    assert_eq!(shop.post("/silences/new", &form), Became::Then("../silences?said=silence-set".to_owned()));
    shop.advance(Duration::secs(5));
    let id = silences(&shop)[0].id;
    let again = Became::Then(format!("../silences/{id}?said=silence-set"));
    assert_eq!(shop.post("/silences/new", &form), again);
    assert_eq!(silences(&shop).len(), 1);
    assert_eq!(silences(&shop)[0].ends_at.to_string(), "2026-01-02T05:06:05.678Z");
}

#[test]
fn a_silence_is_changed_ended_and_set_again() {
    let mut shop = quiet();
    set(&mut shop, "site=\"a\"", "2h");
    let id = silences(&shop)[0].id;
    golden("silence-edit", &shop.page(&format!("/silences/{id}/edit")));
    let edit = format!("/silences/{id}/edit");
    let longer = [("q", "site=\"a\""), ("comment", "it takes longer"), ("for", "5h")];
    let changed = Became::Then(format!("../../silences/{id}?said=silence-changed"));
    assert_eq!(shop.post(&edit, &longer), changed);
    assert_eq!((silences(&shop).len(), &*silences(&shop)[0].comment), (1, "it takes longer"));

    let ends_at = silences(&shop)[0].ends_at;
    let expire = format!("/silences/{id}/expire");
    let over = |until: &str| Became::Then(format!("../../silences/{id}?said=silence-expired{until}"));
    assert_eq!(shop.post(&expire, &[]), over(&format!("&until={ends_at}")));
    assert_eq!(shop.post(&expire, &[]), over(""), "sent twice");
    let page = shop.page(&format!("/silences/{id}?said=silence-expired&until={ends_at}"));
    golden("silence-ended", &page);
    let again = format!("/silences/{id}/again");
    let until = ends_at.to_string();
    let set = Became::Then("../../silences?said=silence-set".to_owned());
    assert_eq!(shop.post(&again, &[("until", &until)]), set);
    let states: Vec<_> = silences(&shop).iter().map(|silence| silence.state(shop.now)).collect();
    assert_eq!(states, [SilenceState::Expired, SilenceState::Active]);
    assert_eq!(silences(&shop)[1].ends_at, ends_at);

    // Other matchers: the old one ends, a new one begins.
    let id = silences(&shop)[1].id;
    let other = [("q", "site=\"b\""), ("comment", "the other site"), ("for", "1h")];
    let became = shop.post(&format!("/silences/{id}/edit"), &other);
    assert_eq!(became, Became::Then("../../silences?said=silence-changed".to_owned()));
    assert_eq!(silences(&shop)[1].state(shop.now), SilenceState::Expired);
    assert_eq!(silences(&shop).len(), 3);
    assert_eq!(
        shop.post(&format!("/silences/{id}/edit"), &[("q", "site=\"c\""), ("comment", "x"), ("for", "1h")]),
        Became::Not(format!("{id} is over. Set a new one like it instead."))
    );
}

#[test]
fn what_cannot_be_set_is_refused_in_words_and_kept() {
    let mut shop = quiet();
    let mut not = |q: &str, comment: &str, lasts: &str, from: &str| match shop
        .post("/silences/new", &[("q", q), ("comment", comment), ("for", lasts), ("from", from)])
    {
        Became::Not(why) => why,
        other => panic!("{other:?}"),
    };
    let said = [
        not("", "x", "2h", ""),
        not("site=\"a", "x", "2h", ""),
        not("site!=\"a\"", "x", "2h", ""),
        not("site=\"a\"", "", "2h", ""),
        not("site=\"a\"", "x", "two hours", ""),
        not("site=\"a\"", "x", "2h", "tomorrow"),
        not("a=~\"(\"", "x", "2h", ""),
    ];
    assert_eq!(
        said,
        [
            "Nothing is said about what is to be silenced. Write at least one matcher, such as alertname=\"DiskFull\".",
            "The matchers cannot be read, from character 6 on. The closing `\"` is missing. It reads “\"a” there.",
            "These matchers hold for any alert that lacks the labels they name. Add one that wants a label to have some \
             value, such as alertname=\"DiskFull\" or team=~\".+\".",
            "A silence needs a reason. Say in a few words why it is set: others will ask.",
            "“two hours” under “For” is no length of time. Write it as 2h, 90m or 1d12h.",
            "“tomorrow” under “From” is no time. Write it as 2026-01-02 03:04, by the clock in UTC.",
            "The matchers cannot be read, from character 1 on. Not a regular expression: error: unclosed group. It reads \
             “a=~\"(\"” there.",
        ]
    );
    let typed = [("q", "site=\"a"), ("comment", "the racks move"), ("for", "5h"), ("from", "2026-01-02T10:00")];
    let page = shop.again("/silences/new", &typed, &said[1]);
    golden("silence-refused", &page);
    for kept in ["site=&#34;a", "the racks move", "5h", "2026-01-02T10:00"] {
        assert!(page.contains(kept), "{kept}");
    }
    golden("silence-misread", &shop.page("/silences/new?q=site=~\"a|b\",+severity+page&comment=x&for=2h"));
}

#[test]
fn strangers_texts_do_not_run() {
    let mut shop = quiet();
    shop.fires(&[("alertname", SCRIPT)], &[("summary", SCRIPT)]);
    let q = format!("alertname={:?}", SCRIPT);
    shop.post("/silences/new", &[("q", &q), ("comment", SCRIPT), ("for", "2h")]);
    let id = silences(&shop)[0].id;
    golden("silence-worst", &shop.page(&format!("/silences/{id}")));
    shop.page("/silences");
    shop.page(&format!("/silences/{id}/edit"));
    shop.page(&format!("/silences/new?q={SCRIPT}&comment={SCRIPT}&for={SCRIPT}&from={SCRIPT}&alert={SCRIPT}"));
    shop.page(&format!("/silences?state={SCRIPT}&from={SCRIPT}"));
    let long = "<".repeat(70_000);
    shop.again("/silences/new", &[("q", &long), ("comment", &long), ("for", &long), ("from", &long)], "No.");
}

#[test]
fn a_thousand_silences_come_a_page_at_a_time() {
    let mut shop = quiet();
    for number in 0..1000 {
        set(&mut shop, &format!("site=\"a\", instance!=\"{number}\""), &format!("{}m", 60 + number));
    }
    let page = shop.page("/silences");
    assert!(page.contains("1–40 of 1,000") && page.contains("catches 2 alerts"), "{page}");
}

#[test]
fn who_may_only_look_sees_no_buttons() {
    let mut shop = quiet();
    set(&mut shop, "site=\"a\"", "2h");
    shop.caller = evenkeel_identity::Identity {
        rights: evenkeel_identity::Rights::of(evenkeel_record::Role::Viewer),
        ..shop.caller
    };
    let id = silences(&shop)[0].id;
    for address in
        ["/silences".to_owned(), format!("/silences/{id}"), "/silences/new?q=site=\"a\"&comment=x&for=2h".to_owned()]
    {
        let page = shop.page(&address);
        let acts = page.matches("method=\"post\"").count();
        assert_eq!(acts, 1, "{address}: only that to log out");
    }
}
