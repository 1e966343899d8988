//! The evidence beside the server: brought up to each commit, and asked for rows and reviews.
//!
//! One thread projects and reviews, so that what it found for one review helps the next: after a further record only those
//! are judged again whom it is about. Queries open the store for themselves and wait for nothing but the record that was
//! the last one when they came in.
//!
//! Windows of a review without an instant end with the hour that runs. So the review stands still between two records.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, SyncSender, sync_channel};
use std::time::{Duration, Instant};

use evenkeel_api::{Consulted, NotConsulted, Question, ReviewLook, ReviewQuestion};
use evenkeel_engine::{Input, Judged, Submission};
use evenkeel_evidence::{Answer, Cell as Found, Evidence, Limits, QueryFault, Reading, ReviewFacts};
use evenkeel_ids::Seq;
use evenkeel_journal::Reader;
use evenkeel_lens::{At, Evaluator, Review, Verdict};
use evenkeel_pages::{Ask, Cell, Rows, Shown};
use evenkeel_record::Actor;
use evenkeel_time::Timestamp;
use tokio::sync::oneshot;

use super::clock::wall_now;
use super::desk::Shared;
use super::inbox::Item;
use crate::review::{self, Beside, NoRecord, Rendering};

/// The journal is looked at this often, and at once when something is asked.
const LOOK_EVERY: Duration = Duration::from_millis(250);
/// A process that projects beside this one is waited for so long.
const WAIT: Duration = Duration::from_secs(30);
/// So many questions may wait; more are refused.
const QUESTIONS_MAX: usize = 32;
/// A review that nobody asked for again for so long is forgotten: of many workloads it is large.
const KEPT_FOR: Duration = Duration::from_secs(900);
/// Improvements that were taken up are judged this often, where something was recorded since.
const JUDGED_EVERY: Duration = Duration::from_secs(60);
const HOUR_MS: i64 = 3_600_000;

type Answered = Result<Consulted, NotConsulted>;

/// Hands questions to the thread.
#[derive(Clone)]
pub(crate) struct Consultant {
    data: PathBuf,
    questions: SyncSender<Asked>,
}

/// What the thread is asked.
pub(crate) enum Asked {
    /// For an answer in words.
    Question(Question, oneshot::Sender<Answered>),
    /// To show the present review.
    Look(ReviewLook, oneshot::Sender<Result<Shown, NotConsulted>>),
}

impl Asked {
    /// It cannot be answered.
    fn fail(self, why: NotConsulted) {
        match self {
            Self::Question(_, reply) => drop(reply.send(Err(why))),
            Self::Look(_, reply) => drop(reply.send(Err(why))),
        }
    }
}

/// What the thread takes its questions from.
pub(crate) type Questions = Receiver<Asked>;

impl Consultant {
    /// One for a data folder, and what the thread gets.
    pub(crate) fn new(data: &Path) -> (Self, Questions) {
        let (questions, asked) = sync_channel(QUESTIONS_MAX);
        (Self { data: data.to_owned(), questions }, asked)
    }

    /// Asks, as of the record that is the last one now.
    pub(crate) async fn ask(&self, question: Question, head: Seq) -> Answered {
        // At the very first start there is nothing to read yet; then the thread answers when it has made it.
        let made = self.data.join("evidence.db").exists();
        if let (Question::Query { sql, rows }, true) = (&question, made) {
            let (data, sql, rows) = (self.data.clone(), sql.clone(), *rows);
            let asked = tokio::task::spawn_blocking(move || query(&data, &sql, rows, head));
            return asked.await.unwrap_or_else(|_| Err(NotConsulted::Failed("the query ended by a bug".to_owned())));
        }
        let (reply, answer) = oneshot::channel();
        self.hand_in(Asked::Question(question, reply))?;
        answer.await.unwrap_or_else(|_| Err(stopping()))
    }

    /// Shows the present review, where it lies.
    pub(crate) async fn reviewed(&self, look: ReviewLook) -> Result<Shown, NotConsulted> {
        let (reply, answer) = oneshot::channel();
        self.hand_in(Asked::Look(look, reply))?;
        answer.await.unwrap_or_else(|_| Err(stopping()))
    }

    /// Asks the evidence for rows, as of the record that is the last one now.
    pub(crate) async fn rows(&self, asked: Vec<Ask>, head: Seq) -> Result<Vec<Rows>, NotConsulted> {
        let data = self.data.clone();
        let read = tokio::task::spawn_blocking(move || rows(&data, &asked, head));
        read.await.unwrap_or_else(|_| Err(NotConsulted::Failed("the query ended by a bug".to_owned())))
    }

    /// The data folder.
    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    fn hand_in(&self, asked: Asked) -> Result<(), NotConsulted> {
        self.questions.try_send(asked).map_err(|_| {
            let message = "too many reviews are asked for at once; ask again in a moment";
            NotConsulted::Failed(message.to_owned())
        })
    }
}

fn query(data: &Path, sql: &str, rows: u32, head: Seq) -> Answered {
    let mut reading = Reading::open(data).map_err(failed)?;
    let mut as_of = reading.at(head.0, WAIT).map_err(failed)?;
    match as_of.query(sql, Limits { rows, ..Limits::default() }) {
        Ok(answer) => {
            let rows = crate::commands::query::rows(answer);
            let text = serde_json::to_string(&rows).expect("rows are JSON");
            Ok(Consulted { media: "application/json", text, fails: false, standing: None })
        }
        Err(QueryFault::Evidence(error)) => Err(failed(error)),
        Err(QueryFault::Text(faults)) => {
            let said: Vec<String> = faults.iter().map(|fault| fault.headline.clone()).collect();
            let help: Vec<String> = faults.iter().filter_map(|fault| fault.help.clone()).collect();
            Err(NotConsulted::Wrong { message: said.join("; "), help: help.join("; ") })
        }
    }
}

/// An answer for each question, as of a record.
pub(super) fn rows(data: &Path, asked: &[Ask], head: Seq) -> Result<Vec<Rows>, NotConsulted> {
    let mut reading = Reading::open(data).map_err(failed)?;
    let mut as_of = reading.at(head.0, WAIT).map_err(failed)?;
    let mut answers = Vec::with_capacity(asked.len());
    for Ask { sql, rows } in asked {
        let answer = as_of.query(sql, Limits { rows: *rows, ..Limits::default() }).map_err(|fault| match fault {
            QueryFault::Evidence(error) => failed(error),
            QueryFault::Text(faults) => {
                let said: Vec<String> = faults.iter().map(|fault| fault.headline.clone()).collect();
                NotConsulted::Failed(format!("a page asks for what cannot be asked for: {}", said.join("; ")))
            }
        })?;
        answers.push(shown_rows(answer));
    }
    Ok(answers)
}

fn shown_rows(answer: Answer) -> Rows {
    let cell = |cell| match cell {
        Found::Null => Cell::Null,
        Found::Whole(number) => Cell::Whole(number),
        Found::Real(number) => Cell::Real(number),
        Found::Text(text) => Cell::Text(text),
    };
    let rows = answer.rows.into_iter().map(|row| row.into_iter().map(cell).collect()).collect();
    Rows { columns: answer.columns, rows, more: answer.cut }
}

fn stopping() -> NotConsulted {
    NotConsulted::Failed("the server is stopping".to_owned())
}

fn failed(error: impl Into<anyhow::Error>) -> NotConsulted {
    NotConsulted::Failed(format!("{:#}", error.into()))
}

/// The thread.
pub(crate) struct Consulting {
    shared: Arc<Shared>,
    data: PathBuf,
    questions: Questions,
    evidence: Evidence,
    evaluator: Evaluator,
    asked_at: Instant,
    judged_at: Instant,
    /// The record up to which improvements were judged.
    judged: Seq,
}

impl Consulting {
    pub(crate) fn new(shared: Arc<Shared>, data: PathBuf, questions: Questions) -> Self {
        let evidence = Evidence::sqlite(&data);
        let evaluator = Evaluator::new(review::embedded());
        let now = Instant::now();
        Self { shared, data, questions, evidence, evaluator, asked_at: now, judged_at: now, judged: Seq(0) }
    }

    /// Runs until nobody can ask any more.
    pub(crate) fn run(mut self) {
        let mut told = false;
        loop {
            let question = match self.questions.recv_timeout(LOOK_EVERY) {
                Ok(question) => Some(question),
                Err(RecvTimeoutError::Timeout) => None,
                Err(RecvTimeoutError::Disconnected) => return,
            };
            let caught_up = self.catch_up();
            match (&caught_up, question) {
                (Ok(()), Some(asked)) => {
                    self.asked_at = Instant::now();
                    self.reply(asked);
                    // Whoever looked at a review sees what it closed the next time they look.
                    self.judged_at = Instant::now();
                    self.judge();
                }
                (Err(error), Some(asked)) => asked.fail(NotConsulted::Failed(format!("{error:#}"))),
                (Ok(()), None) => self.keep_house(),
                (Err(error), None) if !told => {
                    tracing::error!(error = format!("{error:#}"), "the evidence does not follow; it is tried again");
                }
                (Err(_), None) => {}
            }
            told = caught_up.is_err();
        }
    }

    fn catch_up(&mut self) -> anyhow::Result<()> {
        let reader = self.reader()?;
        let caught_up = self.evidence.catch_up(&reader, WAIT, &mut |_| ())?;
        if let Some(rebuilt) = caught_up.rebuilt {
            tracing::info!(records = caught_up.records, "the evidence is made anew: {}", rebuilt.why());
        }
        Ok(())
    }

    fn reader(&self) -> anyhow::Result<Reader> {
        Ok(Reader::open(&self.data.join("journal.db"))?)
    }

    fn reply(&mut self, asked: Asked) {
        match asked {
            Asked::Question(question, reply) => drop(reply.send(self.answer(&question))),
            Asked::Look(look, reply) => drop(reply.send(self.look(look))),
        }
    }

    fn look(&mut self, look: ReviewLook) -> Result<Shown, NotConsulted> {
        let reader = self.reader().map_err(failed)?;
        let at = review::standing(&reader, end_of_hour()).map_err(wrong)?;
        let mut reading = Reading::open(&self.data).map_err(failed)?;
        let beside = {
            let mut as_of = reading.at(at.seq.0, WAIT).map_err(failed)?;
            Beside::read(&reader, &mut as_of).map_err(failed)?
        };
        let review = self.present(&reader, &mut reading, at).map_err(failed)?;
        Ok(review::with_report(review, &beside, look))
    }

    fn answer(&mut self, question: &Question) -> Answered {
        match question {
            Question::Query { sql, rows } => {
                let head = self.reader().map_err(failed)?.head().map_err(failed)?;
                query(&self.data, sql, *rows, head.seq)
            }
            Question::Review(asked) => self.review(asked),
            Question::Difference { before, after, shown } => {
                let lens = Arc::clone(self.evaluator.lens());
                let mut folder = review::Folder::open(&self.data, &mut |_| ()).map_err(failed)?;
                let found = review::difference(&mut folder, &lens, before, after, wall_now()).map_err(wrong)?;
                Rendering::of(shown)?.difference(&found)
            }
        }
    }

    fn review(&mut self, asked: &ReviewQuestion) -> Answered {
        let rendering = Rendering::of(&asked.shown)?;
        let reader = self.reader().map_err(failed)?;
        let to = asked.at.unwrap_or_else(end_of_hour);
        let at = review::standing(&reader, to).map_err(wrong)?;
        let mut reading = Reading::open(&self.data).map_err(failed)?;
        let found;
        let review = if asked.at.is_none() {
            self.present(&reader, &mut reading, at).map_err(failed)?
        } else {
            let mut facts = ReviewFacts::new(reading.now().map_err(failed)?, Some(&reader));
            found = evenkeel_lens::review(&mut facts, self.evaluator.lens(), at).map_err(failed)?;
            &found
        };
        let mut as_of = reading.at(at.seq.0, WAIT).map_err(failed)?;
        let beside = Beside::read(&reader, &mut as_of).map_err(failed)?;
        rendering.review(review, &beside, asked)
    }

    /// The review as of now: that of before, with what changed since.
    fn present(&mut self, reader: &Reader, reading: &mut Reading, at: At) -> anyhow::Result<&Review> {
        let known = self.evaluator.review().map(|review| review.at.seq);
        let mut as_of = reading.at(at.seq.0, WAIT)?;
        let dirty = known.map(|seq| as_of.changed_since(seq.0)).transpose()?;
        let mut facts = ReviewFacts::new(as_of, Some(reader));
        Ok(match dirty {
            Some(dirty) => self.evaluator.update(&mut facts, at, &dirty)?,
            None => self.evaluator.full(&mut facts, at)?,
        })
    }

    fn keep_house(&mut self) {
        if self.judged_at.elapsed() >= JUDGED_EVERY {
            self.judged_at = Instant::now();
            self.judge();
        }
        if self.asked_at.elapsed() >= KEPT_FOR && self.evaluator.review().is_some() {
            self.evaluator = Evaluator::new(Arc::clone(self.evaluator.lens()));
        }
    }

    fn judge(&mut self) {
        if let Err(error) = self.judge_improvements() {
            tracing::warn!(error = format!("{error:#}"), "improvements are not judged now");
        }
    }

    /// Says which practices that somebody set out to improve are practised now.
    fn judge_improvements(&mut self) -> anyhow::Result<()> {
        let (head, taken) = {
            let driver = self.shared.driver();
            let improvements = driver.engine().state().ledger.improvements();
            let taken: Vec<_> =
                improvements.map(|taken| (taken.id, taken.practice.clone(), taken.subject.clone())).collect();
            (driver.head().seq, taken)
        };
        if taken.is_empty() || head == self.judged {
            return Ok(());
        }
        let reader = self.reader()?;
        let at = review::standing(&reader, end_of_hour())?;
        let mut reading = Reading::open(&self.data)?;
        let review = self.present(&reader, &mut reading, at)?;
        let judged: Vec<Judged> = taken
            .into_iter()
            .filter_map(|(improvement, practice, subject)| {
                let found = review.practice(&practice)?.judged(&subject)?;
                Some(Judged {
                    improvement,
                    practised: found.verdict == Verdict::Practised,
                    verdict: found.standing().to_string().into(),
                    good: u64::try_from(found.good).unwrap_or(0),
                    total: u64::try_from(found.total).unwrap_or(0),
                    seq: at.seq,
                })
            })
            .collect();
        self.judged = at.seq;
        if !judged.is_empty() {
            let submission = Submission { actor: Actor::system(), input: Input::JudgeImprovements(judged) };
            self.shared.inbox.put(Item::Own(submission));
        }
        Ok(())
    }
}

/// What the caller asked for that is not there is their mistake; everything else is ours.
fn wrong(error: anyhow::Error) -> NotConsulted {
    if error.is::<NoRecord>() || error.is::<review::NoMilestone>() {
        let help = "`evenkeel query \"SELECT name, at FROM milestones\"` lists what is there";
        return NotConsulted::Wrong { message: error.to_string(), help: help.to_owned() };
    }
    failed(error)
}

/// The end of the hour that runs.
fn end_of_hour() -> Timestamp {
    let now = wall_now();
    Timestamp(now.0 - now.0.rem_euclid(HOUR_MS) + HOUR_MS)
}
