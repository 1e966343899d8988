//! The rules that watch an objective: recorded shares of what was bad, what is known of the objective, and alerts.
//!
//! Names and shapes are Sloth's, so that dashboards made for it work.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use evenkeel_labels::LabelSet;
use evenkeel_model::document::Language;
use evenkeel_model::{BurnAlerts, BurnCondition, Objective, ObjectiveForm, Pace, Promise, Rule, RuleKind};
use evenkeel_time::Duration;

use crate::burn_windows::{BurnWindow, burn_windows};
use crate::measure::{error_ratio, events};

const MONTH: Duration = Duration::hours(30 * 24);
/// The window from which long ones are put together.
const BASE: Duration = Duration::minutes(5);

/// Makes the rules of an objective, in the order in which they are evaluated. What nobody measures has none.
#[must_use]
pub fn rules(objective: &Objective) -> Vec<Rule> {
    objective
        .promises
        .iter()
        .filter(|promise| promise.indicator.is_some())
        .flat_map(|promise| Maker::of(objective, promise).all())
        .collect()
}

/// The rules of all objectives, in the order of their names.
#[must_use]
pub fn generated(objectives: &BTreeMap<Arc<str>, Objective>) -> Vec<Rule> {
    objectives.values().flat_map(rules).collect()
}

struct Maker<'a> {
    objective: &'a Objective,
    promise: &'a Promise,
    period: Duration,
    /// What tells its series from those of others.
    ids: Vec<(&'static str, String)>,
}

impl<'a> Maker<'a> {
    fn of(objective: &'a Objective, promise: &'a Promise) -> Self {
        let service = objective.service.as_deref().unwrap_or("").to_owned();
        let mut ids = match objective.form {
            ObjectiveForm::Sloth => {
                let own = objective.name.strip_prefix(&*format!("{service}-")).unwrap_or(&objective.name).to_owned();
                vec![("sloth_id", objective.name.to_string()), ("sloth_service", service), ("sloth_slo", own)]
            }
            ObjectiveForm::OpenSlo => vec![("slo", objective.name.to_string()), ("service", service)],
        };
        ids.extend(promise.name.as_ref().map(|name| ("objective", name.to_string())));
        ids.retain(|(_, value)| !value.is_empty());
        Self { objective, promise, period: objective.window.unwrap_or(MONTH), ids }
    }

    fn all(&self) -> Vec<Rule> {
        let mut out = Vec::new();
        for window in self.windows() {
            let expr = error_ratio(self.objective.method, self.promise, window).unwrap_or_default();
            out.push(self.record("sli", &ratio_name(window), expr, &[(self.window_label(), window.to_string())]));
        }
        out.push(self.long());
        out.extend(self.meta());
        out.extend(self.alerts());
        out
    }

    const fn window_label(&self) -> &'static str {
        match self.objective.form {
            ObjectiveForm::Sloth => "sloth_window",
            ObjectiveForm::OpenSlo => "window",
        }
    }

    /// The windows that alerts look at, shortest first.
    fn windows(&self) -> BTreeSet<Duration> {
        let mut windows = BTreeSet::from([BASE]);
        match &self.objective.burn {
            BurnAlerts::Standard { .. } => {
                windows.extend(burn_windows(self.period).iter().flat_map(|pair| [pair.short, pair.long]));
            }
            BurnAlerts::Conditions(conditions) => windows.extend(conditions.iter().map(|condition| condition.lookback)),
        }
        windows.remove(&self.period);
        windows
    }

    /// The whole window, put together from short ones: asking it anew each time would read a month each time.
    fn long(&self) -> Rule {
        let short = format!("{}{}", ratio_name(BASE), self.selector(&[]));
        let period = self.period;
        let label = self.window_label();
        let expr = format!("sum_over_time({short}[{period}]) / ignoring ({label}) count_over_time({short}[{period}])");
        self.record("sli", &ratio_name(period), expr, &[(label, period.to_string())])
    }

    fn meta(&self) -> [Rule; 6] {
        let ids: Vec<&str> = self.ids.iter().map(|(name, _)| *name).collect();
        let on = ids.join(", ");
        let budget = format!("slo:error_budget:ratio{}", self.selector(&[]));
        let of = |window| format!("{}{} / on ({on}) group_left () {budget}", ratio_name(window), self.selector(&[]));
        #[expect(clippy::cast_precision_loss, reason = "days of years")]
        let days = self.period.0 as f64 / 86_400_000.0;
        [
            self.record("meta", "slo:objective:ratio", format!("vector({})", self.promise.target), &[]),
            self.record("meta", "slo:error_budget:ratio", format!("vector(1 - {})", self.promise.target), &[]),
            self.record("meta", "slo:time_period:days", format!("vector({days})"), &[]),
            self.record("meta", "slo:current_burn_rate:ratio", of(BASE), &[]),
            self.record("meta", "slo:period_burn_rate:ratio", of(self.period), &[]),
            self.record(
                "meta",
                "slo:period_error_budget_remaining:ratio",
                format!("1 - slo:period_burn_rate:ratio{}", self.selector(&[])),
                &[],
            ),
        ]
    }

    fn alerts(&self) -> Vec<Rule> {
        match &self.objective.burn {
            BurnAlerts::Standard { name, common, page, ticket } => {
                let pairs = burn_windows(self.period);
                let of = |paged: bool, own: &(LabelSet, LabelSet), severity: &str| {
                    let pairs: Vec<&BurnWindow> = pairs.iter().filter(|pair| pair.page == paged).collect();
                    self.alert(name, &pairs, [common, own], severity)
                };
                let page = page.as_ref().map(|own| of(true, own, "page"));
                let ticket = ticket.as_ref().map(|own| of(false, own, "ticket"));
                page.into_iter().chain(ticket).collect()
            }
            BurnAlerts::Conditions(conditions) => {
                conditions.iter().map(|condition| self.condition(condition)).collect()
            }
        }
    }

    fn alert(&self, name: &Arc<str>, pairs: &[&BurnWindow], texts: [&(LabelSet, LabelSet); 2], severity: &str) -> Rule {
        let label = self.window_label();
        let burns = |window: Duration, rate: f64| {
            let series = format!("{}{}", ratio_name(window), self.selector(&[]));
            format!("max({series} > ({rate} * (1 - {}))) without ({label})", self.promise.target)
        };
        let each: Vec<String> = pairs
            .iter()
            .map(|pair| {
                let pair_burns = format!("{} and {}", burns(pair.short, pair.rate), burns(pair.long, pair.rate));
                format!("({pair_burns}{})", self.enough(pair.long))
            })
            .collect();
        let summary = match self.objective.form {
            ObjectiveForm::Sloth => {
                "{{$labels.sloth_service}} {{$labels.sloth_slo}} SLO error budget burn rate is over expected."
            }
            ObjectiveForm::OpenSlo => "{{$labels.slo}} burns its error budget faster than it may.",
        };
        let sort = match self.objective.form {
            ObjectiveForm::Sloth => "sloth_severity",
            ObjectiveForm::OpenSlo => "burn",
        };
        let title = format!("({severity}) {summary}");
        let own = [(sort, severity)];
        let labels = self.told_apart().chain(own).chain(texts.iter().flat_map(|(labels, _)| labels.iter()));
        let said = [("summary", summary), ("title", &*title)];
        let annotations = said.into_iter().chain(texts.iter().flat_map(|(_, annotations)| annotations.iter()));
        Rule {
            labels: LabelSet::new(labels),
            annotations: LabelSet::new(annotations),
            ..self.rule("alerts", RuleKind::Alerting, name, each.join("\nor\n"))
        }
    }

    fn condition(&self, condition: &BurnCondition) -> Rule {
        let series = format!("{}{}", ratio_name(condition.lookback), self.selector(&[]));
        let threshold = format!("({} * (1 - {}))", condition.threshold, self.promise.target);
        let burns = format!("max({series} > {threshold}) without ({})", self.window_label());
        let severity = condition.severity.as_deref().map(|severity| ("severity", severity));
        let summary = "{{$labels.slo}} burns its error budget faster than it may.";
        Rule {
            holds_for: condition.after,
            labels: LabelSet::new(self.told_apart().chain(severity)),
            annotations: LabelSet::new([("summary", summary)]),
            ..self.rule(
                "alerts",
                RuleKind::Alerting,
                &condition.name,
                format!("{burns}{}", self.enough(condition.lookback)),
            )
        }
    }

    /// What tells an alert from those of other objectives, whose alerts have the same name: of Sloth's, the name itself. The
    /// series have these labels too, so that an alert is none other for them.
    fn told_apart(&self) -> impl Iterator<Item = (&str, &str)> {
        let ids = self.ids.iter().filter(|_| self.objective.form == ObjectiveForm::OpenSlo);
        ids.map(|(name, value)| (*name, &**value))
    }

    /// That there are enough events for anything to be said, where more than one is asked for.
    fn enough(&self, window: Duration) -> String {
        let least = self.objective.events_min;
        let counted = events(self.objective.method, self.promise, window).filter(|_| least > 1.0);
        counted.map_or_else(String::new, |counted| format!(" and on () sum({counted}) >= {least}"))
    }

    fn record(&self, group: &str, name: &str, expr: String, more: &[(&str, String)]) -> Rule {
        let ids = self.ids.iter().map(|(name, value)| (*name, &**value));
        let labels = self.objective.labels.iter().chain(ids).chain(more.iter().map(|(name, value)| (*name, &**value)));
        Rule { labels: LabelSet::new(labels), ..self.rule(group, RuleKind::Recording, &Arc::from(name), expr) }
    }

    fn rule(&self, group: &str, kind: RuleKind, name: &Arc<str>, expr: String) -> Rule {
        let objective = self.promise.name.as_ref().map_or_else(String::new, |name| format!("-{name}"));
        Rule {
            file: Arc::clone(&self.objective.file),
            group: format!("slo-{group}-{}{objective}", self.objective.name).into(),
            pace: Pace::default(),
            language: Language::PromQl,
            kind,
            name: Arc::clone(name),
            expr: expr.into(),
            holds_for: Duration::ZERO,
            keep_firing_for: Duration::ZERO,
            labels: LabelSet::default(),
            unlabelled: Vec::new(),
            annotations: LabelSet::default(),
        }
    }

    fn selector(&self, more: &[(&str, &str)]) -> String {
        let ids = self.ids.iter().map(|(name, value)| (*name, &**value));
        let each: Vec<String> =
            ids.chain(more.iter().copied()).map(|(name, value)| format!("{name}={value:?}")).collect();
        format!("{{{}}}", each.join(", "))
    }
}

fn ratio_name(window: Duration) -> String {
    format!("slo:sli_error:ratio_rate{window}")
}
