use evenkeel_ids::{PlanHash, Seq};
use evenkeel_model::{Catalogue, Readers, StatusPage};
use evenkeel_record::{Actor, Origin, SubscribersTold, SubscriptionEnd};

use super::*;
use crate::{
    ASK_AGAIN_AFTER, SubscriptionRefusal, UNCONFIRMED_MAX, decide_ask, decide_confirm, decide_end, decide_told,
};

fn catalogue() -> Catalogue {
    let page = |name: &str, readers, mail: &[&str]| StatusPage {
        name: name.into(),
        title: name.into(),
        description: "".into(),
        audience: name.into(),
        components: Vec::new(),
        history_days: 90,
        support: None,
        readers,
        mail: mail.iter().map(|receiver| Arc::from(*receiver)).collect(),
    };
    let pages = [
        page("customers", Readers::Public, &["mail"]),
        page("quiet", Readers::Public, &[]),
        page("staff", Readers::Viewer, &["mail"]),
    ];
    let status_pages = pages.into_iter().map(|page| (page.name.clone(), page)).collect();
    Catalogue { status_pages, ..Catalogue::default() }
}

struct Played {
    state: State,
    seq: u64,
    now: Timestamp,
}

impl Played {
    fn new() -> Self {
        Self { state: State::default(), seq: 0, now: Timestamp(0) }
    }

    fn record(&mut self, body: Body) -> SubscriptionId {
        self.seq += 1;
        let record = self.stored(body);
        self.state.apply(&record);
        SubscriptionId(record.seq)
    }

    fn stored(&self, body: Body) -> Record {
        let (actor, origin, plan) = (Actor::system(), Origin::Observed, PlanHash::NONE);
        Record { seq: Seq(self.seq), at: self.now, actor, origin, plan, body }
    }

    fn decide(&self, page: &str, channel: SubscriptionChannel, address: &str) -> Result<bool, SubscriptionRefusal> {
        let asked = SubscriptionAsked { page: page.into(), channel, address: address.into() };
        decide_ask(&self.state, &catalogue(), self.now, &asked).map(|asked| asked.is_some())
    }

    fn ask(&mut self, address: &str) -> Option<SubscriptionId> {
        let asked = SubscriptionAsked {
            page: "customers".into(),
            channel: SubscriptionChannel::Email,
            address: address.into(),
        };
        let decided = decide_ask(&self.state, &catalogue(), self.now, &asked).expect("it may be asked");
        decided.map(|body| self.record(Body::SubscriptionAsked(body)))
    }

    fn confirm(&mut self, id: SubscriptionId) -> Result<(), SubscriptionRefusal> {
        if let Some(body) = decide_confirm(&self.state, self.now, id)? {
            self.record(Body::SubscriptionConfirmed(body));
        }
        Ok(())
    }
}

#[test]
fn nobody_is_told_before_they_confirm_and_nobody_after_they_end_it() {
    let mut played = Played::new();
    let id = played.ask("ada@Example.com").expect("asked");
    assert_eq!(played.state.confirmed("customers").count(), 0);
    played.confirm(id).expect("confirmed");
    played.confirm(id).expect("twice is once");
    assert_eq!(
        played.state.confirmed("customers").map(|known| &*known.address).collect::<Vec<_>>(),
        ["ada@example.com"]
    );
    assert_eq!(played.state.confirmed("quiet").count(), 0);
    assert_eq!(played.ask("ada@example.com"), None, "who is told already is not asked again");
    let ended = decide_end(&played.state, id, SubscriptionEnd::Asked).expect("ended");
    played.record(Body::SubscriptionEnded(ended));
    assert_eq!(played.state.confirmed("customers").count(), 0);
    assert_eq!(decide_end(&played.state, id, SubscriptionEnd::Asked), None);
    assert_eq!(played.confirm(id), Err(SubscriptionRefusal::Gone));
    assert_eq!(played.state.subscriptions().count(), 0);
}

#[test]
fn who_does_not_confirm_is_forgotten_and_may_ask_again_after_a_while() {
    let mut played = Played::new();
    let first = played.ask("ada@example.com").expect("asked");
    assert_eq!(played.ask("ada@example.com"), None);
    played.now = Timestamp(0) + ASK_AGAIN_AFTER;
    let second = played.ask("ada@example.com").expect("asked again");
    assert_eq!(played.confirm(first), Err(SubscriptionRefusal::Gone), "the newer link counts");
    played.now = played.now + CONFIRM_WITHIN;
    assert_eq!(played.confirm(second), Err(SubscriptionRefusal::Gone));
    assert_eq!(played.state.subscriptions().count(), 1, "time passes with records");
    played.state.pass(played.now);
    assert_eq!(played.state.subscriptions().count(), 0);
}

#[test]
fn what_cannot_be_subscribed_to_is_refused_whoever_is_known() {
    let mut played = Played::new();
    use SubscriptionChannel::{Email, Webhook};
    assert_eq!(played.decide("staff", Email, "a@example.com"), Err(SubscriptionRefusal::NoPage("staff".into())));
    assert_eq!(played.decide("quiet", Email, "a@example.com"), Err(SubscriptionRefusal::NoMail));
    assert_eq!(played.decide("quiet", Webhook, "https://a.example/x"), Ok(true));
    assert_eq!(played.decide("customers", Webhook, "http://a.example/x"), Err(SubscriptionRefusal::NotWeb));
    assert_eq!(played.decide("customers", Email, "nobody"), Err(SubscriptionRefusal::NotMail));
    let known = played.ask("known@example.com").expect("asked");
    played.confirm(known).expect("confirmed");
    for n in 0..UNCONFIRMED_MAX {
        played.ask(&format!("a{n}@example.com")).expect("asked");
    }
    for address in ["known@example.com", "a0@example.com", "new@example.com"] {
        assert_eq!(played.decide("customers", Email, address), Err(SubscriptionRefusal::Full), "{address}");
    }
}

#[test]
fn an_update_is_told_once_a_page() {
    let mut played = Played::new();
    let told = |page: &str, update| SubscribersTold { page: page.into(), update, delivered: 1, failed: 0 };
    let update = UpdateId(Seq(7));
    let body = decide_told(&played.state, &told("customers", update)).expect("new");
    played.record(Body::SubscribersTold(body));
    assert_eq!(decide_told(&played.state, &told("customers", update)), None);
    assert!(decide_told(&played.state, &told("quiet", update)).is_some());
}

#[test]
fn an_address_can_be_erased_once_nothing_goes_there() {
    let mut played = Played::new();
    let id = played.ask("ada@example.com").expect("asked");
    let asked = SubscriptionAsked {
        page: "customers".into(),
        channel: SubscriptionChannel::Email,
        address: "ada@example.com".into(),
    };
    let record = played.stored(Body::SubscriptionAsked(asked));
    assert!(played.state.needs(&record).is_some_and(|why| why.contains("end it first")));
    let ended = decide_end(&played.state, id, SubscriptionEnd::Asked).expect("ended");
    played.record(Body::SubscriptionEnded(ended));
    assert_eq!(played.state.needs(&record), None);
}
