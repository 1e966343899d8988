//! The lens that a review is judged by: that which comes with the program, or a folder of one's own.

use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, bail};
use evenkeel_diagnostic::Diagnostic;
use evenkeel_lens::Lens;
use evenkeel_ops_source::{embedded_lens, load_lens};

/// The lens that comes with the program.
pub(crate) fn embedded() -> Arc<Lens> {
    Arc::clone(embedded_lens())
}

/// The lens of a folder; what is wrong with its pages is in the error, with places and remedies.
pub(crate) fn from_folder(folder: &Path) -> anyhow::Result<Arc<Lens>> {
    let loaded = load_lens(folder)?;
    let errors: Vec<Diagnostic> = loaded.diagnostics.into_iter().filter(Diagnostic::blocks).collect();
    if !errors.is_empty() {
        let frames = evenkeel_report::frames(&errors, &loaded.sources);
        bail!("the lens in `{}` cannot be used\n\n{frames}", folder.display());
    }
    loaded.lens.with_context(|| format!("there is no lens in `{}`", folder.display()))
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
        let write = |path: &str, text: &str| std::fs::write(folder.path().join(path), text).expect("written");
        let questions = "questions: [{ id: q, title: Q, area: operate }]";
        write("lens.md", &format!("---\nkind: Lens\nname: ours\ntitle: Ours\n{questions}\n---\n"));
        write(
            "nothing.md",
            "---\nkind: Practice\nkey: x.operate.nothing\n---\n# Nothing\n```sql practised\nSELEC 1\n```\n",
        );
        let error = format!("{:#}", from_folder(folder.path()).expect_err("no lens"));
        assert!(error.contains("--> nothing.md:"), "{error}");
    }
}
