//! Service level objectives: by name, each with the workload of its service's name, and with what it is measured by.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_labels::LabelSet;
use evenkeel_time::{Duration, Timestamp, Zone};

use crate::document::{
    AlertTexts, ConditionDocument, IndicatorDocument, ObjectiveDocument, PromiseDocument, SloPartDocument, Text,
};
use crate::{
    BurnAlerts, BurnCondition, Calendar, CalendarUnit, Indicator, Objective, Promise, Workload, codes, quoted,
};

/// How long a slice of time is where nobody says so.
const SLICE: Duration = Duration::minutes(1);

/// Resolves the objectives that have a target; of two with one name the first stays.
pub(super) fn objectives(
    documents: &[ObjectiveDocument],
    parts: &[SloPartDocument],
    workloads: &BTreeMap<Arc<str>, Workload>,
    diags: &mut Vec<Diagnostic>,
) -> BTreeMap<Arc<str>, Objective> {
    let parts: BTreeMap<(&str, &str), &SloPartDocument> =
        parts.iter().map(|part| ((&*part.kind, &*part.name.value), part)).collect();
    let mut first: BTreeMap<&str, Span> = BTreeMap::new();
    let mut resolved = BTreeMap::new();
    for document in documents {
        let name = &document.name;
        if let Some(before) = first.get(&*name.value) {
            let headline = format!("there is a second SLO named {}", quoted(name));
            let diag = Diagnostic::finding(codes::DUPLICATE_NAME, name.span, headline);
            diags.push(diag.related(*before, "first here").help("rename one of the two"));
            continue;
        }
        first.insert(name, name.span);
        let target = document.targets.iter().map(|target| target.value).max_by(f64::total_cmp);
        if let Some(target) = target {
            let objective = objective(document, target, &parts, workloads);
            resolved.insert(Arc::clone(&objective.name), objective);
        }
    }
    resolved
}

fn objective(
    document: &ObjectiveDocument,
    target: f64,
    parts: &BTreeMap<(&str, &str), &SloPartDocument>,
    workloads: &BTreeMap<Arc<str>, Workload>,
) -> Objective {
    let service = document.service.as_ref().and_then(|service| workloads.get_key_value(&*service.value));
    let several = document.promises.len() > 1;
    let sloth = document.sloth.as_ref();
    Objective {
        name: Arc::from(&*document.name.value),
        workload: service.map(|(workload, _)| Arc::clone(workload)),
        service: document.service.as_ref().map(|service| Arc::from(&*service.value)),
        window: document.window,
        calendar: calendar(document),
        target,
        method: document.method,
        promises: document.promises.iter().map(|promise| self::promise(document, promise, several, parts)).collect(),
        burn: burn(document, parts),
        events_min: document.events_min.unwrap_or(1.0),
        labels: sloth.map(|sloth| set(&sloth.labels)).unwrap_or_default(),
        form: document.form,
        file: Arc::clone(&document.file),
    }
}

fn promise(
    document: &ObjectiveDocument,
    promise: &PromiseDocument,
    several: bool,
    parts: &BTreeMap<(&str, &str), &SloPartDocument>,
) -> Promise {
    let named =
        |name: &Option<Box<str>>| name.as_ref().and_then(|name| parts.get(&("SLI", &**name))?.indicator.as_ref());
    let own = promise.indicator.as_ref().or_else(|| named(&promise.indicator_ref));
    let found = own.or(document.indicator.as_ref()).or_else(|| named(&document.indicator_ref));
    Promise {
        name: promise.name.as_ref().filter(|_| several).map(|name| Arc::from(&**name)),
        target: promise.target,
        slice: promise.slice.filter(|slice| slice.0 > 0).unwrap_or(SLICE),
        slice_target: promise.slice_target.unwrap_or(promise.target),
        indicator: found.and_then(|found| indicator(found, promise)),
    }
}

fn indicator(found: &IndicatorDocument, promise: &PromiseDocument) -> Option<Indicator> {
    Some(match found {
        IndicatorDocument::Events { part, good, total } => {
            Indicator::Events { part: Arc::clone(&part.text), good: *good, total: Arc::clone(&total.text) }
        }
        IndicatorDocument::Ratio { query, good } => Indicator::Ratio { query: Arc::clone(&query.text), good: *good },
        IndicatorDocument::Threshold { query } => {
            let (op, with) = promise.threshold.as_ref()?;
            Indicator::Threshold { query: Arc::clone(&query.text), op: *op, with: Arc::from(&**with) }
        }
    })
}

/// A start that nobody can read, or a clock that nobody knows, is as if the window rolled.
fn calendar(document: &ObjectiveDocument) -> Option<Calendar> {
    let (start, zone) = document.calendar.as_ref().filter(|_| !document.rolling)?;
    let zone = zone.as_ref().map_or(Ok(Zone::UTC), |zone| Zone::named(&zone.value)).ok()?;
    let start = instant(&start.value, &zone)?;
    let text = document.window_text.as_deref()?;
    let (digits, unit) = text.split_at_checked(text.len().checked_sub(1)?)?;
    let unit = match unit {
        "d" => CalendarUnit::Day,
        "w" => CalendarUnit::Week,
        "M" => CalendarUnit::Month,
        "Q" => CalendarUnit::Quarter,
        "Y" => CalendarUnit::Year,
        _ => return None,
    };
    Some(Calendar { unit, count: digits.parse().ok().filter(|count| *count > 0)?, start, zone })
}

/// `2024-01-01 00:00:00` on a clock, or an instant of its own.
fn instant(text: &str, zone: &Zone) -> Option<Timestamp> {
    if let Ok(instant) = text.parse() {
        return Some(instant);
    }
    let text = text.trim().replace('T', " ");
    let (date, time) = text.split_once(' ').unwrap_or((&text, "00:00:00"));
    let mut numbers = date.split('-').map(|part| part.parse::<i16>().ok());
    let (year, month, day) = (numbers.next()??, numbers.next()??, numbers.next()??);
    let mut clock = time.split(':').map(|part| part.parse::<u16>().ok());
    let (hour, minute) = (clock.next()??, clock.next().flatten().unwrap_or(0));
    let in_time = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60;
    let civil = evenkeel_time::Civil {
        year,
        month: u8::try_from(month).ok()?,
        day: u8::try_from(day).ok()?,
        minute: hour * 60 + minute,
    };
    in_time.then(|| zone.instant(civil))
}

fn burn(document: &ObjectiveDocument, parts: &BTreeMap<(&str, &str), &SloPartDocument>) -> BurnAlerts {
    let policies = document.policies.iter().filter_map(|name| parts.get(&("AlertPolicy", &**name)));
    let conditions: Vec<BurnCondition> = policies
        .flat_map(|policy| &policy.references)
        .filter(|reference| reference.kind == "AlertCondition")
        .filter_map(|reference| {
            let part = parts.get(&("AlertCondition", &*reference.name.value))?;
            Some(condition(&part.name, part.condition.as_ref()?))
        })
        .collect();
    if !conditions.is_empty() {
        return BurnAlerts::Conditions(conditions);
    }
    let texts = |texts: &AlertTexts| (set(&texts.labels), set(&texts.annotations));
    match &document.sloth {
        Some(sloth) => BurnAlerts::Standard {
            name: sloth.alert.as_deref().map_or_else(|| Arc::from(&*document.name.value), Arc::from),
            common: texts(&sloth.common),
            page: sloth.page.as_ref().map(texts),
            ticket: sloth.ticket.as_ref().map(texts),
        },
        None => BurnAlerts::Standard {
            name: "ErrorBudgetBurn".into(),
            common: Default::default(),
            page: Some((LabelSet::new([("severity", "critical")]), LabelSet::default())),
            ticket: Some((LabelSet::new([("severity", "warning")]), LabelSet::default())),
        },
    }
}

fn condition(name: &Text, written: &ConditionDocument) -> BurnCondition {
    BurnCondition {
        name: Arc::from(&*name.value),
        threshold: written.threshold,
        lookback: written.lookback,
        after: written.after,
        severity: written.severity.as_deref().map(Arc::from),
    }
}

fn set(pairs: &[(Text, Text)]) -> LabelSet {
    LabelSet::new(pairs.iter().map(|(name, value)| (&*name.value, &*value.value)))
}
