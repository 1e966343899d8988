//! The modelled journal: a memory that keeps what was committed and fails as disks do.

use std::cell::RefCell;
use std::fmt;
use std::rc::Rc;

use evenkeel_engine::{Journal, Snapshot, State, Stored};
use evenkeel_record::chain::{Head, Sealed};
use evenkeel_record::{Actor, Body, Record};

/// How the disk does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Health {
    Works,
    /// Commits fail, reads work.
    Full,
    /// Commits and reads fail.
    Unreadable,
}

/// Where in a commit the machine stops.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CrashPoint {
    /// Nothing of the commit is durable.
    BeforeCommit,
    /// All of it is durable, and nobody was told.
    AfterCommit,
}

/// Which snapshot is found at the next start.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Found {
    Newest,
    Oldest,
    None,
}

/// What is durable, and what goes wrong next.
#[derive(Debug)]
pub(crate) struct Disk {
    pub(crate) sealed: Vec<Sealed>,
    pub(crate) records: Vec<Record>,
    head: Head,
    snapshots: Vec<(Head, Vec<u8>)>,
    pub(crate) found: Found,
    pub(crate) health: Health,
    /// The next commit happens, and an error is given all the same.
    pub(crate) lies_once: bool,
    /// That was the last commit.
    pub(crate) lied: bool,
    /// The machine stops at the commit of that number.
    pub(crate) crash_at: Option<(u64, CrashPoint)>,
    pub(crate) crashed: bool,
    pub(crate) commits: u64,
    /// A committed record that breaks the chain or cannot be read back.
    pub(crate) fault: Option<String>,
}

/// Why the disk did not do it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum DiskError {
    Full,
    Unreadable,
    Ambiguous,
    Crashed,
}

impl fmt::Display for DiskError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Full => "no space left on device",
            Self::Unreadable => "input/output error",
            Self::Ambiguous => "interrupted after the write",
            Self::Crashed => "the machine stopped",
        })
    }
}

impl std::error::Error for DiskError {}

impl Disk {
    pub(crate) fn new() -> Self {
        Self {
            sealed: Vec::new(),
            records: Vec::new(),
            head: Head::default(),
            snapshots: Vec::new(),
            found: Found::Newest,
            health: Health::Works,
            lies_once: false,
            lied: false,
            crash_at: None,
            crashed: false,
            commits: 0,
            fault: None,
        }
    }

    /// The machine runs again.
    pub(crate) fn reboot(&mut self, found: Found) {
        self.crashed = false;
        self.found = found;
    }

    /// Stores a snapshot; an old one and the newest are kept.
    pub(crate) fn store_snapshot(&mut self, head: Head, state: &State) {
        let Ok(bytes) = postcard::to_allocvec(state) else {
            self.fault = Some("a state cannot be encoded".to_owned());
            return;
        };
        if self.snapshots.len() > 2 {
            self.snapshots.remove(0);
        }
        self.snapshots.push((head, bytes));
    }

    /// Checks the whole chain from its first byte.
    pub(crate) fn verify(&self) -> Result<(), String> {
        let mut head = Head::default();
        for sealed in &self.sealed {
            head.verify(sealed).map_err(|broken| format!("behind {}: {broken}", head.seq))?;
        }
        if head == self.head { Ok(()) } else { Err("the head is not the last record".to_owned()) }
    }

    fn append(&mut self, sealed: &[Sealed]) {
        for one in sealed {
            match read(&mut self.head, one) {
                Ok(record) => self.records.push(record),
                Err(fault) => self.fault = Some(fault),
            }
            self.sealed.push(one.clone());
        }
    }

    fn readable(&self) -> Result<(), DiskError> {
        if self.crashed {
            Err(DiskError::Crashed)
        } else if self.health == Health::Unreadable {
            Err(DiskError::Unreadable)
        } else {
            Ok(())
        }
    }
}

/// Verifies a record's place in the chain and decodes what its bytes say.
fn read(head: &mut Head, sealed: &Sealed) -> Result<Record, String> {
    let header = head.verify(sealed).map_err(|broken| format!("behind {}: {broken}", head.seq))?;
    let (_, bytes) = sealed.body.as_ref().ok_or("a body is missing")?;
    let body = Body::decode(&header.kind, header.version, bytes).map_err(|error| error.to_string())?;
    let actor = Actor(header.actor.as_ref().into());
    Ok(Record { seq: header.seq, at: header.at, actor, origin: header.origin, plan: header.plan, body })
}

/// The engine's end of the disk; the world holds the other.
#[derive(Debug, Clone)]
pub(crate) struct SimJournal(pub(crate) Rc<RefCell<Disk>>);

impl Journal for SimJournal {
    type Error = DiskError;

    fn head(&mut self) -> Result<Head, DiskError> {
        let disk = self.0.borrow();
        disk.readable().map(|()| disk.head)
    }

    fn commit(&mut self, records: &[Sealed]) -> Result<(), DiskError> {
        let mut disk = self.0.borrow_mut();
        if disk.crashed {
            return Err(DiskError::Crashed);
        }
        if disk.health != Health::Works {
            return Err(DiskError::Full);
        }
        disk.commits += 1;
        if let Some((_, point)) = disk.crash_at.filter(|(at, _)| *at == disk.commits) {
            if point == CrashPoint::AfterCommit {
                disk.append(records);
            }
            disk.crashed = true;
            return Err(DiskError::Crashed);
        }
        disk.append(records);
        disk.lied = std::mem::take(&mut disk.lies_once);
        if disk.lied { Err(DiskError::Ambiguous) } else { Ok(()) }
    }

    fn snapshot(&mut self) -> Option<Snapshot> {
        let disk = self.0.borrow();
        let (head, bytes) = match disk.found {
            Found::Newest => disk.snapshots.last()?,
            Found::Oldest => disk.snapshots.first()?,
            Found::None => return None,
        };
        postcard::from_bytes(bytes).ok().map(|state| Snapshot { head: *head, state })
    }

    fn replay(&mut self, after: Head, visit: &mut dyn FnMut(Stored)) -> Result<(), DiskError> {
        let disk = self.0.borrow();
        disk.readable()?;
        let seen = usize::try_from(after.seq.0).expect("a memory holds fewer");
        disk.records.iter().skip(seen).for_each(|record| visit(Stored::Record(record.clone())));
        Ok(())
    }
}
