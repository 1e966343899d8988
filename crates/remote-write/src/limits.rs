//! What one request may ask for.

use crate::DecodeFault;

/// What one request may ask for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Limits {
    /// Units: bytes of the body once it is unpacked.
    pub body_bytes_max: usize,
    /// What the series of a body may take in memory. Version 2.0 names a text once and refers to it: without this bound a small
    /// body would become a large batch. Units: bytes, estimated.
    pub batch_bytes_max: usize,
    /// Labels of one series, its name counted in.
    pub labels_max: usize,
    /// Units: bytes.
    pub label_name_bytes_max: usize,
    /// Units: bytes.
    pub label_value_bytes_max: usize,
    /// Labels of one exemplar. Units: bytes, names and values together.
    pub exemplar_bytes_max: usize,
}

impl Default for Limits {
    /// Mimir's limits of labels, OpenMetrics' of exemplars, and bodies far above what a Prometheus sends.
    fn default() -> Self {
        Self {
            body_bytes_max: 64 << 20,
            batch_bytes_max: 256 << 20,
            labels_max: 64,
            label_name_bytes_max: 1_024,
            label_value_bytes_max: 4_096,
            exemplar_bytes_max: 512,
        }
    }
}

/// What is left of the memory that a request may take.
#[derive(Debug)]
pub(crate) struct Budget {
    left: usize,
    most: usize,
}

impl Budget {
    pub(crate) const fn of(limits: &Limits) -> Self {
        Self { left: limits.batch_bytes_max, most: limits.batch_bytes_max }
    }

    /// Takes from it before the memory is used.
    pub(crate) const fn take(&mut self, bytes: usize) -> Result<(), DecodeFault> {
        match self.left.checked_sub(bytes) {
            Some(left) => {
                self.left = left;
                Ok(())
            }
            None => Err(DecodeFault::BatchTooLarge { most: self.most }),
        }
    }
}
