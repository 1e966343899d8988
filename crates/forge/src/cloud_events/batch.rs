//! Several events in one request.

use evenkeel_fact::IncomingFact;
use evenkeel_time::Timestamp;
use serde_json::Value;

use super::attributes::Attributes;
use super::{EVENTS_MAX, EventFault, fact};

/// All events of a batch; one that is wrong is named by its place, from 0.
pub(super) fn read(batch: Value, now: Timestamp) -> Result<Vec<IncomingFact>, EventFault> {
    let Value::Array(events) = batch else {
        return Err(EventFault::Malformed(vec!["a batch is a list of events".to_owned()]));
    };
    if events.len() > EVENTS_MAX {
        return Err(EventFault::TooMany);
    }
    let mut facts = Vec::with_capacity(events.len());
    let mut faults = Vec::new();
    for (place, event) in events.into_iter().enumerate() {
        match Attributes::of_json(event).and_then(|event| fact::of(event, now)) {
            Ok(fact) => facts.push(fact),
            Err(wrong) => faults.extend(wrong.into_iter().map(|fault| format!("event {place}: {fault}"))),
        }
    }
    if faults.is_empty() { Ok(facts) } else { Err(EventFault::Malformed(faults)) }
}
