//! `evenkeel oncall …`: who is on call, when, and why they.

mod answer;
mod args;
mod from_plan;
mod requests;
mod text;

use serde_json::Value;

pub use args::{OncallArgs, OncallVerb, OverrideVerb};
pub use from_plan::from_plan;

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, read};
use answer::{Gaps, Loads, Now, Override, Overrides, Shifts};

impl ClientCommand for OncallArgs {
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong> {
        requests::request(&self.verb, cx).map(|request| vec![request])
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        match &self.verb {
            OncallVerb::Now(_) => Ok(Shown::good(text::now(&read::<Now>(answer)?, cx))),
            OncallVerb::Next(_) => Ok(Shown::good(text::next(&read::<Now>(answer)?, cx))),
            OncallVerb::Who(_) => Ok(Shown::good(text::who(&read::<Now>(answer)?, cx))),
            OncallVerb::Shifts(_) => Ok(Shown::good(text::shifts(&read::<Shifts>(answer)?, cx))),
            OncallVerb::Gaps(_) => Ok(text::gaps(&read::<Gaps>(answer)?, cx)),
            OncallVerb::Load(_) => Ok(Shown::good(text::load(&read::<Loads>(answer)?, cx))),
            OncallVerb::Override(OverrideVerb::Set(_)) => Ok(Shown::good(text::set(&read::<Override>(answer)?, cx))),
            OncallVerb::Override(OverrideVerb::List) => {
                Ok(Shown::good(text::overrides(&read::<Overrides>(answer)?, cx)))
            }
            OncallVerb::Override(OverrideVerb::Remove(args)) => Ok(Shown::good(format!("removed: {}\n", args.id))),
        }
    }
}
