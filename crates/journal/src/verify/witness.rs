//! What bears witness to the chain from beside it: signed checkpoints, and the plans' own sums.

use evenkeel_ids::Seq;
use evenkeel_record::Hash;

use super::{Check, FaultKind};
use crate::{Checkpoint, ReadError};

impl Check<'_> {
    pub(super) fn signed_checkpoints(&mut self) -> Result<Vec<Checkpoint>, ReadError> {
        self.report.keys_given = !self.what.keys.is_empty();
        let own = if self.report.keys_given { Vec::new() } else { self.reader.public_keys()? };
        let keys = if self.report.keys_given { &self.what.keys } else { &own };
        let kept = self.reader.checkpoints()?.into_iter().map(|(seq, note)| (Some(seq), note));
        let outside = self.what.notes.iter().map(|note| (None, note.clone()));
        let mut signed = Vec::new();
        for (filed, note) in kept.chain(outside) {
            match Checkpoint::verify(&note, keys) {
                Ok(checkpoint) if filed.is_some_and(|seq| seq != checkpoint.seq) => {
                    self.report.fault(filed.unwrap_or_default(), FaultKind::CheckpointMisfiled(checkpoint.seq));
                }
                Ok(checkpoint) => signed.push(checkpoint),
                Err(fault) => self.report.fault(filed.unwrap_or_default(), FaultKind::Note(fault)),
            }
        }
        Ok(signed)
    }

    pub(super) fn checkpoint(&mut self, checkpoint: Checkpoint, newest: Seq) {
        let seq = checkpoint.seq;
        if seq > newest {
            return self.report.fault(newest.next(), FaultKind::TailCut { checkpoint: seq });
        }
        if seq < self.what.from || seq > self.what.to {
            return;
        }
        match self.chain.wanted.get(&seq) {
            Some(Some(hash)) if *hash == checkpoint.hash => {
                self.report.checkpoints += 1;
                if self.report.last_checkpoint.as_ref().is_none_or(|last| last.seq <= seq) {
                    self.report.last_checkpoint = Some(checkpoint);
                }
            }
            _ => self.report.fault(seq, FaultKind::CheckpointDiffers),
        }
    }

    pub(super) fn plans(&mut self) -> Result<(), ReadError> {
        let altered = || {
            let mut statement = self.reader.connection.prepare("SELECT hash, sum, files FROM plan")?;
            let mut rows = statement.query([])?;
            let mut altered = Vec::new();
            while let Some(row) = rows.next()? {
                let (hash, sum) = (row.get_ref(0)?.as_blob()?, row.get_ref(1)?.as_blob()?);
                if Hash::of(&[row.get_ref(2)?.as_blob()?]).0 != sum {
                    altered.push(hash.iter().take(6).map(|byte| format!("{byte:02x}")).collect());
                }
            }
            Ok(altered)
        };
        let altered: Vec<String> = altered().map_err(|error| self.reader.failed("read plans", error))?;
        altered.into_iter().for_each(|plan| self.report.fault(Seq(0), FaultKind::PlanAltered(plan)));
        Ok(())
    }
}
