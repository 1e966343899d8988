//! How much memory this process holds, as the kernel says.

use std::fs;

/// The most that was resident since the start or the last [`forget_peak`], in MB; `None` where the kernel does not say.
pub(crate) fn peak_mb() -> Option<u64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let kilobytes = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    kilobytes.split_whitespace().next()?.parse().ok().map(|kilobytes: u64| kilobytes / 1024)
}

/// Lets the peak begin anew; where that is not allowed it stays.
pub(crate) fn forget_peak() {
    drop(fs::write("/proc/self/clear_refs", "5"));
}
