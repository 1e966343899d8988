//! `rules` and `alerts`.

mod filter;

use evenkeel_time::Duration;

use self::filter::{Filter, Page};
use crate::answer::{Success, data};
use crate::context::Context;
use crate::form::Params;
use crate::json::Json;
use crate::{ActiveAlert, AlertingRule, ApiFault, Health, RecordingRule, Rule, RuleGroup};

/// Answers `rules`.
pub(crate) fn groups(params: &Params, cx: &Context<'_>) -> Result<Success, ApiFault> {
    let (filter, page) = (Filter::of(params)?, Page::of(params)?);
    let groups = cx.rules.groups();
    let fitting: Vec<(&RuleGroup, Vec<&Rule>)> =
        groups.iter().map(|group| (group, filter.rules(group))).filter(|(_, rules)| !rules.is_empty()).collect();
    let (shown, next) = page.cut(&fitting, |(group, _)| group)?;
    let mut json = data();
    json.raw("{\"groups\":");
    json.list(shown, |json, (group, rules)| write_group(json, group, rules, filter.with_alerts));
    if let Some(next) = next {
        json.raw(",\"groupNextToken\":");
        json.text(&next);
    }
    json.raw("}");
    Ok(Success::plain(json))
}

/// Answers `alerts`.
pub(crate) fn alerts(cx: &Context<'_>) -> Success {
    let groups = cx.rules.groups();
    let rules = groups.iter().flat_map(|group| &group.rules);
    let alerts = rules.flat_map(|rule| match rule {
        Rule::Alerting(rule) => rule.alerts.as_slice(),
        Rule::Recording(_) => &[],
    });
    let mut json = data();
    json.raw("{\"alerts\":");
    json.list(alerts, write_alert);
    json.raw("}");
    Success::plain(json)
}

fn write_group(json: &mut Json, group: &RuleGroup, rules: &[&Rule], with_alerts: bool) {
    json.object(&[
        ("name", &|json| json.text(&group.name)),
        ("file", &|json| json.text(&group.file)),
        ("rules", &|json| {
            json.list(rules, |json, rule| match rule {
                Rule::Alerting(rule) => write_alerting(json, rule, with_alerts),
                Rule::Recording(rule) => write_recording(json, rule),
            });
        }),
        ("interval", &|json| json.float(seconds(group.interval))),
        ("limit", &|json| json.whole(group.limit.cast_signed())),
        ("evaluationTime", &|json| json.float(group.evaluation_seconds)),
        ("lastEvaluation", &|json| json.instant(group.evaluated_at)),
    ]);
}

fn write_alerting(json: &mut Json, rule: &AlertingRule, with_alerts: bool) {
    json.object(&[
        ("state", &|json| json.text(rule.state().as_str())),
        ("name", &|json| json.text(&rule.name)),
        ("query", &|json| json.text(&rule.query)),
        ("duration", &|json| json.float(seconds(rule.held_for))),
        ("keepFiringFor", &|json| json.float(seconds(rule.keep_firing_for))),
        ("labels", &|json| json.labels(&rule.labels)),
        ("annotations", &|json| json.labels(&rule.annotations)),
        ("alerts", &|json| json.list(if with_alerts { rule.alerts.as_slice() } else { &[] }, write_alert)),
        ("health", &|json| write_health(json, &rule.health)),
        ("evaluationTime", &|json| json.float(rule.evaluation_seconds)),
        ("lastEvaluation", &|json| json.instant(rule.evaluated_at)),
        ("type", &|json| json.text("alerting")),
    ]);
}

fn write_recording(json: &mut Json, rule: &RecordingRule) {
    json.object(&[
        ("name", &|json| json.text(&rule.name)),
        ("query", &|json| json.text(&rule.query)),
        ("labels", &|json| json.labels(&rule.labels)),
        ("health", &|json| write_health(json, &rule.health)),
        ("evaluationTime", &|json| json.float(rule.evaluation_seconds)),
        ("lastEvaluation", &|json| json.instant(rule.evaluated_at)),
        ("type", &|json| json.text("recording")),
    ]);
}

/// The health, and behind it the fault if there is one.
fn write_health(json: &mut Json, health: &Health) {
    match health {
        Health::Unknown => json.text("unknown"),
        Health::Good => json.text("ok"),
        Health::Bad(why) => {
            json.text("err");
            json.raw(",\"lastError\":");
            json.text(why);
        }
    }
}

fn write_alert(json: &mut Json, alert: &ActiveAlert) {
    json.raw("{\"labels\":");
    json.labels(&alert.labels);
    json.raw(",\"annotations\":");
    json.labels(&alert.annotations);
    json.raw(",\"state\":");
    json.text(alert.state.as_str());
    json.raw(",\"activeAt\":");
    json.instant(Some(alert.active_at));
    if alert.keep_firing_since.is_some() {
        json.raw(",\"keepFiringSince\":");
        json.instant(alert.keep_firing_since);
    }
    json.raw(",\"value\":");
    json.exponent(alert.value);
    json.raw("}");
}

fn seconds(duration: Duration) -> f64 {
    duration.0 as f64 / 1_000.0
}
