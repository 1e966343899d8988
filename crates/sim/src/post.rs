//! Pages and updates on their way: attempts under way, each to the site its address stands for.

use std::collections::BTreeMap;
use std::sync::Arc;

use evenkeel_engine::Outcome;
use evenkeel_record::SentId;

/// One attempt under way.
#[derive(Debug, Clone)]
pub(crate) struct Carried {
    pub(crate) of: SentId,
    pub(crate) address: Arc<str>,
    pub(crate) outcome: Outcome,
}

/// All attempts under way, by token.
#[derive(Debug, Default)]
pub(crate) struct Post {
    pub(crate) under_way: BTreeMap<u64, Carried>,
    /// The key each address is sent under.
    pub(crate) keys: BTreeMap<(u64, Arc<str>), String>,
    tokens: u64,
}

impl Post {
    pub(crate) fn carries(&self, of: SentId, address: &str) -> bool {
        self.under_way.values().any(|carried| carried.of == of && *carried.address == *address)
    }

    pub(crate) fn begin(&mut self, carried: Carried) -> u64 {
        self.tokens += 1;
        self.under_way.insert(self.tokens, carried);
        self.tokens
    }

    pub(crate) fn lost(&mut self) {
        self.under_way.clear();
    }

    /// An outcome was taken: another attempt may begin.
    pub(crate) fn taken(&mut self, of: SentId, address: &str) {
        self.under_way.retain(|_, carried| carried.of != of || *carried.address != *address);
    }
}
