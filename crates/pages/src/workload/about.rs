//! What the ops repo says about a workload besides its own document: what helps, who is paged, what is promised.

use std::collections::BTreeMap;

use evenkeel_model::{ProcedureKind, RegisterEntry, RegisterKind};
use evenkeel_oncall::policy_for;

use crate::Asked;
use crate::incident_named::{Named, TITLE_MAX, cut, linked};
use crate::link::web_address;

/// Of each sort so many are listed.
const LISTED: usize = 40;
/// Fields of registers that name workloads.
const FIELDS: [&str; 2] = ["workload", "workloads"];

/// What helps.
#[derive(Debug)]
pub(super) struct Procedure {
    pub(super) title: Named,
    pub(super) kind: &'static str,
}

/// What becomes of its alerts.
#[derive(Debug)]
pub(super) struct Response {
    pub(super) name: String,
    pub(super) impact: &'static str,
    pub(super) policy: Option<Named>,
    pub(super) last_resort: bool,
    pub(super) owner: Option<Named>,
    pub(super) procedure: Option<Named>,
}

/// What is promised.
#[derive(Debug)]
pub(super) struct Objective {
    pub(super) name: String,
    pub(super) target: String,
    pub(super) window: String,
}

/// Entries of one register.
#[derive(Debug)]
pub(super) struct Registers {
    pub(super) word: &'static str,
    pub(super) names: String,
}

/// Those about it, and those that its response plans lead to.
pub(super) fn procedures(asked: &Asked<'_>, root: &str, workload: &str) -> Vec<Procedure> {
    let catalogue = &asked.engine.plan().catalogue;
    let plans = catalogue.response_plans.values().filter(|plan| super::refers(plan.workload.as_ref(), workload));
    let led: Vec<_> = plans.filter_map(|plan| catalogue.helped_by.get(&plan.name)).collect();
    let all = catalogue.procedures.values();
    let found = all.filter(|one| super::refers(one.workload.as_ref(), workload) || led.contains(&&one.name));
    let shown = found.take(LISTED).map(|one| Procedure {
        title: Named { name: cut(&one.title, TITLE_MAX), href: linked(root, "/procedures/{name}", &one.name) },
        kind: one.kind.as_str(),
    });
    let mut shown: Vec<Procedure> = shown.collect();
    shown.sort_by_key(|one| one.kind != ProcedureKind::Runbook.as_str());
    shown
}

/// Its response plans.
pub(super) fn responses(asked: &Asked<'_>, root: &str, workload: &str) -> Vec<Response> {
    let plan = asked.engine.plan();
    let catalogue = &plan.catalogue;
    let found = catalogue.response_plans.values().filter(|one| super::refers(one.workload.as_ref(), workload));
    let shown = found.take(LISTED).map(|one| {
        let policy = policy_for(plan, &one.name, one.owner.as_ref());
        let known = catalogue.helped_by.get(&one.name).and_then(|name| catalogue.procedures.get(name));
        let elsewhere = one
            .procedure
            .as_deref()
            .map(|text| Named { name: cut(text, TITLE_MAX), href: web_address(text).map(str::to_owned) });
        let known = known.map(|known| Named {
            name: cut(&known.title, TITLE_MAX),
            href: linked(root, "/procedures/{name}", &known.name),
        });
        Response {
            name: cut(&one.name, TITLE_MAX),
            impact: one.impact.as_str(),
            last_resort: policy.as_ref().is_some_and(|policy| policy.last_resort),
            policy: policy
                .map(|choice| Named::document(root, &evenkeel_ids::DocumentRef::Policy(choice.policy.name.clone()))),
            owner: super::owner(root, one.owner.as_ref()),
            procedure: known.or(elsewhere),
        }
    });
    shown.collect()
}

/// Its objectives.
pub(super) fn objectives(asked: &Asked<'_>, workload: &str) -> Vec<Objective> {
    let all = asked.engine.plan().catalogue.objectives.values();
    let its = all.filter(|one| super::refers(one.workload.as_ref(), workload));
    let shown = its.take(LISTED).map(|one| Objective {
        name: cut(&one.name, TITLE_MAX),
        target: percent(one.target),
        window: one.window.map_or_else(String::new, evenkeel_review::length),
    });
    shown.collect()
}

/// `99.95 %`: as many digits as it takes.
fn percent(ratio: f64) -> String {
    let text = format!("{:.6}", ratio * 100.0);
    format!("{} %", text.trim_end_matches('0').trim_end_matches('.'))
}

/// Entries of registers that name it.
pub(super) fn registers(asked: &Asked<'_>, workload: &str) -> Vec<Registers> {
    let mut found: BTreeMap<RegisterKind, (usize, Vec<String>)> = BTreeMap::new();
    for entry in asked.engine.plan().catalogue.registers.values().filter(|entry| names(entry, workload)) {
        let (count, shown) = found.entry(entry.kind).or_default();
        *count += 1;
        if shown.len() < LISTED {
            shown.push(cut(&entry.name, TITLE_MAX));
        }
    }
    let line = |(kind, (count, shown)): (RegisterKind, (usize, Vec<String>))| {
        let more = count - shown.len();
        let more = if more == 0 { String::new() } else { format!(" and {more} more") };
        Registers { word: kind.word(), names: format!("{}{more}", shown.join(", ")) }
    };
    found.into_iter().map(line).collect()
}

fn names(entry: &RegisterEntry, workload: &str) -> bool {
    FIELDS.iter().any(|field| entry.text(field) == Some(workload) || entry.texts(field).contains(&workload))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_target_has_the_digits_it_takes() {
        assert_eq!(
            (percent(0.999), percent(0.9995), percent(1.0)),
            ("99.9 %".into(), "99.95 %".into(), "100 %".into())
        );
    }
}
