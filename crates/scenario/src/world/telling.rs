//! What scripts tell and sign: `record deployment key=d1 workload=shop …`, `attest shop person=ada expires=30d "…"`.

use evenkeel_engine::{IncomingAttestation, IncomingImprovement, Input};
use evenkeel_fact::IncomingFact;
use evenkeel_ids::AttestationId;
use evenkeel_record::Origin;

use super::World;
use crate::script::span;

impl World {
    /// `record KIND key=K workload=W field=value list=a,b`; `imported` and `observed` may stand before the kind.
    pub(super) fn tell(&mut self, rest: &str) -> Result<(), String> {
        let words = words(rest)?;
        let mut words = words.iter().map(String::as_str);
        let mut kind = words.next().ok_or("which kind of fact?")?;
        let origin = match kind {
            "imported" => Origin::Imported,
            "observed" => Origin::Observed,
            _ => Origin::Reported,
        };
        if origin != Origin::Reported {
            kind = words.next().ok_or("which kind of fact?")?;
        }
        let pairs: Vec<(&str, &str)> = words
            .map(|word| word.split_once('=').ok_or_else(|| format!("`{word}` is no `field=value`")))
            .collect::<Result<_, _>>()?;
        let fact = IncomingFact::from_pairs(kind, "script", pairs, Some(self.now())).map_err(|faults| {
            let said: Vec<String> = faults.iter().map(|fault| format!("{fault:?}")).collect();
            said.join("; ")
        })?;
        self.step_by("recorder", Input::Report { facts: vec![fact], origin })
    }

    /// `attest SUBJECT [practice=KEY] person=ada expires=30d "statement"`; the practice is that of the script.
    pub(super) fn attest(&mut self, rest: &str, not_applicable: bool) -> Result<(), String> {
        let words = words(rest)?;
        let said = |name: &str| words.iter().find_map(|word| word.strip_prefix(name)?.strip_prefix('='));
        let subject = words.first().ok_or("of whom?")?.as_str();
        let practice = said("practice").map(str::to_owned).or_else(|| self.practice.clone());
        let expires = span(said("expires").ok_or("until when? `expires=30d`")?)?;
        let statement = words.iter().skip(1).find(|word| !word.contains('=')).ok_or("what is stated?")?;
        let person = said("person").ok_or("who signs? `person=ada`")?;
        let incoming = IncomingAttestation {
            practice: practice.ok_or("which practice?")?.into(),
            subject: subject.into(),
            person: person.into(),
            statement: statement.as_str().into(),
            expires_at: self.now() + expires,
            not_applicable,
        };
        self.step_by(&format!("person:{person}"), Input::Attest(incoming))
    }

    /// `withdraw NUMBER`, of an attestation.
    pub(super) fn withdraw(&mut self, number: &str) -> Result<(), String> {
        let seq = number.parse().map_err(|_| format!("`{number}` is no number"))?;
        let attestation = AttestationId(evenkeel_ids::Seq(seq));
        self.step_by("owner", Input::WithdrawAttestation { attestation, reason: "said so".into() })
    }

    /// `take-up SUBJECT owner=team:shop`: the practice of the script becomes an improvement.
    pub(super) fn take_up(&mut self, rest: &str) -> Result<(), String> {
        let words = words(rest)?;
        let subject = words.first().ok_or("of whom?")?.as_str();
        let owner = words.iter().find_map(|word| word.strip_prefix("owner=")).ok_or("whose? `owner=team:shop`")?;
        let incoming = IncomingImprovement {
            practice: self.practice.clone().ok_or("which practice?")?.into(),
            subject: subject.into(),
            owner: owner.parse().map_err(|error| format!("{error}"))?,
            title: "practise it".into(),
            lens: "script".into(),
        };
        self.step_by("owner", Input::OpenImprovement(incoming))
    }
}

/// Words between blanks; what stands in double quotes belongs together.
pub(crate) fn words(text: &str) -> Result<Vec<String>, String> {
    let mut words = Vec::new();
    let (mut word, mut quoted, mut begun) = (String::new(), false, false);
    for letter in text.chars() {
        match letter {
            '"' => {
                quoted = !quoted;
                begun = true;
            }
            ' ' if !quoted => {
                if begun {
                    words.push(std::mem::take(&mut word));
                }
                begun = false;
            }
            _ => {
                word.push(letter);
                begun = true;
            }
        }
    }
    if begun {
        words.push(word);
    }
    if quoted { Err("a quote is not closed".to_owned()) } else { Ok(words) }
}
