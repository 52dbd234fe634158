//! Exact decimal numbers: what a text says, until it becomes an `f64` once, at the end.

use std::cmp::Ordering;

/// The number `mantissa` × 10^`exponent`.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Decimal {
    mantissa: i128,
    exponent: i32,
}

/// More digits than a text ever means; fits an `i128` with room to multiply.
const DIGITS_MAX: usize = 24;

impl Decimal {
    pub(crate) const ONE: Self = Self { mantissa: 1, exponent: 0 };

    pub(crate) const fn new(mantissa: i128, exponent: i32) -> Self {
        Self { mantissa, exponent }
    }

    /// The number with these ASCII digits before and behind the decimal mark; `None` when there are too many.
    pub(crate) fn of_digits(whole: impl Iterator<Item = u8>, fraction: &[u8]) -> Option<Self> {
        let mut mantissa = 0_i128;
        let mut count = 0;
        for digit in whole.chain(fraction.iter().copied()) {
            mantissa = mantissa * 10 + i128::from(digit - b'0');
            count += usize::from(mantissa != 0);
            if count > DIGITS_MAX {
                return None;
            }
        }
        Some(Self { mantissa, exponent: -i32::try_from(fraction.len()).ok()? })
    }

    /// The product; `None` when it is too large to be held exactly.
    pub(crate) fn times(self, other: Self) -> Option<Self> {
        Some(Self {
            mantissa: self.mantissa.checked_mul(other.mantissa)?,
            exponent: self.exponent.checked_add(other.exponent)?,
        })
    }

    /// This number moved by a power of ten; `None` past 10^60, which no text means.
    pub(crate) fn shifted(self, power: i32) -> Option<Self> {
        let exponent = self.exponent.checked_add(power)?;
        (-60..=60).contains(&exponent).then_some(Self { exponent, ..self })
    }

    /// The sum; `None` when it is too large to be held exactly.
    pub(crate) fn plus(self, other: Self) -> Option<Self> {
        let exponent = self.exponent.min(other.exponent);
        let aligned = |number: Self| {
            let power = u32::try_from(number.exponent - exponent).ok()?;
            number.mantissa.checked_mul(10_i128.checked_pow(power)?)
        };
        Some(Self { mantissa: aligned(self)?.checked_add(aligned(other)?)?, exponent })
    }

    pub(crate) fn negated(self) -> Self {
        Self { mantissa: -self.mantissa, ..self }
    }

    /// The nearest `f64`; exact arithmetic ends here.
    pub(crate) fn to_f64(self) -> f64 {
        format!("{}e{}", self.mantissa, self.exponent).parse().unwrap_or(f64::NAN)
    }

    /// The number as an integer, if it is one and small.
    pub(crate) fn to_integer(self) -> Option<i32> {
        let ten = 10_i128.checked_pow(self.exponent.unsigned_abs())?;
        let whole = if self.exponent >= 0 {
            self.mantissa.checked_mul(ten)?
        } else if self.mantissa % ten == 0 {
            self.mantissa / ten
        } else {
            return None;
        };
        i32::try_from(whole).ok()
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Self) -> bool {
        self.partial_cmp(other) == Some(Ordering::Equal)
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        match self.plus(other.negated()) {
            Some(difference) => Some(difference.mantissa.cmp(&0)),
            None => self.to_f64().partial_cmp(&other.to_f64()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_exact_until_they_are_floats() {
        let trillion = Decimal::new(14, -1).shifted(12).unwrap();
        assert_eq!(trillion.to_f64().to_bits(), 1.4e12_f64.to_bits());
        assert_eq!(trillion.to_integer(), None);
        let sum = Decimal::new(15, 0).plus(Decimal::new(15, -2)).unwrap();
        assert_eq!(sum.to_f64().to_bits(), 15.15_f64.to_bits());
        assert_eq!(sum.times(Decimal::new(2, 0)).unwrap(), Decimal::new(303, -1));
        assert!(Decimal::new(3, 0) < Decimal::new(301, -2));
    }

    #[test]
    fn what_is_too_long_is_no_number() {
        let long = [b'9'; 30];
        assert!(Decimal::of_digits(long.iter().copied(), b"").is_none());
        assert_eq!(Decimal::of_digits(b"007".iter().copied(), b"50").unwrap(), Decimal::new(75, -1));
    }
}
