//! What each integration was told, or is being told, of a group or of one alert in it.

use std::sync::Arc;

use evenkeel_alerting::Told;
use evenkeel_engine::{Group, Notice};
use evenkeel_ids::AlertId;

use crate::alerts_text::clipped;
use crate::alerts_window::many;
use crate::{Asked, Frame, Moment};

/// What one integration knows.
#[derive(Debug, Clone)]
pub(crate) struct Telling {
    /// `orders webhook[0]`
    pub(crate) to: String,
    /// In words, what it was told last.
    pub(crate) last: String,
    pub(crate) at: Option<Moment>,
    /// The notice that has no outcome yet.
    pub(crate) open: Option<Open>,
}

/// A notice that has no outcome yet.
#[derive(Debug, Clone)]
pub(crate) struct Open {
    pub(crate) id: String,
    /// In words, how far it is.
    pub(crate) how: String,
    /// Why the last attempt failed.
    pub(crate) failing: Option<String>,
    pub(crate) since: Moment,
    pub(crate) again: Option<Moment>,
    pub(crate) given_up: Moment,
}

/// What the integrations of a group know of all of it, or of one alert in it.
pub(crate) fn tellings(asked: &Asked<'_>, frame: &Frame, group: &Group, of: Option<AlertId>) -> Vec<Telling> {
    let state = &asked.engine.state().alerting;
    let present = group.targets.iter().map(|target| (group.receiver.clone(), target.integration.clone()));
    // A notice to a receiver that the group had before may still be under way.
    let before = group.open.keys().filter(|(receiver, _)| *receiver != group.receiver).cloned();
    let of_target = |key: (Arc<str>, Arc<str>)| {
        let open = group.open.get(&key).and_then(|id| state.notice(*id));
        let told = group.told.get(&key);
        let doubtful = group.perhaps_told.get(&key).is_some_and(|perhaps| of.is_some_and(|id| perhaps.contains(&id)));
        let said = of.map_or_else(|| of_all(told), |alert| of_one(told, alert));
        let (last, at) = match said {
            Some((words, told)) => (words, Some(frame.moment(told.at))),
            None if doubtful => ("perhaps told, by a notice that failed and may have arrived".to_owned(), None),
            None => ("not told yet".to_owned(), None),
        };
        let speaks = |notice: &&Notice| {
            let known =
                |id: AlertId| notice.firing.binary_search(&id).is_ok() || notice.resolved.binary_search(&id).is_ok();
            of.is_none_or(known)
        };
        Telling {
            to: clipped(&format!("{} {}", key.0, key.1), 200),
            last,
            at,
            open: open.filter(speaks).map(|notice| Open::of(frame, notice)),
        }
    };
    present.chain(before).map(of_target).collect()
}

fn of_all(told: Option<&Told>) -> Option<(String, &Told)> {
    let told = told?;
    let over = if told.resolved.is_empty() { String::new() } else { format!(", {} over", told.resolved.len()) };
    Some((format!("told: {} firing{over}", many(told.firing.len(), "alert")), told))
}

fn of_one(told: Option<&Told>, alert: AlertId) -> Option<(String, &Told)> {
    let told = told?;
    if told.firing.binary_search(&alert).is_ok() {
        return Some(("told that it fires".to_owned(), told));
    }
    told.resolved.binary_search(&alert).is_ok().then(|| ("told that it is over".to_owned(), told))
}

impl Open {
    fn of(frame: &Frame, notice: &Notice) -> Self {
        let how = match notice.attempts {
            0 => "about to be sent".to_owned(),
            tries => format!("tried {}", if tries == 1 { "once".to_owned() } else { format!("{tries} times") }),
        };
        Self {
            id: notice.id.to_string(),
            how,
            failing: notice.failing.as_deref().map(|why| clipped(why, 300)),
            since: frame.moment(notice.intended_at),
            again: notice.retry_at.map(|at| frame.moment(at)),
            given_up: frame.moment(notice.not_after),
        }
    }
}
