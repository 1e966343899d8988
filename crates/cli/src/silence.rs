//! `evenkeel silence …`: matchers and a time in which the alerts they match are not told.

mod answer;
mod args;
mod requests;
mod text;

use serde_json::Value;

pub use args::{SilenceArgs, SilenceVerb};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, read, retain, silence_uuid};
use answer::{Set, Silence};

impl ClientCommand for SilenceArgs {
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong> {
        let of = |id| format!("/api/v2/silence/{}", silence_uuid(id));
        match &self.verb {
            SilenceVerb::List(args) => {
                Ok(vec![crate::alert::filters(Request::get("/api/v2/silences"), &args.matchers)?])
            }
            SilenceVerb::Add(args) => requests::add(args, cx).map(|request| vec![request]),
            SilenceVerb::Update(args) => {
                requests::check(args)?;
                Ok(vec![Request::get(of(args.silence))])
            }
            SilenceVerb::Expire(args) => Ok(args.silences.iter().map(|id| Request::delete(of(*id))).collect()),
        }
    }

    fn follow_up(&self, answer: &Value, cx: &Context) -> Result<Option<Request>, serde_json::Error> {
        match &self.verb {
            SilenceVerb::Update(args) => requests::update(args, answer, cx).map(Some),
            SilenceVerb::List(_) | SilenceVerb::Add(_) | SilenceVerb::Expire(_) => Ok(None),
        }
    }

    fn select(&self, answer: Value, _cx: &Context) -> Value {
        match &self.verb {
            SilenceVerb::List(args) if !args.expired => {
                retain(answer, None, |silence| silence.pointer("/status/state") != Some(&Value::from("expired")))
            }
            SilenceVerb::List(_) | SilenceVerb::Add(_) | SilenceVerb::Update(_) | SilenceVerb::Expire(_) => answer,
        }
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        match &self.verb {
            SilenceVerb::List(args) => Ok(text::list(&read::<Vec<Silence>>(answer)?, args, cx)),
            SilenceVerb::Add(args) => Ok(text::set(&read::<Set>(answer)?, requests::span(args, cx).ok(), cx)),
            SilenceVerb::Update(_) => Ok(text::set(&read::<Set>(answer)?, None, cx)),
            SilenceVerb::Expire(_) => Ok(Shown::good("expired\n")),
        }
    }
}
