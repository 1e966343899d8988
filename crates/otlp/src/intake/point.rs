//! What points of every kind have.

use evenkeel_time::Timestamp;

use crate::attribute::key_value;
use crate::labels::Attribute;
use crate::starts::millis;
use crate::{IntakeFault, Limits};

/// What points of every kind have.
#[derive(Debug, Default)]
pub(super) struct Point<'a> {
    pub(super) attributes: Vec<Attribute<'a>>,
    found: usize,
    pub(super) exemplars: Vec<&'a [u8]>,
    /// Units: nanoseconds since 1970; zero: not said.
    pub(super) start: u64,
    /// Units: nanoseconds since 1970.
    pub(super) until: u64,
    flags: u64,
}

/// Exemplars of one point; the rest is not read.
const EXEMPLARS_MAX: usize = 256;

impl<'a> Point<'a> {
    pub(super) fn attribute(&mut self, message: &'a [u8], limits: &Limits) -> Result<(), IntakeFault> {
        self.found += 1;
        // A long list takes no memory.
        if self.found <= limits.labels_max {
            self.attributes.push(key_value(message)?);
        }
        Ok(())
    }

    pub(super) fn exemplar(&mut self, message: &'a [u8]) {
        if self.exemplars.len() < EXEMPLARS_MAX {
            self.exemplars.push(message);
        }
    }

    pub(super) const fn flags(&mut self, flags: u64) {
        self.flags = flags;
    }

    /// Whether it says that there is no value, so that the series ends.
    pub(super) const fn no_value(&self) -> bool {
        self.flags & 1 != 0
    }

    /// Whether it has more attributes than a series may have labels; what is said of it then.
    pub(super) fn check(&self, limits: &Limits) -> Result<(), String> {
        let most = limits.labels_max;
        if self.found > most {
            return Err(format!("a point has {} attributes; at most {most} labels are taken", self.found));
        }
        if i64::try_from(self.until).is_err() {
            return Err("a point has a time that is too far away".to_owned());
        }
        Ok(())
    }

    /// Its time; that of the request when it has none.
    pub(super) fn at(&self, now: Timestamp) -> Timestamp {
        if self.until == 0 { now } else { Timestamp(millis(self.until)) }
    }
}
