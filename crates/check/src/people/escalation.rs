//! `single-person-escalation`, `repeated-step` and `dead-end-escalation`: escalation that reaches nobody new.
//!
//! A policy gets one of them at most for the same people: whoever is alone on it is not also said to be paged again.

use evenkeel_diagnostic::{Diagnostic, Span};
use evenkeel_ids::DocumentRef;
use evenkeel_model::document::{Declared, PolicyDocument, StepDocument};
use evenkeel_model::{EscalationPolicy, EscalationStep, codes, quoted};

use super::reach::{Led, Reach};
use super::resolved;
use crate::Repo;

/// Steps with more targets than this are not compared with each other.
const COMPARED_MAX: usize = 20;

/// Reports policies that lead to nobody, to one person only, or to the same people again.
pub(super) fn escalation(repo: &Repo<'_>, diags: &mut Vec<Diagnostic>) {
    if !repo.is_whole() {
        return;
    }
    let reach = Reach::of(repo);
    for (document, policy) in resolved::policies(repo) {
        if let Some(diag) =
            dead_end(document, policy, repo, &reach).or_else(|| single_person(document, policy, repo, &reach))
        {
            diags.push(diag);
        } else {
            repeated_steps(document, policy, &reach, diags);
        }
    }
}

/// A policy none of whose steps leads to anybody, or a last resort whose last one does not.
fn dead_end<'a>(
    document: &Declared<PolicyDocument>,
    policy: &'a EscalationPolicy,
    repo: &Repo<'_>,
    reach: &Reach<'a>,
) -> Option<Diagnostic> {
    let reaches = |step: &'a EscalationStep| step.to.iter().any(|to| reach.reaches_somebody(to));
    let name = quoted(&policy.name);
    let help = "let it page somebody who has a contact, or a receiver";
    if !policy.steps.iter().any(reaches) {
        let headline = format!("the escalation policy {name} leads to nobody who can be reached");
        let diag = Diagnostic::finding(codes::DEAD_END_ESCALATION, document.name.span, headline);
        let diag = diag.label("everybody it pages has no contact, or nobody is there at all");
        return Some(diag.help(help));
    }
    let is_last_resort = is_last_resort(policy, repo);
    let last = policy.steps.last().filter(|step| is_last_resort && !reaches(step));
    let written = document.spec.steps.last().filter(|_| last.is_some())?;
    let headline = format!("the last step of the last resort {name} leads to nobody who can be reached");
    Some(Diagnostic::finding(codes::DEAD_END_ESCALATION, place(written, document), headline).help(help))
}

fn is_last_resort(policy: &EscalationPolicy, repo: &Repo<'_>) -> bool {
    let organization = repo.documents.organizations.first();
    let named = organization.and_then(|one| one.spec.last_resort.as_ref()?.policy.as_ref());
    named.is_some_and(|named| named.value == policy.name)
}

/// A policy that can lead to one person only, whatever happens.
fn single_person<'a>(
    document: &Declared<PolicyDocument>,
    policy: &'a EscalationPolicy,
    repo: &Repo<'_>,
    reach: &Reach<'a>,
) -> Option<Diagnostic> {
    let mut only = None;
    for led in policy.steps.iter().flat_map(|step| &step.to).map(|to| reach.led(to)) {
        match led {
            Led::Nobody => {}
            Led::One(person) if only.is_none_or(|known| known == person) => only = Some(person),
            Led::One(_) | Led::Several | Led::Receiver => return None,
        }
    }
    let (name, person) = (quoted(&policy.name), quoted(only?));
    let headline = match policy.steps.len() {
        1 => format!("the escalation policy {name} pages nobody but {person}"),
        _ => format!("every step of the escalation policy {name} pages {person} and nobody else"),
    };
    let diag = Diagnostic::finding(codes::SINGLE_PERSON_ESCALATION, document.name.span, headline);
    let diag = diag.label(match is_last_resort(policy, repo) {
        true => "when they do not answer, nobody else is ever asked",
        false => "when they do not answer, only the last resort is left",
    });
    Some(diag.help("let a later step page somebody else, such as the team"))
}

/// Steps that page nobody whom the one before did not page already.
fn repeated_steps<'a>(
    document: &Declared<PolicyDocument>,
    policy: &'a EscalationPolicy,
    reach: &Reach<'a>,
    diags: &mut Vec<Diagnostic>,
) {
    let steps = policy.steps.iter().zip(policy.steps.iter().skip(1)).zip(document.spec.steps.iter().skip(1));
    for (number, ((before, step), written)) in (2..).zip(steps) {
        if before.to.len() > COMPARED_MAX || step.to.len() > COMPARED_MAX || !again(step, before, reach) {
            continue;
        }
        let headline =
            format!("step {number} of the escalation policy {} pages whom the step before paged", quoted(&policy.name));
        let diag = Diagnostic::finding(codes::REPEATED_STEP, place(written, document), headline).label("nobody new");
        let earlier = document.spec.steps.get(number - 2).map(|written| place(written, document));
        let diag = earlier.into_iter().fold(diag, |diag, span| diag.related(span, "paged here already"));
        diags.push(diag.help("page somebody else, or leave it to `repeat`, which goes through all steps again"));
    }
}

fn again<'a>(step: &'a EscalationStep, before: &'a EscalationStep, reach: &Reach<'a>) -> bool {
    let known = |to: &'a DocumentRef| before.to.iter().any(|outer| reach.within(to, outer));
    step.to.iter().all(known)
}

fn place(step: &StepDocument, document: &Declared<PolicyDocument>) -> Span {
    step.to.first().map_or(document.name.span, |to| to.span)
}
