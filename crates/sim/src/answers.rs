//! What was answered is durable, and is what the situation asks for.

use evenkeel_engine::{Answer, Input, Outcome, Refusal};
use evenkeel_ids::SilenceId;
use evenkeel_time::Duration;

use crate::clock::{Mono, SECOND};
use crate::facts::Facts;
use crate::violation::{Violation, hold};
use crate::world::World;

/// After a failed attempt another is made by then.
const TRIED_AGAIN_MAX: Mono = 120 * SECOND;

impl World {
    /// Leases follow what was acknowledged.
    pub(crate) fn heard(&mut self, facts: &Facts) {
        let timeout = self.ledger.plan.as_ref().map_or(Duration::ZERO, |plan| plan.resolve_timeout);
        for alert in facts.alerts().filter(|alert| !facts.over(alert)) {
            let held_for = alert.ends_at.map_or(timeout, |end| end - facts.now);
            self.ledger.heard(&alert.labels, facts.mono, held_for.0, alert.ends_at.is_some());
        }
    }

    /// What was answered is durable, and is what had to be answered.
    pub(crate) fn answered(&mut self, input: &Input, answer: &Answer, facts: &Facts) -> Result<(), Violation> {
        match (input, answer) {
            (Input::Alerts(alerts), Answer::Done) => {
                for alert in alerts.iter().filter(|alert| facts.about(&alert.labels).count() == 1) {
                    let known = self.ledger.firing(&alert.labels);
                    let earlier = |starts| alert.starts_at.is_some_and(|start| start < starts);
                    let good = match known {
                        None => facts.over(alert),
                        Some(known) if facts.over(alert) => {
                            earlier(known.starts_at) && alert.ends_at.is_some_and(|end| end <= known.starts_at)
                        }
                        Some(known) => known.annotations == alert.annotations,
                    };
                    hold!(good, AcknowledgedIsDurable, "{alert:?} was taken, known is {known:?}");
                }
            }
            (Input::SetSilence(incoming), Answer::Silence(id)) => {
                let known = self.ledger.silences.get(id);
                let durable =
                    known.is_some_and(|known| known.matchers == incoming.matchers && known.ends == incoming.ends_at);
                hold!(durable, AcknowledgedIsDurable, "{id} was set, known is {known:?}");
                self.silences.retain(|(known, _)| known != id);
                self.silences.push((*id, incoming.clone()));
                if self.silences.len() > 6 {
                    self.silences.remove(0);
                }
            }
            (Input::SetSilence(incoming), Answer::Refused(Refusal::Silence(_))) => {
                let empty = incoming.matchers.0.iter().all(|matcher| matcher.matches_value(""));
                let wrong = incoming.ends_at <= facts.now || incoming.ends_at <= incoming.starts_at || empty;
                let gone = incoming.id.is_some_and(|id| !self.silence_lives(id, facts));
                hold!(wrong || gone, AnswerIsRight, "{incoming:?} was refused");
            }
            (Input::ExpireSilence(id), Answer::Done) => {
                hold!(!self.silence_lives(*id, facts), AcknowledgedIsDurable, "{id} was ended and holds");
            }
            (Input::ExpireSilence(id), Answer::Refused(_)) => {
                hold!(!self.silence_lives(*id, facts), AnswerIsRight, "{id} holds and cannot be ended");
            }
            (Input::AdoptPlan { plan, .. }, Answer::Done) => {
                let offered =
                    |input: &Input| if let Input::AdoptPlan { plan, .. } = input { Some(plan.hash) } else { None };
                let last = facts.inputs.iter().rev().find_map(offered);
                let good = self.ledger.plan_hash() == plan.hash || last != Some(plan.hash);
                hold!(good, AcknowledgedIsDurable, "{} was adopted and is not", plan.hash.short());
            }
            (Input::RefusePlan { .. } | Input::ClockJumped { .. } | Input::Deadline, Answer::Done) => {}
            (Input::MessageOutcome { of, address, outcome }, Answer::Done) => {
                self.post.taken(*of, address);
                let wait = if matches!(outcome, Outcome::Failed { .. }) { TRIED_AGAIN_MAX } else { 0 };
                self.ledger.message_attempt_ended(*of, address, facts.mono, wait);
            }
            (Input::Command { by, command }, Answer::Subject(_)) => {
                hold!(facts.foreseen != Some(false), AnswerIsRight, "{by:?} may not {command:?}");
            }
            (Input::Command { by, command }, Answer::Refused(Refusal::Command(refusal))) => {
                hold!(facts.foreseen != Some(true), AnswerIsRight, "{by:?} may {command:?}: {refusal}");
            }
            (Input::SetOverride(_), Answer::Override(id)) => {
                let known = self.ledger.cases.stand_ins.contains_key(&id.0.0);
                hold!(known, AcknowledgedIsDurable, "{id} was set and is not known");
            }
            (
                Input::SetOverride(_) | Input::RemoveOverride(_),
                Answer::Override(_) | Answer::Refused(Refusal::Override(_)),
            ) => {}
            (Input::NoticeOutcome { notice, .. }, Answer::Done) => {
                self.sites.under_way.remove(notice);
                self.ledger.attempt_ended(*notice, facts.mono);
            }
            _ => hold!(false, AnswerIsRight, "{input:?} was answered {answer:?}"),
        }
        Ok(())
    }

    fn silence_lives(&self, id: SilenceId, facts: &Facts) -> bool {
        self.ledger.silences.get(&id).is_some_and(|quiet| quiet.lives(facts.now))
    }
}
