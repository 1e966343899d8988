//! Act 7: the server stops, the journal is verified, and practices are judged by it.

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::Context;
use evenkeel_ids::Seq;
use evenkeel_journal::{Reader, Verification, VerifyReport};
use evenkeel_record::Header;

use super::{Play, Scene, count};
use crate::demo::narrator::Tone;
use crate::demo::report::{Met, Part};

impl Play {
    /// Stops everything and looks at the record.
    pub(super) async fn close(&mut self, scene: Scene) -> anyhow::Result<()> {
        let counts = scene.shoppers.stop().await;
        let before = self.report.shoppers;
        self.report.shoppers = Met {
            good: counts.good,
            bought: counts.bought,
            failed_after: counts.failed - before.failed_before - before.failed_during_outage,
            latency_ms_max: counts.latency_ms_max,
            ..before
        };
        self.stop_server().await?;
        self.report.notices = scene.phones.notices().len();
        self.report.pages = scene.phones.pages().len();
        self.report.updates = scene.phones.updates().len();
        scene.shop.close().await?;
        self.written(&self.folder.join("data/notices/notebook.jsonl"))?;
        let reader = Reader::open(&self.folder.join("data/journal.db"))?;
        let found = reader.verify(&Verification::default(), |_| ())?;
        let listed = Listed::of(&reader, found.head.seq)?;
        self.verified(&found, &listed.kinds);
        self.review()?;
        if self.report.failures().is_empty() {
            self.summary();
        }
        self.look_further(listed.fired, listed.opened);
        Ok(())
    }

    /// The file has to hold what the team was told.
    fn written(&mut self, file: &Path) -> anyhow::Result<()> {
        let text = std::fs::read_to_string(file).with_context(|| format!("cannot read `{}`", file.display()))?;
        let (lines, notices) = (text.lines().count(), self.report.notices);
        self.report.check(Part::WrittenToFile, lines == notices, || {
            format!("the team has {notices} notices and the file {lines}")
        });
        Ok(())
    }

    fn verified(&mut self, found: &VerifyReport, kinds: &BTreeMap<String, u64>) {
        let (seq, hash) = (found.head.seq.0, found.head.hash.to_string());
        self.report.records = found.records;
        self.report.head = Some((seq, hash.clone()));
        self.report.check(Part::ChainVerified, found.sound(), || {
            format!("the chain has faults, the first at {}", found.faults.first().map_or(Seq(0), |fault| fault.at))
        });
        let narrator = &mut self.narrator;
        narrator.line("");
        let whole = if found.sound() { "the chain is whole" } else { "the chain is NOT whole" };
        let tone = if found.sound() { Tone::Good } else { Tone::Bad };
        narrator.step(tone, &format!("RECORD    {}, {whole}", count(found.records, "record")));
        let kinds: Vec<_> = kinds.iter().map(|(kind, times)| format!("{times} {kind}")).collect();
        for line in kinds.chunks(4) {
            narrator.detail(&line.join(", "));
        }
        narrator.detail(&format!("the hash of #{seq}, the last one, stands for all of them:"));
        narrator.detail(&hash);
    }

    fn summary(&mut self) {
        let report = &self.report;
        let ms = |span: Option<std::time::Duration>| super::seconds(span.unwrap_or_default());
        let broken = format!("broken    noticed after {}, told after {}", ms(report.detect), ms(report.notify));
        let paged = format!(
            "paged     the first after {}, the next {} later, answered {} later",
            ms(report.page),
            ms(report.escalate),
            ms(report.acknowledge)
        );
        let repaired =
            format!("repaired  noticed after {}, told after {}", ms(report.resolve), ms(report.notify_resolved));
        let customers =
            format!("customers told after {}, and of the end after {}", ms(report.update), ms(report.recovery_update));
        let met = &report.shoppers;
        let failed = met.failed_before + met.failed_during_outage + met.failed_after;
        let shoppers = format!("shoppers  {} served, {failed} failed", met.good);
        let narrator = &mut self.narrator;
        narrator.line("");
        narrator.step(Tone::Good, "In short");
        [broken, paged, repaired, customers, shoppers].iter().for_each(|line| narrator.detail(line));
    }

    fn look_further(&mut self, fired: Seq, incident: Seq) {
        let program = super::program();
        let (folder, kept) = (self.folder.display().to_string(), self.kept);
        let narrator = &mut self.narrator;
        narrator.line("");
        if !kept {
            narrator.line("Look further: keep the ops repo and the journal, with commands to try:");
            narrator.line(&format!("  {program} demo --keep DIR"));
            narrator.line("Answer the page yourself, in a browser:");
            narrator.line(&format!("  {program} demo --stay"));
            return;
        }
        narrator.line(&format!("Look further; everything is kept in {folder}:"));
        narrator.line(&format!("  {program} check {folder}/ops"));
        narrator.line(&format!("  {program} review --data {folder}/data"));
        narrator.line(&format!("  {program} review --data {folder}/data --format html > review.html"));
        narrator.line(&format!("  {program} journal verify --data {folder}/data"));
        narrator.line(&format!("  {program} journal export --data {folder}/data"));
        narrator.line(&format!("  {program} journal show --data {folder}/data {}", fired.0));
        narrator.line(&format!("  cat {folder}/data/notices/notebook.jsonl"));
        narrator.line("Serve it again, and ask it from another terminal:");
        narrator.line(&format!("  {program} serve --ops {folder}/ops --data {folder}/data"));
        narrator.line(&format!("  {program} incident list --all --data {folder}/data"));
        narrator.line(&format!("  {program} incident show {} --data {folder}/data", incident.0));
        narrator.line(&format!("  {program} oncall now --data {folder}/data"));
        narrator.line("The shop is gone by then and silent, so ada is paged: nobody hears her phone.");
    }
}

/// What the journal holds, by its headers.
struct Listed {
    /// How many records there are of each kind.
    kinds: BTreeMap<String, u64>,
    /// The record that says that the first alert of a rule fired: that of the cause, or now and then that of the budget.
    fired: Seq,
    /// The record that opened the incident.
    opened: Seq,
}

impl Listed {
    fn of(reader: &Reader, head: Seq) -> anyhow::Result<Self> {
        let mut listed = Self { kinds: BTreeMap::new(), fired: head, opened: head };
        for seq in (1..=head.0).map(Seq) {
            let sealed = reader.record(seq)?.with_context(|| format!("there is no record {seq}"))?;
            let (header, _) = Header::decode(&sealed.header)?;
            if (&*header.kind, &*header.actor) == ("alert-fired", "rules") {
                listed.fired = listed.fired.min(seq);
            }
            if &*header.kind == "incident-opened" {
                listed.opened = listed.opened.min(seq);
            }
            *listed.kinds.entry(header.kind.into()).or_default() += 1;
        }
        Ok(listed)
    }
}
