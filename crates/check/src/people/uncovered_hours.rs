//! `uncovered-hours`: stretches of the next 365 days in which a schedule that is relied on has nobody on call.
//!
//! By intervals, never by sampling: a gap of a minute is found, and a year of a schedule costs some microseconds.

mod cover;
mod stretches;

use std::collections::BTreeMap;

use evenkeel_diagnostic::Diagnostic;
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::{Declared, LayerDocument, PolicyDocument, ScheduleDocument};
use evenkeel_model::{EscalationPolicy, Layer, Schedule, codes, quoted};
use evenkeel_time::Timestamp;

use super::weekdays::moment;
use super::{paged, reach::Reach, resolved};
use crate::Repo;
use cover::{Covers, LOOKED_AT, Uncovered, both, known};
use stretches::{lasting, told};

/// So many layers and policies are pointed at.
const SHOWN_MAX: usize = 3;

/// Reports each schedule that is paged or asked and has hours without anybody.
pub(super) fn uncovered_hours(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let (targets, reach) = (paged::targets(repo), Reach::of(repo));
    let is_target = |name: &str| targets.contains_key(&DocumentRef::Schedule(name.into()));
    let mut covers = Covers::new();
    let mut judged = Vec::new();
    for (document, schedule) in resolved::schedules(repo).filter(|(_, schedule)| is_target(&schedule.name)) {
        match Uncovered::of(schedule, &reach, repo.at) {
            Some(uncovered) => {
                judged.push((document, schedule));
                covers.insert(&schedule.name, uncovered);
            }
            None => diags.push(too_large(document)),
        }
    }
    let paging = paging(repo);
    for (document, schedule) in judged {
        let Some(uncovered) = covers.get(&*schedule.name).filter(|found| !found.stretches.is_empty()) else { continue };
        let diag = uncovered_hours_of(document, schedule, uncovered, repo.at);
        let diag = point_at_layers(diag, document, schedule, uncovered, repo.at);
        diags.push(point_at_policies(diag, &schedule.name, &paging, &covers, &reach));
    }
}

fn too_large(document: &Declared<ScheduleDocument>) -> Diagnostic {
    let name = quoted(&document.name.value);
    let headline = format!("the schedule {name} has more than 1,000 layers and restrictions, and is not looked at");
    let diag = Diagnostic::finding(codes::SCHEDULE_TOO_LARGE, document.name.span, headline);
    diag.help("make several schedules of it, or join its restrictions")
}

fn uncovered_hours_of(
    document: &Declared<ScheduleDocument>,
    schedule: &Schedule,
    uncovered: &Uncovered,
    now: Timestamp,
) -> Diagnostic {
    let (name, total, count) = (quoted(&schedule.name), uncovered.total(now), uncovered.stretches.len());
    let nobody = if uncovered.unheard { "nobody who has a contact" } else { "nobody" };
    let headline = if total == LOOKED_AT {
        format!("{nobody} is on call in the schedule {name} at any time of the next 365 days")
    } else {
        let stretches = if count == 1 { "at a stretch".to_owned() } else { format!("in {count} stretches") };
        format!("{nobody} is on call in the schedule {name} for {} of the next 365 days, {stretches}", lasting(total))
    };
    let diag = Diagnostic::finding(codes::UNCOVERED_HOURS, document.name.span, headline);
    let label = told(&uncovered.stretches, &schedule.zone, now, known(now));
    let diag = diag.label(format!("{label} ({})", schedule.zone.name()));
    diag.help(if uncovered.unheard {
        "write `contacts` for those who are on call then"
    } else {
        "let a layer cover these hours; when nobody need be woken then, say so in an `Allowance`"
    })
}

/// The layers that begin or end where a stretch does.
fn point_at_layers(
    diag: Diagnostic,
    document: &Declared<ScheduleDocument>,
    schedule: &Schedule,
    uncovered: &Uncovered,
    now: Timestamp,
) -> Diagnostic {
    let meets = |layer: &Layer| {
        let begins = layer.zone.instant(layer.start);
        if now < begins && uncovered.stretches.iter().any(|stretch| stretch.1 == begins) {
            return Some(format!("begins on {}", moment(layer.start)));
        }
        let end = layer.end?;
        let ends = layer.zone.instant(end);
        let over = uncovered.stretches.iter().any(|stretch| stretch.0 <= ends.max(now) && ends < stretch.1);
        over.then(|| format!("{} on {}", if ends <= now { "ended" } else { "ends" }, moment(end)))
    };
    let layers = document.spec.layers.iter().zip(&schedule.layers);
    let found = layers.filter_map(|(written, layer): (&LayerDocument, _)| Some((written.name.span, meets(layer)?)));
    found.take(SHOWN_MAX).fold(diag, |diag, (span, what)| diag.related(span, format!("this layer {what}")))
}

/// A step of a policy that pages a schedule.
struct Paging<'a> {
    document: &'a Declared<PolicyDocument>,
    policy: &'a EscalationPolicy,
    step: usize,
}

fn paging<'a>(repo: &Repo<'a>) -> BTreeMap<&'a str, Vec<Paging<'a>>> {
    let mut found: BTreeMap<&str, Vec<Paging<'_>>> = BTreeMap::new();
    for (document, policy) in resolved::policies(repo) {
        for (step, to) in
            policy.steps.iter().enumerate().flat_map(|(index, step)| step.to.iter().map(move |to| (index, to)))
        {
            if let DocumentRef::Schedule(name) = to {
                let known = found.entry(name).or_default();
                if known.len() < SHOWN_MAX && !known.iter().any(|one| one.policy.name == policy.name) {
                    known.push(Paging { document, policy, step });
                }
            }
        }
    }
    found
}

/// What becomes of the policies that page the schedule, in the hours in which it has nobody.
fn point_at_policies<'a>(
    diag: Diagnostic,
    schedule: &str,
    paging: &BTreeMap<&'a str, Vec<Paging<'a>>>,
    covers: &Covers<'_>,
    reach: &Reach<'a>,
) -> Diagnostic {
    let mut diag = diag;
    for Paging { document, policy, step } in paging.get(schedule).into_iter().flatten() {
        let Some(uncovered) = covers.get(schedule) else { continue };
        let mut rest = uncovered.stretches.clone();
        let mut caught = None;
        for (index, later) in policy.steps.iter().enumerate().skip(*step) {
            for to in later.to.iter().filter(|to| !matches!(to, DocumentRef::Schedule(name) if **name == *schedule)) {
                rest = without(&rest, to, covers, reach);
            }
            if rest.is_empty() {
                caught = Some(index);
                break;
            }
        }
        let written = document.spec.steps.get(*step).into_iter().flat_map(|step| &step.to);
        let place = written.into_iter().find(|to| resolved::meant(to).is_some_and(|to| &**to.name() == schedule));
        let name = quoted(&policy.name);
        let what = match caught {
            Some(index) if index == *step => format!("step {} of {name} then pages the others in it", step + 1),
            Some(index) => {
                format!("step {} of {name} then pages nobody, and step {} is taken at once", step + 1, index + 1)
            }
            None => format!("step {} of {name} then pages nobody, and no later step is sure to", step + 1),
        };
        if let Some(place) = place {
            diag = diag.related(place.span, what);
        }
    }
    diag
}

/// The stretches in which a target leads to nobody either.
fn without<'a>(
    rest: &[stretches::Stretch],
    to: &'a DocumentRef,
    covers: &Covers<'_>,
    reach: &Reach<'a>,
) -> Vec<stretches::Stretch> {
    match to {
        DocumentRef::Schedule(name) => {
            covers.get(&**name).map_or_else(|| rest.to_vec(), |own| both(rest, &own.stretches))
        }
        DocumentRef::Person(_)
        | DocumentRef::Team(_)
        | DocumentRef::Receiver(_)
        | DocumentRef::Policy(_)
        | DocumentRef::Workload(_) => {
            if reach.reaches_somebody(to) {
                Vec::new()
            } else {
                rest.to_vec()
            }
        }
    }
}
