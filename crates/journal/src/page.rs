//! A page: the rows that were read in one step, to be looked at without copying.
//!
//! A page owns its bytes, so it can be handed to another thread to be decoded there.

use evenkeel_ids::Seq;

use crate::row::{Records, RowFault, Stored};

/// The rows that were read in one step.
#[derive(Debug, Clone, Default)]
pub struct Page {
    spans: Vec<Span>,
    headers: Vec<u8>,
    bodies: Vec<u8>,
}

/// Where a row's bytes end; they start where those of the row before end.
#[derive(Debug, Clone, Copy)]
struct Span {
    first: Seq,
    last: Seq,
    headers_end: usize,
    bodies_end: usize,
}

/// One commit, as it is stored.
#[derive(Debug, Clone)]
pub struct Row<'a> {
    /// The number its first record should have.
    pub first: Seq,
    /// The number its last record should have.
    pub last: Seq,
    /// Its records.
    pub records: Records<'a>,
}

impl Page {
    pub(crate) fn push(&mut self, first: Seq, last: Seq, headers: &[u8], bodies: &[u8]) {
        self.headers.extend_from_slice(headers);
        self.bodies.extend_from_slice(bodies);
        self.spans.push(Span { first, last, headers_end: self.headers.len(), bodies_end: self.bodies.len() });
    }

    pub(crate) fn size_bytes(&self) -> usize {
        self.headers.len() + self.bodies.len()
    }

    pub(crate) fn last_row(&self) -> Option<Seq> {
        self.spans.last().map(|span| span.first)
    }

    /// The commits in it.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        let mut start = (0, 0);
        self.spans.iter().map(move |span| {
            let headers = self.headers.get(start.0..span.headers_end).unwrap_or_default();
            let bodies = self.bodies.get(start.1..span.bodies_end).unwrap_or_default();
            start = (span.headers_end, span.bodies_end);
            Row { first: span.first, last: span.last, records: Records::new(headers, bodies) }
        })
    }

    /// Its records, in order, with the row's number beside a fault.
    pub fn records(&self) -> impl Iterator<Item = Result<Stored<'_>, (Seq, RowFault)>> {
        self.rows().flat_map(|row| row.records.map(move |record| record.map_err(|fault| (row.first, fault))))
    }
}
