//! `evenkeel attest …`: what only a person can say about a practice, signed with their name and for a time.

mod answer;
mod args;
mod text;

use evenkeel_ids::AttestationId;
use serde_json::{Value, json};

pub use args::{AttestArgs, AttestVerb};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, object, read};
use answer::{Attestation, Attestations};

const PATH: &str = "/api/v1/attestations";

impl ClientCommand for AttestArgs {
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong> {
        Ok(vec![match &self.verb {
            None => self.signed(cx)?,
            Some(AttestVerb::List(args)) => Request::get(PATH).with_some("practice", args.practice.as_ref()),
            Some(AttestVerb::Withdraw(args)) => {
                let path = format!("{PATH}/{}", args.attestation.seq().0);
                Request::delete(path).with_some("reason", args.reason.as_ref())
            }
        }])
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        Ok(Shown::good(match &self.verb {
            None => text::signed(&read::<Attestation>(answer)?, cx),
            Some(AttestVerb::List(_)) => text::list(&read::<Attestations>(answer)?, cx),
            Some(AttestVerb::Withdraw(args)) => format!("withdrawn: {}\n", AttestationId(args.attestation.seq())),
        }))
    }
}

impl AttestArgs {
    fn signed(&self, cx: &Context) -> Result<Request, Wrong> {
        // The command line has them all where no verb stands.
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let expires_at = self.expires.map_or(cx.now, |at| at.instant(cx));
        if expires_at <= cx.now {
            let message = format!("the attestation would expire at {}, which is past", cx.minute(expires_at));
            return Err(Wrong::new(message, "give a time to come, such as `--expires 90d`"));
        }
        let fields = [
            ("practice", Some(json!(text(&self.practice)))),
            ("subject", Some(json!(text(&self.subject)))),
            ("person", self.person.as_ref().map(|person| json!(person))),
            ("statement", Some(json!(text(&self.statement)))),
            ("expires_at", Some(json!(expires_at.to_string()))),
            ("not_applicable", self.not_applicable.then_some(Value::Bool(true))),
        ];
        Ok(Request::post(PATH, object(fields)))
    }
}
