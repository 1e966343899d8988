//! The lens that comes with the program, or a folder of one's own.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use evenkeel_diagnostic::{Diagnostic, Source, Sources};
use evenkeel_formats::lens_documents;
use evenkeel_lens::{EMBEDDED, Lens, resolve};
use evenkeel_ops_source::read;

/// The lens that comes with the program.
pub(crate) fn embedded() -> Arc<Lens> {
    let mut sources = Sources::default();
    for (path, text) in EMBEDDED {
        sources.add(Source::new(*path, *text));
    }
    let (lens, _) = lens(&sources);
    Arc::new(lens.expect("a test reads the embedded lens"))
}

/// The lens of a folder; everything that is wrong with it is in the error, place by place.
pub(crate) fn from_folder(folder: &Path) -> anyhow::Result<Arc<Lens>> {
    let files = read(folder)?;
    let mut sources = Sources::default();
    for file in files.files.iter().filter(|file| file.path.ends_with(".md")) {
        let text = std::str::from_utf8(&file.bytes)
            .with_context(|| format!("`{}/{}` is not UTF-8", folder.display(), file.path))?;
        sources.add(Source::new(file.path.as_str(), text));
    }
    let (lens, diagnostics) = lens(&sources);
    let errors: Vec<String> = diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.blocks())
        .map(|diagnostic| evenkeel_report::one_line(diagnostic, &sources))
        .collect();
    if !errors.is_empty() {
        bail!("the lens in `{}` cannot be used:\n  {}", folder.display(), errors.join("\n  "));
    }
    let help = "a lens is a page with `kind: Lens`, and pages with `kind: Practice` beside or below it";
    let lens = lens.with_context(|| format!("there is no lens in `{}`: {help}", folder.display()))?;
    Ok(Arc::new(lens))
}

/// The first lens among these pages, and all that is wrong.
fn lens(sources: &Sources) -> (Option<Lens>, Vec<Diagnostic>) {
    let (documents, mut diagnostics) = lens_documents(sources);
    let resolved = resolve(&documents, sources);
    diagnostics.extend(resolved.diagnostics);
    (resolved.lenses.into_iter().next(), diagnostics)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_lens_has_the_63_practices_and_more() {
        let lens = embedded();
        let counted = lens.practices.iter().filter(|practice| !practice.further).count();
        assert_eq!((counted, lens.questions.len()), (63, 11));
        assert!(lens.practices.len() > counted);
    }

    #[test]
    fn what_is_wrong_with_a_lens_is_said_with_its_place() {
        let folder = tempfile::tempdir().expect("a folder");
        let error = from_folder(folder.path()).expect_err("no lens").to_string();
        assert!(error.contains("there is no lens in"), "{error}");
        let page = "---\nkind: Practice\nkey: oe.operate.nothing\n---\n# Nothing\n```sql practised\nSELEC 1\n```\n";
        std::fs::write(folder.path().join("nothing.md"), page).expect("written");
        let error = from_folder(folder.path()).expect_err("no lens").to_string();
        assert!(error.contains("nothing.md:"), "{error}");
    }
}
