//! `evenkeel incident …`: what is wrong, and what people do about it.

mod answer;
mod args;
mod list;
mod page;
mod requests;
mod show;
mod standing;
mod surroundings;
mod update;

use serde_json::Value;

pub use args::{IncidentArgs, IncidentVerb, Role, Visibility};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, read};
use answer::{Detail, Incident, Incidents, Update};

impl ClientCommand for IncidentArgs {
    fn requests(&self, _cx: &Context) -> Result<Vec<Request>, Wrong> {
        Ok(vec![requests::request(&self.verb)])
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        let done = |word: &str| Ok(Shown::good(standing::done(word, &read::<Incident>(answer)?, cx)));
        match &self.verb {
            IncidentVerb::List(_) => Ok(Shown::good(list::text(&read::<Incidents>(answer)?, cx))),
            IncidentVerb::Show(_) => Ok(Shown::good(show::text(&read::<Detail>(answer)?, cx))),
            IncidentVerb::Open(_) => done("opened"),
            IncidentVerb::Ack(_) => done("acknowledged"),
            IncidentVerb::Escalate(_) => done("escalated"),
            IncidentVerb::Resolve(_) => done("resolved"),
            IncidentVerb::Reopen(_) => done("reopened"),
            IncidentVerb::Close(_) => done("closed"),
            IncidentVerb::Note(_) => done("noted"),
            IncidentVerb::Assign(_) => done("assigned"),
            IncidentVerb::Merge(_) => done("merged"),
            IncidentVerb::Severity(_) => done("severity set"),
            IncidentVerb::Visibility(_) => done("visibility set"),
            IncidentVerb::Approve(_) | IncidentVerb::Withdraw(_) => {
                Ok(Shown::good(update::text(&read::<Update>(answer)?, "", cx)))
            }
        }
    }
}
