//! Several things are asked at the same time, each by a way of its own.

use super::{AsOf, Way, begun};
use crate::error::EvidenceError;

/// Most ways that are opened beside the first.
const BESIDE_MAX: usize = 3;

/// Another way to the same state of the store, for the blocks of practices.
#[derive(Debug)]
pub(crate) struct Beside {
    pub(crate) way: Way,
    /// The last record in it.
    pub(crate) last: u64,
}

impl AsOf<'_> {
    /// Further ways to the same state: as many as there are processors beside the one that this one has, and at most
    /// `wanted`.
    pub(crate) fn beside(&mut self, wanted: usize) -> Result<Vec<Beside>, EvidenceError> {
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        let wanted = wanted.min(processors - 1).min(BESIDE_MAX);
        while self.beside.len() < wanted {
            let asker = self.way.asker.another()?;
            self.beside.push(Way::new(asker));
        }
        let mut found = Vec::with_capacity(wanted);
        for mut way in self.beside.drain(..wanted) {
            let Some(last) = begun(&mut *way.asker)? else { continue };
            // What another state says may not be mixed with what this one says.
            if last == self.last {
                found.push(Beside { way, last: last.seq });
            }
        }
        Ok(found)
    }

    /// Keeps ways until they are needed again.
    pub(crate) fn keep(&mut self, beside: Vec<Beside>) {
        for mut other in beside {
            other.way.asker.end();
            self.beside.push(other.way);
        }
    }
}
