//! What has to hold of incidents after each step, and what must happen to them before long.

use std::collections::BTreeMap;

use evenkeel_ids::{AlertId, GroupId, IncidentId};
use evenkeel_record::SentId;

use crate::cases::{About, Case, Cases, Due, Must, PageEnd, Phase, Progress};
use crate::clock::{MINUTE, Mono, SECOND};
use crate::facts::{Facts, LATE_MAX};
use crate::ledger::Ledger;
use crate::owed::{Look, SLACK};
use crate::reference;
use crate::violation::{Violation, hold};

/// Where nobody can be paged it is tried again so often.
const ROUTE_AGAIN: Mono = 5 * MINUTE;
/// The longest pace of any audience; a new plan's pace counts from the next look on.
const CADENCE_MAX: Mono = 30 * MINUTE;
/// The longest interval at which any group is looked at.
const LOOK_MAX: Mono = 5 * MINUTE;

/// Conditions that have to pass, each with since when nothing excuses it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Wrong {
    /// It is paused, and something bad of it may be told of.
    Paused,
    /// Nothing of it fires, and it is not over.
    NotOver,
    /// Somebody could be paged, and it is unroutable.
    Unroutable,
    /// An alert leads to a response plan and is in no incident.
    Alone(AlertId, GroupId),
    /// An audience waits to hear how it goes.
    Unheard,
}

/// Since when what is wrong has been wrong at every look.
#[derive(Debug, Default)]
pub(crate) struct Duties {
    since: BTreeMap<(Wrong, IncidentId), Mono>,
}

impl Cases {
    /// Everything that a record leads to at once is in its commit.
    pub(crate) fn settled(&mut self) -> Result<(), Violation> {
        let lenient = self.off_until > 0;
        let worse = |must: &Must| matches!(must, Must::Step(_, evenkeel_record::EscalationCause::Worse));
        self.must.retain(|must| !(lenient && worse(must)));
        self.stepped.clear();
        hold!(self.must.is_empty(), ReactionFollows, "{:?} should have followed", self.must);
        Ok(())
    }
}

impl Ledger {
    /// What holds of every incident whenever the engine has done a step.
    pub(crate) fn incidents_stand(&self, facts: &Facts, silences_changed: bool) -> Result<(), Violation> {
        let calm = self.cases.calm_since;
        let on_time = |due: Due| !due.exact || facts.mono - due.at.max(calm) <= LATE_MAX;
        for (id, case) in self.cases.open.iter().filter(|(_, case)| case.active()) {
            if silences_changed {
                let quiet = !case.overruled && self.all_muted(case, facts.now);
                hold!(!quiet || case.paused.is_some(), PausedIsMuted, "{id} was silenced and is not paused");
                let bad = self.bad(case, facts.now);
                hold!(!bad || case.paused.is_none(), PausedIsMuted, "{id} is bad, its silence was ended, it is paused");
            }
            if let Some((reason, until)) = &case.paused {
                let over = until.map_or(0, |until| (facts.now - until).0);
                let calm = facts.mono - calm > LATE_MAX;
                hold!(over <= LATE_MAX || !calm, PausedIsMuted, "{id} is paused, {reason}, {over} ms too long");
                continue;
            }
            match (case.phase, &case.held) {
                (Phase::Acknowledged, Some(held)) => {
                    hold!(on_time(held.until), AcknowledgementRunsOut, "{id} is acknowledged for too long");
                }
                (Phase::Open, _) if case.unroutable.is_none() => {
                    let next = case.stand.as_ref().and_then(|stand| stand.next);
                    hold!(next.is_some(), SomebodyIsPaged, "{id} is open, and no next step is due");
                    hold!(
                        next.is_none_or(on_time),
                        StepInTime,
                        "{id}: the next step was due at {next:?}, it is {}",
                        facts.mono
                    );
                }
                (Phase::Open | Phase::Acknowledged | Phase::Resolved | Phase::Closed | Phase::Merged, _) => {}
            }
        }
        Ok(())
    }

    /// Messages go at their time, are tried again, and end.
    pub(crate) fn messages_live(&self, now: Mono, under_way: impl Fn(SentId, &str) -> bool) -> Result<(), Violation> {
        let calm = self.cases.calm_since;
        for (id, sheet) in self.cases.sheets.iter().filter(|(_, sheet)| sheet.end == PageEnd::Open) {
            let of = match sheet.about {
                About::Page { .. } => SentId::Page(evenkeel_ids::PageId(evenkeel_ids::Seq(*id))),
                About::Update { awaits: false, withdrawn: false, .. } => {
                    SentId::Update(evenkeel_ids::UpdateId(evenkeel_ids::Seq(*id)))
                }
                About::Update { .. } => continue,
            };
            for (address, way) in sheet.ways.iter().filter(|(_, way)| way.open()) {
                let over = now - sheet.not_after.at.max(calm);
                hold!(over <= LATE_MAX, MessageHasOneOutcome, "{of} to {address} has none {over} ms after its time");
                let idle = now - way.try_by.max(calm);
                if way.progress == Progress::Waiting {
                    let late = now - way.at.at.max(calm);
                    hold!(late <= LATE_MAX, ContactsByRule, "{of} to {address} is {late} ms late");
                } else {
                    let tried = idle <= LATE_MAX || under_way(of, address) || now >= sheet.not_after.at;
                    hold!(tried, MessageIsTried, "{of} to {address} is {idle} ms late to be tried");
                }
            }
        }
        Ok(())
    }
}

impl Duties {
    /// Something excuses everything until now.
    pub(crate) fn disturbed(&mut self) {
        self.since.clear();
    }

    /// What inhibits some alerts, or does not any more, excuses them, and the incidents they are in.
    pub(crate) fn excuse(&mut self, ledger: &Ledger, whose: impl Fn(AlertId) -> bool) {
        let of =
            |id: &IncidentId| ledger.cases.open.get(id).is_some_and(|case| case.alerts.iter().any(|id| whose(*id)));
        self.since.retain(|(wrong, id), _| match wrong {
            Wrong::Alone(alert, _) => !whose(*alert),
            Wrong::Paused => !of(id),
            Wrong::NotOver | Wrong::Unroutable | Wrong::Unheard => true,
        });
    }

    /// Looks at what has to pass before long.
    pub(crate) fn sample(&mut self, look: Look<'_>) -> Result<(), Violation> {
        let ledger = look.ledger;
        let Some(plan) = ledger.plan.clone() else { return Ok(()) };
        let before = std::mem::take(&mut self.since);
        let mut count = |wrong: Wrong, id: IncidentId| {
            let since = before.get(&(wrong, id)).copied().unwrap_or(look.mono);
            self.since.insert((wrong, id), since);
            look.mono - since
        };
        for (id, case) in ledger.cases.open.iter().filter(|(_, case)| case.active()) {
            if case.paused.is_some() && ledger.bad(case, look.now) {
                let lasts = count(Wrong::Paused, *id);
                hold!(
                    lasts < 2 * LOOK_MAX + SLACK,
                    PausedIsMuted,
                    "{id} is bad for {lasts} ms and paused: {:?}",
                    case.paused
                );
            }
            if !case.alerts.is_empty() && !case.kept && ledger.firing_of(case).next().is_none() {
                let ends = case.alerts.iter().filter_map(|id| ledger.alerts.get(id)).map(|known| known.changed_at);
                let last = look.mono - ends.max().unwrap_or(0);
                let lasts = count(Wrong::NotOver, *id).min(last);
                hold!(
                    lasts < 2 * LOOK_MAX + SLACK,
                    ResolveHasCause,
                    "{id} goes on for {lasts} ms after its last alert"
                );
            }
            if case.unroutable.is_some() && case.waits() {
                let reached = [true, false].iter().all(|go_on| {
                    reference::escalation::next_stop(&plan, &ledger.stand_ins(), case, *go_on, None, look.now).is_some()
                });
                let lasts = if reached { count(Wrong::Unroutable, *id) } else { 0 };
                hold!(lasts < ROUTE_AGAIN + SLACK, SomebodyIsPaged, "{id}: somebody could be paged for {lasts} ms");
            }
            unheard(ledger, look, *id, case, &mut count)?;
        }
        alone(look, &mut count)
    }
}

/// An audience hears how it goes at its pace.
fn unheard(
    ledger: &Ledger,
    look: Look<'_>,
    id: IncidentId,
    case: &Case,
    count: &mut impl FnMut(Wrong, IncidentId) -> Mono,
) -> Result<(), Violation> {
    for (of, heard) in &case.heard {
        if ledger.audience(of).is_none_or(|audience| audience.cadence.is_none()) {
            continue;
        }
        let meant = ledger.audience(of).is_some_and(|audience| {
            reference::concerned(audience.from_severity, audience.customers, case.severity, case.visible)
        });
        let overdue = heard.next.is_some_and(|due| due.at < look.mono);
        if overdue && meant && case.paused.is_none() {
            let lasts = count(Wrong::Unheard, IncidentId(heard.latest.0));
            hold!(
                lasts < CADENCE_MAX + SLACK,
                UpdatesInOrder,
                "{id}: {of:?} wait for {lasts} ms, told at {}",
                heard.drafted
            );
        }
    }
    Ok(())
}

/// Alerts that fire, may be told of, and lead to a response plan are in an incident after their group was looked at.
fn alone(look: Look<'_>, count: &mut impl FnMut(Wrong, IncidentId) -> Mono) -> Result<(), Violation> {
    let ledger = look.ledger;
    for (alert, known) in ledger.all_firing() {
        for group in &known.groups {
            let (Some(route), true) = (ledger.route_of(*group), ledger.attached(*group).is_some()) else { continue };
            if !ledger.tellable(*group, look.now).contains(&alert) || ledger.in_incident(alert) {
                continue;
            }
            let lasts = count(Wrong::Alone(alert, *group), IncidentId(group.0)).min(look.mono - known.changed_at);
            let bound = route.group_wait.0 + 2 * route.group_interval.0.max(10 * SECOND) + SLACK;
            hold!(lasts < bound, AlertIsInIncident, "{alert} {} of {group} is in none for {lasts} ms", known.labels);
        }
    }
    Ok(())
}

impl Ledger {
    /// Whether an incident that is not closed has it: an active one, or one that a person resolved with it.
    pub(crate) fn in_incident(&self, alert: AlertId) -> bool {
        self.cases.open.values().any(|case| {
            let kept = case.active() || case.over.is_some_and(|over| over.by_person);
            kept && case.phase != Phase::Merged && case.alerts.contains(&alert)
        })
    }
}
