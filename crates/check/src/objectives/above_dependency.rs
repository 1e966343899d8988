//! `objective-above-dependency`: who fails whenever another one does cannot promise more than that one.
//!
//! Promises are compared over windows of the same length and sort only. Of a dependency with several objectives the
//! highest counts, and one without any counts as never failing: so what is said here is the least that is wrong.

use std::collections::BTreeMap;

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_model::document::ObjectiveDocument;
use evenkeel_model::{Workload, codes, quoted};
use evenkeel_time::Duration;

use crate::Repo;

/// Targets are written with a few digits; less than this apart they are the same.
const SAME: f64 = 1e-9;
/// More dependencies than this are not shown one by one.
const SHOWN_MAX: usize = 4;

/// Length of the window, and whether it rolls.
type Window = (Duration, bool);

/// What one dependency promises.
struct Promise<'a> {
    workload: &'a str,
    target: Spanned<f64>,
}

pub(super) fn check(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    let mut best: BTreeMap<(&str, Window), Spanned<f64>> = BTreeMap::new();
    for slo in &repo.documents.objectives {
        let (Some(service), Some(window), Some(target)) = (&slo.service, window(slo), strictest(slo)) else { continue };
        let known = best.entry((&service.value, window)).or_insert(target);
        if known.value < target.value {
            *known = target;
        }
    }
    for slo in &repo.documents.objectives {
        let (Some(service), Some(window), Some(target)) = (&slo.service, window(slo), strictest(slo)) else { continue };
        let Some(workload) = repo.catalogue.workloads.get(&*service.value) else { continue };
        let promises = promises(workload, window, &best);
        let product: f64 = promises.iter().map(|promise| promise.target.value).product();
        if target.value > product + SAME {
            diags.push(finding(slo, workload, target, &promises, product));
        }
    }
}

fn window(slo: &ObjectiveDocument) -> Option<Window> {
    slo.window.map(|length| (length, slo.rolling))
}

fn strictest(slo: &ObjectiveDocument) -> Option<Spanned<f64>> {
    slo.targets.iter().copied().max_by(|a, b| a.value.total_cmp(&b.value))
}

fn promises<'a>(
    workload: &'a Workload,
    window: Window,
    best: &BTreeMap<(&str, Window), Spanned<f64>>,
) -> Vec<Promise<'a>> {
    let hard = workload.depends_on.iter().filter(|dependency| dependency.hard && dependency.workload != workload.name);
    let promise = |name: &'a str| Some(Promise { workload: name, target: *best.get(&(name, window))? });
    hard.filter_map(|dependency| promise(&dependency.workload)).collect()
}

fn finding(
    slo: &ObjectiveDocument,
    workload: &Workload,
    target: Spanned<f64>,
    promises: &[Promise<'_>],
    product: f64,
) -> Diagnostic {
    let headline = format!(
        "the SLO {} promises {}, and what {} stands on gives at most {}",
        quoted(&slo.name),
        percent(target.value),
        quoted(&workload.name),
        percent(product)
    );
    let mut diag = Diagnostic::finding(codes::OBJECTIVE_ABOVE_DEPENDENCY, target.span, headline);
    if promises.len() > 1 && promises.len() <= SHOWN_MAX {
        let factors: Vec<String> = promises.iter().map(|promise| percent(promise.target.value)).collect();
        diag = diag.label(format!("{} = {}", factors.join(" × "), percent(product)));
    }
    for promise in promises.iter().take(SHOWN_MAX) {
        let message = format!("{} promises {}", quoted(promise.workload), percent(promise.target.value));
        diag = diag.related(promise.target.span, message);
    }
    diag.help("promise less, or make a dependency `hard: false` by surviving without it")
}

/// `99.95 %`, with as many digits as it needs.
fn percent(ratio: f64) -> String {
    let digits = format!("{:.4}", ratio * 100.0);
    format!("{} %", digits.trim_end_matches('0').trim_end_matches('.'))
}
