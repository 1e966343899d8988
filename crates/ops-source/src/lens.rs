//! Lenses: the one that comes with the program, and folders of one's own.

use std::path::{Path, PathBuf};
use std::sync::{Arc, LazyLock};

use evenkeel_diagnostic::{Diagnostic, Source, SourceId, Sources};
use evenkeel_formats::{decode, lens_documents};
use evenkeel_lens::{EMBEDDED, Lens, resolve};

use crate::{Error, read};

/// A folder read as a lens.
#[derive(Debug, Clone)]
pub struct LoadedLens {
    /// The lens, as far as it could be read; a practice with an error is not in it.
    pub lens: Option<Arc<Lens>>,
    /// The pages that the diagnostics point into.
    pub sources: Sources,
    /// Errors and findings, by place.
    pub diagnostics: Vec<Diagnostic>,
}

/// Why a folder is no lens.
#[derive(Debug, thiserror::Error)]
pub enum LensError {
    /// The folder could not be read.
    #[error("cannot read the lens")]
    Read(#[source] Error),
    /// No page in it says that it is a lens, or several do.
    #[error("the folder `{}` has {count} pages with `kind: Lens`, and a lens has one", dir.display())]
    Count {
        /// Which.
        dir: PathBuf,
        /// How many.
        count: usize,
    },
}

static OURS: LazyLock<Arc<Lens>> = LazyLock::new(|| {
    let mut sources = Sources::default();
    for (path, text) in EMBEDDED {
        sources.add(Source::new(*path, *text));
    }
    let loaded = loaded(sources, Vec::new());
    loaded.lens.expect("a test reads the lens that comes with the program")
});

/// The lens that comes with the program. Read when it is first asked for.
#[must_use]
pub fn embedded_lens() -> &'static Arc<Lens> {
    &OURS
}

/// Reads a folder as a lens, by the rules by which an ops repo is read.
///
/// # Errors
/// [`LensError`] when the folder cannot be read or is no lens. What is wrong in its pages is in
/// [`LoadedLens::diagnostics`].
pub fn load_lens(dir: &Path) -> Result<LoadedLens, LensError> {
    let files = read(dir).map_err(LensError::Read)?;
    let (mut sources, mut unreadable) = (Sources::default(), Vec::new());
    for (id, file) in (0..).map(SourceId).zip(files.files.iter().filter(|file| file.path.ends_with(".md"))) {
        let text = decode(id, &file.bytes).unwrap_or_else(|diag| {
            unreadable.push(Diagnostic { primary: at_start(&diag, id), ..*diag });
            ""
        });
        sources.add(Source::new(file.path.as_str(), text));
    }
    let count = lens_documents(&sources).0.lenses.len();
    if count != 1 {
        return Err(LensError::Count { dir: dir.to_owned(), count });
    }
    Ok(loaded(sources, unreadable))
}

/// The beginning of a file that is shown without its text.
fn at_start(diag: &Diagnostic, source: SourceId) -> evenkeel_diagnostic::Label {
    let span = evenkeel_diagnostic::Span { source, start: 0, end: 0 };
    evenkeel_diagnostic::Label { span, message: diag.primary.message.clone() }
}

fn loaded(sources: Sources, mut diagnostics: Vec<Diagnostic>) -> LoadedLens {
    let (documents, said) = lens_documents(&sources);
    let resolved = resolve(&documents, &sources);
    diagnostics.extend(said);
    diagnostics.extend(resolved.diagnostics);
    diagnostics.sort_by_key(|diag| diag.primary.span);
    LoadedLens { lens: resolved.lenses.into_iter().next().map(Arc::new), sources, diagnostics }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_folder_is_a_lens_with_its_faults_or_says_why_not() {
        let dir = tempfile::tempdir().expect("a folder");
        let write = |path: &str, text: &str| fs::write(dir.path().join(path), text).expect("written");
        write("a.md", "---\nkind: Practice\nkey: x.operate.a\n---\n");
        let error = load_lens(dir.path()).expect_err("no page of a lens");
        assert!(error.to_string().ends_with("has 0 pages with `kind: Lens`, and a lens has one"), "{error}");
        write(
            "lens.md",
            "---\nkind: Lens\nname: ours\ntitle: Ours\nquestions: [{ id: q, title: Q, area: operate }]\n---\n",
        );
        let loaded = load_lens(dir.path()).expect("a lens");
        let lens = loaded.lens.expect("read");
        assert_eq!((&*lens.identity.name, lens.practices.len()), ("ours", 0));
        assert!(loaded.diagnostics.iter().any(Diagnostic::blocks));
        assert!(matches!(load_lens(&dir.path().join("nowhere")), Err(LensError::Read(_))));
    }

    #[test]
    fn the_lens_that_comes_with_the_program_is_read_once() {
        assert_eq!(&*embedded_lens().identity.name, "operational-excellence");
        assert!(Arc::ptr_eq(embedded_lens(), embedded_lens()));
    }
}
