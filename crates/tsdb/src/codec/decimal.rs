//! Numbers that are decimals with few places, as whole numbers.
//!
//! What people, clocks and counters say has few places behind the point. Such a number is a whole number divided by a power of
//! ten, or, when a program rounded it by `(x / 0.01).round() * 0.01`, one multiplied by the inverse, which is not always the
//! same number. Both are tried, and the whole number is used only where it gives back every bit.
//! Source: the idea is ALP's (Afroozeh, Kuffó, Boncz: "ALP: Adaptive Lossless floating-Point Compression", 2023).

/// How a number becomes a whole one: which power of ten, and how it is undone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Scale(u8);

const MULTIPLIES: u8 = 0x10;
const POWERS: [f64; 10] = [1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
const INVERSES: [f64; 10] = [1e0, 1e-1, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7, 1e-8, 1e-9];
/// In the order in which they are tried: the fewest places first.
const SCALES: [Scale; 14] = [
    Scale(0),
    Scale(1),
    Scale(1 | MULTIPLIES),
    Scale(2),
    Scale(2 | MULTIPLIES),
    Scale(3),
    Scale(3 | MULTIPLIES),
    Scale(4),
    Scale(4 | MULTIPLIES),
    Scale(5),
    Scale(6),
    Scale(7),
    Scale(8),
    Scale(9),
];

/// Added to a number below 2^51 it leaves the whole number in the low bits, rounded.
const MAGIC: f64 = 6_755_399_441_055_744.0;
const WHOLE_MAX: f64 = (1u64 << 50) as f64;

impl Scale {
    pub(crate) fn from_byte(byte: u8) -> Option<Self> {
        SCALES.into_iter().find(|scale| scale.0 == byte)
    }

    pub(crate) const fn byte(self) -> u8 {
        self.0
    }

    fn power(self) -> f64 {
        POWERS.get(usize::from(self.0 & !MULTIPLIES)).copied().unwrap_or(1.0)
    }

    fn inverse(self) -> f64 {
        INVERSES.get(usize::from(self.0 & !MULTIPLIES)).copied().unwrap_or(1.0)
    }

    /// The whole number that gives back every bit of this number.
    #[inline]
    pub(crate) fn whole(self, number: f64) -> Option<i64> {
        let scaled = number * self.power();
        if scaled.abs() < WHOLE_MAX {
            let shifted = scaled + MAGIC;
            let whole = shifted.to_bits().wrapping_sub(MAGIC.to_bits()) as i64;
            (self.number(whole).to_bits() == number.to_bits()).then_some(whole)
        } else {
            None
        }
    }

    /// The number again.
    #[inline]
    pub(crate) fn number(self, whole: i64) -> f64 {
        let number = float(whole);
        if self.0 == 0 {
            number
        } else if self.0 & MULTIPLIES == 0 {
            number / self.power()
        } else {
            number * self.inverse()
        }
    }

    /// Gives what makes numbers again to what makes many of them, so that each way has a loop of its own.
    pub(crate) fn with_number<W: WithNumber>(self, with: W) -> W::Output {
        if self.0 == 0 {
            with.with(float)
        } else if self.0 & MULTIPLIES == 0 {
            let power = self.power();
            with.with(move |whole| float(whole) / power)
        } else {
            let inverse = self.inverse();
            with.with(move |whole| float(whole) * inverse)
        }
    }

    /// The first scale that fits a number.
    pub(crate) fn fitting(number: f64) -> Option<Self> {
        SCALES.into_iter().find(|scale| scale.whole(number).is_some())
    }

    /// The scale that fits most of some numbers, if it fits nearly all.
    pub(crate) fn fitting_most(numbers: &[f64]) -> Option<Self> {
        let step = (numbers.len() / 32).max(1);
        let mut best = (0, None);
        let looked_at = numbers.iter().step_by(step).filter(|number| number.is_finite());
        let all = looked_at.clone().count();
        for scale in SCALES {
            let fits = looked_at.clone().filter(|number| scale.whole(**number).is_some()).count();
            if fits == all {
                return Some(scale);
            }
            if fits > best.0 {
                best = (fits, Some(scale));
            }
        }
        best.1.filter(|_| best.0 * 10 >= all * 9)
    }
}

/// What makes many numbers.
pub(crate) trait WithNumber {
    type Output;
    fn with(self, number: impl Fn(i64) -> f64 + Copy) -> Self::Output;
}

/// A whole number below 2^51 as a number; the same as a cast, in operations that go four at a time.
#[inline]
fn float(whole: i64) -> f64 {
    f64::from_bits((MAGIC.to_bits() as i64).wrapping_add(whole) as u64) - MAGIC
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn decimals_become_whole_numbers_and_come_back() {
        for (number, whole) in [(0.0, 0), (1.0, 1), (-3.0, -3), (0.1, 1), (12.34, 1234), (1e15, 1_000_000_000_000_000)]
        {
            let scale = Scale::fitting(number).expect("a scale");
            assert_eq!(scale.whole(number), Some(whole), "{number}");
        }
        let rounded = (0.07_f64 / 0.01).round() * 0.01;
        let scale = Scale::fitting(rounded).expect("a scale");
        assert_eq!(scale.number(scale.whole(rounded).expect("whole")).to_bits(), rounded.to_bits());
    }

    #[test]
    fn what_is_no_decimal_is_none() {
        for number in [f64::NAN, f64::INFINITY, -0.0, 1e300, std::f64::consts::PI, f64::MIN_POSITIVE] {
            assert_eq!(Scale::fitting(number), None, "{number}");
        }
    }

    proptest! {
        #[test]
        fn a_whole_number_gives_back_every_bit(number in any::<f64>(), places in 0i32..12) {
            let shorter = (number % 1e6 * 10f64.powi(places)).round() / 10f64.powi(places);
            for number in [number, shorter] {
                for scale in SCALES {
                    if let Some(whole) = scale.whole(number) {
                        prop_assert_eq!(scale.number(whole).to_bits(), number.to_bits());
                        prop_assert_eq!(float(whole), whole as f64);
                    }
                }
            }
        }
    }
}
