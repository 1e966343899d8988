//! When something that is set for a while ends.

use clap::Args;
use evenkeel_time::{Duration, Timestamp};

use super::Wrong;
use super::context::Context;
use super::when::When;

/// One of the two ways to say when it ends.
#[derive(Debug, Clone, Args)]
#[group(required = true, multiple = false)]
pub struct Ending {
    /// For how long, from its start on
    #[arg(long = "for", value_name = "DURATION")]
    pub length: Option<Duration>,
    /// Until when
    #[arg(long, value_name = "TIME", allow_hyphen_values = true)]
    pub until: Option<When>,
}

impl Ending {
    /// When it ends, which is after it begins.
    pub(crate) fn after(&self, start: Timestamp, cx: &Context) -> Result<Timestamp, Wrong> {
        let end = match (&self.until, self.length) {
            (Some(until), _) => until.instant(cx),
            (None, length) => start + length.unwrap_or_default(),
        };
        if end > start && end > cx.now {
            return Ok(end);
        }
        Err(Wrong::new(format!("it would end at {}, before it holds", cx.minute(end)), HELP))
    }
}

const HELP: &str = "give `--for 2h`, which counts from its start, or `--until` with a time to come after its start";
