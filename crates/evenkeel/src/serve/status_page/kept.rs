//! What was served last, kept in the data folder, so that it is served at once after a restart, whatever else fails.

use std::fs;
use std::io::Write;
use std::path::Path;

use super::shelf::Shown;

const FILE: &str = "status-page.json";

/// What was kept; nothing where there is nothing, or what nobody can read any more.
pub(super) fn read(data: &Path) -> Shown {
    let kept = fs::read(data.join(FILE)).ok();
    let read = kept.and_then(|bytes| serde_json::from_slice(&bytes).ok());
    read.unwrap_or_default()
}

/// Keeps it, whole or not at all. That of before stays when it cannot be written.
pub(super) fn write(data: &Path, shown: &Shown) -> std::io::Result<()> {
    let path = data.join(FILE);
    let beside = path.with_extension("json.partial");
    let bytes = serde_json::to_vec(shown).expect("texts are JSON");
    let mut file = fs::File::create(&beside)?;
    file.write_all(&bytes)?;
    file.sync_all()?;
    fs::rename(&beside, &path)
}

#[cfg(test)]
mod tests {
    use super::*;
    use evenkeel_time::Timestamp;

    #[test]
    fn what_is_kept_is_read_and_what_is_damaged_is_nothing() {
        let data = tempfile::tempdir().expect("a folder");
        assert_eq!(read(data.path()), Shown::default());
        let shown = Shown { renewed_at: Some(Timestamp(7)), ..Shown::default() };
        write(data.path(), &shown).expect("written");
        assert_eq!(read(data.path()), shown);
        fs::write(data.path().join(FILE), "{\"renewed").expect("written");
        assert_eq!(read(data.path()), Shown::default());
    }
}
