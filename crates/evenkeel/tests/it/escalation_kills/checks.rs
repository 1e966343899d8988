//! What has to be true of every incident, by the journal, at the sink, and for those who answered.

use std::collections::{BTreeMap, BTreeSet};

use evenkeel_time::Duration;
use serde_json::Value;

use super::history::{History, Incident, Page};
use super::ladder::Rung;
use super::responder::Work;
use crate::server::Server;
use crate::sink::Delivery;

/// A step that is due while the program runs is taken this soon, also on a busy machine.
const LATE: Duration = Duration::secs(5);

/// Each alert that was taken is one incident, and nothing else is.
pub(super) fn opened_once(history: &History, work: &Work) {
    let alerts: Vec<&String> = history.incidents.values().map(|incident| &incident.alert).collect();
    let names: BTreeSet<&String> = alerts.iter().copied().collect();
    assert_eq!(alerts.len(), names.len(), "an alert opened two incidents");
    assert_eq!(names, work.alerts.iter().collect(), "alerts that were taken, and incidents");
}

/// Steps are taken in order, none twice, none left out, none early and none late; each pages whom it is to page.
pub(super) fn in_order(history: &History) {
    for (id, incident) in &history.incidents {
        let mut expected = Rung::FIRST;
        for (number, step) in incident.steps.iter().enumerate() {
            assert_eq!(step.rung, expected, "{id}, its step {number}: {:#?}", incident.steps);
            assert_eq!(step.cause, if number == 0 { "opened" } else { "unanswered" }, "{id}: {step:?}");
            if let Some(before) = number.checked_sub(1).map(|before| &incident.steps[before]) {
                let due = before.next_at.max(step.life_began);
                assert!(step.at >= before.next_at, "{id}: early: {before:?}, {step:?}");
                assert!(step.at <= due + LATE, "{id}: late: {before:?}, {step:?}");
            }
            expected = expected.next();
        }
        assert_eq!(incident.steps.len(), incident.pages.len(), "{id}: a page each step: {incident:#?}");
        for (step, page) in incident.steps.iter().zip(&incident.pages) {
            assert_eq!(page.to, format!("person:{}", step.rung.person()), "{id}: {page:?}");
            assert_eq!(page.because[1], step.rung.because(), "{id}: {page:?}");
            assert_eq!(page.intended.len(), 1, "{id}: {page:?}");
        }
    }
}

/// What a crash cut goes out again in the next life.
pub(super) fn sent_again(history: &History) {
    assert_eq!(history.forgotten, Vec::<String>::new(), "pages that waited while later ones arrived");
}

/// What was answered is on record as that person's, what is on record was answered, and after it nobody is paged.
pub(super) fn answered(history: &History, work: &Work) {
    for (id, incident) in &history.incidents {
        let answer = work.answers.get(id).unwrap_or_else(|| panic!("{id} was never answered"));
        let acknowledged = incident.acknowledged.as_ref().unwrap_or_else(|| panic!("{id} is not acknowledged"));
        assert_eq!(acknowledged.page, answer.page, "{id}: through which page");
        let page = incident.pages.iter().find(|page| page.id == answer.page).expect("a page of the incident");
        assert_eq!(page.to, format!("person:{}", acknowledged.person), "{id}: by whom");
        assert_eq!(incident.after, Vec::<String>::new(), "{id}: on record after it was acknowledged");
    }
}

/// At the phones: the right person, each page once and at most once more for each crash, in the order of the steps,
/// and nothing after the answer but what was on its way.
pub(super) fn at_the_sink(history: &History, work: &Work, deliveries: &[Delivery]) {
    let arrived = Arrived::of(deliveries);
    let known = history.incidents.values().flat_map(|incident| &incident.pages).map(|page| page.id.as_str());
    assert_eq!(arrived.keys().collect::<BTreeSet<_>>().difference(&known.collect()).next(), None, "not on record");
    for (id, incident) in &history.incidents {
        let taken = work.answers[id].taken.expect("it was taken");
        for page in &incident.pages {
            let copies = arrived.pages.get(page.id.as_str()).map_or(&[][..], Vec::as_slice);
            page_as_recorded(page, copies);
            let late: Vec<_> = copies.iter().filter(|(_, copy)| life(copy) > taken).collect();
            assert!(late.is_empty(), "{id} was acknowledged in life {taken} and paged after it: {late:?}");
        }
        // A page that a crash held up may come after a later one; every other may not.
        let places = incident.pages.iter().filter(|page| page.starts == 0 && page.delivered);
        let places: Vec<usize> = places.map(|page| arrived.pages[page.id.as_str()][0].0).collect();
        assert!(places.is_sorted(), "{id}: pages arrived out of order: {places:?} of {incident:#?}");
    }
}

fn page_as_recorded(page: &Page, copies: &[(usize, &Delivery)]) {
    assert!(!page.delivered || !copies.is_empty(), "recorded as delivered and never arrived: {page:?}");
    assert!(copies.len() <= 1 + page.starts, "{} copies of {page:?}", copies.len());
    let mut lives = BTreeSet::new();
    for (_, copy) in copies {
        assert_eq!(copy.body["to"], page.to, "{page:?}");
        assert_eq!(copy.path, page.to.replace("person:", "/"), "{page:?}");
        assert_eq!(copy.body["because"], page.because, "{page:?}");
        assert_eq!(copy.key, copies[0].1.key, "another key for the same page: {page:?}");
        assert!(!copy.key.is_empty() && lives.insert(life(copy)), "one life sent it twice: {page:?}");
    }
}

/// Everything that arrived, by page, with its place in the order of arrival.
struct Arrived<'a> {
    pages: BTreeMap<&'a str, Vec<(usize, &'a Delivery)>>,
}

impl<'a> Arrived<'a> {
    fn of(deliveries: &'a [Delivery]) -> Self {
        let (mut pages, mut keys) = (BTreeMap::<_, Vec<_>>::new(), BTreeMap::new());
        for (place, delivery) in deliveries.iter().enumerate() {
            let id = delivery.body["id"].as_str().expect("an id");
            pages.entry(id).or_default().push((place, delivery));
            let first = *keys.entry(delivery.key.as_str()).or_insert(id);
            assert_eq!(first, id, "one key for two pages");
        }
        Self { pages }
    }

    fn keys(&self) -> impl Iterator<Item = &'a str> {
        self.pages.keys().copied()
    }
}

/// Which life of the program sent it.
fn life(delivery: &Delivery) -> u64 {
    let url = delivery.body["external_url"].as_str().expect("an external URL");
    url.trim_start_matches("http://life-").parse().expect("a number")
}

/// What the API shows is what the journal says; where somebody has the incident no page is open.
pub(super) fn shown(server: &Server, history: &History) {
    let shown = server.get("/api/v1/incidents?all=true&limit=1000").json();
    let shown = shown["incidents"].as_array().expect("a list");
    assert_eq!(shown.len(), history.incidents.len());
    for incident in shown {
        let id = incident["id"].as_str().expect("an id");
        let recorded: &Incident = &history.incidents[id];
        let person = recorded.acknowledged.as_ref().map(|acknowledged| format!("person:{}", acknowledged.person));
        assert_eq!(incident["status"], "acknowledged", "{incident}");
        assert_eq!(incident["acknowledged"]["person"], Value::from(person), "{incident}");
        let step = recorded.steps.last().expect("a step");
        assert_eq!(Rung::of(&incident["escalation"], 1), step.rung, "{incident}");
        let detail = server.get(&format!("/api/v1/incidents/{id}")).json();
        for page in detail["pages"].as_array().expect("pages") {
            let answered = recorded.acknowledged.as_ref().is_some_and(|answer| page["id"] == answer.page);
            assert_eq!(page["status"] == "answered", answered, "{id}: {page}");
            assert_ne!(page["status"], "open", "{id}: {page}");
        }
    }
}

/// How much there was of everything, and that there was enough of it for the checks to mean something.
pub(super) fn summary(history: &History, work: &Work, deliveries: &[Delivery]) -> String {
    let pages: Vec<&Page> = history.incidents.values().flat_map(|incident| &incident.pages).collect();
    let sum = |so: fn(&Page) -> bool| pages.iter().filter(|page| so(page)).count();
    let far = |so: fn(&Incident) -> bool| history.incidents.values().filter(|incident| so(incident)).count();
    let (last, early) = (far(|incident| incident.steps.len() > 6), far(|incident| incident.steps.len() <= 3));
    let cut = sum(|page| page.starts > 0);
    assert!(last > 0 && early > 0 && cut > 0, "{last} at the last resort, {early} early, {cut} pages cut by crashes");
    format!(
        "{} incidents, {} pages, {cut} cut by a crash, {} copies more; {early} answered in the first round, {last} at the \
         last resort; {} links only looked at, {} requests without an answer",
        history.incidents.len(),
        pages.len(),
        deliveries.len() - deliveries.iter().map(|delivery| delivery.key.as_str()).collect::<BTreeSet<_>>().len(),
        work.looked,
        work.unheard,
    )
}
