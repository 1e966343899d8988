//! The lens as it lies in the folder.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use evenkeel_diagnostic::{Source, Sources};
use evenkeel_formats::lens_documents;
use evenkeel_lens::{Lens, resolve};

/// Where the lens's pages lie.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lens/operational-excellence")
}

/// Every file below the lens with an ending, sorted.
pub(crate) fn files(ending: &str) -> Vec<PathBuf> {
    let (mut found, mut open) = (Vec::new(), vec![folder()]);
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(&below).expect("a folder of the lens") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|known| known == ending) {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

/// The lens of those pages.
pub(crate) static LENS: LazyLock<Lens> = LazyLock::new(lens);

fn lens() -> Lens {
    let mut sources = Sources::default();
    for path in files("md") {
        let text = fs::read_to_string(&path).expect("a page");
        let below = path.strip_prefix(folder()).expect("a page of the lens").to_string_lossy().into_owned();
        sources.add(Source::new(below, text));
    }
    let (documents, _) = lens_documents(&sources);
    resolve(&documents, &sources).lenses.into_iter().next().expect("the lens")
}
