//! Attestations, improvements, milestones and findings.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_record::{
    AttestationWithdrawn, Attested, FindingsFound, ImprovementClosed, ImprovementDropped, ImprovementOpened,
    ImprovementReopened, MilestoneSet,
};

use super::Cx;
use crate::error::Trouble;
use crate::key::Key;
use crate::value::Value;

impl Cx<'_> {
    pub(super) fn attested(&mut self, body: &Attested) {
        self.make("attestations", |row| {
            row.set("practice", &*body.practice);
            row.set("subject", &*body.subject);
            row.set("person", &body.person);
            row.set("expires_at", body.expires_at.0);
            row.set("not_applicable", body.not_applicable);
        });
    }

    pub(super) fn attestation_withdrawn(&mut self, body: &AttestationWithdrawn) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("attestations", body.attestation.seq(), |row| row.set_first("withdrawn_at", now))?;
        Ok(())
    }

    pub(super) fn improvement_opened(&mut self, body: &ImprovementOpened) {
        let owner = body.owner.to_string();
        self.make("improvements", |row| {
            row.set("practice", &*body.practice);
            row.set("subject", &*body.subject);
            row.set("owner", owner.as_str());
            row.set("reopened", 0_i64);
        });
    }

    pub(super) fn improvement_closed(&mut self, body: &ImprovementClosed) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("improvements", body.improvement.seq(), |row| row.set("closed_at", now))?;
        Ok(())
    }

    pub(super) fn improvement_reopened(&mut self, body: &ImprovementReopened) -> Result<(), Trouble> {
        self.patch("improvements", body.improvement.seq(), |row| {
            row.set("closed_at", Value::Null);
            row.add("reopened", 1);
        })?;
        Ok(())
    }

    pub(super) fn improvement_dropped(&mut self, body: &ImprovementDropped) -> Result<(), Trouble> {
        let now = self.now();
        self.patch("improvements", body.improvement.seq(), |row| row.set("dropped_at", now))?;
        Ok(())
    }

    pub(super) fn milestone_set(&mut self, body: &MilestoneSet) {
        self.make("milestones", |row| row.set("name", &*body.name));
    }

    /// The list is whole: what is not in it is found no more.
    pub(super) fn findings_found(&mut self, body: &FindingsFound) -> Result<(), Trouble> {
        let (seq, now) = (self.number(), self.now());
        let mut found = BTreeSet::new();
        for finding in &body.findings {
            let code: Arc<str> = (*finding.code).into();
            let path: Option<Arc<str>> = finding.document.as_deref().map(Arc::from);
            let key = Key::Named(Arc::clone(&code), path.clone());
            let put = self.rows.patch(seq, "findings", key.clone(), |row| {
                row.set("count", finding.count);
                row.set("allowed", finding.allowed);
            })?;
            if !put {
                self.insert("findings", key, |row| {
                    row.set("code", &code);
                    row.set("path", path.as_ref());
                    row.set("count", finding.count);
                    row.set("allowed", finding.allowed);
                    row.set("record", seq);
                    row.set("at", now);
                });
            }
            found.insert((code, path));
        }
        let before = std::mem::replace(&mut self.standing.findings, found);
        for (code, path) in before {
            let gone = (code, path);
            if !self.standing.findings.contains(&gone) {
                let (code, path) = gone;
                self.rows.remove(seq, "findings", Key::Named(code, path))?;
            }
        }
        Ok(())
    }
}
