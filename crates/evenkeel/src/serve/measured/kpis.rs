//! Where key performance indicators stand: each one's value, held against its target, for `/metrics` and for the review.
//!
//! They are read as often as budgets are reckoned. A fact of the kind `kpi` that Evenkeel itself observed is told when a
//! target is met or missed anew, when it is set otherwise, and once a day. That there is no data, not one value, or that the
//! store did not answer is neither: nothing is told then, and the state says which it is.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write;
use std::sync::Arc;

use evenkeel_engine::{Input, Submission};
use evenkeel_fact::IncomingFact;
use evenkeel_ids::DocumentRef;
use evenkeel_metric::Querier;
use evenkeel_model::{Kpi, KpiTarget, Rule, RuleKind};
use evenkeel_promql::{parse, selectors};
use evenkeel_promql_eval::{Point, Stop};
use evenkeel_record::{Actor, FactValue, Origin};
use evenkeel_time::{Duration, Timestamp};

use super::instant::instant;
use crate::serve::metrics::{escaped, family};

/// Who tells.
const SOURCE: &str = "kpis";
/// What stays as it is is told again after so long.
const AGAIN: Duration = Duration::hours(24);
/// A whole number beyond this is not exact as a float.
const EXACT_MAX: f64 = 9_007_199_254_740_992.0;
/// Of a longer unit the rest is left out of facts. Units: characters.
const SHOWN_CHARS_MAX: usize = 200;

/// What a KPI's query gave.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Reading {
    /// One number, and whether it is where it should be.
    Known { value: f64, met: bool },
    /// Nothing, or what is no number, such as the share of no orders.
    NoData,
    /// So many values: none of them is the KPI's.
    Several(usize),
    /// No answer, and why.
    Failed(String),
}

/// Where a KPI stands.
#[derive(Debug, Clone)]
pub(crate) struct KpiStands {
    name: Arc<str>,
    target: KpiTarget,
    reading: Reading,
}

/// What came of looking.
#[derive(Debug)]
pub(crate) struct Looked {
    /// Where each KPI stands, by name.
    pub(crate) all: Vec<KpiStands>,
    /// What there is to tell, if there is something.
    pub(crate) told: Option<Submission>,
    /// The KPIs whose query has to be mended, and why; each once until that changes.
    pub(crate) faults: Vec<(Arc<str>, String)>,
}

/// What is known of KPIs.
#[derive(Debug, Default)]
pub(crate) struct Kpis {
    /// What was told last, by name.
    told: BTreeMap<Arc<str>, Told>,
    /// Those whose metrics an alerting rule reads.
    alerted: BTreeSet<Arc<str>>,
    /// What was wrong with a query when it was last looked at, by name.
    faults: BTreeMap<Arc<str>, String>,
}

#[derive(Debug)]
struct Told {
    met: bool,
    target: KpiTarget,
    at: Timestamp,
}

impl Kpis {
    /// Takes the KPIs of a new plan, with all its rules.
    pub(crate) fn adopt(&mut self, kpis: &BTreeMap<Arc<str>, Kpi>, rules: &[Rule]) {
        self.told.retain(|name, _| kpis.contains_key(name));
        self.faults.retain(|name, _| kpis.contains_key(name));
        self.alerted.clear();
        if kpis.is_empty() {
            return;
        }
        let alerting = rules.iter().filter(|rule| rule.kind == RuleKind::Alerting);
        let watched: Vec<BTreeSet<Box<str>>> = alerting.map(|rule| metrics(&rule.expr)).collect();
        for (name, kpi) in kpis {
            let read = metrics(&kpi.query);
            if !read.is_empty() && watched.iter().any(|watched| read.is_subset(watched)) {
                self.alerted.insert(Arc::clone(name));
            }
        }
    }

    /// Reads all KPIs.
    pub(crate) fn look(
        &mut self,
        kpis: &BTreeMap<Arc<str>, Kpi>,
        source: &dyn Querier,
        stop: &dyn Stop,
        now: Timestamp,
    ) -> Looked {
        let (mut all, mut facts, mut faults) = (Vec::new(), Vec::new(), Vec::new());
        for (name, kpi) in kpis {
            let reading = Reading::of(kpi, source, stop, now);
            if let Reading::Known { value, met } = reading {
                facts.extend(self.news(kpi, value, met, now));
            }
            faults.extend(self.fault(name, &reading));
            all.push(KpiStands { name: Arc::clone(name), target: kpi.target, reading });
        }
        let input = |facts| Input::Report { facts, origin: Origin::Observed };
        let told = (!facts.is_empty()).then(|| Submission { actor: Actor(SOURCE.into()), input: input(facts) });
        Looked { all, told, faults }
    }

    fn news(&mut self, kpi: &Kpi, value: f64, met: bool, now: Timestamp) -> Option<IncomingFact> {
        let same = |told: &Told| told.met == met && told.target == kpi.target && now - told.at < AGAIN;
        if self.told.get(&kpi.name).is_some_and(same) {
            return None;
        }
        self.told.insert(Arc::clone(&kpi.name), Told { met, target: kpi.target, at: now });
        let clipped = |text: String| FactValue::Text(text.chars().take(SHOWN_CHARS_MAX).collect::<String>().into());
        let mut fields: BTreeMap<Box<str>, FactValue> = BTreeMap::from([
            ("kpi".into(), FactValue::text(&kpi.name)),
            ("reading".into(), clipped(kpi.shown(value))),
            ("target".into(), clipped(kpi.target_shown())),
            ("target_met".into(), FactValue::Flag(met)),
        ]);
        if let Some(value) = whole(value) {
            fields.insert("value".into(), FactValue::Whole(value));
        }
        // Whether people go by it, in a review or at a gate, nobody sees from here: then nothing is said of it.
        if self.alerted.contains(&kpi.name) {
            fields.insert("used_in".into(), FactValue::text("alert"));
        }
        let team =
            kpi.owner.as_ref().and_then(|owner| if let DocumentRef::Team(team) = owner { Some(team) } else { None });
        Some(IncomingFact {
            kind: "kpi".into(),
            key: format!("{}@{}", kpi.name, now.0).into(),
            source: Arc::from(SOURCE),
            occurred_at: now,
            workload: kpi.workload.clone(),
            team: team.cloned(),
            person: None,
            fields,
        })
    }

    /// What somebody has to mend, when that is news.
    fn fault(&mut self, name: &Arc<str>, reading: &Reading) -> Option<(Arc<str>, String)> {
        let why = match reading {
            Reading::Known { .. } | Reading::NoData => {
                self.faults.remove(name);
                return None;
            }
            Reading::Several(values) => format!("its query gives {values} values, and a KPI is one"),
            Reading::Failed(why) => why.clone(),
        };
        let before = self.faults.insert(Arc::clone(name), why.clone());
        (before.as_ref() != Some(&why)).then(|| (Arc::clone(name), why))
    }
}

impl Reading {
    fn of(kpi: &Kpi, source: &dyn Querier, stop: &dyn Stop, now: Timestamp) -> Self {
        let points = match instant(&kpi.query, now, source, stop) {
            Ok(points) => points,
            Err(why) => return Self::Failed(why),
        };
        match points.as_slice() {
            [] => Self::NoData,
            [Point::Number(value)] if value.is_finite() => {
                Self::Known { value: *value, met: kpi.target.is_met_by(*value) }
            }
            [Point::Number(_)] => Self::NoData,
            [_] => Self::Failed("its query gives a histogram, which is no number".to_owned()),
            several => Self::Several(several.len()),
        }
    }
}

/// The names of the metrics that an expression reads; none when it cannot be read, or reads some by pattern.
fn metrics(query: &str) -> BTreeSet<Box<str>> {
    let Ok(expr) = parse(query) else { return BTreeSet::new() };
    let names: Option<BTreeSet<Box<str>>> =
        selectors(&expr).iter().map(|usage| usage.selector.metric().map(Box::from)).collect();
    names.unwrap_or_default()
}

/// A value that is a whole number.
#[expect(clippy::cast_possible_truncation, reason = "it is whole, and within what is exact")]
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() <= EXACT_MAX).then_some(value as i64)
}

/// OpenMetrics text of where KPIs stand.
pub(crate) fn families(all: &[KpiStands], text: &mut String) {
    let known = || {
        all.iter().filter_map(|stands| match stands.reading {
            Reading::Known { value, met } => Some((escaped(&stands.name), value, met)),
            Reading::NoData | Reading::Several(_) | Reading::Failed(_) => None,
        })
    };
    family(text, "evenkeel_kpi_value", "gauge", "What a KPI stands at.");
    for (kpi, value, _) in known() {
        let _ = writeln!(text, "evenkeel_kpi_value{{kpi=\"{kpi}\"}} {value}");
    }
    family(text, "evenkeel_kpi_target", "gauge", "The number that it is held against.");
    for stands in all {
        let (kpi, target) = (escaped(&stands.name), stands.target.number());
        let _ = writeln!(text, "evenkeel_kpi_target{{kpi=\"{kpi}\"}} {target}");
    }
    family(text, "evenkeel_kpi_met", "gauge", "1 while it is where it should be, 0 while it is not.");
    for (kpi, _, met) in known() {
        let _ = writeln!(text, "evenkeel_kpi_met{{kpi=\"{kpi}\"}} {}", u8::from(met));
    }
    family(text, "evenkeel_kpi_unknown", "gauge", "1 while nobody can say where a KPI stands, by why.");
    for stands in all {
        let why = match stands.reading {
            Reading::Known { .. } => continue,
            Reading::NoData => "no-data",
            Reading::Several(_) => "several-values",
            Reading::Failed(_) => "failed",
        };
        let _ = writeln!(text, "evenkeel_kpi_unknown{{kpi=\"{}\",why=\"{why}\"}} 1", escaped(&stands.name));
    }
}

#[cfg(test)]
mod tests;
