//! The modelled shell, as far as pages and updates go: it begins no second attempt while one is under way, and hands in
//! how each went.

use std::sync::Arc;

use evenkeel_engine::{Input, Outcome, Submission};
use evenkeel_ids::DocumentRef;
use evenkeel_incident::{PageMessage, UpdateMessage};
use evenkeel_model::Integration;
use evenkeel_record::{Actor, SentId};
use evenkeel_time::Timestamp;

use crate::audit::page::number;
use crate::cases::{About, PageEnd, Progress};
use crate::ledger::Site;
use crate::post::Carried;
use crate::schedule::Event;
use crate::violation::{Violation, hold};
use crate::world::{World, count};

/// What the checks look at of a message that goes out.
struct Going<'a> {
    of: SentId,
    address: &'a Arc<str>,
    not_after: Timestamp,
    key: &'a str,
}

impl World {
    pub(crate) fn page(&mut self, message: &PageMessage, integration: &Integration) -> Result<(), Violation> {
        let of = SentId::Page(message.page);
        let contact = &message.contact;
        hold!(integration.name == *contact, RightPeoplePaged, "{of} goes by {}", integration.name);
        let sheet = self.ledger.cases.sheets.get(&message.page.0.0);
        let same = sheet.is_some_and(|sheet| {
            let about = matches!(&sheet.about, About::Page { to, ask } if *to == message.to && *ask == message.ask);
            about && sheet.incident == message.incident
        });
        hold!(same, RightPeoplePaged, "{of} says it is to {} for {:?}", message.to, message.ask);
        let site = if let DocumentRef::Receiver(name) = &message.to {
            (name.clone(), contact.clone())
        } else {
            (Arc::from(message.to.to_string()), contact.clone())
        };
        let (not_after, key) = (message.not_after, message.idempotency_key.as_str());
        self.goes(site, Going { of, address: &message.contact, not_after, key })
    }

    pub(crate) fn update(&mut self, message: &UpdateMessage, integration: &Integration) -> Result<(), Violation> {
        let of = SentId::Update(message.update);
        let Some((receiver, name)) = message.address.rsplit_once('/') else { return Ok(()) };
        hold!(integration.name.as_ref() == name, UpdatesInOrder, "{of} goes by {}", integration.name);
        let site = (Arc::from(receiver), Arc::from(name));
        let (not_after, key) = (message.not_after, message.idempotency_key.as_str());
        self.goes(site, Going { of, address: &message.address, not_after, key })
    }

    /// Begins an attempt, unless one is under way.
    fn goes(&mut self, site: Site, going: Going<'_>) -> Result<(), Violation> {
        let Going { of, address, not_after, key } = going;
        let now = self.clock.wall();
        hold!(now < not_after, OneStepAtAStart, "{of} goes to {address} after its not-after");
        let way = self.ledger.cases.sheets.get(&number(of)).and_then(|sheet| sheet.ways.get(address));
        let Some(way) = way else {
            hold!(false, AcknowledgedIsDurable, "{of} goes to {address} and is not durable");
            return Ok(());
        };
        hold!(way.progress != Progress::Waiting, AcknowledgedIsDurable, "{of} goes to {address} before its record");
        let known = self.post.keys.entry((number(of), address.clone())).or_insert_with(|| key.to_owned());
        hold!(known == key, MessageHasOneOutcome, "{of} goes to {address} under {key}, and went under {known}");
        if self.post.carries(of, address) {
            return Ok(());
        }
        let (outcome, takes) = self.sites.attempt(&site, (not_after - now).0, &mut self.random);
        let token = self.post.begin(Carried { of, address: address.clone(), outcome });
        self.schedule.at(self.clock.mono + takes, Event::Carried(token));
        Ok(())
    }

    /// An attempt ends: it may have arrived, whatever becomes of its outcome.
    pub(crate) fn carried(&mut self, token: u64) -> Result<(), Violation> {
        let Some(carried) = self.post.under_way.get(&token).cloned() else { return Ok(()) };
        let delivered = carried.outcome == Outcome::Delivered;
        let shown = count(usize::try_from(number(carried.of)).unwrap_or(usize::MAX));
        self.trace.push(self.clock.wall(), if delivered { "arrived:" } else { "did not arrive:" }, shown);
        if let (SentId::Page(page), true) = (carried.of, delivered) {
            self.page_arrived(page);
        }
        let Carried { of, address, outcome } = carried;
        let input = Input::MessageOutcome { of, address, outcome };
        if self.random.chance(30) {
            self.inbox.push(Submission { actor: Actor::system(), input: input.clone() });
        }
        self.submit("system", input)
    }

    /// After a start or a fold whatever is being sent is sent again.
    pub(crate) fn all_sent_again(&self) -> Result<(), Violation> {
        let sheets = self.ledger.cases.sheets.iter();
        let sending = sheets.filter(|(_, sheet)| sheet.end == PageEnd::Open).flat_map(|(id, sheet)| {
            let ways = sheet.ways.iter().filter(|(_, way)| way.progress == Progress::Sending);
            ways.map(move |(address, _)| (*id, address))
        });
        let carried = |id: u64, address: &str| {
            self.post.under_way.values().any(|carried| number(carried.of) == id && *carried.address == *address)
        };
        let idle = sending.into_iter().find(|(id, address)| !carried(*id, address));
        hold!(idle.is_none(), MessageIsTried, "{idle:?} is open and was not sent again");
        Ok(())
    }
}
