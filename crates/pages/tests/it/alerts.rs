//! Alerts and groups in their states.

use evenkeel_engine::{IncomingAlert, Input, Outcome};
use evenkeel_labels::LabelSet;
use evenkeel_pages::{PAGES, Place, RecordsFound, Shown};
use evenkeel_time::Duration;

use crate::golden::golden;
use crate::shop::{SCRIPT, Shop, find, planned};

/// Where one alert inhibits others, nights are muted, and somebody is told by webhook.
const QUIET: &str = "
route:
  receiver: everything
  group_by: [alertname]
  group_wait: 0s
  group_interval: 5m
  repeat_interval: 4h
  routes: [{ matchers: ['team=\"batch\"'], receiver: batch, mute_time_intervals: [nights] }]
receivers:
  - { name: everything, webhook_configs: [{ url: 'http://everything.example/' }] }
  - { name: batch, webhook_configs: [{ url: 'http://batch.example/' }] }
inhibit_rules: [{ source_matchers: ['alertname=\"DatacentreDown\"'], target_matchers: ['severity=\"warning\"'], equal: [site] }]
time_intervals: [{ name: nights, time_intervals: [{ times: [{ start_time: '00:00', end_time: '06:00' }] }] }]
";

pub(crate) fn quiet() -> Shop {
    let mut shop = Shop::under(planned(QUIET));
    shop.fires(
        &[("alertname", "DatacentreDown"), ("severity", "critical"), ("site", "a")],
        &[("summary", "site a is dark")],
    );
    shop.advance(Duration::minutes(2));
    shop.fires(
        &[("alertname", "DiskFull"), ("severity", "warning"), ("site", "a"), ("instance", "db-1")],
        &[("summary", "the disk of db-1 is full"), ("runbook_url", "https://wiki.example/disk?a=1&b=2")],
    );
    shop.fires(&[("alertname", "JobLate"), ("team", "batch"), ("severity", "ticket")], &[]);
    shop.fires(
        &[("alertname", "CacheCold"), ("severity", "info"), ("site", "b")],
        &[("description", "the cache is cold")],
    );
    shop
}

fn outcome(shop: &mut Shop, outcome: &Outcome) {
    let open: Vec<_> = shop.engine.state().alerting.notices().map(|notice| notice.id).collect();
    for notice in open {
        shop.handle(Input::NoticeOutcome { notice, outcome: outcome.clone() });
    }
}

fn failed() -> Outcome {
    let reason = "everything.example: connection refused".to_owned();
    Outcome::Failed { reason, retry: evenkeel_engine::Retry::Yes }
}

/// The id of the alert of that name.
pub(crate) fn alert_of(shop: &Shop, name: &str) -> String {
    let mut alerts = shop.engine.state().alerting.alerts();
    alerts.find(|alert| alert.labels.get("alertname") == name).expect("an alert").id.to_string()
}

fn group_of(shop: &Shop, receiver: &str) -> String {
    let mut groups = shop.engine.state().alerting.groups();
    groups.find(|group| *group.receiver == *receiver).expect("a group").id.to_string()
}

#[test]
fn nothing_fires() {
    let shop = Shop::new();
    golden("alerts-empty", &shop.page("/alerts"));
    golden("groups-empty", &shop.page("/groups"));
}

#[test]
fn what_is_told_and_what_is_not() {
    let mut shop = quiet();
    outcome(&mut shop, &Outcome::Delivered);
    shop.advance(Duration::minutes(8));
    golden("alerts-active", &shop.page("/alerts"));
    golden("alerts-suppressed", &shop.page("/alerts?state=suppressed"));
    golden("alerts-grouped", &shop.page("/alerts?state=all&view=grouped&by=severity"));
    let all = shop.page("/alerts?state=all");
    for said in ["inhibited by", "muted by a time interval", "critical", "4 alerts"] {
        assert!(all.contains(said), "{said}");
    }
}

#[test]
fn alerts_are_narrowed_by_labels_receiver_and_severity() {
    let shop = quiet();
    let names = |address: &str| {
        let html = shop.page(address);
        let known = ["DatacentreDown", "DiskFull", "JobLate", "CacheCold"];
        known.into_iter().filter(|name| html.contains(&format!("<b>{name}</b>"))).collect::<Vec<_>>()
    };
    assert_eq!(names("/alerts"), ["DatacentreDown", "CacheCold"]);
    assert_eq!(names("/alerts?state=all&q=site=~\"a|b\",severity!=\"info\""), ["DatacentreDown", "DiskFull"]);
    assert_eq!(names("/alerts?state=all&receiver=batch"), ["JobLate"]);
    assert_eq!(names("/alerts?state=all&severity=warning"), ["DiskFull"]);
    assert!(names("/alerts?state=all&q=site=\"c\"").is_empty());
    golden("alerts-misread", &shop.page("/alerts?q=site=~\"a|b\",+severity+page"));
}

#[test]
fn one_alert_says_why_it_is_quiet_and_who_was_told() {
    let mut shop = quiet();
    outcome(&mut shop, &Outcome::Delivered);
    shop.advance(Duration::minutes(1));
    let page = |shop: &Shop, name: &str| shop.page(&format!("/alerts/{}", alert_of(shop, name)));
    golden("alert-inhibited", &page(&shop, "DiskFull"));
    golden("alert-muted", &page(&shop, "JobLate"));
    let told = page(&shop, "DatacentreDown");
    assert!(told.contains("told that it fires") && told.contains("Nothing keeps it quiet"), "{told}");
}

#[test]
fn one_alert_of_an_incident_whose_notice_fails() {
    let mut shop = Shop::new();
    shop.orders_down();
    golden("alert-incident", &shop.page(&format!("/alerts/{}", alert_of(&shop, "OrdersDown"))));
    shop.fires(&[("alertname", "Other")], &[]);
    outcome(&mut shop, &failed());
    shop.advance(Duration::secs(1));
    golden("alert-failing", &shop.page(&format!("/alerts/{}", alert_of(&shop, "Other"))));
    golden("group-failing", &shop.page(&format!("/groups/{}", group_of(&shop, "everything"))));
    golden("groups-failing", &shop.page("/groups?state=failing"));
}

#[test]
fn an_alert_that_is_over_waits_until_that_is_told() {
    let mut shop = quiet();
    outcome(&mut shop, &Outcome::Delivered);
    let id = alert_of(&shop, "DatacentreDown");
    let over = IncomingAlert {
        labels: LabelSet::new([("alertname", "DatacentreDown"), ("severity", "critical"), ("site", "a")]),
        annotations: LabelSet::default(),
        starts_at: None,
        ends_at: Some(shop.now),
        generator_url: "".into(),
    };
    shop.handle(Input::Alerts(vec![over]));
    golden("alert-over", &shop.page(&format!("/alerts/{id}")));
    golden("group", &shop.page(&format!("/groups/{}", group_of(&shop, "everything"))));
    golden("groups", &shop.page("/groups"));
}

#[test]
fn strangers_texts_do_not_run_and_huge_ones_are_cut() {
    let mut shop = quiet();
    let huge = "<&\"'>".repeat(10_000);
    let names: Vec<String> = (0..200).map(|number| format!("label_{number}")).collect();
    let mut labels = vec![("alertname", SCRIPT), ("severity", SCRIPT), ("team", SCRIPT), ("huge", huge.as_str())];
    labels.extend(names.iter().map(|name| (name.as_str(), SCRIPT)));
    let javascript = [("summary", SCRIPT), ("description", huge.as_str()), ("runbook_url", "javascript:alert(1)")];
    shop.fires(&labels, &javascript);
    for number in 0..60 {
        let number = number.to_string();
        let one: Vec<(&str, &str)> = labels.iter().copied().chain([("instance", number.as_str())]).collect();
        shop.fires(&one, &javascript);
    }
    golden("alerts-worst", &shop.page("/alerts"));
    golden("alert-worst", &shop.page(&format!("/alerts/{}", alert_of(&shop, SCRIPT))));
    shop.page("/groups");
    shop.page(&format!("/groups/{}", shop.engine.state().alerting.groups().last().expect("a group").id));
    shop.page("/alerts?view=grouped&by=team");
    shop.page("/alerts?view=grouped&by=huge");
    shop.page(&format!("/alerts?q={SCRIPT}"));
    shop.page(&format!(
        "/alerts?receiver={SCRIPT}&severity={SCRIPT}&by={SCRIPT}&view=grouped&state={SCRIPT}&from={SCRIPT}"
    ));
}

#[test]
fn many_alerts_come_a_page_at_a_time() {
    let mut shop = quiet();
    for number in 0..100 {
        shop.advance(Duration::secs(1));
        shop.fires(&[("alertname", "Many"), ("severity", "page"), ("instance", &format!("web-{number:03}"))], &[]);
    }
    let mut address = "/alerts".to_owned();
    let mut seen = Vec::new();
    loop {
        let html = shop.page(&address);
        let shown = html.split("<span class=\"tag\">instance=web-").skip(1);
        seen.extend(shown.map(|rest| rest.split('<').next().expect("a number").to_owned()));
        let Some((before, _)) = html.split_once("\">Next</a>") else { break };
        address = format!("/alerts{}", before.rsplit("href=\"").next().expect("an address"));
    }
    let expected: Vec<String> = (0..100).rev().map(|number| format!("{number:03}")).collect();
    assert_eq!(seen, expected);
}

#[test]
fn what_is_not_there_is_said_to_be_gone() {
    let shop = Shop::new();
    for (address, what) in [
        ("/alerts/alert:99", "No alert alert:99 is held now."),
        ("/alerts/nonsense", "No alert nonsense is held now."),
        ("/groups/group:99", "No group group:99 is held now."),
        ("/silences/silence:99", "There is no silence:99, or it was over for more than five days."),
        ("/silences/silence:99/edit", "There is no silence:99, or it was over for more than five days."),
        ("/oncall/other", "The ops repo has no schedule other."),
    ] {
        assert_eq!(not_there(&shop, address), what);
    }
    assert!(PAGES.iter().any(|page| Place::of(page.path, "/alerts/alert:99", Vec::new()).is_some()));
}

fn not_there(shop: &Shop, address: &str) -> String {
    let (route, place) = find(address);
    match shop.shown(route, &place, &[], &RecordsFound::default(), None, &evenkeel_pages::Kept::new()) {
        Shown::NotThere { what, .. } => what,
        other @ (Shown::Page(_) | Shown::Download { .. } | Shown::Elsewhere(_)) => panic!("{other:?}"),
    }
}
