//! Runs a seed, or many, and says what did not hold.

use std::fmt;
use std::panic::{AssertUnwindSafe, catch_unwind};

use evenkeel_record::chain::Sealed;
use evenkeel_time::Timestamp;

use crate::clock::{HOUR, Mono};
use crate::disk::CrashPoint;
use crate::rates::Rates;
use crate::trace::Trace;
use crate::violation::{Check, Violation};
use crate::world::World;

/// A bug on purpose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Planted {
    /// In what becomes of alerts and notices.
    Alerting(evenkeel_alerting::Bug),
    /// In what becomes of incidents and pages.
    Incident(evenkeel_incident::Bug),
}

impl Planted {
    /// Every bug that can be planted.
    pub fn all() -> impl Iterator<Item = Self> {
        let alerting = evenkeel_alerting::Bug::ALL.iter().copied().map(Self::Alerting);
        alerting.chain(evenkeel_incident::Bug::ALL.iter().copied().map(Self::Incident))
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Alerting(bug) => format!("{bug:?}"),
            Self::Incident(bug) => format!("{bug:?}"),
        }
    }

    fn plant(planted: Option<Self>) {
        evenkeel_alerting::plant(None);
        evenkeel_incident::plant(None);
        match planted {
            Some(Self::Alerting(bug)) => evenkeel_alerting::plant(Some(bug)),
            Some(Self::Incident(bug)) => evenkeel_incident::plant(Some(bug)),
            None => {}
        }
    }
}

/// What to run.
#[derive(Debug, Clone, Copy)]
pub struct Scenario {
    /// Everything follows from it.
    pub seed: u64,
    /// The run ends after so many hours of true time in it.
    pub hours: i64,
    /// Or after so many steps, if that comes first.
    pub steps: u64,
    /// A world in which much happens in a short time.
    pub rich: bool,
    /// The machine stops at the commit of that number.
    pub crash: Option<(u64, CrashPoint)>,
    /// A world with people, and plans that say who they are and what they answer for.
    pub people: bool,
    /// A bug on purpose.
    pub planted: Option<Planted>,
    /// Is shown each record, as it becomes durable.
    pub show: Option<fn(String)>,
}

/// What a run that held came to.
#[derive(Debug, Clone, Default)]
pub struct Finished {
    /// Events and deadlines.
    pub steps: u64,
    /// Every durable record, as stored.
    pub sealed: Vec<Sealed>,
    /// Commits that were tried on a disk that worked.
    pub commits: u64,
    /// Starts of the machine.
    pub starts: u64,
    /// Notices intended.
    pub notices: u64,
    /// Notices delivered.
    pub delivered: u64,
    /// Alerts that fired.
    pub fired: u64,
    /// Incidents that were opened.
    pub incidents: u64,
    /// Pages that were opened.
    pub pages: u64,
}

/// A run in which something did not hold.
#[derive(Debug, Clone)]
pub struct Failed {
    /// What did not hold.
    pub violation: Violation,
    /// What was run.
    pub scenario: Scenario,
    /// Of which seed.
    pub seed: u64,
    /// After how many steps.
    pub steps: u64,
    /// When, by the wall clock of that world.
    pub at: Timestamp,
    /// How many hours into the run.
    pub hours: i64,
    /// The last events.
    pub trace: Trace,
}

impl fmt::Display for Failed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "cargo xtask sim --seed {:#018x} --steps {}", self.seed, self.steps)?;
        let Scenario { rich, crash, people, planted, .. } = self.scenario;
        if rich {
            write!(f, " --rich")?;
        }
        if people {
            write!(f, " --people")?;
        }
        match crash {
            Some((commit, CrashPoint::BeforeCommit)) => write!(f, " --crash-before {commit}")?,
            Some((commit, CrashPoint::AfterCommit)) => write!(f, " --crash-after {commit}")?,
            None => {}
        }
        if let Some(bug) = planted {
            write!(f, " --planted {}", bug.name())?;
        }
        writeln!(f)?;
        writeln!(f, "at {}: {}", self.at, self.violation)?;
        write!(f, "{}", self.trace)
    }
}

impl Scenario {
    /// A seed for so many hours.
    #[must_use]
    pub const fn new(seed: u64, hours: i64) -> Self {
        Self { seed, hours, steps: u64::MAX, rich: false, crash: None, people: false, planted: None, show: None }
    }

    /// The same with people.
    #[must_use]
    pub const fn with_people(seed: u64, hours: i64) -> Self {
        Self { people: true, ..Self::new(seed, hours) }
    }

    /// Runs it.
    ///
    /// # Errors
    /// [`Failed`] with the first thing that did not hold.
    pub fn run(&self) -> Result<Finished, Box<Failed>> {
        Planted::plant(self.planted);
        let mut world = World::new(self.seed, self.rich.then(Rates::rich), self.people);
        world.disk.borrow_mut().crash_at = self.crash;
        world.show = self.show;
        let until: Mono = self.hours.saturating_mul(HOUR);
        let result = catch_unwind(AssertUnwindSafe(|| {
            while world.clock.mono < until && world.steps < self.steps {
                world.advance()?;
            }
            world.conclude()
        }));
        Planted::plant(None);
        let result = result.unwrap_or_else(|panic| Err(Violation::new(Check::NothingPanics, message(&*panic))));
        match result {
            Ok(()) => Ok(finished(&world)),
            Err(violation) => Err(Box::new(Failed {
                violation,
                scenario: *self,
                seed: self.seed,
                steps: world.steps,
                at: world.clock.wall(),
                hours: world.clock.mono / HOUR,
                trace: world.trace.clone(),
            })),
        }
    }
}

fn finished(world: &World) -> Finished {
    let disk = world.disk.borrow();
    Finished {
        steps: world.steps,
        sealed: disk.sealed.clone(),
        commits: disk.commits,
        starts: world.starts,
        notices: world.ledger.counts.notices,
        delivered: world.ledger.counts.delivered,
        fired: world.ledger.counts.fired,
        incidents: world.ledger.cases.opened,
        pages: world.ledger.cases.pages,
    }
}

fn message(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<String>().map(String::as_str);
    text.or_else(|| panic.downcast_ref::<&str>().copied()).unwrap_or("a panic without words").to_owned()
}
