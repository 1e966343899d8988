//! How a person is reached, without where: what sort of contact after how long, and when they would rather not be.

use evenkeel_model::{Person, QuietHours, Transport};
use evenkeel_severity::Severity;
use evenkeel_time::WeeklyWindow;

/// One contact that is tried.
#[derive(Debug)]
pub(super) struct Contact {
    pub(super) sort: &'static str,
    pub(super) after: String,
    /// Empty: for all.
    pub(super) severities: String,
}

/// In the order in which they are tried.
pub(super) fn contacts(person: &Person) -> Vec<Contact> {
    let known = person.notify.iter().filter_map(|rule| Some((rule, person.contacts.get(&rule.contact)?)));
    let contact = known.map(|(rule, contact)| Contact {
        sort: match contact.transport {
            Transport::Webhook(_) => "webhook",
            Transport::Email(_) => "mail",
            Transport::Slack(_) => "Slack",
            Transport::File(_) => "file",
            Transport::Ntfy(_) => "push",
        },
        after: if rule.after.0 == 0 { "at once".to_owned() } else { format!("after {}", rule.after) },
        severities: listed(&rule.severities),
    });
    contact.collect()
}

/// `22:00–06:00 on Mon, Tue: sev4, sev5 wait`.
pub(super) fn quiet(hours: &QuietHours) -> String {
    format!("{}: {} wait", window(hours.window), listed(&hours.severities))
}

fn listed(severities: &[Severity]) -> String {
    severities.iter().map(|severity| severity.as_str()).collect::<Vec<_>>().join(", ")
}

fn window(window: WeeklyWindow) -> String {
    const DAYS: [&str; 7] = ["Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"];
    let time = |minute: u16| format!("{:02}:{:02}", minute / 60, minute % 60);
    let on = DAYS.iter().enumerate().filter(|(bit, _)| window.weekdays & (1 << bit) != 0);
    let days: Vec<&str> = on.map(|(_, day)| *day).collect();
    let days = if days.len() == DAYS.len() { "every day".to_owned() } else { days.join(", ") };
    format!("{}–{}, {days}", time(window.start), time(window.end))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quiet_hours_are_said_in_words() {
        let shown = |weekdays| window(WeeklyWindow { weekdays, start: 22 * 60, end: 6 * 60 + 30 });
        assert_eq!(shown(0b111_1111), "22:00–06:30, every day");
        assert_eq!(shown(0b100_0001), "22:00–06:30, Sun, Sat");
    }
}
