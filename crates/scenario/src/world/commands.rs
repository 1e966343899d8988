//! What scripts can do.

use std::sync::Arc;

use evenkeel_engine::{Input, Limits, Outcome, Retry};
use evenkeel_ops_source::Loaded;
use evenkeel_time::Duration;

use super::World;
use crate::incoming;
use crate::memory::Memory;
use crate::ops;
use crate::planned::planned;
use crate::script::{Line, span};

impl World {
    pub(crate) fn command(&mut self, line: &Line) -> Result<(), String> {
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
            "file" => {
                self.files.insert(rest.to_owned(), line.block.clone());
                Ok(())
            }
            "ops" => self.ops(rest, &line.block),
            "record" => self.tell(rest),
            "attest" => self.attest(rest, false),
            "not-applicable" => self.attest(rest, true),
            "withdraw" => self.withdraw(rest),
            "take-up" => self.take_up(rest),
            "reload" => {
                let plan = Arc::new(planned(&line.block)?);
                self.step(Input::AdoptPlan { plan, findings: 0 })
            }
            "restart" => self.restart(rest, &line.block),
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
            "person" => self.person(rest),
            "incident" => self.incident_is(rest),
            "expect" => self.expect(rest, line.by),
            _ => Err(format!("`{word}` is no command")),
        }
    }

    /// The ops repo is this from now on.
    fn ops(&mut self, name: &str, block: &str) -> Result<(), String> {
        let loaded = ops::loaded(&ops::documents(name, block)?, &self.files);
        self.adopt(loaded)
    }

    /// Takes up an ops repo that was read: its plan, and what is found in it.
    ///
    /// # Errors
    /// What keeps it from being a plan.
    pub fn adopt(&mut self, loaded: Loaded) -> Result<(), String> {
        let found = ops::found(&loaded, self.now());
        let plan = Arc::new(ops::plan_of(loaded)?);
        if self.driver.is_none() {
            self.open(Memory::default(), plan)?;
        } else {
            self.step(Input::AdoptPlan { plan, findings: u32::try_from(found.len()).unwrap_or(u32::MAX) })?;
        }
        self.step(Input::NoteFindings(found))
    }

    fn limit(&mut self, rest: &str) -> Result<(), String> {
        let max = rest.strip_prefix("alerts ").and_then(|number| number.parse().ok());
        self.limits = Limits { alerts_max: max.ok_or("`limit alerts NUMBER`")? };
        Ok(())
    }

    fn push(&mut self, rest: &str) -> Result<(), String> {
        let alerts = incoming::alerts(rest, self.clock())?;
        // As the API does: what is invalid is refused, what is valid is taken.
        let (valid, invalid): (Vec<_>, Vec<_>) = alerts.into_iter().partition(|alert| alert.validate().is_ok());
        if let Some(error) = invalid.first().and_then(|alert| alert.validate().err()) {
            self.refuse(error.to_string());
        }
        if valid.is_empty() { Ok(()) } else { self.step(Input::Alerts(valid)) }
    }

    fn silence(&mut self, rest: &str) -> Result<(), String> {
        let (name, mut silence) = incoming::silence(rest, self.clock())?;
        let before = self.silences.get(&name).copied();
        silence.id = before;
        self.silence_set = None;
        self.step(Input::SetSilence(silence))?;
        if let Some(id) = self.silence_set {
            self.replaced = before.map(|before| before != id);
            self.silences.insert(name, id);
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
        for sent in std::mem::take(&mut self.hanging) {
            self.step(super::outcome_of(sent, outcome.clone()))?;
        }
        Ok(())
    }

    fn restart(&mut self, rest: &str, block: &str) -> Result<(), String> {
        let words: Vec<&str> = rest.split_whitespace().collect();
        let said = |word: &str| words.iter().position(|known| *known == word).and_then(|at| words.get(at + 1));
        let down_for = said("after").map_or(Ok(Duration::ZERO), |length| span(length))?;
        let by = said("clock").map_or(Ok(Duration::ZERO), |length| span(length))?;
        self.elapsed = self.elapsed + down_for;
        self.offset = self.offset + by;
        self.hanging.clear();
        let driver = self.driver.take().ok_or("`config` comes first")?;
        let before = driver.engine().plan().clone();
        let plan = if block.is_empty() { before } else { Arc::new(planned(block)?) };
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
