//! Planned work that readers of a page are told of.

use std::sync::Arc;

use evenkeel_model::{Maintenance, Plan, StatusPage};
use evenkeel_record::Hash;
use evenkeel_time::Timestamp;

use crate::reach::Reach;

/// Planned work, in the readers' words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Planned {
    /// What an address of it ends with.
    pub slug: String,
    /// What it is called.
    pub title: Box<str>,
    /// What readers should know; may be empty.
    pub text: Box<str>,
    /// From.
    pub starts: Timestamp,
    /// Until, not included.
    pub ends: Timestamp,
    /// The titles of the components that are worked on.
    pub components: Vec<Box<str>>,
    /// Whether it has begun.
    pub under_way: bool,
}

/// The work that a page tells of, over or not, by its beginning.
pub(crate) fn told<'a>(plan: &'a Plan, page: &StatusPage, reaches: &[Reach]) -> Vec<&'a Maintenance> {
    let for_them = |work: &&Maintenance| work.audiences.is_empty() || work.audiences.contains(&page.audience);
    let hits = |workload: &Arc<str>| reaches.iter().any(|reach| reach.hit_by(workload).is_some());
    let all = plan.catalogue.maintenances.values().filter(for_them);
    let mut told: Vec<_> = all.filter(|work| work.workloads.iter().any(hits)).collect();
    told.sort_by_key(|work| (work.starts, &work.name));
    told
}

/// The work that is not over, as readers see it.
pub(crate) fn shown(told: &[&Maintenance], page: &StatusPage, reaches: &[Reach], now: Timestamp) -> Vec<Planned> {
    let coming = told.iter().filter(|work| now < work.ends);
    let shown = coming.map(|work| {
        let hit = |reach: &Reach| work.workloads.iter().any(|workload| reach.hit_by(workload).is_some());
        let components = page.components.iter().zip(reaches).filter(|(_, reach)| hit(reach));
        Planned {
            slug: slug(&[&page.name, "maintenance", &work.name]),
            title: work.title.clone(),
            text: work.text.clone(),
            starts: work.starts,
            ends: work.ends,
            components: components.map(|(component, _)| component.title.clone()).collect(),
            under_way: work.contains(now),
        }
    });
    shown.collect()
}

/// A name for addresses that says nothing of what it is made from.
pub(crate) fn slug(parts: &[&str]) -> String {
    let parts: Vec<&[u8]> = parts.iter().flat_map(|part| [part.as_bytes(), b"\0"]).collect();
    Hash::of(&parts).to_string().chars().take(12).collect()
}
