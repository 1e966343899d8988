//! Questions and answers, apart from whoever asks: flags and a terminal give to the same interview.
//!
//! [`Interview::next`] says what is still to be asked, and what is taken when nothing is answered; [`Interview::give`]
//! takes an answer or says why not. [`Interview::answers`] is complete at any time: what was not asked is as guessed.

mod reading;

use std::collections::BTreeMap;

use crate::answers::{Answers, Contact};
use crate::names::slug;

/// What is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// Who begins.
    Person,
    /// By what they are paged: `mail`, `ntfy`, `webhook`, `slack` or `file`.
    PagedBy,
    /// Their mail address.
    Email,
    /// The server that takes mail.
    Smarthost,
    /// The address of an ntfy topic.
    Ntfy,
    /// The address of a webhook.
    Webhook,
    /// A file with the address of a webhook of Slack's.
    SlackUrlFile,
    /// Their time zone.
    TimeZone,
    /// The team.
    Team,
    /// What they operate.
    Workload,
    /// How important that is.
    Tier,
    /// Who suffers when it fails.
    Sufferers,
}

/// In the order in which they are asked.
const FIELDS: [Field; 12] = [
    Field::Person,
    Field::PagedBy,
    Field::Email,
    Field::Smarthost,
    Field::Ntfy,
    Field::Webhook,
    Field::SlackUrlFile,
    Field::TimeZone,
    Field::Team,
    Field::Workload,
    Field::Tier,
    Field::Sufferers,
];

/// What is known before anything is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guess {
    /// Who is at the machine.
    pub person: String,
    /// Where the machine is.
    pub time_zone: String,
    /// The team, perhaps.
    pub team: String,
    /// The workload, perhaps.
    pub workload: String,
    /// Whether Alertmanager's configuration says how mail goes out.
    pub mail_goes_out: bool,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// What it is about.
    pub field: Field,
    /// Its words, without a question mark's blank or default.
    pub text: &'static str,
    /// What is taken when nothing is answered; empty where something has to be.
    pub default: String,
}

/// Questions and what was answered so far.
#[derive(Debug, Clone)]
pub struct Interview {
    guess: Guess,
    given: BTreeMap<Field, String>,
}

impl Interview {
    /// Nothing is answered yet.
    #[must_use]
    pub fn new(guess: Guess) -> Self {
        Self { guess, given: BTreeMap::new() }
    }

    /// Takes an answer.
    ///
    /// # Errors
    /// Why it cannot be taken: a sentence that can follow the answer.
    pub fn give(&mut self, field: Field, text: &str) -> Result<(), String> {
        let text = reading::read(field, text.trim())?;
        self.given.insert(field, text);
        Ok(())
    }

    /// What is still to be asked, if anything.
    #[must_use]
    pub fn next(&self) -> Option<Question> {
        let field = FIELDS.into_iter().find(|field| !self.given.contains_key(field) && self.concerns(*field))?;
        Some(Question { field, text: words(field), default: self.default(field) })
    }

    /// Everything that was answered, and for the rest what was guessed.
    #[must_use]
    pub fn answers(&self) -> Answers {
        let person = self.value(Field::Person);
        let name = slug_or(&person, "person");
        Answers {
            full_name: Some(person).filter(|person| *person != name),
            person: name,
            contacts: self.contacts(),
            time_zone: self.value(Field::TimeZone),
            team: slug_or(&self.value(Field::Team), "team"),
            workload: slug_or(&self.value(Field::Workload), "workload"),
            tier: self.value(Field::Tier).parse().unwrap_or(2),
            sufferers: self.value(Field::Sufferers),
        }
    }

    fn concerns(&self, field: Field) -> bool {
        let paged_by = |means: &str| self.given.get(&Field::PagedBy).is_some_and(|given| given == means);
        let addresses = [Field::Email, Field::Ntfy, Field::Webhook, Field::SlackUrlFile];
        match field {
            Field::PagedBy => !addresses.iter().any(|address| self.given.contains_key(address)),
            Field::Email => paged_by("mail"),
            Field::Smarthost => self.given.contains_key(&Field::Email) && !self.guess.mail_goes_out,
            Field::Ntfy => paged_by("ntfy"),
            Field::Webhook => paged_by("webhook"),
            Field::SlackUrlFile => paged_by("slack"),
            Field::Person | Field::TimeZone | Field::Team | Field::Workload | Field::Tier | Field::Sufferers => true,
        }
    }

    fn value(&self, field: Field) -> String {
        self.given.get(&field).cloned().unwrap_or_else(|| self.default(field))
    }

    fn default(&self, field: Field) -> String {
        let text = match field {
            Field::Person => &self.guess.person,
            Field::PagedBy => "file",
            Field::Smarthost => "localhost:25",
            Field::TimeZone => &self.guess.time_zone,
            Field::Team => &self.guess.team,
            Field::Workload => &self.guess.workload,
            Field::Tier => "2",
            Field::Sufferers => "everyone who uses it",
            Field::Email | Field::Ntfy | Field::Webhook | Field::SlackUrlFile => "",
        };
        text.to_owned()
    }

    fn contacts(&self) -> Vec<Contact> {
        let given = |field: Field| self.given.get(&field).cloned();
        let smarthost = || match self.guess.mail_goes_out {
            true => given(Field::Smarthost),
            false => Some(self.value(Field::Smarthost)),
        };
        let mail = given(Field::Email).map(|to| Contact::Mail { to, smarthost: smarthost() });
        let others = [
            given(Field::Ntfy).map(Contact::Ntfy),
            given(Field::Webhook).map(Contact::Webhook),
            given(Field::SlackUrlFile).map(Contact::Slack),
        ];
        mail.into_iter().chain(others.into_iter().flatten()).collect()
    }
}

fn slug_or(text: &str, otherwise: &str) -> String {
    Some(slug(text)).filter(|name| !name.is_empty()).unwrap_or_else(|| otherwise.to_owned())
}

const fn words(field: Field) -> &'static str {
    match field {
        Field::Person => "Who are you",
        Field::PagedBy => "How are you paged (mail, ntfy, webhook, slack, file)",
        Field::Email => "Your mail address",
        Field::Smarthost => "The mail server, with its port",
        Field::Ntfy => "The address of your ntfy topic, such as https://ntfy.sh/a-long-secret-topic",
        Field::Webhook => "The address that takes pages as JSON",
        Field::SlackUrlFile => "The file, on the machine that will send, with the address of Slack's webhook",
        Field::TimeZone => "Your time zone",
        Field::Team => "Your team",
        Field::Workload => "What do you operate",
        Field::Tier => "How important is it (1: you live from it, 4: you can do without for days)",
        Field::Sufferers => "Who suffers when it fails",
    }
}

#[cfg(test)]
mod tests;
