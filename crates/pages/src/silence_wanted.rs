//! A silence as it is typed into the form: read, or what is wrong with it.

use evenkeel_engine::{IncomingSilence, Silence, SilenceState};
use evenkeel_ids::SilenceId;
use evenkeel_labels::{LabelSet, Matchers};
use evenkeel_time::Timestamp;

use crate::alerts_asked::read_matchers;
use crate::calendar_wall::{read_length, read_wall};
use crate::{Asked, Wrong};

/// Longer texts are not read. The address that a preview has must hold them.
pub(crate) const MATCHERS_BYTES_MAX: usize = 2 << 10;
/// Longer reasons are not read.
const COMMENT_BYTES_MAX: usize = 1 << 10;

/// What is typed into the form, field by field.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Typed {
    pub(crate) q: String,
    pub(crate) comment: String,
    /// On the reader's wall clock; empty: now.
    pub(crate) from: String,
    /// How long.
    pub(crate) lasts: String,
    /// The instants that a preview showed, which count rather than `from` and `lasts`.
    pub(crate) starts: String,
    pub(crate) ends: String,
}

/// A silence that can be set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Wanted {
    pub(crate) matchers: Matchers,
    pub(crate) comment: Box<str>,
    pub(crate) starts_at: Timestamp,
    pub(crate) ends_at: Timestamp,
}

impl Typed {
    pub(crate) fn of<'f>(field: impl Fn(&str) -> &'f str) -> Self {
        let text = |name: &str| field(name).trim().to_owned();
        Self {
            q: text("q"),
            comment: text("comment"),
            from: text("from"),
            lasts: text("for"),
            starts: text("starts"),
            ends: text("ends"),
        }
    }

    /// The silence, where all of it is right.
    ///
    /// # Errors
    /// [`Wrong`] says what is not.
    pub(crate) fn read(&self, asked: &Asked<'_>) -> Result<Wanted, Wrong> {
        let matchers = self.matchers()?;
        let clock = asked.clock();
        let starts_at = match (self.starts.as_str(), self.from.as_str()) {
            ("", "") => asked.now,
            ("", from) => read_wall("From", from, &clock.zone)?.max(asked.now),
            (starts, _) => instant(starts)?,
        };
        let ends_at = match self.ends.as_str() {
            "" => starts_at + read_length("For", &self.lasts)?,
            ends => instant(ends)?,
        };
        if ends_at <= asked.now || ends_at <= starts_at {
            return Err(Wrong::new(
                "This silence would be over already.",
                "Say for how long from now, and preview it again.",
            ));
        }
        if self.comment.is_empty() {
            return Err(Wrong::new("A silence needs a reason.", "Say in a few words why it is set: others will ask."));
        }
        if self.comment.len() > COMMENT_BYTES_MAX {
            return Err(Wrong::new(format!("The reason is longer than {COMMENT_BYTES_MAX} bytes."), "Say it shorter."));
        }
        Ok(Wanted { matchers, comment: self.comment.as_str().into(), starts_at, ends_at })
    }

    /// What is to be silenced.
    ///
    /// # Errors
    /// [`Wrong`] where that is nothing, everything, or cannot be read.
    pub(crate) fn matchers(&self) -> Result<Matchers, Wrong> {
        let matchers = read_matchers(&self.q, MATCHERS_BYTES_MAX).map_err(|misread| {
            let text = format!("The matchers cannot be read, from character {} on.", misread.character);
            let place = if misread.after.is_empty() {
                String::new()
            } else {
                format!(" It reads “{}” there.", misread.after)
            };
            Wrong::new(text, format!("{}{place}", misread.why))
        })?;
        if matchers.0.is_empty() {
            let help = "Write at least one matcher, such as alertname=\"DiskFull\".";
            return Err(Wrong::new("Nothing is said about what is to be silenced.", help));
        }
        if matchers.matches(&LabelSet::default()) {
            let help = "Add one that wants a label to have some value, such as alertname=\"DiskFull\" or team=~\".+\".";
            return Err(Wrong::new("These matchers hold for any alert that lacks the labels they name.", help));
        }
        Ok(matchers)
    }
}

impl Wanted {
    /// As it is handed in, by whoever asks.
    pub(crate) fn incoming(self, asked: &Asked<'_>, id: Option<SilenceId>) -> IncomingSilence {
        let Self { matchers, comment, starts_at, ends_at } = self;
        IncomingSilence { id, matchers, starts_at, ends_at, created_by: author(asked), comment }
    }

    /// The silence that is this one already, so that a form that is sent twice sets one.
    pub(crate) fn there<'a>(&self, asked: &Asked<'a>) -> Option<&'a Silence> {
        let by = author(asked);
        let mut silences = asked.engine.state().alerting.silences();
        silences.find(|known| {
            known.state(asked.now) != SilenceState::Expired
                && (known.ends_at, &known.comment, &known.created_by) == (self.ends_at, &self.comment, &by)
                && known.matchers == self.matchers
        })
    }
}

/// Who sets it.
fn author(asked: &Asked<'_>) -> Box<str> {
    let person = asked.caller.person.as_ref().map(|person| person.as_ref().into());
    person.unwrap_or_else(|| asked.caller.actor.to_string().into())
}

fn instant(text: &str) -> Result<Timestamp, Wrong> {
    text.parse()
        .map_err(|_| Wrong::new("The form names no time that can be read.", "Preview it again, and set it from there."))
}
