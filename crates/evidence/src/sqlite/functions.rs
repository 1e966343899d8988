//! What the rendered SQL asks of SQLite beyond its own: `refs`, rounding as PostgreSQL rounds, and where the time looked at
//! begins for a subject.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use evenkeel_time::Timestamp;
use rusqlite::functions::{Aggregate, Context, FunctionFlags};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, Result};

/// How many record numbers `refs` gives.
const REFS: usize = 10;

/// Where the time looked at begins, by subject.
#[derive(Debug, Clone, Default)]
pub(super) struct Begins(Arc<Mutex<Vec<Begin>>>);

/// A subject, and where it begins. Units: milliseconds since 1970.
type Begin = (Arc<str>, i64);

impl Begins {
    /// `subjects` are sorted; `begins` has one for each of them, or none.
    pub(super) fn set(&self, subjects: &[Arc<str>], begins: &[Timestamp]) {
        let mut known = self.known();
        known.clear();
        known.extend(subjects.iter().cloned().zip(begins.iter().map(|begin| begin.0)));
    }

    fn of(&self, subject: &str) -> Option<i64> {
        let known = self.known();
        let at = known.binary_search_by(|(name, _)| (**name).cmp(subject)).ok()?;
        known.get(at).map(|(_, begin)| *begin)
    }

    fn known(&self) -> MutexGuard<'_, Vec<(Arc<str>, i64)>> {
        // What a thread left that panicked is set anew before it is looked at.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(super) fn register(connection: &Connection, begins: &Begins) -> Result<()> {
    let flags = FunctionFlags::SQLITE_UTF8 | FunctionFlags::SQLITE_DETERMINISTIC;
    connection.create_aggregate_function("refs", 1, flags, Refs)?;
    let begins = begins.clone();
    connection.create_scalar_function("evenkeel_begin", 1, flags, move |context| {
        Ok(match context.get_raw(0) {
            ValueRef::Text(subject) => std::str::from_utf8(subject).ok().and_then(|subject| begins.of(subject)),
            ValueRef::Null | ValueRef::Integer(_) | ValueRef::Real(_) | ValueRef::Blob(_) => None,
        })
    })?;
    connection.create_scalar_function("evenkeel_round", 2, flags, |context| {
        let digits: i64 = context.get(1)?;
        Ok(match context.get_raw(0) {
            ValueRef::Integer(number) => Some(rounded(as_real(number), digits)),
            ValueRef::Real(number) => Some(rounded(number, digits)),
            ValueRef::Null | ValueRef::Text(_) | ValueRef::Blob(_) => None,
        })
    })
}

#[expect(clippy::cast_precision_loss, reason = "as SQL turns a whole number into one with a fraction")]
const fn as_real(number: i64) -> f64 {
    number as f64
}

/// The highest record numbers, each once.
struct Refs;

impl Aggregate<Vec<i64>, Option<String>> for Refs {
    fn init(&self, _: &mut Context<'_>) -> Result<Vec<i64>> {
        Ok(Vec::new())
    }

    fn step(&self, context: &mut Context<'_>, highest: &mut Vec<i64>) -> Result<()> {
        let ValueRef::Integer(number) = context.get_raw(0) else {
            return Ok(());
        };
        if highest.len() == REFS && highest.last().is_some_and(|least| number <= *least) {
            return Ok(());
        }
        let at = highest.partition_point(|known| *known > number);
        if highest.get(at) != Some(&number) {
            highest.insert(at, number);
            highest.truncate(REFS);
        }
        Ok(())
    }

    fn finalize(&self, _: &mut Context<'_>, highest: Option<Vec<i64>>) -> Result<Option<String>> {
        let highest = highest.filter(|highest| !highest.is_empty());
        Ok(highest.map(|highest| highest.iter().map(ToString::to_string).collect::<Vec<_>>().join(",")))
    }
}

/// Rounds half away from zero what a number's first fifteen digits say, as PostgreSQL does by way of `NUMERIC`.
fn rounded(number: f64, digits: i64) -> f64 {
    if !number.is_finite() || number == 0.0 {
        return number;
    }
    let said = format!("{number:.14e}");
    let Some((mantissa, exponent)) = said.split_once('e') else { return number };
    let Ok(exponent) = exponent.parse::<i64>() else { return number };
    let negative = mantissa.starts_with('-');
    let mut figures: Vec<u8> = mantissa.bytes().filter(u8::is_ascii_digit).map(|digit| digit - b'0').collect();
    // So many of the figures stand before the place that is rounded to.
    let kept = exponent + 1 + digits;
    let Ok(count) = usize::try_from(kept) else {
        return 0.0;
    };
    if count < figures.len() {
        let up = figures.get(count).is_some_and(|next| *next >= 5);
        figures.truncate(count);
        let mut carry = up;
        for figure in figures.iter_mut().rev() {
            if !carry {
                break;
            }
            carry = *figure == 9;
            *figure = if carry { 0 } else { *figure + 1 };
        }
        if carry {
            figures.insert(0, 1);
        }
    }
    let text: String = figures.iter().map(|figure| char::from(figure + b'0')).collect();
    let places = i64::try_from(count.min(15)).unwrap_or(15);
    let scale = exponent + 1 - places;
    let value = format!("{}{}e{scale}", if negative { "-" } else { "" }, if text.is_empty() { "0" } else { &text });
    value.parse().unwrap_or(number)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_rounded_half_away_from_zero_as_they_are_written() {
        for (number, digits, expect) in [
            (2.5, 0, 3.0),
            (-2.5, 0, -3.0),
            (2.675, 2, 2.68),
            (1.005, 2, 1.01),
            (0.5, 0, 1.0),
            (0.49, 0, 0.0),
            (0.04, 1, 0.0),
            (0.05, 1, 0.1),
            (9.99, 1, 10.0),
            (99.95, 1, 100.0),
            (123_456_789.0, 0, 123_456_789.0),
            (1e20, 2, 1e20),
            (-0.001, 2, 0.0),
            (0.0, 3, 0.0),
            (1234.5678, 3, 1234.568),
        ] {
            assert!((rounded(number, digits) - expect).abs() < 1e-12, "{number} {digits} {}", rounded(number, digits));
        }
    }
}
