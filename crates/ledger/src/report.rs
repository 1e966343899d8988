//! Facts are told.
//!
//! All facts of a report are taken or none is, so that whoever tells can mend what is wrong and tell all of it again:
//! what was taken before is known then.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_fact::{IncomingFact, check};
use evenkeel_ids::{FactId, Seq};
use evenkeel_model::Plan;
use evenkeel_record::FactReported;
use evenkeel_time::{Duration, Timestamp};

use crate::digest::Digest;
use crate::facts::Known;
use crate::names::near;
use crate::{FACTS_PER_DAY_MAX, FactRefusal, FactRefused, LedgerRefusal, State};

/// So many facts may be told at once.
pub const FACTS_PER_REPORT_MAX: usize = 10_000;
/// Clocks differ: so far ahead a fact may lie. What lies further ahead has not happened.
pub const AHEAD_MAX: Duration = Duration::minutes(5);

/// What comes of facts that are told.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Report {
    /// To be recorded, in order, from the number on that the decision was given.
    pub records: Vec<FactReported>,
    /// What became of each fact, in the order in which they were told.
    pub taken: Vec<Taken>,
}

/// What became of a fact that was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Taken {
    /// Which it is. It stays the same when the fact is told otherwise later.
    pub id: FactId,
    /// Whether it is news.
    pub told: Told,
}

/// Whether a fact that was told is news.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Told {
    /// The same was told before: nothing is recorded.
    Known,
    /// It is new.
    Recorded,
    /// Something else was told of it before: this counts now.
    Superseded,
}

impl Told {
    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Known => "known",
            Self::Recorded => "recorded",
            Self::Superseded => "superseded",
        }
    }
}

/// Decides what becomes of facts that are told; `first` is the number of the next record.
///
/// # Errors
/// [`LedgerRefusal`]: then none of them is taken.
pub fn decide_report(
    state: &State,
    plan: &Plan,
    now: Timestamp,
    first: Seq,
    facts: &[IncomingFact],
) -> Result<Report, LedgerRefusal> {
    if facts.len() > FACTS_PER_REPORT_MAX {
        return Err(LedgerRefusal::TooManyFacts { max: FACTS_PER_REPORT_MAX });
    }
    let mut refused = Vec::new();
    for (place, fact) in facts.iter().enumerate() {
        let all = faults(plan, now, fact);
        refused.extend(all.into_iter().map(|why| FactRefused { place, why }));
    }
    if !refused.is_empty() {
        return Err(LedgerRefusal::Facts(refused));
    }
    Reporting { state, next: first, told: BTreeMap::new(), counts: BTreeMap::new(), report: Report::default() }
        .all(now, facts)
}

/// What is wrong with a fact, whatever was told before.
fn faults(plan: &Plan, now: Timestamp, fact: &IncomingFact) -> Vec<FactRefusal> {
    if let Err(faults) = check(fact) {
        return vec![FactRefusal::Invalid(faults)];
    }
    let mut all = Vec::new();
    if fact.occurred_at > now + AHEAD_MAX {
        all.push(FactRefusal::Ahead { at: fact.occurred_at, now });
    }
    let catalogue = &plan.catalogue;
    if let Some(name) = fact.workload.as_ref().filter(|name| !catalogue.workloads.contains_key(*name)) {
        all.push(FactRefusal::UnknownWorkload { name: name.clone(), near: near(name, catalogue.workloads.keys()) });
    }
    if let Some(name) = fact.team.as_ref().filter(|name| !catalogue.teams.contains_key(*name)) {
        all.push(FactRefusal::UnknownTeam { name: name.clone(), near: near(name, catalogue.teams.keys()) });
    }
    if let Some(name) = fact.person.as_ref().filter(|name| !catalogue.people.contains_key(*name)) {
        all.push(FactRefusal::UnknownPerson { name: name.clone(), near: near(name, catalogue.people.keys()) });
    }
    all
}

/// Facts are gone through one by one; what was told earlier in the same report counts.
struct Reporting<'a> {
    state: &'a State,
    next: Seq,
    told: BTreeMap<Digest, Known>,
    /// New ones by source and kind.
    counts: BTreeMap<(Arc<str>, Arc<str>), u32>,
    report: Report,
}

impl Reporting<'_> {
    fn all(mut self, now: Timestamp, facts: &[IncomingFact]) -> Result<Report, LedgerRefusal> {
        for (place, fact) in facts.iter().enumerate() {
            // One that is too many is enough: those behind it would all be.
            self.one(now, fact).map_err(|why| LedgerRefusal::Facts(vec![FactRefused { place, why }]))?;
        }
        Ok(self.report)
    }

    fn one(&mut self, now: Timestamp, fact: &IncomingFact) -> Result<(), FactRefusal> {
        let mut body = body(fact);
        let (key, content) = (Digest::of_key(&fact.kind, &fact.key), Digest::of_content(&body));
        let known = self.told.get(&key).or_else(|| self.state.facts.get(&key)).copied();
        let told = match known {
            Some(known) if known.content == content => Told::Known,
            Some(_) => Told::Superseded,
            None => Told::Recorded,
        };
        let id = known.map_or(FactId(self.next), |known| known.id);
        if told != Told::Known {
            self.count(now, fact)?;
            self.told.insert(key, Known { id, last: self.next, content });
            body.supersedes = known.map(|known| known.id);
            self.report.records.push(body);
            self.next = self.next.next();
        }
        self.report.taken.push(Taken { id, told });
        Ok(())
    }

    fn count(&mut self, now: Timestamp, fact: &IncomingFact) -> Result<(), FactRefusal> {
        let (source, kind) = (&fact.source, &fact.kind);
        let here = self.counts.entry((source.clone(), kind.clone())).or_default();
        let (before, again_at) = self.state.facts.lately(source, kind, now);
        if before.saturating_add(*here) >= FACTS_PER_DAY_MAX {
            let (source, kind) = (source.clone(), kind.clone());
            return Err(FactRefusal::TooMany { kind, source, max: FACTS_PER_DAY_MAX, again_at });
        }
        *here += 1;
        Ok(())
    }
}

fn body(fact: &IncomingFact) -> FactReported {
    let IncomingFact { kind, key, source, occurred_at, workload, team, person, fields } = fact.clone();
    FactReported { kind, key, source, occurred_at, workload, team, person, fields, supersedes: None }
}

#[cfg(test)]
mod tests;
