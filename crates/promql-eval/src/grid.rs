//! The instants at which something is evaluated.

/// Instants that are evenly spaced. Units: milliseconds since 1970.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Grid {
    /// The first instant.
    pub(crate) start: i64,
    /// Between two instants; of a single one at least 1.
    pub(crate) step: i64,
    /// How many, at least one.
    pub(crate) count: usize,
}

impl Grid {
    /// One instant.
    pub(crate) const fn instant(at: i64) -> Self {
        Self { start: at, step: 1, count: 1 }
    }

    /// From the first instant to the last that is not later than `until`; `None`: there is none.
    pub(crate) fn spanning(start: i64, until: i64, step: i64) -> Option<Self> {
        if until < start || step <= 0 {
            return None;
        }
        let steps = until.saturating_sub(start) / step;
        Some(Self { start, step, count: usize::try_from(steps).ok()?.checked_add(1)? })
    }

    /// The instant at a place.
    #[inline]
    pub(crate) fn at(&self, index: usize) -> i64 {
        self.start.saturating_add(i64::try_from(index).unwrap_or(i64::MAX).saturating_mul(self.step))
    }

    /// The last instant.
    pub(crate) fn last(&self) -> i64 {
        self.at(self.count.saturating_sub(1))
    }

    /// Only the first instant.
    pub(crate) const fn first(&self) -> Self {
        Self { start: self.start, step: self.step, count: 1 }
    }

    /// Its instants, in order.
    pub(crate) fn times(self) -> impl Iterator<Item = i64> {
        (0..self.count).map(move |index| self.at(index))
    }
}
