//! Subscriptions: decided by their domain, recorded here. What is sent follows outside, from the state.

use evenkeel_ids::SubscriptionId;
use evenkeel_record::{Actor, Body};
use evenkeel_subscription::{decide_ask, decide_confirm, decide_end, decide_told};
use evenkeel_time::Timestamp;

use crate::{Answer, Batch, Engine, Subscribed, SubscriptionInput};

impl Engine {
    pub(crate) fn subscription(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        input: SubscriptionInput,
        batch: &mut Batch,
    ) -> Answer {
        let now = now.max(self.state.at);
        let known = &self.state.subscription;
        let decided = match input {
            SubscriptionInput::Ask(asked) => {
                decide_ask(known, &self.plan.catalogue, now, &asked).map(|body| body.map(Body::SubscriptionAsked))
            }
            SubscriptionInput::Confirm(id) => {
                decide_confirm(known, now, id).map(|body| body.map(Body::SubscriptionConfirmed))
            }
            SubscriptionInput::End(id, cause) => Ok(decide_end(known, id, cause).map(Body::SubscriptionEnded)),
            SubscriptionInput::Told(told) => Ok(decide_told(known, &told).map(Body::SubscribersTold)),
        };
        Answer::Subscription(match decided {
            Err(refusal) => Subscribed::Refused(refusal),
            Ok(None) => Subscribed::Nothing,
            Ok(Some(body)) => {
                let asked = matches!(&body, Body::SubscriptionAsked(_));
                self.record(body, actor, now, batch);
                if asked { Subscribed::AskedFor(SubscriptionId(self.state.seq)) } else { Subscribed::Done }
            }
        })
    }
}
