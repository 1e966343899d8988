//! Where objectives stand: what is left of each error budget, for `/metrics` and for the review.
//!
//! It is reckoned once every few minutes. A fact of the kind `kpi` that Evenkeel itself observed is told when a budget is
//! used up or is not any more, and once a day. That nothing is known, too little, or that the store did not answer is neither
//! good nor bad: nothing is told then, and the state says which it is.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use evenkeel_engine::{Input, Submission};
use evenkeel_fact::IncomingFact;
use evenkeel_metric::Querier;
use evenkeel_model::{BurnAlerts, Objective, Promise};
use evenkeel_promql_eval::{Point, Stop};
use evenkeel_record::{Actor, FactValue, Origin};
use evenkeel_slo::{Budget, Standing, budget};
use evenkeel_time::{Duration, Timestamp};

use super::instant::instant;
use crate::serve::metrics::{escaped, family};

/// Who tells.
const SOURCE: &str = "objectives";
/// What stays as it is is told again after so long.
const AGAIN: Duration = Duration::hours(24);

/// Where an objective stands.
#[derive(Debug, Clone)]
pub(crate) struct Stands {
    /// Its name; with that of the promise where there are several.
    pub(crate) name: String,
    pub(crate) standing: Standing<Budget>,
}

/// What was told last, by name.
#[derive(Debug, Default)]
pub(crate) struct Budgets(BTreeMap<String, (bool, Timestamp)>);

impl Budgets {
    /// Reckons all objectives; what there is to tell, if there is something.
    pub(crate) fn look(
        &mut self,
        objectives: &BTreeMap<Arc<str>, Objective>,
        source: &dyn Querier,
        stop: &dyn Stop,
        now: Timestamp,
    ) -> (Vec<Stands>, Option<Submission>) {
        let (mut all, mut facts) = (Vec::new(), Vec::new());
        for objective in objectives.values() {
            for (place, promise) in objective.promises.iter().enumerate() {
                let ask = |query: &str, at: Timestamp| asked(query, at, source, stop);
                let name = name(objective, promise, place);
                let standing = budget(objective, promise, now, &ask);
                if let Some(known) = standing.known() {
                    facts.extend(self.news(&name, objective, known, now));
                }
                all.push(Stands { name, standing });
            }
        }
        self.0.retain(|name, _| all.iter().any(|stands| stands.name == *name));
        let input = |facts| Input::Report { facts, origin: Origin::Observed };
        let told = (!facts.is_empty()).then(|| Submission { actor: Actor(SOURCE.into()), input: input(facts) });
        (all, told)
    }

    fn news(&mut self, name: &str, objective: &Objective, budget: &Budget, now: Timestamp) -> Option<IncomingFact> {
        let met = budget.remaining >= 0.0;
        if self.0.get(name).is_some_and(|(before, told)| *before == met && now - *told < AGAIN) {
            return None;
        }
        self.0.insert(name.to_owned(), (met, now));
        let alerts = match &objective.burn {
            BurnAlerts::Standard { page, ticket, .. } => page.is_some() || ticket.is_some(),
            BurnAlerts::Conditions(conditions) => !conditions.is_empty(),
        };
        let said = [
            ("kpi", FactValue::text(name)),
            ("value", FactValue::Whole(percent(budget.remaining))),
            ("target_met", FactValue::Flag(met)),
            ("used_in", FactValue::text(if alerts { "alert" } else { "none" })),
        ];
        Some(IncomingFact {
            kind: "kpi".into(),
            key: format!("{name}@{}", now.0).into(),
            source: Arc::from(SOURCE),
            occurred_at: now,
            workload: objective.workload.clone(),
            team: None,
            person: None,
            fields: said.into_iter().map(|(field, value)| (field.into(), value)).collect(),
        })
    }
}

fn name(objective: &Objective, promise: &Promise, place: usize) -> String {
    match &promise.name {
        Some(name) => format!("{}/{name}", objective.name),
        None if objective.promises.len() > 1 => format!("{}/{place}", objective.name),
        None => objective.name.to_string(),
    }
}

/// The numbers of all series that an expression gives.
fn asked(query: &str, at: Timestamp, source: &dyn Querier, stop: &dyn Stop) -> Result<Vec<f64>, String> {
    let number = |point| if let Point::Number(number) = point { Some(number) } else { None };
    Ok(instant(query, at, source, stop)?.into_iter().filter_map(number).collect())
}

/// A whole number of hundredths, towards what is worse.
#[expect(clippy::cast_possible_truncation, reason = "a cast of what is out of range gives the nearest")]
fn percent(ratio: f64) -> i64 {
    (ratio * 100.0).floor() as i64
}

/// OpenMetrics text of where objectives stand.
pub(crate) fn families(all: &[Stands], text: &mut String) {
    let known = || all.iter().filter_map(|stands| Some((escaped(&stands.name), stands.standing.known()?)));
    family(
        text,
        "evenkeel_slo_error_budget_remaining",
        "gauge",
        "What is left of an error budget, from 1 to 0 and below.",
    );
    for (slo, budget) in known() {
        let _ = writeln!(text, "evenkeel_slo_error_budget_remaining{{slo=\"{slo}\"}} {}", budget.remaining);
    }
    family(text, "evenkeel_slo_burn_rate", "gauge", "How fast it burns on the average; 1 uses it up just at the end.");
    for (slo, budget) in known() {
        let _ = writeln!(text, "evenkeel_slo_burn_rate{{slo=\"{slo}\"}} {}", budget.burn_rate);
    }
    family(text, "evenkeel_slo_unknown", "gauge", "1 while nobody can say where an objective stands, by why.");
    for stands in all {
        let why = match &stands.standing {
            Standing::Known(_) => continue,
            Standing::TooLittle { .. } => "too-little",
            Standing::NoData => "no-data",
            Standing::Failed(_) => "failed",
            Standing::Unmeasured => "unmeasured",
        };
        let _ = writeln!(text, "evenkeel_slo_unknown{{slo=\"{}\",why=\"{why}\"}} 1", escaped(&stands.name));
    }
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::LabelSet;
    use evenkeel_metric::Sample;
    use evenkeel_model::{BudgetMethod, Indicator, ObjectiveForm};
    use evenkeel_promql_eval::Never;
    use evenkeel_series_notation::MemoryStore;

    use super::*;

    fn objective() -> Objective {
        Objective {
            name: "orders".into(),
            workload: Some("shop".into()),
            service: None,
            window: Some(Duration::hours(24)),
            calendar: None,
            target: 0.9,
            method: BudgetMethod::Occurrences,
            promises: vec![Promise {
                name: None,
                target: 0.9,
                slice: Duration::minutes(5),
                slice_target: 0.9,
                indicator: Some(Indicator::Events { part: "bad".into(), good: false, total: "all".into() }),
            }],
            burn: BurnAlerts::Conditions(Vec::new()),
            events_min: 10.0,
            labels: LabelSet::default(),
            form: ObjectiveForm::OpenSlo,
            file: "slo.yml".into(),
        }
    }

    fn told(submission: Option<&Submission>) -> Vec<String> {
        let Some(Submission { input: Input::Report { facts, .. }, .. }) = submission else { return Vec::new() };
        let field = |fact: &IncomingFact, name: &str| format!("{:?}", fact.fields.get(name));
        facts.iter().map(|fact| format!("{} {}", field(fact, "value"), field(fact, "target_met"))).collect()
    }

    #[test]
    fn a_budget_is_told_when_it_is_used_up_and_what_nobody_knows_is_not_told() {
        let objectives = BTreeMap::from([(Arc::from("orders"), objective())]);
        let (mut store, mut budgets) = (MemoryStore::default(), Budgets::default());
        let start = Timestamp(1_800_000_000_000);
        let (all, nothing) = budgets.look(&objectives, &store, &Never, start);
        assert!(matches!(all.first().map(|stands| &stands.standing), Some(Standing::NoData)), "{all:?}");
        assert!(nothing.is_none());
        let count = |store: &mut MemoryStore, name: &str, minute: i64, value: f64| {
            let labels = LabelSet::new([("__name__", name)]);
            store.append(&labels, Sample { at: start + Duration::minutes(minute), value });
        };
        for minute in 0..60 {
            count(&mut store, "all", minute, minute as f64 * 100.0);
            count(&mut store, "bad", minute, 0.0);
        }
        let hour = start + Duration::minutes(59);
        let (_, first) = budgets.look(&objectives, &store, &Never, hour);
        assert_eq!(told(first.as_ref()), ["Some(Whole(100)) Some(Flag(true))"]);
        let (_, again) = budgets.look(&objectives, &store, &Never, hour);
        assert!(again.is_none(), "it is the same");
        for minute in 60..120 {
            count(&mut store, "all", minute, minute as f64 * 100.0);
            count(&mut store, "bad", minute, (minute - 59) as f64 * 50.0);
        }
        let (all, over) = budgets.look(&objectives, &store, &Never, start + Duration::minutes(119));
        assert_eq!(told(over.as_ref()).len(), 1, "{all:?}");
        assert!(told(over.as_ref()).first().is_some_and(|fact| fact.ends_with("Some(Flag(false))")), "{over:?}");
        let mut text = String::new();
        families(&all, &mut text);
        assert!(text.contains("evenkeel_slo_error_budget_remaining{slo=\"orders\"} -"), "{text}");
    }
}
