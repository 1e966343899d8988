//! One sender: works on alerts and silences of its own, whatever server is there.

use std::collections::BTreeSet;
use std::io;
use std::sync::Arc;

use serde_json::{Value, json};

use super::ledger::{Hush, Subject};
use crate::alerts::{firing, resolved, silence};
use crate::dice::Dice;
use crate::http::{self, Answer};
use crate::sink::Sink;
use crate::stage::Stage;

/// So many alerts share a group where alerts are grouped.
const GROUP_SIZE: usize = 12;

/// A sender with what it did.
pub(super) struct Sender {
    number: u64,
    dice: Dice,
    stage: Arc<Stage>,
    sink: Arc<Sink>,
    work: Work,
    /// Alerts that arrived as firing, and how much of the sink was looked through for that.
    told: BTreeSet<String>,
    looked: usize,
}

/// What a sender did.
#[derive(Debug, Default)]
pub(super) struct Work {
    pub(super) subjects: Vec<Subject>,
    pub(super) hushes: Vec<Hush>,
    pub(super) requests: u64,
    pub(super) acknowledged: u64,
}

impl Sender {
    pub(super) fn new(number: u64, seed: u64, stage: Arc<Stage>, sink: Arc<Sink>) -> Self {
        let dice = Dice::new(seed ^ (number + 1));
        Self { number, dice, stage, sink, work: Work::default(), told: BTreeSet::new(), looked: 0 }
    }

    /// Works until the stage is closed.
    pub(super) fn run(mut self) -> Work {
        while self.round().is_some() {
            self.stage.count(|counts| counts.rounds += 1);
        }
        self.work
    }

    /// One thing to do; `None` when the work is over.
    fn round(&mut self) -> Option<()> {
        match self.dice.below(10) {
            0..=3 => self.post_new(None),
            4 | 5 => self.post_again(),
            6 | 7 => self.resolve(),
            8 => self.set_silence(),
            _ => self.expire_silence(),
        }
    }

    fn post_new(&mut self, hush: Option<usize>) -> Option<()> {
        let first = self.work.subjects.len();
        for _ in 0..=self.dice.below(4) {
            let index = self.work.subjects.len();
            let name = format!("s{}-{index}", self.number);
            let mut labels = vec![("alertname".to_owned(), name.clone())];
            if self.dice.once_in(2) {
                labels.push(("team".to_owned(), format!("t{}-{}", self.number, index / GROUP_SIZE)));
            }
            if let Some(hush) = hush {
                labels.push(("hush".to_owned(), self.work.hushes[hush].value.clone()));
            }
            self.work.subjects.push(Subject { name, labels, hush, ..Subject::default() });
        }
        self.fire((first..self.work.subjects.len()).collect())
    }

    /// As Prometheus does: what fires is said again, and so is what got no answer.
    fn post_again(&mut self) -> Option<()> {
        let fires: Vec<usize> = self.picked(20, |subject| !subject.resolve_posted);
        self.fire(fires)
    }

    fn fire(&mut self, subjects: Vec<usize>) -> Option<()> {
        let alerts = subjects.iter().map(|index| firing(&self.work.subjects[*index].labels())).collect();
        if self.post("/api/v2/alerts", Value::Array(alerts))?.is_ok_and(|answer| answer.status == 200) {
            subjects.into_iter().for_each(|index| self.work.subjects[index].fire_acknowledged = true);
        }
        Some(())
    }

    /// Only what was told as firing is resolved, so its resolve is owed as well.
    fn resolve(&mut self) -> Option<()> {
        self.look();
        let told = std::mem::take(&mut self.told);
        let subjects = self.picked(4, |subject| !subject.resolve_acknowledged && told.contains(&subject.name));
        self.told = told;
        let alerts = subjects.iter().map(|index| resolved(&self.work.subjects[*index].labels())).collect();
        subjects.iter().for_each(|index| self.work.subjects[*index].resolve_posted = true);
        if self.post("/api/v2/alerts", Value::Array(alerts))?.is_ok_and(|answer| answer.status == 200) {
            subjects.into_iter().for_each(|index| self.work.subjects[index].resolve_acknowledged = true);
        }
        Some(())
    }

    /// Alerts go under a silence only when that was acknowledged; a value is never used for a second one.
    fn set_silence(&mut self) -> Option<()> {
        let value = format!("h{}-{}", self.number, self.work.requests);
        let answer = self.post("/api/v2/silences", silence("hush", &value))?;
        let Some(answer) = answer.ok().filter(|answer| answer.status == 200) else { return Some(()) };
        let id = answer.json()["silenceID"].as_str().expect("an id").to_owned();
        self.work.hushes.push(Hush { value, id, ..Hush::default() });
        self.post_new(Some(self.work.hushes.len() - 1))
    }

    fn expire_silence(&mut self) -> Option<()> {
        let open = |hush: &Hush| hush.may_end && !hush.expire_acknowledged;
        let found = self.work.hushes.iter().position(open);
        let Some(index) = found else {
            // Every other one is to end some time; the others are to stay.
            let count = self.work.hushes.len();
            if count > 0 {
                let index = usize::try_from(self.dice.below(count as u64)).expect("small");
                self.work.hushes[index].may_end = index % 2 == 0;
            }
            return self.stage.address().map(drop);
        };
        let path = format!("/api/v2/silence/{}", self.work.hushes[index].id);
        if let Ok(answer) = self.request("DELETE", &path, b"")? {
            let over = answer.status == 200 || answer.body.contains("already expired");
            assert!(over || answer.status == 503, "an acknowledged silence is gone: {answer:?}");
            self.work.hushes[index].expire_acknowledged |= over;
        }
        Some(())
    }

    /// Some of the subjects that are so, by their places.
    fn picked(&mut self, at_most: usize, so: impl Fn(&Subject) -> bool) -> Vec<usize> {
        let mut found: Vec<usize> =
            (0..self.work.subjects.len()).filter(|index| so(&self.work.subjects[*index])).collect();
        while found.len() > at_most {
            let index = usize::try_from(self.dice.below(found.len() as u64)).expect("small");
            found.swap_remove(index);
        }
        found
    }

    fn look(&mut self) {
        let fresh = self.sink.since(self.looked);
        // What is not answered yet is looked at again the next time.
        self.looked += fresh.iter().take_while(|delivery| delivery.answered.is_some()).count();
        for delivery in fresh.iter().filter(|delivery| delivery.taken()) {
            let names = delivery.alerts("firing").filter_map(|alert| alert["labels"]["alertname"].as_str());
            self.told.extend(names.map(str::to_owned));
        }
    }

    fn post(&mut self, path: &str, body: Value) -> Option<io::Result<Answer>> {
        if body == json!([]) {
            return self.stage.address().map(|_| Err(io::ErrorKind::InvalidInput.into()));
        }
        self.request("POST", path, body.to_string().as_bytes())
    }

    fn request(&mut self, method: &str, path: &str, body: &[u8]) -> Option<io::Result<Answer>> {
        let address = self.stage.address()?;
        self.stage.count(|counts| counts.posting += 1);
        self.work.requests += 1;
        let bearer = format!("Bearer {}", self.stage.token());
        let headers = [("Content-Type", "application/json"), ("Authorization", bearer.as_str())];
        let answer = http::send_with(address, method, path, &headers, body);
        if answer.as_ref().is_ok_and(|answer| answer.status == 200) {
            self.work.acknowledged += 1;
            self.stage.count(|counts| counts.answered += 1);
        }
        Some(answer)
    }
}
