//! Numbers as people read them.

/// With commas between thousands.
#[must_use]
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (digit, left) in digits.chars().zip((1..=digits.len()).rev()) {
        out.push(digit);
        if left > 1 && left % 3 == 1 {
            out.push(',');
        }
    }
    out
}

/// The same for a count of things in memory.
#[must_use]
pub fn size(count: usize) -> String {
    grouped(u64::try_from(count).unwrap_or(u64::MAX))
}

/// `1 workload`, `1,200 workloads`.
#[must_use]
pub fn counted(count: usize, word: &str) -> String {
    format!("{} {word}{}", size(count), if count == 1 { "" } else { "s" })
}

/// `2 of 5`; nothing where there were no occasions.
#[must_use]
pub fn found(good: i64, total: i64) -> String {
    if good == 0 && total == 0 { String::new() } else { format!("{} of {}", signed(good), signed(total)) }
}

fn signed(number: i64) -> String {
    let sign = if number < 0 { "-" } else { "" };
    format!("{sign}{}", grouped(number.unsigned_abs()))
}

/// The share in whole percent; what is more than nothing is never shown as nothing, and less than all never as all.
#[must_use]
pub fn percent(part: u64, whole: u64) -> String {
    if whole == 0 {
        return "0%".to_owned();
    }
    let rounded = (u128::from(part) * 200 + u128::from(whole)) / (u128::from(whole) * 2);
    match rounded {
        0 if part > 0 => "under 1%".to_owned(),
        100 if part < whole => "over 99%".to_owned(),
        percent => format!("{percent}%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_are_set_apart() {
        for (number, shown) in [(0, "0"), (999, "999"), (1000, "1,000"), (1_234_567, "1,234,567")] {
            assert_eq!(grouped(number), shown);
        }
        assert_eq!(counted(1, "team"), "1 team");
        assert_eq!(found(0, 0), "");
        assert_eq!(found(0, 1200), "0 of 1,200");
    }

    #[test]
    fn a_share_is_never_rounded_to_nothing_or_all() {
        for (part, whole, shown) in
            [(0, 0, "0%"), (0, 9, "0%"), (1, 2, "50%"), (2, 3, "67%"), (1, 1000, "under 1%"), (999, 1000, "over 99%")]
        {
            assert_eq!(percent(part, whole), shown);
        }
    }
}
