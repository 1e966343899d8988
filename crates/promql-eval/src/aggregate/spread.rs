//! `stddev` and `stdvar`, in one pass. Source: Welford.

use super::{Accumulator, Context};
use crate::labels::Labels;
use crate::row::{Row, is_absent};

#[derive(Debug, Clone, Copy, Default)]
struct Moments {
    count: f64,
    mean: f64,
    /// The sum of the squares of what lies between the values and their mean.
    squares: f64,
}

/// How far numbers lie from their mean.
pub(super) struct Spread {
    root: bool,
    moments: Vec<Moments>,
}

impl Spread {
    pub(super) fn deviation(count: usize) -> Self {
        Self { root: true, moments: vec![Moments::default(); count] }
    }

    pub(super) fn variance(count: usize) -> Self {
        Self { root: false, moments: vec![Moments::default(); count] }
    }
}

impl Accumulator for Spread {
    fn add(&mut self, cx: &Context<'_, '_>, _: &Labels, row: &Row) {
        cx.remark_ignored(row);
        for (moments, value) in self.moments.iter_mut().zip(&row.values) {
            if is_absent(*value) {
                continue;
            }
            moments.count += 1.0;
            let delta = value - moments.mean;
            moments.mean += delta / moments.count;
            moments.squares += delta * (value - moments.mean);
        }
    }

    /// Source: Chan, Golub and LeVeque, "Updating Formulae and a Pairwise Algorithm for Computing Sample Variances".
    fn join(&mut self, other: Self) {
        for (moments, more) in self.moments.iter_mut().zip(other.moments) {
            if moments.count == 0.0 || more.count == 0.0 {
                if moments.count == 0.0 {
                    *moments = more;
                }
                continue;
            }
            let (count, delta) = (moments.count + more.count, more.mean - moments.mean);
            moments.squares += more.squares + delta * delta * (moments.count * more.count / count);
            moments.mean += delta * (more.count / count);
            moments.count = count;
        }
    }

    fn finish(self, _: &Context<'_, '_>, into: &mut Row) {
        for (slot, moments) in into.values.iter_mut().zip(&self.moments) {
            if moments.count > 0.0 {
                let variance = moments.squares / moments.count;
                *slot = if self.root { variance.sqrt() } else { variance };
            }
        }
    }
}
