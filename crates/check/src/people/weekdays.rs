//! Weekdays and times of day as messages say them.

use evenkeel_time::Civil;

/// From Monday on, as people count. Index: 0 is Sunday.
const ORDER: [usize; 7] = [1, 2, 3, 4, 5, 6, 0];
const NAMES: [&str; 7] = ["Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"];

/// The name of a weekday; 0 is Sunday.
pub(super) fn weekday(day: u8) -> &'static str {
    NAMES.get(usize::from(day)).copied().unwrap_or("Sunday")
}

/// `day`, `Monday to Friday`, `Saturday and Sunday`: what stands behind "every". Bit 0 is Sunday.
pub(super) fn weekdays(days: u8) -> String {
    let listed: Vec<&str> =
        ORDER.iter().filter(|day| days & (1 << **day) != 0).filter_map(|day| NAMES.get(*day).copied()).collect();
    let positions: Vec<usize> =
        ORDER.iter().enumerate().filter(|(_, day)| days & (1 << **day) != 0).map(|(position, _)| position).collect();
    let in_a_row = positions.iter().zip(positions.iter().skip(1)).all(|(a, b)| a + 1 == *b);
    match listed.as_slice() {
        [] | [_, _, _, _, _, _, _] => "day".to_owned(),
        [one] => (*one).to_owned(),
        [first, .., last] if in_a_row && listed.len() > 2 => format!("{first} to {last}"),
        [others @ .., last] => format!("{} and {last}", others.join(", ")),
    }
}

/// `09:05`.
pub(super) fn time_of_day(minute: u16) -> String {
    format!("{:02}:{:02}", minute / 60, minute % 60)
}

/// `2026-11-21`.
pub(super) fn date(civil: Civil) -> String {
    format!("{:04}-{:02}-{:02}", civil.year, civil.month, civil.day)
}

/// `Saturday 2026-11-21 09:00`.
pub(super) fn moment(civil: Civil) -> String {
    format!("{} {} {}", weekday(civil.weekday()), date(civil), time_of_day(civil.minute))
}

#[cfg(test)]
mod tests {
    use super::weekdays;

    #[test]
    fn days_are_said_as_people_say_them() {
        for (days, said) in [
            (0b111_1111, "day"),
            (0b100_0001, "Saturday and Sunday"),
            (0b011_1110, "Monday to Friday"),
            (0b010_1010, "Monday, Wednesday and Friday"),
            (0b000_0100, "Tuesday"),
            (0b110_0001, "Friday to Sunday"),
            (0b000_0110, "Monday and Tuesday"),
        ] {
            assert_eq!(weekdays(days), said);
        }
    }
}
