//! Alerting rules: an answer becomes pending, firing and ended alerts.
//!
//! Source: Prometheus 3, `rules/alerting.go`, `AlertingRule.Eval`. Different here: what exceeds the group's limit, or cannot
//! be evaluated, leaves all alerts as they are, so that nothing ends because nobody could look.

use std::collections::BTreeMap;

use evenkeel_alert_template::{Given, Sample, Value};
use evenkeel_labels::{LabelSet, METRIC_NAME};
use evenkeel_metric::Histogram;
use evenkeel_promql_eval::{Point, VectorPoint};
use evenkeel_time::Timestamp;

use crate::instance::RESOLVED_KEPT_FOR;
use crate::{AlertChange, AlertState, Instance, Options, Rule, SentAlert};

const ALERT_NAME: &str = "alertname";
const ALERT_STATE: &str = "alertstate";

/// Answers what templates ask.
pub(crate) type Ask<'a> = dyn Fn(&str) -> Result<Vec<Sample>, String> + 'a;

/// The instant, and who answers what templates ask.
#[derive(Clone, Copy)]
pub(crate) struct Turn<'a> {
    pub(crate) rule: &'a Rule,
    pub(crate) at: Timestamp,
    pub(crate) limit: usize,
    pub(crate) options: &'a Options<'a>,
    pub(crate) ask: &'a Ask<'a>,
}

/// A series that the expression gave, under the labels of the alert that it is.
struct Held {
    series: LabelSet,
    value: Point,
}

/// Takes an answer in; what changed comes back.
pub(crate) fn take(
    turn: &Turn<'_>,
    alerts: &mut BTreeMap<LabelSet, Instance>,
    answer: Vec<VectorPoint>,
) -> Result<Vec<AlertChange>, String> {
    let mut held = BTreeMap::new();
    for point in answer {
        let labels = turn.labels(&point);
        if held.insert(labels, Held { series: point.labels, value: point.value }).is_some() {
            return Err("vector contains metrics with the same labelset after applying alert labels".to_owned());
        }
    }
    let is_kept = |alert: &&Instance| !held.contains_key(&alert.labels) && turn.keeps(alert);
    let active = held.len() + alerts.values().filter(is_kept).count();
    if turn.limit > 0 && active > turn.limit {
        return Err(format!("exceeded limit of {} with {active} alerts", turn.limit));
    }
    let mut changes = Vec::new();
    turn.end(alerts, &held, &mut changes);
    for (labels, held) in held {
        turn.hold(alerts, labels, &held, &mut changes);
    }
    changes.sort_by(|a: &AlertChange, b| a.labels.cmp(&b.labels));
    Ok(changes)
}

impl Turn<'_> {
    /// Alerts whose expression does not hold any more end, or are kept.
    fn end(
        &self,
        alerts: &mut BTreeMap<LabelSet, Instance>,
        held: &BTreeMap<LabelSet, Held>,
        changes: &mut Vec<AlertChange>,
    ) {
        alerts.retain(|labels, alert| {
            if held.contains_key(labels) {
                return true;
            }
            if self.keeps(alert) {
                alert.unrecorded |= alert.kept_since.is_none();
                alert.kept_since.get_or_insert(self.at);
                note(alert, changes);
                return true;
            }
            match alert.state {
                AlertState::Pending => {
                    alert.state = AlertState::Inactive;
                    // What never was on record did not end.
                    changes.extend((!self.rule.fires_at_once()).then(|| change(alert)));
                    false
                }
                AlertState::Firing => {
                    alert.state = AlertState::Inactive;
                    alert.resolved_at = Some(self.at);
                    changes.push(change(alert));
                    true
                }
                AlertState::Inactive => alert.resolved_at.is_some_and(|ended| self.at - ended <= RESOLVED_KEPT_FOR),
            }
        });
    }

    fn hold(
        &self,
        alerts: &mut BTreeMap<LabelSet, Instance>,
        labels: LabelSet,
        held: &Held,
        changes: &mut Vec<AlertChange>,
    ) {
        let value = number(&held.value);
        let fresh = || Instance::pending(labels.clone(), value, self.at);
        let alert = alerts.entry(labels.clone()).or_insert_with(fresh);
        if alert.state == AlertState::Inactive {
            *alert = Instance { sent_at: alert.sent_at, ..fresh() };
        }
        alert.value = value;
        alert.unrecorded |= alert.kept_since.take().is_some();
        let mut is_news = alert.annotated_at.is_none();
        if alert.state == AlertState::Pending && self.at - alert.active_at >= self.rule.holds_for {
            alert.state = AlertState::Firing;
            alert.fired_at = Some(self.at);
            alert.unrecorded = true;
            is_news = true;
        }
        let sends = alert.needs_sending(self.at, self.options.resend_after);
        let is_old = alert.annotated_at.is_none_or(|before| self.at - before >= self.options.annotate_after);
        if is_news || (is_old && (sends || self.options.annotate_after.0 == 0)) {
            alert.annotations = self.annotations(held);
            alert.annotated_at = Some(self.at);
        }
        note(alert, changes);
    }

    /// Whether an alert that does not hold any more fires on.
    fn keeps(&self, alert: &Instance) -> bool {
        let since = alert.kept_since.unwrap_or(self.at);
        alert.state == AlertState::Firing
            && self.rule.keep_firing_for.0 > 0
            && self.at - since < self.rule.keep_firing_for
    }

    /// The labels of the alert that a series is.
    fn labels(&self, point: &VectorPoint) -> LabelSet {
        let rule = self.rule;
        let templates = rule.labels.iter().any(|(_, text)| !text.is_plain());
        let value = if templates { template_value(&point.value) } else { Value::Nil };
        let given = self.given(&point.labels, &value);
        let filled: Vec<(&str, String)> = rule.labels.iter().map(|(name, text)| (&**name, text.text(&given))).collect();
        let is_set = |name: &str| {
            name == METRIC_NAME
                || rule.unlabelled.iter().any(|gone| **gone == *name)
                || filled.iter().any(|(set, _)| *set == name)
        };
        let of_series = point.labels.iter().filter(|(name, _)| !is_set(name));
        let own = filled.iter().map(|(name, text)| (*name, text.as_str()));
        LabelSet::new(of_series.chain(own).chain([(ALERT_NAME, &**rule.name())]))
    }

    fn annotations(&self, held: &Held) -> LabelSet {
        let value = template_value(&held.value);
        let given = self.given(&held.series, &value);
        LabelSet::new(self.rule.annotations.iter().map(|(name, text)| (name, text.text(&given))))
    }

    fn given<'g>(&'g self, labels: &'g LabelSet, value: &'g Value) -> Given<'g> {
        Given {
            labels,
            value,
            external_labels: self.options.external_labels,
            external_url: self.options.external_url,
            at: self.at,
            ask: self.ask,
        }
    }
}

/// The alerts that have to be sent now: they count as sent. Also after an evaluation that failed, so that their time does not
/// run out meanwhile.
pub(crate) fn to_send(
    rule: &Rule,
    alerts: &mut BTreeMap<LabelSet, Instance>,
    at: Timestamp,
    interval: evenkeel_time::Duration,
    options: &Options<'_>,
    out: &mut Vec<SentAlert>,
) {
    for alert in alerts.values_mut().filter(|alert| alert.needs_sending(at, options.resend_after)) {
        alert.sent_at = Some(at);
        out.push(sent(&rule.text, alert, at + options.resend_after.max(interval) * 4, options));
    }
}

/// An alert as others are told of it. It lives until `valid_until` unless it is heard of again.
pub(crate) fn sent(expression: &str, alert: &Instance, valid_until: Timestamp, options: &Options<'_>) -> SentAlert {
    let external = options.external_labels.iter().filter(|(name, _)| alert.labels.get(name).is_empty());
    SentAlert {
        labels: LabelSet::new(alert.labels.iter().chain(external)),
        annotations: alert.annotations.clone(),
        starts_at: alert.fired_at.unwrap_or(alert.active_at),
        ends_at: alert.resolved_at.unwrap_or(valid_until),
        generator_url: format!("{}{}", options.external_url, evenkeel_alert_template::table_link(expression)),
    }
}

/// The series that say which alerts are active: `ALERTS` and `ALERTS_FOR_STATE`, sorted, each with its value.
pub(crate) fn points(alerts: &BTreeMap<LabelSet, Instance>) -> Vec<(LabelSet, Point)> {
    let mut out = Vec::new();
    for alert in alerts.values().filter(|alert| alert.state != AlertState::Inactive) {
        let own = || alert.labels.iter();
        let state = [(METRIC_NAME, "ALERTS"), (ALERT_STATE, alert.state.as_str())];
        out.push((LabelSet::new(own().chain(state)), Point::Number(1.0)));
        let since = LabelSet::new(own().chain([(METRIC_NAME, "ALERTS_FOR_STATE")]));
        #[expect(clippy::cast_precision_loss, reason = "seconds since 1970 are far below 2^53")]
        out.push((since, Point::Number(alert.active_at.0.div_euclid(1000) as f64)));
    }
    out.sort_by(|a, b| a.0.cmp(&b.0));
    out
}

fn note(alert: &mut Instance, changes: &mut Vec<AlertChange>) {
    if std::mem::take(&mut alert.unrecorded) {
        changes.push(change(alert));
    }
}

pub(crate) fn change(alert: &Instance) -> AlertChange {
    AlertChange {
        labels: alert.labels.clone(),
        state: alert.state,
        value: alert.value,
        active_at: alert.active_at,
        fired_at: alert.fired_at,
        kept_since: alert.kept_since,
    }
}

/// A histogram's number is zero, as in Prometheus.
const fn number(point: &Point) -> f64 {
    match point {
        Point::Number(number) => *number,
        Point::Histogram(_) => 0.0,
    }
}

fn template_value(point: &Point) -> Value {
    match point {
        Point::Number(number) => Value::Number(*number),
        Point::Histogram(histogram) => Value::text(histogram_text(histogram)),
    }
}

/// What people can make of a histogram in a sentence.
fn histogram_text(histogram: &Histogram) -> String {
    let shortest = evenkeel_alert_template::shortest;
    format!("{{count:{}, sum:{}}}", shortest(histogram.count), shortest(histogram.sum))
}
