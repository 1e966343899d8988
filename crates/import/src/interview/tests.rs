//! An interview as people go through it.

use super::*;

fn guess() -> Guess {
    Guess {
        person: "ada".to_owned(),
        time_zone: "UTC".to_owned(),
        team: "operations".to_owned(),
        workload: "service".to_owned(),
        mail_goes_out: false,
    }
}

/// Answers in turn; what was asked.
fn asked(guess: Guess, answers: &[&str]) -> (Vec<Field>, Answers) {
    let mut interview = Interview::new(guess);
    let (mut fields, mut answers) = (Vec::new(), answers.iter());
    while let Some(question) = interview.next() {
        let answer = answers.next().copied().filter(|answer| !answer.is_empty()).unwrap_or(&question.default);
        interview.give(question.field, answer).expect("a good answer");
        fields.push(question.field);
    }
    (fields, interview.answers())
}

#[test]
fn only_what_follows_from_the_answers_is_asked() {
    use Field::{Email, Ntfy, PagedBy, Person, Smarthost, Sufferers, Team, Tier, TimeZone, Workload};
    let (fields, answers) = asked(guess(), &["Ada Lovelace", "MAIL", "ada@example.com", "", "Europe/London"]);
    assert_eq!(fields, [Person, PagedBy, Email, Smarthost, TimeZone, Team, Workload, Tier, Sufferers]);
    assert_eq!((answers.person.as_str(), answers.full_name.as_deref()), ("ada-lovelace", Some("Ada Lovelace")));
    let mail = Contact::Mail { to: "ada@example.com".to_owned(), smarthost: Some("localhost:25".to_owned()) };
    assert_eq!((answers.contacts, answers.time_zone.as_str(), answers.tier), (vec![mail], "Europe/London", 2));

    let (fields, answers) = asked(guess(), &["", "ntfy", "https://ntfy.example.com/topic"]);
    assert_eq!(fields, [Person, PagedBy, Ntfy, TimeZone, Team, Workload, Tier, Sufferers]);
    assert_eq!((answers.person.as_str(), answers.full_name), ("ada", None));
}

#[test]
fn a_configuration_that_sends_mail_needs_no_server() {
    let guess = Guess { mail_goes_out: true, ..guess() };
    let (fields, answers) = asked(guess, &["", "mail", "ada@example.com"]);
    assert!(!fields.contains(&Field::Smarthost));
    assert_eq!(answers.contacts, [Contact::Mail { to: "ada@example.com".to_owned(), smarthost: None }]);
}

#[test]
fn what_flags_say_is_not_asked_again() {
    let mut interview = Interview::new(guess());
    interview.give(Field::Webhook, "http://127.0.0.1:9/page").expect("an address");
    interview.give(Field::Person, " Ben ").expect("a name");
    assert_eq!(interview.next().map(|question| question.field), Some(Field::TimeZone));
    assert_eq!(interview.answers().person, "ben");
}

#[test]
fn a_bad_answer_is_refused_with_the_reason() {
    let mut interview = Interview::new(guess());
    let long = "x".repeat(10_000);
    for (field, answer, reason) in [
        (Field::Person, " ", "something has to be written here"),
        (Field::Person, "a\nb", "one line, without tabs and other control characters"),
        (Field::Person, &long, "at most 1024 bytes, and this has 10000"),
        (Field::Team, "Last resort", "`last-resort` is what the last policy of all is called"),
        (Field::PagedBy, "fax", "one of mail, ntfy, webhook, slack, file"),
        (Field::Tier, "0", "one of 1, 2, 3, 4"),
        (Field::Email, "Ada <ada@example.com>", "one address, such as ada@example.com"),
        (Field::Email, "{{ .mail }}@example.com", "one address, such as ada@example.com"),
        (Field::Smarthost, "mail.example.com", "a host and a port, such as mail.example.com:587"),
        (Field::Smarthost, "mail:99999", "a host and a port, such as mail.example.com:587"),
        (Field::Ntfy, "ntfy.sh/topic", "an address that begins with https:// or http://"),
        (Field::Webhook, "https:///x", "an address that begins with https:// or http://"),
        (Field::Webhook, "https://ada:secret@example.com", "an address without a user or a password in it"),
        (Field::SlackUrlFile, "slack-url", "a path that begins with /"),
        (Field::TimeZone, "CET/Berlin", "the name of a time zone, such as Europe/Berlin or UTC"),
    ] {
        assert_eq!(
            interview.give(field, answer).map_err(|why| why.to_string()),
            Err(reason.to_owned()),
            "{answer:.40}"
        );
    }
    assert_eq!(interview.answers().person, "ada", "nothing of it was kept");
}

#[test]
fn names_without_a_letter_that_documents_take_get_one() {
    let mut interview = Interview::new(guess());
    for (field, answer) in [(Field::Person, "漢字"), (Field::Team, "\"'"), (Field::Workload, "…")] {
        interview.give(field, answer).expect("an answer");
    }
    let answers = interview.answers();
    assert_eq!((answers.person.as_str(), answers.full_name.as_deref()), ("person", Some("漢字")));
    assert_eq!((answers.team.as_str(), answers.workload.as_str()), ("team", "workload"));
}
