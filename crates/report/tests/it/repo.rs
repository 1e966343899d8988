//! An ops repo out of a page's blocks, judged at one instant.

use std::collections::BTreeMap;
use std::path::Path;

use evenkeel_check::{Judged, Repo, judge};
use evenkeel_diagnostic::{Diagnostic, Sources};
use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, load};
use evenkeel_time::Timestamp;

use crate::markdown::Piece;

/// When all examples are judged.
const AT: &str = "2026-11-20T12:00:00Z";
/// Endings of files that are read; of others only the path is known.
const READ: [&str; 6] = ["ics", "md", "rules", "test", "yaml", "yml"];

/// Texts by path.
pub(crate) type Files = BTreeMap<String, String>;

/// Lays the files among the pieces over what is there. A file without any text is taken away.
pub(crate) fn lay(files: &mut Files, pieces: &[Piece]) {
    for (path, text) in pieces.iter().filter_map(Piece::file) {
        if text.is_empty() {
            files.remove(path);
        } else {
            files.insert(path.to_owned(), text.to_owned());
        }
    }
}

/// Everything that is wrong with the files.
pub(crate) fn judged(files: &Files) -> (Vec<Diagnostic>, Sources) {
    let ending = |path: &str| Path::new(path).extension().is_some_and(|ending| READ.iter().any(|read| ending == *read));
    let (read, others): (Vec<_>, Vec<_>) = files.iter().partition(|(path, _)| ending(path));
    let file = |(path, text): (&String, &String)| OpsFile { path: path.clone(), bytes: text.clone().into_bytes() };
    let files = OpsFiles {
        files: read.into_iter().map(file).collect(),
        others: others.into_iter().map(|(path, _)| path.clone()).collect(),
        ..OpsFiles::default()
    };
    let (loaded, judged) = judged_files(&files);
    (judged.kept, loaded.sources)
}

/// Files as they lie in a folder, loaded and judged.
pub(crate) fn judged_files(files: &OpsFiles) -> (Loaded, Judged) {
    let at: Timestamp = AT.parse().expect("an instant");
    let loaded = load(files, Missing::Refuse);
    let repo = Repo::new(&loaded.documents, &loaded.catalogue, loaded.plan.as_ref(), &loaded.paths, at);
    let judged = judge(&repo, &loaded.sources, &loaded.diagnostics);
    (loaded, judged)
}
