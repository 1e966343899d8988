//! Records about who stands in for whom, and about problems.

use evenkeel_engine::Input;
use evenkeel_incident::Command;
use evenkeel_record::{OverrideRemoved, OverrideSet, ProblemCause, ProblemOpened, Record};

use crate::cases::StandIn;
use crate::facts::Facts;
use crate::ledger::Ledger;
use crate::violation::{Violation, hold};

impl Ledger {
    pub(super) fn override_set(&mut self, body: &OverrideSet, record: &Record, facts: &Facts) -> Result<(), Violation> {
        let asked = facts.any(|input| {
            matches!(input, Input::SetOverride(incoming)
                if incoming.schedule == body.schedule && incoming.person == body.person && incoming.until == body.until)
        });
        hold!(asked, RecordHasCause, "{}: nobody stands in", record.seq);
        let OverrideSet { schedule, from, until, person, replaces, .. } = body.clone();
        self.cases.stand_ins.insert(record.seq.0, StandIn { schedule, from, until, person, replaces });
        Ok(())
    }

    /// Who was on call stays as it was: it ends when its removal is dated.
    pub(super) fn override_removed(
        &mut self,
        body: &OverrideRemoved,
        record: &Record,
        facts: &Facts,
    ) -> Result<(), Violation> {
        let asked = facts.any(|input| matches!(input, Input::RemoveOverride(id) if *id == body.id));
        hold!(asked, RecordHasCause, "nobody removed {}", body.id);
        if let Some(stand_in) = self.cases.stand_ins.get_mut(&body.id.0.0) {
            stand_in.until = stand_in.until.min(record.at);
        }
        Ok(())
    }

    pub(super) fn problem_opened(&mut self, body: &ProblemOpened, facts: &Facts) -> Result<(), Violation> {
        let good = match body.cause {
            ProblemCause::Person => facts.asked(|command| matches!(command, Command::OpenProblem { .. })),
            ProblemCause::Workaround => {
                facts.asked(|command| matches!(command, Command::Resolve { workaround: true, .. }))
            }
            ProblemCause::Recurrence => body.incidents.len() == 2,
        };
        hold!(good, RecordHasCause, "nothing shows a problem: {body:?}");
        Ok(())
    }
}
