//! Incidents and problems.

use evenkeel_ids::{AlertId, IncidentId};
use evenkeel_record::{
    AcknowledgementExpired, EscalationCause, IncidentAcknowledged, IncidentAssigned, IncidentClosed, IncidentEscalated,
    IncidentJoined, IncidentMerged, IncidentNoted, IncidentOpened, IncidentReopened, IncidentResolved, IncidentRole,
    IncidentSeveritySet, IncidentUnroutable, IncidentVisibilitySet, ProblemCause, ProblemLinked, ProblemOpened,
    ProblemResolved, ResolvedBy,
};

use super::{Cx, team_of};
use crate::error::Trouble;
use crate::key::Key;
use crate::value::Value;

/// Whose an incident is.
pub(super) struct Whose {
    pub(super) id: Value,
    pub(super) workload: Value,
    pub(super) team: Value,
    pub(super) at: Option<i64>,
}

impl Cx<'_> {
    /// Whose an incident is; nobody's where what opened it was erased.
    pub(super) fn whose(&mut self, incident: IncidentId) -> Result<Whose, Trouble> {
        let id = Value::from(incident.to_string().as_str());
        let whose = self.rows.read("incidents", &Key::Record(incident.seq().0), |row| {
            (row.get("workload").clone(), row.get("team").clone(), row.get("at").whole())
        })?;
        let (workload, team, at) = whose.unwrap_or_default();
        Ok(Whose { id, workload, team, at })
    }

    pub(super) fn incident_opened(&mut self, body: &IncidentOpened) -> Result<(), Trouble> {
        let owner = team_of(body.owner.as_ref());
        let team = if owner == Value::Null { self.standing.team(body.workload.as_deref()) } else { owner };
        let by_alert = body.group.is_some() || !body.alerts.is_empty();
        self.make("incidents", |row| {
            row.set("response_plan", &body.response_plan);
            row.set("workload", body.workload.as_ref());
            row.set("team", team.clone());
            row.set("severity", body.severity.number());
            row.set("opened_severity", body.severity.number());
            row.set("severity_changed", false);
            row.set("customer_visible", body.customer_visible);
            row.set("opened_by", if by_alert { "alert" } else { "person" });
            row.set("workaround", false);
            for counted in ["reopened", "escalations", "asked_escalations", "notes", "unroutable"] {
                row.set(counted, 0_i64);
            }
            row.set("last_page_failed", false);
        });
        self.join(IncidentId(evenkeel_ids::Seq(self.seq)), &body.alerts)
    }

    /// Alerts belong to an incident; those that name no workload are about the incident's.
    fn join(&mut self, incident: IncidentId, alerts: &[AlertId]) -> Result<(), Trouble> {
        let whose = self.whose(incident)?;
        let seq = self.number();
        for alert in alerts {
            let key = Key::Pair(incident.seq().0, alert.seq().0);
            let id = alert.to_string();
            self.rows.put(seq, "incident_alerts", key, |row| {
                row.set("incident", whose.id.clone());
                row.set("alert", id.as_str());
            })?;
            self.patch("alerts", alert.seq(), |row| {
                if *row.get("workload") == Value::Null {
                    row.set("workload", whose.workload.clone());
                    row.set_first("team", whose.team.clone());
                }
            })?;
        }
        Ok(())
    }

    pub(super) fn incident_joined(&mut self, body: &IncidentJoined) -> Result<(), Trouble> {
        self.patch("incidents", body.incident.seq(), |row| row.set("severity", body.severity.number()))?;
        self.join(body.incident, &body.alerts)
    }

    pub(super) fn incident_escalated(&mut self, body: &IncidentEscalated) -> Result<(), Trouble> {
        let whose = self.whose(body.incident)?;
        let asked = body.cause == EscalationCause::Asked;
        self.make("escalations", |row| {
            row.set("incident", whose.id);
            row.set("workload", whose.workload);
            row.set("team", whose.team);
            row.set("policy", &body.policy);
            row.set("step", body.step);
            row.set("round", body.round);
            row.set("cause", cause(body.cause));
            row.set("asked", asked);
            row.set("last_resort", body.last_resort);
            row.set("unresolved", body.unresolved.len());
        });
        self.patch("incidents", body.incident.seq(), |row| {
            row.add("escalations", 1);
            row.add("asked_escalations", i64::from(asked));
        })?;
        self.acted_through(body.page)
    }

    pub(super) fn incident_unroutable(&mut self, body: &IncidentUnroutable) -> Result<(), Trouble> {
        self.patch("incidents", body.incident.seq(), |row| row.add("unroutable", 1))?;
        Ok(())
    }

    pub(super) fn incident_acknowledged(&mut self, body: &IncidentAcknowledged) -> Result<(), Trouble> {
        let whose = self.whose(body.incident)?;
        let page = match body.page {
            Some(page) => self.rows.read("pages", &Key::Record(page.seq().0), |row| row.get("at").whole())?,
            None => None,
        };
        let since = page.flatten().or(whose.at);
        let after = since.map(|since| self.now().saturating_sub(since));
        self.make("acknowledgements", |row| {
            row.set("incident", whose.id);
            row.set("workload", whose.workload);
            row.set("team", whose.team);
            row.set("person", body.person.as_ref());
            row.set("page", body.page.map(|page| page.to_string()).as_deref());
            row.set("after_ms", after);
        });
        self.standing.acknowledged.insert(body.incident.seq().0, self.seq);
        let now = self.now();
        self.patch("incidents", body.incident.seq(), |row| {
            if *row.get("acknowledged_at") == Value::Null {
                row.set("acknowledged_at", now);
                row.set("acknowledged_by", body.person.as_ref());
            }
        })?;
        self.acted_through(body.page)
    }

    pub(super) fn acknowledgement_expired(&mut self, body: &AcknowledgementExpired) -> Result<(), Trouble> {
        let incident = body.incident.seq().0;
        let last = match self.standing.acknowledged.get(&incident) {
            Some(last) => Some(*last),
            None => {
                let by = [("incident", Value::from(body.incident.to_string().as_str()))];
                let given = self.rows.all("acknowledgements", &by)?;
                let records = given.iter().filter_map(|row| row.get("record").whole());
                records.max().and_then(|record| u64::try_from(record).ok())
            }
        };
        let now = self.now();
        if let Some(last) = last {
            self.patch("acknowledgements", evenkeel_ids::Seq(last), |row| row.set("expired_at", now))?;
        }
        Ok(())
    }

    pub(super) fn incident_assigned(&mut self, body: &IncidentAssigned) -> Result<(), Trouble> {
        let (seq, now) = (self.number(), self.now());
        let incident = body.incident.to_string();
        let role = role(body.role);
        self.rows.put(seq, "incident_roles", Key::Word(body.incident.seq().0, role), |row| {
            row.set("incident", incident.as_str());
            row.set("role", role);
            row.set("person", &body.person);
            row.set("at", now);
        })?;
        let column = match body.role {
            IncidentRole::Commander => "commander",
            IncidentRole::Communicator => "communicator",
            IncidentRole::Responder | IncidentRole::Scribe => return Ok(()),
        };
        self.patch("incidents", body.incident.seq(), |row| row.set(column, &body.person))?;
        Ok(())
    }

    pub(super) fn incident_severity_set(&mut self, body: &IncidentSeveritySet) -> Result<(), Trouble> {
        self.patch("incidents", body.incident.seq(), |row| {
            row.set("severity", body.severity.number());
            row.set("severity_changed", true);
        })?;
        Ok(())
    }

    pub(super) fn incident_visibility_set(&mut self, body: &IncidentVisibilitySet) -> Result<(), Trouble> {
        self.patch("incidents", body.incident.seq(), |row| row.set("customer_visible", body.customer_visible))?;
        Ok(())
    }

    pub(super) fn incident_noted(&mut self, body: &IncidentNoted) -> Result<(), Trouble> {
        self.patch("incidents", body.incident.seq(), |row| row.add("notes", 1))?;
        Ok(())
    }

    /// The other one goes on with its alerts.
    pub(super) fn incident_merged(&mut self, body: &IncidentMerged) -> Result<(), Trouble> {
        let into = body.into.to_string();
        self.patch("incidents", body.incident.seq(), |row| row.set("merged_into", into.as_str()))?;
        self.standing.acknowledged.remove(&body.incident.seq().0);
        Ok(())
    }

    pub(super) fn incident_resolved(&mut self, body: &IncidentResolved) -> Result<(), Trouble> {
        let now = self.now();
        let by = match body.cause {
            ResolvedBy::Alerts => "alerts",
            ResolvedBy::Person => "person",
        };
        self.patch("incidents", body.incident.seq(), |row| {
            row.set("resolved_at", now);
            row.set("resolved_by", by);
            row.set("workaround", body.workaround);
        })?;
        self.standing.acknowledged.remove(&body.incident.seq().0);
        self.acted_through(body.page)
    }

    pub(super) fn incident_reopened(&mut self, body: &IncidentReopened) -> Result<(), Trouble> {
        self.patch("incidents", body.incident.seq(), |row| {
            for over in ["resolved_at", "resolved_by", "closed_at"] {
                row.set(over, Value::Null);
            }
            row.set("workaround", false);
            row.add("reopened", 1);
        })?;
        self.join(body.incident, &body.alerts)
    }

    pub(super) fn incident_closed(&mut self, body: &IncidentClosed) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("incidents", body.incident.seq(), |row| row.set("closed_at", now))?;
        self.standing.acknowledged.remove(&body.incident.seq().0);
        Ok(())
    }

    pub(super) fn problem_opened(&mut self, body: &ProblemOpened) {
        let cause = match body.cause {
            ProblemCause::Recurrence => "recurrence",
            ProblemCause::Workaround => "workaround",
            ProblemCause::Person => "person",
        };
        let mut incidents = body.incidents.clone();
        incidents.sort_unstable();
        incidents.dedup();
        self.make("problems", |row| {
            row.set("cause", cause);
            row.set("incidents", incidents.len());
        });
        let problem = evenkeel_ids::ProblemId(evenkeel_ids::Seq(self.seq)).to_string();
        for incident in incidents {
            let key = Key::Pair(self.seq, incident.seq().0);
            self.insert("problem_incidents", key, |row| {
                row.set("problem", problem.as_str());
                row.set("incident", incident.to_string().as_str());
            });
        }
    }

    pub(super) fn problem_linked(&mut self, body: &ProblemLinked) -> Result<(), Trouble> {
        let key = Key::Pair(body.problem.seq().0, body.incident.seq().0);
        if self.rows.has("problem_incidents", &key)? {
            return Ok(());
        }
        self.insert("problem_incidents", key, |row| {
            row.set("problem", body.problem.to_string().as_str());
            row.set("incident", body.incident.to_string().as_str());
        });
        self.patch("problems", body.problem.seq(), |row| row.add("incidents", 1))?;
        Ok(())
    }

    pub(super) fn problem_resolved(&mut self, body: &ProblemResolved) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("problems", body.problem.seq(), |row| row.set("resolved_at", now))?;
        Ok(())
    }
}

const fn cause(cause: EscalationCause) -> &'static str {
    match cause {
        EscalationCause::Opened => "opened",
        EscalationCause::Unanswered => "unanswered",
        EscalationCause::Unreachable => "unreachable",
        EscalationCause::Asked => "asked",
        EscalationCause::Restarted => "restarted",
        EscalationCause::Resumed => "resumed",
        EscalationCause::Worse => "worse",
        EscalationCause::AcknowledgementExpired => "acknowledgement-expired",
    }
}

const fn role(role: IncidentRole) -> &'static str {
    match role {
        IncidentRole::Responder => "responder",
        IncidentRole::Commander => "commander",
        IncidentRole::Communicator => "communicator",
        IncidentRole::Scribe => "scribe",
    }
}
