//! How much processor time was used, as the kernel says: what it took, whatever else the machine was doing.

use std::fs;
use std::time::Duration;

/// The kernel counts a process's time in these.
const TICK: Duration = Duration::from_millis(10);

/// What all threads of this process have used; nothing where the kernel does not say.
pub(crate) fn of_process() -> Duration {
    let ticks = || {
        let stat = fs::read_to_string("/proc/self/stat").ok()?;
        // The name of the program, in brackets, may hold anything.
        let (_, rest) = stat.rsplit_once(')')?;
        let fields = rest.split_whitespace().skip(11).take(2);
        fields.map(|field| field.parse::<u32>().ok()).sum::<Option<u32>>()
    };
    ticks().map_or(Duration::ZERO, |ticks| TICK * ticks)
}

/// What this thread has used; nothing where the kernel does not say.
pub(crate) fn of_thread() -> Duration {
    let nanoseconds = || {
        let stat = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
        stat.split_whitespace().next()?.parse().ok()
    };
    nanoseconds().map_or(Duration::ZERO, Duration::from_nanos)
}
