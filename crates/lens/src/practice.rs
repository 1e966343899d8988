//! A lens: its questions, its practices, and their blocks, read and checked.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use evenkeel_evidence_sql::{Select, Table, table};
use evenkeel_record::Hash;
use evenkeel_time::Duration;

use crate::risk::Risk;
use crate::subject::SubjectKind;
use crate::verdict::Verdict;

/// Names a lens, and which state of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LensIdentity {
    /// Its name.
    pub name: Arc<str>,
    /// What it is called in reports.
    pub title: Arc<str>,
    /// SHA-256 over the paths and texts of its files.
    pub hash: Hash,
}

/// A folder of practices.
#[derive(Debug, Clone, PartialEq)]
pub struct Lens {
    /// Which one it is.
    pub identity: LensIdentity,
    /// In the order of the lens.
    pub questions: Vec<Question>,
    /// By question in the order of the lens, those counted before those beyond, then by key.
    pub practices: Vec<Arc<Practice>>,
}

impl Lens {
    /// The practice of a key or an alias.
    #[must_use]
    pub fn practice(&self, name: &str) -> Option<&Arc<Practice>> {
        let by_key = self.practices.iter().find(|practice| &*practice.key == name);
        by_key.or_else(|| self.practices.iter().find(|known| known.aliases.iter().any(|alias| &**alias == name)))
    }

    /// Whether both have a practice of this key, and make the same verdicts from the same evidence.
    #[must_use]
    pub fn judges_alike(&self, other: &Self, key: &str) -> bool {
        let of = |lens: &Self| lens.practices.iter().find(|practice| &*practice.key == key).cloned();
        of(self).zip(of(other)).is_some_and(|(mine, theirs)| mine.judges_alike(&theirs))
    }
}

/// One of the four parts of the pillar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Area {
    /// Priorities, structure, culture.
    Organization,
    /// From design to readiness.
    Prepare,
    /// Health, events, incidents.
    Operate,
    /// Learning and improving.
    Evolve,
}

impl Area {
    /// All, in order.
    pub const ALL: [Self; 4] = [Self::Organization, Self::Prepare, Self::Operate, Self::Evolve];

    /// As it is written in keys and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Organization => "organization",
            Self::Prepare => "prepare",
            Self::Operate => "operate",
            Self::Evolve => "evolve",
        }
    }
}

impl fmt::Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for Area {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|area| area.as_str() == text).ok_or(())
    }
}

/// A question that practices answer together.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    /// Such as `ops-10`.
    pub id: Arc<str>,
    /// What is asked.
    pub title: Arc<str>,
    /// Where it belongs.
    pub area: Area,
}

/// One practice: what it is, how it is judged, what to do next.
#[derive(Debug, Clone, PartialEq)]
pub struct Practice {
    /// Such as `oe.operate.escalation-paths`.
    pub key: Arc<str>,
    /// Its numbers in others' lists, such as `seed:OPS09-BP04`.
    pub aliases: Vec<Arc<str>>,
    /// What it is called in reports.
    pub title: Arc<str>,
    /// Where it belongs.
    pub area: Area,
    /// The question it is part of.
    pub question: Arc<str>,
    /// For whom it is judged.
    pub subject: SubjectKind,
    /// Whether it is beyond those that count in a question's risk.
    pub further: bool,
    /// What its absence costs.
    pub risk: Risk,
    /// How far back from the window's end facts count.
    pub window: Duration,
    /// With fewer occasions nothing is practised.
    pub sample: u32,
    /// How old the last good occasion may be.
    pub freshness: Duration,
    /// Which share of misses, and of counter-facts, is still good.
    pub tolerance: Tolerance,
    /// What only a person can say.
    pub attestation: Option<Arc<str>>,
    /// The smallest next step, per verdict that it would move.
    pub next: BTreeMap<Verdict, Arc<str>>,
    /// Whether anything can be known of it so far.
    pub mechanism: bool,
    /// What the ops repo says.
    pub declared: Option<Block>,
    /// Occasions, and those done right.
    pub practised: Option<Block>,
    /// Occasions, and those where it failed.
    pub contradicted: Option<Block>,
    /// The page without its front matter and blocks: what and why, in Markdown.
    pub prose: Arc<str>,
    /// Its file, relative to the lens.
    pub path: Arc<str>,
}

impl Practice {
    /// Its blocks, in the order of [`BlockSort::ALL`].
    pub fn blocks(&self) -> impl Iterator<Item = &Block> {
        [&self.declared, &self.practised, &self.contradicted].into_iter().flatten()
    }

    /// Whether another state of it makes the same verdicts from the same evidence.
    #[must_use]
    pub fn judges_alike(&self, other: &Self) -> bool {
        let numbers = |practice: &Self| (practice.window, practice.sample, practice.freshness, practice.tolerance);
        let rest = |practice: &Self| (practice.subject, practice.mechanism, practice.aliases.clone());
        numbers(self) == numbers(other) && rest(self) == rest(other) && self.blocks().eq(other.blocks())
    }
}

/// A share that is tolerated, exact to a millionth, so that a border is one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Tolerance(u32);

/// One, in [`Tolerance`]'s units.
const WHOLE: u32 = 1_000_000;

impl Tolerance {
    /// Nothing is tolerated.
    pub const NONE: Self = Self(0);

    /// A share as it is spelt: `0`, `0.1`, `1`; at most six digits behind the point.
    #[must_use]
    pub fn spelt(text: &str) -> Option<Self> {
        let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
        let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || rest.len() > 6 || !digits(whole) || !digits(rest) || text.ends_with('.') {
            return None;
        }
        let millionths: u32 = format!("{rest:0<6}").parse().ok()?;
        let whole: u32 = whole.parse().ok()?;
        Self::millionths(whole.checked_mul(WHOLE)?.checked_add(millionths)?)
    }

    /// So many millionths, at most the whole.
    #[must_use]
    pub const fn millionths(share: u32) -> Option<Self> {
        if share <= WHOLE { Some(Self(share)) } else { None }
    }

    /// Whether `part` of `total` is more than is tolerated. Nothing of nothing is not.
    #[must_use]
    pub fn exceeded(self, part: i64, total: i64) -> bool {
        i128::from(part) * i128::from(WHOLE) > i128::from(self.0) * i128::from(total.max(0))
    }
}

impl fmt::Display for Tolerance {
    /// As a percentage, `12.5%`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, rest) = (self.0 / 10_000, self.0 % 10_000);
        if rest == 0 {
            return write!(f, "{whole}%");
        }
        let digits = format!("{rest:04}");
        write!(f, "{whole}.{}%", digits.trim_end_matches('0'))
    }
}

/// What a block speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BlockSort {
    /// What the ops repo says.
    Declared,
    /// Occasions, and those done right.
    Practised,
    /// Occasions, and those where it failed.
    Contradicted,
}

impl BlockSort {
    /// All, in the order of a file.
    pub const ALL: [Self; 3] = [Self::Declared, Self::Practised, Self::Contradicted];

    /// As it is written behind the fence.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Declared => "declared",
            Self::Practised => "practised",
            Self::Contradicted => "contradicted",
        }
    }
}

/// Whose facts a block can find.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Rows {
    /// Every row it reads was seen by Evenkeel itself.
    Observed,
    /// It reads tables with rows that may be told from outside.
    Either,
}

/// The fenced SQL of a practice, checked. Compares by what is written.
#[derive(Debug, Clone)]
pub struct Block {
    /// What it speaks of.
    pub sort: BlockSort,
    /// As it is written.
    pub sql: Arc<str>,
    /// The same, with every name looked up.
    pub select: Arc<Select>,
    /// The tables of the evidence it reads, by name, each once.
    pub tables: Vec<Arc<str>>,
    /// The same, but of `links` the lists that it can find, as `evidence-sql` names them.
    pub reads: Vec<Arc<str>>,
    /// Whose facts it can find.
    pub rows: Rows,
}

impl Block {
    /// Takes a query that was checked as a block.
    #[must_use]
    pub fn new(sort: BlockSort, sql: impl Into<Arc<str>>, select: Select) -> Self {
        let told = |name: &&str| table(name).is_some_and(Table::may_be_reported);
        let rows = if select.tables().iter().any(told) { Rows::Either } else { Rows::Observed };
        let tables = select.tables().iter().map(|name| Arc::from(*name)).collect();
        let reads = select.reads().into_iter().map(Arc::from).collect();
        Self { sort, sql: sql.into(), select: Arc::new(select), tables, reads, rows }
    }
}

impl PartialEq for Block {
    fn eq(&self, other: &Self) -> bool {
        (self.sort, &self.sql) == (other.sort, &other.sql)
    }
}
