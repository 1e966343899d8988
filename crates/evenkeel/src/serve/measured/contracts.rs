//! What telemetry workloads really give, held against what they promise: facts that Evenkeel itself observed.
//!
//! Of each signal contract that names a workload it is looked at which of its metrics are there, and whether they are of
//! now. A fact is told when that changes, and once a day while it stays: so a review has both what is lived and what broke,
//! and a quiet year costs a record a day. What is missing right after a start may be missing because nobody was there to take
//! it in: that is told only once it had the time to come.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_engine::{Input, Submission};
use evenkeel_fact::IncomingFact;
use evenkeel_labels::{METRIC_NAME, MatchOp, Matcher};
use evenkeel_metric::{Column, Querier, ReadFault, Selection, is_stale};
use evenkeel_model::{PromisedMetric, SignalContract};
use evenkeel_record::{Actor, FactValue, Origin};
use evenkeel_time::{Duration, Timestamp};

/// Who tells.
const SOURCE: &str = "metrics";
/// A metric whose newest sample is older than this is not of now. Prometheus looks back as far.
const FRESH: Duration = Duration::minutes(5);
/// A metric without a sample for so long is not there.
const PRESENT: Duration = Duration::hours(24);
/// What stays as it is is told again after so long.
const AGAIN: Duration = Duration::hours(24);

/// What is known of contracts.
#[derive(Debug, Default)]
pub(crate) struct Contracts {
    /// What was told last, by contract.
    told: BTreeMap<Arc<str>, (Found, Timestamp)>,
    /// Since when it is looked.
    since: Option<Timestamp>,
}

/// How a contract is kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Found {
    /// Metrics that are promised.
    promised: usize,
    /// Those that are there.
    present: usize,
    /// Those that are of now.
    fresh: usize,
}

impl Contracts {
    /// Looks at all contracts; what there is to tell, if there is something.
    pub(crate) fn look(
        &mut self,
        contracts: &BTreeMap<Arc<str>, SignalContract>,
        source: &dyn Querier,
        now: Timestamp,
    ) -> Option<Submission> {
        let since = *self.since.get_or_insert(now);
        self.told.retain(|name, _| contracts.contains_key(name));
        let mut facts = Vec::new();
        for (name, contract) in contracts {
            let Some(workload) = &contract.workload else { continue };
            // What cannot be read is neither there nor missing: it is told when it can.
            let Ok(found) = Found::of(contract, source, now) else { continue };
            let known = self.told.get(name);
            if known.is_none() && !found.whole() && now - since < FRESH {
                continue;
            }
            if known.is_some_and(|(before, told)| *before == found && now - *told < AGAIN) {
                continue;
            }
            self.told.insert(Arc::clone(name), (found, now));
            facts.push(found.fact(name, workload, now));
        }
        let input = |facts| Input::Report { facts, origin: Origin::Observed };
        (!facts.is_empty()).then(|| Submission { actor: Actor(SOURCE.into()), input: input(facts) })
    }
}

impl Found {
    fn of(contract: &SignalContract, source: &dyn Querier, now: Timestamp) -> Result<Self, ReadFault> {
        let mut found = Self { promised: contract.metrics.len(), present: 0, fresh: 0 };
        for metric in &contract.metrics {
            let newest = newest(metric, source, now)?;
            found.present += usize::from(newest.is_some());
            found.fresh += usize::from(newest.is_some_and(|at| now - at <= FRESH));
        }
        Ok(found)
    }

    /// Whether all that is promised is given.
    fn whole(self) -> bool {
        self.fresh == self.promised
    }

    fn fact(self, contract: &Arc<str>, workload: &Arc<str>, now: Timestamp) -> IncomingFact {
        let percent = (self.fresh * 100).checked_div(self.promised).unwrap_or(100);
        let said = [
            ("signal", FactValue::text("metrics")),
            ("present", FactValue::Flag(self.present == self.promised)),
            ("fresh", FactValue::Flag(self.whole())),
            ("coverage_percent", FactValue::Whole(i64::try_from(percent).unwrap_or(100))),
        ];
        IncomingFact {
            kind: "telemetry".into(),
            key: format!("{contract}@{}", now.0).into(),
            source: Arc::from(SOURCE),
            occurred_at: now,
            workload: Some(Arc::clone(workload)),
            team: None,
            person: None,
            fields: said.into_iter().map(|(name, value)| (name.into(), value)).collect(),
        }
    }
}

/// The newest sample of a metric that says more than that its series ended.
fn newest(metric: &PromisedMetric, source: &dyn Querier, now: Timestamp) -> Result<Option<Timestamp>, ReadFault> {
    let equal = Matcher::new(METRIC_NAME, MatchOp::Equal, &*metric.name);
    let labels = metric.labels.iter().map(|(name, values)| {
        let any: Vec<String> = values.iter().map(|value| regex::escape(value)).collect();
        Matcher::new(&**name, MatchOp::Regex, any.join("|"))
    });
    // Patterns made of escaped texts are patterns; one that is too large finds nothing to be sure of.
    let Ok(matchers) = std::iter::once(equal).chain(labels).collect::<Result<Vec<_>, _>>() else { return Ok(None) };
    let within = |span: Duration| newest_within(&matchers, source, now - span, now);
    Ok(within(FRESH)?.or(within(PRESENT)?))
}

fn newest_within(
    matchers: &[Matcher],
    source: &dyn Querier,
    after: Timestamp,
    until: Timestamp,
) -> Result<Option<Timestamp>, ReadFault> {
    let found = source.select(&Selection { matchers: matchers.to_vec(), after, until })?;
    let (mut column, mut newest) = (Column::default(), None);
    for place in 0..found.labels().len() {
        column.clear();
        found.read(place, &mut column)?;
        let numbers = column.times.iter().zip(&column.values).rev();
        let number = numbers.into_iter().find(|(_, value)| !is_stale(**value)).map(|(at, _)| *at);
        let histogram = column.histograms.iter().rev().find(|(_, value)| !is_stale(value.sum)).map(|(at, _)| *at);
        newest = newest.max(number).max(histogram);
    }
    Ok(newest.map(Timestamp))
}

#[cfg(test)]
mod tests {
    use evenkeel_labels::LabelSet;
    use evenkeel_metric::Sample;
    use evenkeel_series_notation::MemoryStore;

    use super::*;

    const DAY: Duration = Duration::hours(24);

    fn contracts() -> BTreeMap<Arc<str>, SignalContract> {
        let promised = |name: &str, job: Option<&str>| PromisedMetric {
            name: name.into(),
            labels: job.iter().map(|job| ("job".into(), vec![Arc::from(*job)])).collect(),
        };
        let metrics = vec![promised("requests_total", Some("shop")), promised("queue_depth", None)];
        let contracts = [
            ("shop".into(), SignalContract { workload: Some("shop".into()), metrics }),
            ("nobody's".into(), SignalContract { workload: None, metrics: Vec::new() }),
        ];
        contracts.into()
    }

    fn told(submission: Option<Submission>) -> Vec<String> {
        let Some(Submission { input: Input::Report { facts, .. }, .. }) = submission else { return Vec::new() };
        let said = |fact: &IncomingFact| {
            let fields: Vec<String> = fact.fields.iter().map(|(name, value)| format!("{name}={value:?}")).collect();
            format!("{} {}", fact.workload.as_deref().unwrap_or(""), fields.join(" "))
        };
        facts.iter().map(said).collect()
    }

    fn append(store: &mut MemoryStore, labels: &[(&str, &str)], at: Timestamp) {
        store.append(&LabelSet::new(labels.iter().copied()), Sample { at, value: 1.0 });
    }

    #[test]
    fn what_is_promised_is_told_when_it_changes_and_once_a_day() {
        let (promised, mut store, mut contracts) = (contracts(), MemoryStore::default(), Contracts::default());
        let start = Timestamp(1_800_000_000_000);
        let missing = r#"shop coverage_percent=Whole(0) fresh=Flag(false) present=Flag(false) signal=Text("metrics")"#;
        assert_eq!(told(contracts.look(&promised, &store, start)), [""; 0], "nothing had the time to come");
        let soon = start + FRESH;
        assert_eq!(told(contracts.look(&promised, &store, soon)), [missing]);
        assert_eq!(told(contracts.look(&promised, &store, soon + Duration::minutes(1))), [""; 0]);
        let soon = soon + Duration::minutes(2);
        append(&mut store, &[("__name__", "queue_depth")], soon);
        append(&mut store, &[("__name__", "requests_total"), ("job", "other")], soon);
        let half = r#"shop coverage_percent=Whole(50) fresh=Flag(false) present=Flag(false) signal=Text("metrics")"#;
        assert_eq!(told(contracts.look(&promised, &store, soon)), [half], "another job's requests are not the shop's");
        append(&mut store, &[("__name__", "requests_total"), ("job", "shop")], soon);
        let whole = r#"shop coverage_percent=Whole(100) fresh=Flag(true) present=Flag(true) signal=Text("metrics")"#;
        assert_eq!(told(contracts.look(&promised, &store, soon)), [whole]);
        let later = soon + Duration::hours(2);
        let stale = r#"shop coverage_percent=Whole(0) fresh=Flag(false) present=Flag(true) signal=Text("metrics")"#;
        assert_eq!(told(contracts.look(&promised, &store, later)), [stale], "present is not fresh");
        assert_eq!(
            told(contracts.look(&promised, &store, later + DAY - Duration::minutes(1))).len(),
            1,
            "gone for a day"
        );
        let (mut started, given) = (Contracts::default(), soon + Duration::minutes(1));
        assert_eq!(told(started.look(&promised, &store, given)), [whole], "what is given is told at once");
        assert_eq!(told(contracts.look(&promised, &store, later + DAY + DAY)).len(), 1, "said again");
    }
}
