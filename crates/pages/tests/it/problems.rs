//! Problems, and what their forms do.

use crate::golden::golden;
use crate::posting::Became;
use crate::shop::{SCRIPT, Shop};

#[test]
fn problems_are_opened_linked_and_resolved() {
    let mut shop = Shop::new();
    golden("problems-empty", &shop.page("/problems"));
    let id = shop.orders_down();
    let opened = [("title", "the queue fills up"), ("incidents", &*id.to_string())];
    assert_eq!(shop.post("/problems", &opened), Became::Then("./problems?said=problem-opened".to_owned()));
    golden("problems", &shop.page("/problems?said=problem-opened"));
    let problem = shop.engine.state().incident.problems().last().expect("a problem").id;
    shop.fires(&[("alertname", "Slow"), ("team", "database")], &[("summary", "queries take 3 s")]);
    let other = shop.newest().to_string();
    let path = format!("/problems/{problem}");
    let Became::Then(then) = shop.post(&format!("{path}/incidents"), &[("incident", &other)]) else { panic!("linked") };
    assert_eq!(then, format!("../../problems/{problem}?said=problem-linked"));
    golden("problem", &shop.page(&path));
    let Became::Not(said) = shop.post(&format!("{path}/resolve"), &[("reason", " ")]) else { panic!("no reason") };
    assert!(said.starts_with("How the cause was removed is missing."));
    let html = shop.again(&format!("{path}/resolve"), &[("reason", SCRIPT)], &said);
    assert!(html.contains("&#60;script"));
    shop.post(&format!("{path}/resolve"), &[("reason", "the queue has a bound")]);
    golden("problem-resolved", &shop.page(&path));
    let Became::Not(said) = shop.post(&format!("{path}/resolve"), &[("reason", "again")]) else { panic!("resolved") };
    assert!(said.contains("is resolved already"));
}

#[test]
fn many_problems_with_script_in_their_titles_stay_small() {
    let mut shop = Shop::new();
    for number in 0..120 {
        shop.post("/problems", &[("title", &format!("{number} {SCRIPT}"))]);
    }
    let html = shop.page("/problems");
    assert!(html.contains("1 to 50 of 120"));
    golden("problems-worst", &html);
    let Became::Not(said) = shop.post("/problems", &[("title", "a"), ("incidents", "incident:1, nonsense")]) else {
        panic!("no incident")
    };
    assert!(said.contains("`nonsense` names no incident."));
    golden("problems-again", &shop.again("/problems", &[("title", SCRIPT), ("incidents", "nonsense")], &said));
}
