//! What changed lately that the state knows of: the plan, overrides, silences. What changed elsewhere is told as facts, and
//! stands on a page of its own, so that this one never waits for the evidence.

use std::cmp::Reverse;

use evenkeel_engine::SilenceState;
use evenkeel_ids::{OverrideId, PlanHash, SilenceId};
use evenkeel_model::ViewDetail;
use evenkeel_time::{Duration, Timestamp};

use super::Look;
use crate::Moment;
use crate::incident::plan_said;
use crate::incident_line::first;
use crate::incident_named::{cut, linked, listed};

/// So many are shown.
const SHOWN_MAX: usize = 6;
/// What is older is no news.
const LATELY: Duration = Duration::hours(24 * 3);

/// One thing that changed.
#[derive(Debug)]
pub(super) struct Change {
    pub(super) at: Moment,
    pub(super) what: String,
    pub(super) href: Option<String>,
}

/// Which of many is newer: when, and then by what it is.
type Key = (Reverse<Timestamp>, What);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum What {
    Plan,
    Override(OverrideId),
    Silence(SilenceId),
}

/// The newest first.
pub(super) fn newest(look: Look<'_>) -> Vec<Change> {
    let state = look.asked.engine.state();
    let since = look.asked.now - LATELY;
    let detailed = matches!(look.view.detail, ViewDetail::Operations | ViewDetail::Developers);
    let overrides = state.oncall.overrides().filter(|one| detailed && one.set_at >= since);
    let silences = state.alerting.silences().filter(|one| detailed && one.updated_at >= since);
    let plan = (state.plan != PlanHash::NONE).then_some((Reverse(state.plan_at), What::Plan));
    let overrides = overrides.map(|one| (Reverse(one.set_at), What::Override(one.id)));
    let silences = silences.map(|one| (Reverse(one.updated_at), What::Silence(one.id)));
    let keys: Vec<Key> = plan.into_iter().chain(overrides).chain(silences).collect();
    let found = first(keys, 0, SHOWN_MAX);
    found.into_iter().filter_map(|(Reverse(at), what)| change(look, at, what)).collect()
}

fn change(look: Look<'_>, at: Timestamp, what: What) -> Option<Change> {
    let (state, root) = (look.asked.engine.state(), &look.frame.root);
    let at = look.frame.moment(at);
    Some(match what {
        What::Plan => Change { at, what: plan_said(look.asked), href: listed(root, "/plans", "") },
        What::Override(id) => {
            let one = state.oncall.get(id)?;
            let what = format!("{} is on call on {}: {}", one.person, one.schedule, one.reason);
            Change { at, what: cut(&what, 200), href: listed(root, "/oncall", "") }
        }
        What::Silence(id) => {
            let one = state.alerting.silence(id)?;
            let over = one.state(look.asked.now) == SilenceState::Expired;
            let what = if over { "A silence is over" } else { "Silenced" };
            let what = format!(
                "{what}: {}, by {}: {}",
                cut(&one.matchers.to_string(), 120),
                cut(&one.created_by, 60),
                one.comment
            );
            Change { at, what: cut(&what, 240), href: linked(root, "/silences/{id}", &id.to_string()) }
        }
    })
}
