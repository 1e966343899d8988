//! What is asked about schedules: of which, at what time, or from when until when.

use std::sync::Arc;

use evenkeel_diagnostic::did_you_mean;
use evenkeel_model::{Plan, Schedule};
use evenkeel_oncall::State;
use evenkeel_time::{Duration, Timestamp};
use http::StatusCode;

use crate::Desk;
use crate::app::App;
use crate::openapi::{Code, Param, Sort};
use crate::query::Query;
use crate::refused::Refused;

/// So long may what is asked for be: rotations and overrides can be foreseen for no longer. Units: days.
pub(super) const DAYS_MAX: i64 = 400;

/// Only by one schedule.
pub(super) const SCHEDULE: Param = Param::query("schedule", Sort::Text(300), "only by this schedule");
/// From when.
pub(crate) const FROM: Param = Param::query("from", Sort::Instant, "from this time on");
/// Until when.
pub(crate) const UNTIL: Param = Param::query("until", Sort::Instant, "until this time, at most 400 days after `from`");
/// A schedule that is not there.
pub(super) const UNKNOWN: &[Code] = &[Code::new(404, "unknown-schedule")];

/// What answers are computed from, taken in one look, so that nobody waits while they are.
pub(super) struct Known {
    pub(super) plan: Arc<Plan>,
    pub(super) overrides: State,
    pub(super) now: Timestamp,
}

impl Known {
    pub(super) fn of<D: Desk>(app: &App<D>) -> Self {
        app.desk.look(|engine, now| Self { plan: engine.plan().clone(), overrides: engine.state().oncall.clone(), now })
    }

    /// The one that is asked for, or all.
    pub(super) fn schedules(&self, query: &Query) -> Result<Vec<&Schedule>, Refused> {
        match query.last("schedule") {
            Some(name) => self.schedule(name).map(|schedule| vec![schedule]),
            None => Ok(self.plan.catalogue.schedules.values().collect()),
        }
    }

    /// The schedule of that name; `schedule:primary` is taken too.
    pub(super) fn schedule(&self, name: &str) -> Result<&Schedule, Refused> {
        let name = name.strip_prefix("schedule:").unwrap_or(name);
        let schedules = &self.plan.catalogue.schedules;
        schedules.get(name).ok_or_else(|| {
            let near = did_you_mean(name, schedules.keys().map(AsRef::as_ref));
            let help = near.map_or_else(
                || "`GET /api/v1/oncall` lists the schedules".to_owned(),
                |near| format!("did you mean `{near}`?"),
            );
            let message = format!("the ops repo has no schedule `{name}`");
            Refused::new(StatusCode::NOT_FOUND, "unknown-schedule", message).help(help)
        })
    }
}

/// From when until when; where that is not said, from then, and until what follows from it.
pub(super) fn window(
    query: &Query,
    from: Timestamp,
    until: impl FnOnce(Timestamp) -> Timestamp,
) -> Result<(Timestamp, Timestamp), Refused> {
    let from = instant(query, "from")?.unwrap_or(from);
    let until = instant(query, "until")?.unwrap_or_else(|| until(from));
    if until <= from {
        return Err(malformed(
            format!("`until` ({until}) is not after `from` ({from})"),
            "let `until` be after `from`",
        ));
    }
    if until > from.saturating_add(Duration::hours(24 * DAYS_MAX)) {
        let message = format!("from `from` to `until` it is more than {DAYS_MAX} days");
        return Err(malformed(message, "ask for several shorter times"));
    }
    Ok((from, until))
}

/// An instant among the parameters.
pub(crate) fn instant(query: &Query, name: &str) -> Result<Option<Timestamp>, Refused> {
    query.last(name).map(|text| read_instant(name, text)).transpose()
}

/// RFC 3339; the plus of an offset that was not percent-encoded is a space by now.
pub(super) fn read_instant(name: &str, text: &str) -> Result<Timestamp, Refused> {
    text.replace(' ', "+")
        .parse()
        .map_err(|_| malformed(format!("`{name}` is `{text}`, which is no time"), "write it as 2026-01-02T03:04:05Z"))
}

pub(super) fn malformed(message: String, help: &str) -> Refused {
    Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help)
}
