//! The write-ahead log: what was appended and is in no block yet.
//!
//! Appends put their records into a queue, in the order in which the head took them. One thread takes all that is there, writes
//! it, syncs once, and tells everyone who waits. Segments know nothing of each other: the first time a series is written in a
//! segment, its labels are written with it. So a segment goes as soon as its samples are in a block, and one that is damaged
//! harms no other.
//!
//! When a write fails, the segment is cut back to what was synced, everyone who waits is told, new appends are refused, and the
//! thread tries again until there is room: what the head took is written before anything that comes later. When a sync fails,
//! nobody knows what is on the disk, so the segment is given up, and what was not synced is written again to a new part of it.

mod disk;
pub(crate) mod record;
pub(crate) mod replay;
mod wait;

use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::JoinHandle;
use std::time::Duration;

use crate::Durability;
pub(crate) use disk::{Disk, frame};
use wait::Acks;
pub(crate) use wait::Durable;

/// A segment is closed once it is this large. Units: bytes.
const SEGMENT_BYTES: u64 = 128 << 20;
/// Between two tries to write when the disk is full or fails.
const RETRY: Duration = Duration::from_millis(250);

/// What an append has to wait for: everything up to it is on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Commit(pub(crate) u64);

/// Why nothing is appended. It can be sent again later.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum AppendFault {
    /// No room is left.
    #[error("the disk is full; nothing is taken until there is room: {0}")]
    Full(Arc<str>),
    /// The disk cannot be written.
    #[error("the log cannot be written: {0}")]
    Failed(Arc<str>),
    /// The store is being closed.
    #[error("the store is closed")]
    Closed,
}

/// The log.
#[derive(Debug)]
pub(crate) struct Log {
    shared: Arc<Shared>,
    thread: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Debug)]
pub(crate) struct Shared {
    queue: Mutex<Queue>,
    wake: Condvar,
    acks: Mutex<Acks>,
    acked: Condvar,
    failing: AtomicBool,
}

#[derive(Debug)]
struct Queue {
    parts: Vec<Part>,
    segment: u64,
    segment_bytes: u64,
    last: u64,
    stop: bool,
    /// Memory of parts that were written.
    spare: Vec<Vec<u8>>,
}

/// Records of one segment.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) segment: u64,
    pub(crate) bytes: Vec<u8>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Log {
    /// Begins to write at a segment.
    pub(crate) fn start(folder: &Path, segment: u64, durability: Durability) -> std::io::Result<Self> {
        let queue = Queue { parts: Vec::new(), segment, segment_bytes: 0, last: 0, stop: false, spare: Vec::new() };
        let shared = Arc::new(Shared {
            queue: Mutex::new(queue),
            wake: Condvar::new(),
            acks: Mutex::new(Acks::default()),
            acked: Condvar::new(),
            failing: AtomicBool::new(false),
        });
        let (disk, of_thread) = (Disk::new(folder, durability), Arc::clone(&shared));
        let thread =
            std::thread::Builder::new().name("tsdb-log".to_owned()).spawn(move || of_thread.write_all(disk))?;
        Ok(Self { shared, thread: Mutex::new(Some(thread)) })
    }

    /// Why nothing is taken, if so.
    pub(crate) fn fault(&self) -> Option<AppendFault> {
        if self.shared.failing.load(Ordering::Acquire) { lock(&self.shared.acks).fault.clone() } else { None }
    }

    /// The segment to which the next record goes.
    pub(crate) fn segment(&self) -> u64 {
        let mut queue = lock(&self.shared.queue);
        if queue.segment_bytes >= SEGMENT_BYTES {
            queue.rotate();
        }
        queue.segment
    }

    /// Everything from now on goes to a new segment, which is returned.
    pub(crate) fn rotate(&self) -> u64 {
        let mut queue = lock(&self.shared.queue);
        queue.rotate();
        queue.segment
    }

    /// Appends records, each in its frame; to be called in the order in which the head took them.
    pub(crate) fn push(&self, records: &[&[u8]]) -> Commit {
        let mut queue = lock(&self.shared.queue);
        let records = records.iter().filter(|record| !record.is_empty());
        if records.clone().next().is_none() {
            return Commit(queue.last);
        }
        let segment = queue.segment;
        if queue.parts.last().is_none_or(|part| part.segment != segment) {
            let bytes = queue.spare.pop().unwrap_or_default();
            queue.parts.push(Part { segment, bytes });
        }
        let mut added = 0;
        if let Some(part) = queue.parts.last_mut() {
            let before = part.bytes.len();
            records.for_each(|record| frame(record, &mut part.bytes));
            added = part.bytes.len() - before;
        }
        queue.segment_bytes += added as u64;
        queue.last += 1;
        let commit = Commit(queue.last);
        drop(queue);
        self.shared.wake.notify_one();
        commit
    }

    /// Tries again at once when the last try failed.
    pub(crate) fn nudge(&self) {
        if self.shared.failing.load(Ordering::Acquire) {
            self.shared.wake.notify_all();
        }
    }

    /// Waits until a commit is on the disk.
    pub(crate) fn durable(&self, commit: Commit) -> Durable {
        Durable::new(Arc::clone(&self.shared), commit)
    }

    /// The same, blocking.
    pub(crate) fn wait(&self, commit: Commit) -> Result<(), AppendFault> {
        let mut acks = lock(&self.shared.acks);
        loop {
            match acks.of(commit) {
                Some(answer) => return answer,
                None => acks = self.shared.acked.wait(acks).unwrap_or_else(PoisonError::into_inner),
            }
        }
    }

    /// The last commit there is, and whether all up to it is on the disk.
    pub(crate) fn state(&self) -> (Commit, bool) {
        let last = lock(&self.shared.queue).last;
        (Commit(last), lock(&self.shared.acks).durable >= last)
    }

    /// Writes what is there and ends the thread.
    pub(crate) fn close(&self) {
        lock(&self.shared.queue).stop = true;
        self.shared.wake.notify_all();
        if let Some(thread) = lock(&self.thread).take() {
            // A thread that panicked has told nobody of success, so nothing is lost that was promised.
            let _ = thread.join();
        }
        lock(&self.shared.acks).fail(AppendFault::Closed);
        self.shared.failing.store(true, Ordering::Release);
        self.shared.acked.notify_all();
    }
}

impl Drop for Log {
    fn drop(&mut self) {
        self.close();
    }
}

impl Queue {
    fn rotate(&mut self) {
        self.segment += 1;
        self.segment_bytes = 0;
    }
}

impl Shared {
    fn write_all(&self, mut disk: Disk) {
        while let Some((parts, last)) = self.next() {
            let mut written = 0;
            while let Err(fault) = disk.write(&parts, &mut written) {
                self.failing.store(true, Ordering::Release);
                lock(&self.acks).fail(fault);
                self.acked.notify_all();
                let queue = lock(&self.queue);
                if queue.stop {
                    return;
                }
                drop(self.wake.wait_timeout(queue, RETRY));
            }
            lock(&self.acks).done(last);
            self.failing.store(false, Ordering::Release);
            self.acked.notify_all();
            self.reuse(parts);
        }
        disk.finish();
    }

    /// What is to be written, and the commit that it ends with; `None` at the end.
    fn next(&self) -> Option<(Vec<Part>, u64)> {
        let mut queue = lock(&self.queue);
        while queue.parts.is_empty() {
            if queue.stop {
                return None;
            }
            queue = self.wake.wait(queue).unwrap_or_else(PoisonError::into_inner);
        }
        Some((std::mem::take(&mut queue.parts), queue.last))
    }

    fn reuse(&self, parts: Vec<Part>) {
        let mut queue = lock(&self.queue);
        for mut part in parts.into_iter().filter(|part| part.bytes.capacity() <= 4 << 20) {
            if queue.spare.len() < 2 {
                part.bytes.clear();
                queue.spare.push(part.bytes);
            }
        }
    }
}
