//! What happens outside of the made-up organisation and is told: facts of every kind, made by their declarations.

use std::collections::BTreeMap;

use evenkeel_fact::{Envelope, FactKind, Field, IncomingFact, Sort, kinds};
use evenkeel_ids::IncidentId;
use evenkeel_record::FactValue;
use evenkeel_time::{Duration, Timestamp};

use super::dice::Dice;
use super::ops_repo::team_of;

/// Kinds that are told so many times as often as the others.
const OFTEN: [(&str, usize); 16] = [
    ("deployment", 24),
    ("pipeline", 24),
    ("push", 16),
    ("merge", 16),
    ("code-review", 12),
    ("change", 12),
    ("telemetry", 12),
    ("run", 8),
    ("release", 8),
    ("investigation", 6),
    ("analysis", 6),
    ("feedback", 4),
    ("kpi", 4),
    ("scan", 4),
    ("view", 4),
    ("commit", 4),
];
/// Flags of which it is well that they are seldom set.
const BAD: [&str; 12] = [
    "harm",
    "known_issue",
    "forced",
    "cancelled_by_page",
    "drill",
    "ad_hoc",
    "toil",
    "late_escalation",
    "no_signal",
    "blocked_by_permission",
    "guardrail_fired",
    "in_place",
];
/// Words that say that it went well; one of them is chosen most of the time.
const WELL: [&str; 14] = [
    "succeeded",
    "success",
    "passed",
    "applied",
    "approved",
    "confirmed",
    "answered",
    "complied",
    "verified",
    "met",
    "validated",
    "pipeline",
    "canary",
    "done",
];
/// One in so many things does not go well.
const SELDOM: usize = 16;

/// Tells facts.
#[derive(Debug)]
pub(crate) struct Teller {
    /// Each kind as often as it is told.
    often: Vec<&'static FactKind>,
    workloads: usize,
    told: u64,
}

impl Teller {
    pub(crate) fn new(workloads: usize) -> Self {
        let times = |kind: &FactKind| OFTEN.iter().find(|(name, _)| *name == kind.name).map_or(1, |(_, times)| *times);
        let often = kinds().iter().flat_map(|kind| std::iter::repeat_n(*kind, times(kind))).collect();
        Self { often, workloads, told: 0 }
    }

    /// The next fact, of any kind, from the time before `now`; some belong to one of the incidents.
    pub(crate) fn next(&mut self, dice: &mut Dice, now: Timestamp, incidents: &[(IncidentId, usize)]) -> IncomingFact {
        let kind = *self.often.get(dice.below(self.often.len())).expect("a throw is below");
        let incident = incidents.get(dice.below(incidents.len() * 2 + 1)).copied();
        let at = now - Duration::secs(i64::try_from(dice.below(3600)).unwrap_or(0));
        let workload = incident.map_or_else(|| dice.below(self.workloads), |(_, workload)| workload);
        self.of(kind, dice, at, workload, incident.map(|(incident, _)| incident))
    }

    /// A fact of a kind about a workload.
    pub(crate) fn one(&mut self, kind: &str, dice: &mut Dice, at: Timestamp, workload: usize) -> IncomingFact {
        let kind = evenkeel_fact::kind(kind).expect("the bench names kinds that there are");
        self.of(kind, dice, at, workload, None)
    }

    fn of(
        &mut self,
        kind: &'static FactKind,
        dice: &mut Dice,
        at: Timestamp,
        workload: usize,
        incident: Option<IncidentId>,
    ) -> IncomingFact {
        self.told += 1;
        let about = About { workload, team: team_of(workload), at, incident };
        let mut said = BTreeMap::new();
        for field in kind.fields {
            let left_out = dice.one_in(5) && !field.required;
            if let Some(value) = about.say(field, dice).filter(|_| !left_out) {
                said.insert(field.name.into(), value);
            }
        }
        let of_person = kind.demands(Envelope::Person);
        IncomingFact {
            kind: kind.name.into(),
            key: format!("{}-{}-{}", kind.name, at.0, self.told).into(),
            source: "bench".into(),
            occurred_at: at,
            workload: (!of_person).then(|| format!("w{workload}").into()),
            team: (of_person || kind.demands(Envelope::Team)).then(|| format!("t{}", about.team).into()),
            person: of_person.then(|| format!("p{}", 2 * about.team + dice.below(2)).into()),
            fields: said,
        }
    }
}

/// What a fact is about.
struct About {
    workload: usize,
    team: usize,
    at: Timestamp,
    incident: Option<IncidentId>,
}

impl About {
    fn say(&self, field: &Field, dice: &mut Dice) -> Option<FactValue> {
        let well = !dice.one_in(SELDOM);
        Some(match field.sort {
            Sort::Flag => FactValue::Flag(well != BAD.contains(&field.name)),
            Sort::Instant => FactValue::Whole(self.at.0),
            Sort::Whole => FactValue::Whole(whole(field.name, well, dice)),
            Sort::Word(words) => FactValue::Text(word(words, well, dice).into()),
            Sort::Text => FactValue::Text(self.text(field, dice)?),
            Sort::List => FactValue::List(self.list(field.name)),
        })
    }

    fn text(&self, field: &Field, dice: &mut Dice) -> Option<Box<str>> {
        let Self { workload, team, .. } = self;
        Some(match field.name {
            "incident" => match self.incident {
                Some(incident) => incident.to_string().into(),
                None if field.required => "incident:1".into(),
                None => return None,
            },
            "repository" => format!("acme/w{workload}").into(),
            "environment" => (if dice.one_in(3) { "staging" } else { "production" }).into(),
            "procedure" => format!("restart-{workload}").into(),
            "cadence" => format!("metrics-{team}").into(),
            "kpi" => "answers".into(),
            "author" | "merged_by" | "reviewer" | "approver" => format!("p{}", 2 * team + dice.below(2)).into(),
            "of" => format!("DataClass:data{team}").into(),
            "plan" => format!("support{team}").into(),
            "to_team" => format!("t{team}").into(),
            "decision" | "risk" | "obligation" | "request" | "skill" | "training" | "need" | "agreement" | "lesson"
            | "improvement" => format!("{}{team}", field.name).into(),
            name => format!("{name}-{}", dice.below(1000)).into(),
        })
    }

    fn list(&self, name: &str) -> Vec<Box<str>> {
        let team = self.team;
        match name {
            "teams" => vec![format!("t{team}").into(), format!("t{}", team.saturating_sub(1)).into()],
            "audiences" => vec!["customers".into(), "operations".into()],
            "refs" => vec![format!("Need:need{team}").into()],
            _ => vec![format!("p{}", 2 * team).into(), format!("p{}", 2 * team + 1).into()],
        }
    }
}

fn word(words: &'static [&'static str], well: bool, dice: &mut Dice) -> &'static str {
    let good = words.iter().find(|word| WELL.contains(word)).filter(|_| well);
    let any = || words.get(dice.below(words.len())).expect("a throw is below");
    good.unwrap_or_else(any)
}

fn whole(name: &str, well: bool, dice: &mut Dice) -> i64 {
    let small = i64::try_from(dice.below(4)).unwrap_or(0);
    match name {
        "findings" | "insufficient" | "manual_steps" | "deviations" | "dissent" | "overdue" if well => 0,
        "coverage_percent" => 97 + small,
        "exposure_percent" => 1 + small,
        "options" | "decisions" | "factors" | "actions" | "resolved" | "delivered" | "addressed" => 2,
        "target_hours" => 4,
        "total_hours" => 40,
        "improvement_hours" => 3 + small,
        _ => small,
    }
}
