//! What scripts can do.

use std::sync::Arc;

use evenkeel_engine::{IncomingAlert, IncomingSilence, Input, Limits, Outcome, Retry};
use evenkeel_labels::{LabelSet, Matchers, parse_matchers};
use evenkeel_time::{Duration, Timestamp};

use super::World;
use crate::memory::Memory;
use crate::notation::labels;
use crate::planned::planned;
use crate::script::{Line, span};

impl World {
    pub(super) fn command(&mut self, line: &Line) -> Result<(), String> {
        let (word, rest) = line.text.split_once(' ').unwrap_or((&line.text, ""));
        match word {
            "epoch" => Ok(()),
            "limit" => self.limit(rest),
            "config" => self.open(Memory::default(), Arc::new(planned(&line.block)?)),
            "advance" => self.advance_to(self.elapsed + span(rest)?),
            "push" => self.push(rest),
            "silence" => self.silence(rest),
            "expire" => {
                let id = *self.silences.get(rest).ok_or("no such silence in the script")?;
                self.step(Input::ExpireSilence(id))
            }
            "deliver" => self.deliver(rest),
            "outcome" => self.outcome(rest),
            "reload" => {
                let plan = Arc::new(planned(&line.block)?);
                self.step(Input::AdoptPlan { plan, findings: 0 })
            }
            "restart" => self.restart(rest),
            "clock" => {
                let by = span(rest)?;
                self.offset = self.offset + by;
                self.step(Input::ClockJumped { by })
            }
            "mark" => {
                self.counted = 0;
                Ok(())
            }
            "records" => self.records(rest),
            "alert" => self.alert_is(rest),
            "expect" => self.expect(rest, line.by),
            _ => Err(format!("`{word}` is no command")),
        }
    }

    fn limit(&mut self, rest: &str) -> Result<(), String> {
        let max = rest.strip_prefix("alerts ").and_then(|number| number.parse().ok());
        self.limits = Limits { alerts_max: max.ok_or("`limit alerts NUMBER`")? };
        Ok(())
    }

    fn push(&mut self, rest: &str) -> Result<(), String> {
        let alerts: Vec<IncomingAlert> =
            rest.split(';').map(|one| self.incoming(one.trim())).collect::<Result<_, _>>()?;
        // As the API does: what is invalid is refused, what is valid is taken.
        let (valid, invalid): (Vec<_>, Vec<_>) = alerts.into_iter().partition(|alert| alert.validate().is_ok());
        self.refused = invalid.first().and_then(|alert| alert.validate().err()).map(|error| error.to_string());
        if valid.is_empty() { Ok(()) } else { self.step(Input::Alerts(valid)) }
    }

    fn incoming(&self, text: &str) -> Result<IncomingAlert, String> {
        let mut words = text.split_whitespace();
        let labels = labels(words.next().ok_or("which alert?")?)?;
        let mut alert = IncomingAlert { labels, ..IncomingAlert::default() };
        let mut said = Vec::new();
        for word in words {
            if word == "resolved" {
                alert.ends_at = Some(self.now());
            } else if let Some(at) = word.strip_prefix("start=") {
                alert.starts_at = Some(self.wall(span(at)?));
            } else if let Some(at) = word.strip_prefix("end=") {
                alert.ends_at = Some(self.wall(span(at)?));
            } else {
                said.push(word.split_once(':').ok_or_else(|| format!("`{word}` is nothing an alert says"))?);
            }
        }
        alert.annotations = LabelSet::new(said);
        Ok(alert)
    }

    /// `NAME MATCHERS [from 1h] until 2h`, or `for 2h`.
    fn silence(&mut self, rest: &str) -> Result<(), String> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let (name, matchers) = (*words.first().ok_or("which silence?")?, words.get(1).ok_or("what is silenced?")?);
        let said = |word: &str| words.iter().position(|known| *known == word).and_then(|at| words.get(at + 1));
        let starts_at = said("from").map_or(Ok(self.now()), |at| span(at).map(|at| self.wall(at)))?;
        let ends_at = match (said("until"), said("for")) {
            (Some(at), _) => self.wall(span(at)?),
            (None, Some(length)) => starts_at + span(length)?,
            (None, None) => return Err("until when?".to_owned()),
        };
        let matchers = parse_matchers(matchers).map_err(|error| error.message)?;
        self.set_silence(name, matchers, starts_at, ends_at)
    }

    fn set_silence(&mut self, name: &str, matchers: Matchers, from: Timestamp, until: Timestamp) -> Result<(), String> {
        let before = self.silences.get(name).copied();
        let incoming = IncomingSilence {
            id: before,
            matchers,
            starts_at: from,
            ends_at: until,
            created_by: "ann".into(),
            comment: "planned work".into(),
        };
        self.silence_set = None;
        self.step(Input::SetSilence(incoming))?;
        if let Some(id) = self.silence_set {
            self.replaced = before.map(|before| before != id);
            self.silences.insert(name.to_owned(), id);
        }
        Ok(())
    }

    fn deliver(&mut self, rest: &str) -> Result<(), String> {
        let (mode, target) = rest.split_once(" to ").unwrap_or((rest, ""));
        let delivery = if mode == "hang" { None } else { Some(went(mode)?) };
        self.deliveries.push((target.to_owned(), delivery));
        Ok(())
    }

    fn outcome(&mut self, rest: &str) -> Result<(), String> {
        let outcome = went(rest)?;
        for notice in std::mem::take(&mut self.hanging) {
            self.step(Input::NoticeOutcome { notice, outcome: outcome.clone() })?;
        }
        Ok(())
    }

    fn restart(&mut self, rest: &str) -> Result<(), String> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let said = |word: &str| words.iter().position(|known| *known == word).and_then(|at| words.get(at + 1));
        let down_for = said("after").map_or(Ok(Duration::ZERO), |length| span(length))?;
        let by = said("clock").map_or(Ok(Duration::ZERO), |length| span(length))?;
        self.elapsed = self.elapsed + down_for;
        self.offset = self.offset + by;
        self.hanging.clear();
        let driver = self.driver.take().ok_or("`config` comes first")?;
        let plan = driver.engine().plan().clone();
        self.open(driver.into_journal(), plan)
    }
}

fn went(mode: &str) -> Result<Outcome, String> {
    let failed = |reason: &str, retry| Ok(Outcome::Failed { reason: reason.to_owned(), retry });
    match mode {
        "ok" => Ok(Outcome::Delivered),
        "retry" => failed("503 Service Unavailable", Retry::Yes),
        "refuse" => failed("400 Bad Request", Retry::No),
        _ => {
            let length = mode.strip_prefix("retry after ").ok_or_else(|| format!("`{mode}` is no outcome"))?;
            failed("429 Too Many Requests", Retry::After(span(length)?))
        }
    }
}
