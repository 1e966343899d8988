//! A journal in memory: what is durable is what is in the list.

use std::convert::Infallible;

use evenkeel_engine::{Journal, Snapshot, Stored};
use evenkeel_record::chain::{Head, Sealed};
use evenkeel_record::{Actor, Body, Record};

/// Sealed records, in order.
#[derive(Debug, Clone, Default)]
pub struct Memory {
    sealed: Vec<Sealed>,
    head: Head,
}

impl Memory {
    /// Everything, in order.
    #[must_use]
    pub fn sealed(&self) -> &[Sealed] {
        &self.sealed
    }
}

impl Journal for Memory {
    type Error = Infallible;

    fn head(&mut self) -> Result<Head, Infallible> {
        Ok(self.head)
    }

    fn commit(&mut self, records: &[Sealed]) -> Result<(), Infallible> {
        for sealed in records {
            self.head.verify(sealed).expect("records follow on each other");
            self.sealed.push(sealed.clone());
        }
        Ok(())
    }

    fn snapshot(&mut self) -> Option<Snapshot> {
        None
    }

    fn replay(&mut self, after: Head, visit: &mut dyn FnMut(Stored)) -> Result<(), Infallible> {
        let mut head = after;
        let known = usize::try_from(after.seq.0).unwrap_or(usize::MAX);
        for sealed in self.sealed.iter().skip(known) {
            let header = head.verify(sealed).expect("what was stored is what was sealed");
            let (_, bytes) = sealed.body.as_ref().expect("nothing is erased here");
            let body = Body::decode(&header.kind, header.version, bytes).expect("a body of today");
            let actor = Actor(header.actor.as_ref().into());
            visit(Stored::Record(Record {
                seq: header.seq,
                at: header.at,
                actor,
                origin: header.origin,
                plan: header.plan,
                body,
            }));
        }
        Ok(())
    }
}
