//! Writes a page's files so that a reader never gets a half-written one: each is made beside its place and renamed, those
//! that others lead to first.

use std::fs;
use std::io::Write;
use std::path::{Component, Path};

use anyhow::{Context, bail};

use crate::serve::Rendered;

/// Writes those that are otherwise than what lies there; how many that were.
pub(super) fn write(to: &Path, all: &[Rendered]) -> anyhow::Result<usize> {
    let mut written = 0;
    let (pages, rest): (Vec<_>, Vec<_>) = all.iter().partition(|file| file.path.ends_with("index.html"));
    for file in rest.into_iter().chain(pages) {
        let plain = Path::new(&file.path).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || file.path.is_empty() {
            bail!("`{}` leads out of the folder", file.path.escape_debug());
        }
        let path = to.join(&file.path);
        if fs::read(&path).is_ok_and(|there| there == file.text.as_bytes()) {
            continue;
        }
        put(&path, file.text.as_bytes()).with_context(|| format!("cannot write `{}`", path.display()))?;
        written += 1;
    }
    Ok(written)
}

fn put(path: &Path, bytes: &[u8]) -> std::io::Result<()> {
    let folder = path.parent().unwrap_or(path);
    fs::create_dir_all(folder)?;
    let beside = path.with_added_extension("partial");
    let mut file = fs::File::create(&beside)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(&beside, path)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str, text: &str) -> Rendered {
        Rendered { path: path.to_owned(), media: "text/html".to_owned(), text: text.to_owned() }
    }

    #[test]
    fn only_what_changed_is_written_and_nothing_outside() {
        let folder = tempfile::tempdir().expect("a folder");
        let to = folder.path().join("site");
        let all = [file("index.html", "a"), file("shops/index.html", "b")];
        assert_eq!(write(&to, &all).expect("written"), 2);
        assert_eq!(write(&to, &all).expect("written"), 0);
        assert_eq!(write(&to, &[file("index.html", "c")]).expect("written"), 1);
        assert_eq!(fs::read_to_string(to.join("index.html")).expect("there"), "c");
        for bad in ["../x", "/etc/x", "", "a/../../x"] {
            assert!(write(&to, &[file(bad, "x")]).is_err(), "{bad}");
        }
    }
}
