//! The reason of a verdict for people: the lens's sentence, with days in place of instants.

use evenkeel_lens::Why;

use crate::date::day;

/// One sentence without a full stop.
#[must_use]
pub fn why(why: &Why) -> String {
    match why {
        Why::NotApplicable { person, until } => {
            format!("{person} signed that it does not apply, until {}", day(*until))
        }
        Why::Attested { person, until } => format!("{person} signed that it is done, until {}", day(*until)),
        Why::Stale { good, last_at: Some(last_at), seen } => {
            let times = if *good == 1 { "once".to_owned() } else { format!("{good} times") };
            let now = seen.map_or_else(|| "nothing fresh shows it".to_owned(), |seen| format!("now {seen}"));
            format!("it was done {times}, last on {}, and {now}", day(*last_at))
        }
        Why::CounterFacts { .. }
        | Why::Misses { .. }
        | Why::Practised { .. }
        | Why::Stale { last_at: None, .. }
        | Why::Declared { .. }
        | Why::TooFew(_)
        | Why::Nothing
        | Why::NoMechanism => why.to_string(),
    }
}
