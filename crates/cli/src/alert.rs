//! `evenkeel alert …`: alerts as Alertmanager's API has them.

mod answer;
mod args;
mod matchers;
mod send;
mod text;

use serde_json::Value;

pub use args::{AlertArgs, AlertVerb};
pub(crate) use matchers::{filters, matchers};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, read, retain};
use answer::Alert;
use args::{List, Show};

impl ClientCommand for AlertArgs {
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong> {
        let request = match &self.verb {
            AlertVerb::List(args) => list(args)?,
            AlertVerb::Show(args) => one(args)?,
            AlertVerb::Send(args) => send::request(args, cx)?,
        };
        Ok(vec![request])
    }

    fn select(&self, answer: Value, _cx: &Context) -> Value {
        let AlertVerb::Show(args) = &self.verb else { return answer };
        let Some(wanted) = args.fingerprint() else { return answer };
        retain(answer, None, |alert| alert.get("fingerprint").and_then(Value::as_str) == Some(wanted))
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        match &self.verb {
            AlertVerb::List(_) => Ok(Shown::good(text::table(&read::<Vec<Alert>>(answer)?, cx))),
            AlertVerb::Show(_) => Ok(text::whole(&read::<Vec<Alert>>(answer)?, cx)),
            AlertVerb::Send(args) => Ok(Shown::good(send::text(args))),
        }
    }
}

fn list(args: &List) -> Result<Request, Wrong> {
    let request = Request::get("/api/v2/alerts")
        .with("active", "true")
        .with("silenced", if args.all || args.silenced { "true" } else { "false" })
        .with("inhibited", if args.all || args.inhibited { "true" } else { "false" })
        .with("unprocessed", "true")
        .with_some("receiver", args.receiver.as_ref());
    filters(request, &args.matchers)
}

fn one(args: &Show) -> Result<Request, Wrong> {
    let request = Request::get("/api/v2/alerts");
    if args.fingerprint().is_some() { Ok(request) } else { filters(request, &args.which) }
}
