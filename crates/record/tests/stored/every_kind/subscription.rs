//! Subscriptions.

use evenkeel_ids::{Seq, SubscriptionId, UpdateId};
use evenkeel_record::{
    Body, SubscribersTold, SubscriptionAsked, SubscriptionChannel, SubscriptionConfirmed, SubscriptionEnd,
    SubscriptionEnded,
};

pub(super) fn bodies() -> Vec<Body> {
    let subscription = SubscriptionId(Seq(90));
    let asked = |channel, address: &str| {
        Body::SubscriptionAsked(SubscriptionAsked { page: "customers".into(), channel, address: address.into() })
    };
    let ended = |cause| Body::SubscriptionEnded(SubscriptionEnded { subscription, cause });
    vec![
        asked(SubscriptionChannel::Email, "ada@example.com"),
        asked(SubscriptionChannel::Webhook, "https://hooks.example.com/status"),
        Body::SubscriptionConfirmed(SubscriptionConfirmed { subscription }),
        ended(SubscriptionEnd::Asked),
        ended(SubscriptionEnd::Gone),
        Body::SubscribersTold(SubscribersTold {
            page: "customers".into(),
            update: UpdateId(Seq(50)),
            delivered: 17,
            failed: 1,
        }),
    ]
}
