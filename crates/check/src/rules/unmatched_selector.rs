//! `unmatched-selector`: what an expression reads is never there, so an alert never fires or a record stays empty.
//!
//! Metrics that nobody declares are unknown and not judged. A name with `:` in it is a recorded one by convention, but
//! some exporters have such names too: in a folder of rules alone it is judged only beside others like it.

use std::collections::BTreeMap;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_model::{codes, quoted};
use evenkeel_promql::{Guard, LabelMatcher, Selector, selectors};

use super::closeness::slip_of;
use super::metrics::{Asked, Recording, recorded};
use super::promise::{Promise, promises};
use super::reading::{Query, Rules};

/// Rules that are shown as recording a metric.
const SHOWN_MAX: usize = 3;
/// Of a metric that more rules record nobody asks which labels it has: each reader would ask each of them.
const RECORDINGS_MAX: usize = 1000;
/// Names of one family among which a slip is looked for.
const FAMILY_MAX: usize = 2000;

struct Known<'a, 'r> {
    recorded: BTreeMap<&'a str, Vec<Recording<'a, 'r>>>,
    promised: BTreeMap<Box<str>, Vec<Promise<'a>>>,
    is_own: bool,
}

pub(super) fn unmatched_selector(rules: &Rules<'_>, diags: &mut Vec<Diagnostic>) {
    if !rules.repo.is_whole() {
        return;
    }
    let contracts = rules.repo.documents.signals.iter().map(|contract| &contract.spec);
    let known = Known { recorded: recorded(rules), promised: promises(contracts), is_own: rules.has_own_documents() };
    if known.recorded.is_empty() && known.promised.is_empty() && !known.is_own {
        return;
    }
    for query in rules.queries() {
        let Ok(expr) = &query.read else { continue };
        let mut said: Option<&str> = None;
        for usage in selectors(expr) {
            let Some(metric) = usage.selector.metric() else { continue };
            let meant = !matches!(usage.guard, Guard::Or | Guard::Unless);
            if meant && said != Some(metric) && !is_built_in(metric) {
                let found = known.judge(query, usage.selector, metric);
                said = found.as_ref().map(|_| metric).or(said);
                diags.extend(found);
            }
        }
    }
}

/// Series that Prometheus makes itself.
fn is_built_in(metric: &str) -> bool {
    matches!(metric, "ALERTS" | "ALERTS_FOR_STATE" | "up") || metric.starts_with("scrape_")
}

impl Known<'_, '_> {
    fn judge(&self, query: &Query<'_>, selector: &Selector, metric: &str) -> Option<Diagnostic> {
        match (self.recorded.get(metric), self.promised.get(metric)) {
            (Some(rules), None) if metric.contains(':') => unlabelled(query, selector, metric, rules),
            (Some(_), _) => None,
            (None, Some(promises)) => broken_promise(query, selector, metric, promises),
            (None, None) if metric.contains(':') => self.unrecorded(query, selector, metric),
            (None, None) => self.unpromised(query, selector, metric),
        }
    }

    /// A metric that a rule should record, and none does.
    fn unrecorded(&self, query: &Query<'_>, selector: &Selector, metric: &str) -> Option<Diagnostic> {
        let level = metric.split_inclusive(':').next()?;
        let beside = || self.recorded.range(level..).map(|(name, _)| *name).take_while(|name| name.starts_with(level));
        let likely = slip_of(metric, self.recorded.keys().copied().take(FAMILY_MAX));
        let is_family = beside().next().is_some();
        if !self.is_own && !is_family && likely.is_none() {
            return None;
        }
        let place = query.text.place(selector.metric_range());
        let headline = format!("{} reads {}, which no rule records", query.of, quoted(metric));
        let found = Diagnostic::finding(codes::UNMATCHED_SELECTOR, place, headline);
        let longer =
            || evenkeel_diagnostic::did_you_mean(metric, beside().take(FAMILY_MAX).filter(|name| name.contains(':')));
        let meant = likely.or_else(|| if metric.len() < 200 { longer() } else { None });
        Some(match meant {
            Some(meant) => found.label("selects nothing").help(format!("did you mean {}?", quoted(meant))),
            None => found.label("selects nothing").help("where an exporter gives it, declare it in a `SignalContract`"),
        })
    }

    /// A metric that is nearly one of a contract's.
    fn unpromised(&self, query: &Query<'_>, selector: &Selector, metric: &str) -> Option<Diagnostic> {
        let family = metric.split_inclusive('_').next().filter(|family| family.len() < metric.len())?;
        let names = self.promised.range(Box::from(family)..).map(|(name, _)| &**name);
        let meant = slip_of(metric, names.take_while(|name| name.starts_with(family)).take(FAMILY_MAX))?;
        let place = query.text.place(selector.metric_range());
        let headline = format!("{} reads {}, which no signal contract promises", query.of, quoted(metric));
        let found = Diagnostic::finding(codes::UNMATCHED_SELECTOR, place, headline);
        let promise = self.promised.get(meant).and_then(|promises| promises.first())?;
        Some(found.related(promise.metric.name.span, "promised here").help(format!("did you mean {}?", quoted(meant))))
    }
}

/// A recorded metric is asked for labels that none of its rules gives.
fn unlabelled(query: &Query<'_>, selector: &Selector, metric: &str, rules: &[Recording<'_, '_>]) -> Option<Diagnostic> {
    if rules.len() > RECORDINGS_MAX {
        return None;
    }
    let never = |matcher: &&LabelMatcher| {
        let asked = Asked::of(matcher);
        rules.iter().all(|recording| asked.is_excluded_by(&recording.given))
    };
    let matcher = selector.matchers.iter().find(never)?;
    let place = query.text.place(matcher.range());
    let label = quoted(&matcher.name.value);
    let has_label = rules.iter().any(|recording| recording.given.can_have(&matcher.name.value));
    let why = if has_label { format!("with such a {label}") } else { format!("with the label {label}") };
    let headline = format!("{} reads {} {why}, which no rule records", query.of, quoted(metric));
    let found = Diagnostic::finding(codes::UNMATCHED_SELECTOR, place, headline).label("no series fits");
    let related = |found: Diagnostic, recording: &Recording<'_, '_>| {
        found.related(recording.rule.rule.expr.span, "recorded by this")
    };
    let found = rules.iter().take(SHOWN_MAX).fold(found, related);
    Some(if has_label {
        found.help("correct the selector, or let the rule give it")
    } else {
        found.help(format!("let the rule keep it, such as with `by ({})`", matcher.name.value))
    })
}

/// A promised metric is asked for what every contract excludes.
fn broken_promise(
    query: &Query<'_>,
    selector: &Selector,
    metric: &str,
    promises: &[Promise<'_>],
) -> Option<Diagnostic> {
    let never = |matcher: &&LabelMatcher| promises.iter().all(|promise| promise.excludes(matcher).is_some());
    let matcher = selector.matchers.iter().find(never)?;
    let (promised_at, why) = promises.first()?.excludes(matcher)?;
    let place = query.text.place(matcher.range());
    let headline =
        format!("{} reads {} with `{}`, which its signal contract excludes", query.of, quoted(metric), shown(matcher));
    Some(
        Diagnostic::finding(codes::UNMATCHED_SELECTOR, place, headline)
            .label("no series fits")
            .related(promised_at, why)
            .help("correct the selector, or let the contract promise it as well"),
    )
}

fn shown(matcher: &LabelMatcher) -> String {
    let text = matcher.to_string();
    if text.chars().count() > 60 { matcher.name.value.clone() } else { text.replace('`', "'") }
}
