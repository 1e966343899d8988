//! Makes trouble, and answers some of the pages it leads to, by their links, whatever server is there.

use std::collections::{BTreeMap, BTreeSet};
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use serde_json::Value;

use crate::alerts::firing;
use crate::dice::Dice;
use crate::http::{self, Answer};
use crate::sink::{Delivery, Sink};
use crate::stage::Stage;

/// So many incidents nobody has are kept going.
const OPEN: usize = 20;
/// One in so many pages is answered while servers come and go.
const ANSWERS_ONE_IN: u64 = 9;
/// One in so many links is opened by something that only looks.
const LOOKS_ONE_IN: u64 = 4;
/// Between two looks at the sink, when nothing comes.
const LOOK_EVERY: Duration = Duration::from_millis(10);

/// What was done, and what came of it.
#[derive(Debug, Default)]
pub(super) struct Work {
    /// Names of alerts that were taken with 200.
    pub(super) alerts: BTreeSet<String>,
    /// Answers by incident.
    pub(super) answers: BTreeMap<String, Answered>,
    /// How many links were only opened.
    pub(super) looked: u64,
    /// How many requests got no answer.
    pub(super) unheard: u64,
}

/// An answer through a page's link.
#[derive(Debug, Clone)]
pub(super) struct Answered {
    /// `page:19`
    pub(super) page: String,
    link: String,
    /// The last life that was asked and gave no answer; it may have taken it all the same.
    unheard: Option<u64>,
    /// The life that took it, as far as anyone can tell.
    pub(super) taken: Option<u64>,
}

/// Whoever makes the trouble.
pub(super) struct Responder {
    dice: Dice,
    stage: Arc<Stage>,
    sink: Arc<Sink>,
    /// Whether no more trouble is made and every page is answered.
    settling: Arc<AtomicBool>,
    work: Work,
    /// Names of alerts that were posted and perhaps not taken.
    posted: BTreeSet<String>,
    looked_at: usize,
    seen: BTreeSet<String>,
}

impl Responder {
    pub(super) fn new(seed: u64, stage: Arc<Stage>, sink: Arc<Sink>, settling: Arc<AtomicBool>) -> Self {
        Self {
            dice: Dice::new(seed),
            stage,
            sink,
            settling,
            work: Work::default(),
            posted: BTreeSet::new(),
            looked_at: 0,
            seen: BTreeSet::new(),
        }
    }

    /// Works until everything is settled.
    pub(super) fn run(mut self) -> Work {
        while !self.settled() {
            self.post();
            self.read_pages();
            self.answer();
            let _ = self.sink.more_than(self.looked_at, LOOK_EVERY);
        }
        self.work
    }

    fn settled(&self) -> bool {
        let taken = self.work.answers.values().filter(|answer| answer.taken.is_some()).count();
        self.settling.load(Ordering::Relaxed) && taken == self.posted.len()
    }

    /// What was not taken is posted again; new trouble until enough is open.
    fn post(&mut self) {
        let open = self.posted.len() - self.work.answers.len();
        if !self.settling.load(Ordering::Relaxed) {
            for _ in open..OPEN {
                self.posted.insert(format!("trouble-{}", self.posted.len() + 1));
            }
        }
        let names: Vec<String> = self.posted.difference(&self.work.alerts).cloned().collect();
        if names.is_empty() {
            return;
        }
        let alerts: Vec<Value> = names.iter().map(|name| firing(&[("alertname", name)])).collect();
        let body = Value::Array(alerts).to_string();
        let posted = self.ask(|to| http::send(to, "POST", "/api/v2/alerts", body.as_bytes()));
        if posted.1.is_ok_and(|answer| answer.status == 200) {
            self.work.alerts.extend(names);
        }
    }

    fn read_pages(&mut self) {
        let fresh = self.sink.since(self.looked_at);
        self.looked_at += fresh.len();
        for page in fresh.iter().filter(|page| page.body["kind"] == "page") {
            if self.seen.insert(page.key.clone()) {
                self.read(page);
            }
        }
    }

    fn read(&mut self, page: &Delivery) {
        let text = |name: &str| page.body[name].as_str().expect("text").to_owned();
        let (incident, url) = (text("incident"), text("link"));
        let link = url.find("/p/").map(|at| url[at..].to_owned()).expect("a link of a page");
        if self.dice.once_in(LOOKS_ONE_IN) {
            let (_, looked) = self.ask(|to| http::send_with(to, "GET", &link, &[], b""));
            self.work.looked += u64::from(looked.is_ok_and(|answer| answer.status == 200));
        }
        let answers = self.settling.load(Ordering::Relaxed) || self.dice.once_in(ANSWERS_ONE_IN);
        if answers && !self.work.answers.contains_key(&incident) {
            let answered = Answered { page: text("id"), link, unheard: None, taken: None };
            self.work.answers.insert(incident, answered);
        }
    }

    /// Tries every answer that is not taken yet once.
    fn answer(&mut self) {
        let open = self.work.answers.iter().filter(|(_, answer)| answer.taken.is_none());
        let open: Vec<(String, Answered)> = open.map(|(incident, answer)| (incident.clone(), answer.clone())).collect();
        for (incident, mut answer) in open {
            let form = [("Content-Type", "application/x-www-form-urlencoded")];
            let (life, answered) = self.ask(|to| http::send_with(to, "POST", &answer.link, &form, b"act=acknowledge"));
            match answered.map(|answered| (answered.status, answered.body)) {
                Ok((303, _)) => answer.taken = Some(life),
                // Used already: by the one that was not heard of.
                Ok((409, _)) if answer.unheard.is_some() => answer.taken = answer.unheard,
                Ok((503, _)) => {}
                Ok((status, body)) => panic!("{answer:?} is answered {status}: {body}"),
                Err(_) => answer.unheard = Some(life),
            }
            self.work.answers.insert(incident, answer);
        }
    }

    /// Asks the server that is there, and says which life of it that is.
    fn ask(&mut self, ask: impl FnOnce(SocketAddr) -> io::Result<Answer>) -> (u64, io::Result<Answer>) {
        let (address, life) = self.stage.place().expect("the stage stays open");
        self.stage.count(|counts| counts.posting += 1);
        let answer = ask(address);
        match &answer {
            Ok(_) => self.stage.count(|counts| counts.answered += 1),
            Err(_) => self.work.unheard += 1,
        }
        (life, answer)
    }
}
