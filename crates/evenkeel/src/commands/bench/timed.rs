//! Facts, with the processor time that each block takes.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use evenkeel_ids::Seq;
use evenkeel_lens::{Ask, Attestation, Block, BlockRow, Blocks, Facts, Job, Judged, Lens, Subjects};
use evenkeel_time::Timestamp;
use serde_json::{Value, json};

use super::cpu;

/// So many blocks are listed.
const LISTED: usize = 10;

/// What was asked of the blocks of a lens.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// By the block's text.
    blocks: BTreeMap<Arc<str>, Cost>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Cost {
    runs: usize,
    rows: usize,
    time: Duration,
}

/// Notes what is asked.
#[derive(Debug)]
pub(crate) struct Timed<'a, F> {
    pub(crate) facts: F,
    pub(crate) asked: &'a mut Asked,
}

impl<F: Blocks> Blocks for Timed<'_, F> {
    type Error = F::Error;

    fn rows(&mut self, ask: &Ask<'_>) -> Result<Vec<BlockRow>, F::Error> {
        let began = cpu::of_thread();
        let rows = self.facts.rows(ask)?;
        self.asked.note(ask.block, &rows, began);
        Ok(rows)
    }

    fn rows_since(&mut self, ask: &Ask<'_>, begins: &[Timestamp]) -> Result<Vec<BlockRow>, F::Error> {
        let began = cpu::of_thread();
        let rows = self.facts.rows_since(ask, begins)?;
        self.asked.note(ask.block, &rows, began);
        Ok(rows)
    }
}

impl<F: Facts> Facts for Timed<'_, F> {
    fn subjects(&mut self, seq: Seq) -> Result<Subjects, F::Error> {
        self.facts.subjects(seq)
    }

    fn each(&mut self, count: usize, job: &Job<'_, F::Error>) -> Result<Vec<Vec<Judged>>, F::Error> {
        let asked = Mutex::new(std::mem::take(self.asked));
        let judged = self.facts.each(count, &|rows, place| {
            let mut own = Asked::default();
            let judged = job(&mut Timed { facts: rows, asked: &mut own }, place);
            asked.lock().unwrap_or_else(PoisonError::into_inner).join(own);
            judged
        });
        *self.asked = asked.into_inner().unwrap_or_else(PoisonError::into_inner);
        judged
    }

    fn attestations(&mut self, seq: Seq, to: Timestamp) -> Result<Vec<Attestation>, F::Error> {
        self.facts.attestations(seq, to)
    }
}

impl Asked {
    fn join(&mut self, other: Self) {
        for (block, cost) in other.blocks {
            let known = self.blocks.entry(block).or_default();
            known.runs += cost.runs;
            known.rows += cost.rows;
            known.time += cost.time;
        }
    }

    fn note(&mut self, block: &Block, rows: &[BlockRow], began: Duration) {
        let cost = self.blocks.entry(Arc::clone(&block.sql)).or_default();
        cost.runs += 1;
        cost.rows += rows.len();
        cost.time += cpu::of_thread().saturating_sub(began);
    }

    /// How often a block was asked.
    pub(crate) fn runs(&self) -> usize {
        self.blocks.values().map(|cost| cost.runs).sum()
    }

    /// How many rows that gave.
    pub(crate) fn rows(&self) -> usize {
        self.blocks.values().map(|cost| cost.rows).sum()
    }

    /// The blocks that took longest.
    pub(crate) fn slowest(&self, lens: &Lens) -> Value {
        let mut costs: Vec<(String, Cost)> = Vec::new();
        for practice in &lens.practices {
            for block in [&practice.declared, &practice.practised, &practice.contradicted].into_iter().flatten() {
                if let Some(cost) = self.blocks.get(&block.sql) {
                    costs.push((format!("{} {}", practice.key, block.sort.as_str()), *cost));
                }
            }
        }
        costs.sort_by_key(|(_, cost)| std::cmp::Reverse(cost.time));
        costs.truncate(LISTED);
        let told = |(block, cost): &(String, Cost)| {
            let ms = (cost.time.as_secs_f64() * 10_000.0).round() / 10.0;
            json!({ "block": block, "cpu_ms": ms, "runs": cost.runs, "rows": cost.rows })
        };
        costs.iter().map(told).collect()
    }
}
