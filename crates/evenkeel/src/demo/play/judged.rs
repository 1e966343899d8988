//! Act 8: what the record of this very play proves, practice by practice.

use std::collections::BTreeSet;

use anyhow::Context;
use evenkeel_lens::{Review, Verdict};
use evenkeel_record::Header;

use super::{Play, count};
use crate::demo::narrator::Tone;
use crate::demo::report::Part;
use crate::review::{Folder, embedded, standing};

/// What the play goes through, and so has to be practised by its end; each with the workload or team that shows it.
const PLAYED: [(&str, &str); 11] = [
    ("oe.operate.escalation-paths", "catalog"),
    ("oe.operate.event-incident-problem-process", "catalog"),
    ("oe.operate.impact-and-recovery-notices", "catalog"),
    ("oe.operate.outcomes-at-risk", "catalog"),
    ("oe.operate.prioritise-by-impact", "shop"),
    ("oe.operate.process-per-alert", "catalog"),
    ("oe.organization.decision-makers-engaged", "shop"),
    ("oe.organization.responsibility-and-ownership", "catalog"),
    ("oe.prepare.application-telemetry", "shop"),
    ("oe.prepare.identify-kpis", "shop"),
    ("oe.prepare.user-experience-telemetry", "catalog"),
];

impl Play {
    /// Reviews the record, and says what it shows.
    pub(super) fn review(&mut self) -> anyhow::Result<()> {
        let mut folder = Folder::open(&self.folder.join("data"), &mut |_| ())?;
        let head = folder.reader().head()?;
        let last = folder.reader().record(head.seq)?.context("the record has an end")?;
        // The window ends with the play and not with the clock: the same record is judged the same.
        let at = standing(folder.reader(), Header::decode(&last.header)?.0.at)?;
        let review = folder.review(&embedded(), at)?;
        for (key, subject) in PLAYED {
            let judged = review.practice(key).and_then(|practice| practice.judged(subject));
            let seen = judged.is_some_and(|judged| judged.verdict == Verdict::Practised && !judged.reported);
            self.report.check(Part::Practised, seen, || {
                let is = judged.map_or_else(|| "not judged".to_owned(), |judged| judged.standing().to_string());
                format!("{key} is {is} for {subject}, though the play goes through it")
            });
        }
        self.told(&review);
        Ok(())
    }

    fn told(&mut self, review: &Review) {
        let mut shown: BTreeSet<(&str, Vec<u64>)> = BTreeSet::new();
        for practice in &review.practices {
            for judged in practice.verdicts.iter().filter(|judged| judged.verdict == Verdict::Practised) {
                shown.insert((&*practice.title, judged.refs.iter().map(|seq| seq.0).collect()));
                self.report.practised.push(practice.key.to_string());
            }
        }
        self.report.practised.dedup();
        let counts = review.counts.plus(&review.further);
        let narrator = &mut self.narrator;
        narrator.line("");
        let practised = count(self.report.practised.len() as u64, "practice");
        narrator.step(Tone::Good, &format!("REVIEW    {practised} shown to be followed, by records of this play"));
        for (title, refs) in &shown {
            let records: Vec<String> = refs.iter().map(|number| format!("#{number}")).collect();
            narrator.detail(&format!("{title} ({})", records.join(", ")));
        }
        narrator.detail(&format!(
            "{} more verdicts are declared and not shown yet, {} unknown, {} contradicted",
            counts.declared, counts.unknown, counts.contradicted
        ));
    }
}
