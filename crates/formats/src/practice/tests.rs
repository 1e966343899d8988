use evenkeel_diagnostic::{Diagnostic, Source, Sources};
use evenkeel_model::document::LensDocuments;

use super::lens_documents;
use crate::Parsed;

const HEAD: &str =
    "kind: Practice\nkey: oe.operate.paths\ntitle: Paths\nquestion: ops-10\nsubject: workload\nrisk: high\n";

fn read(text: &str) -> (LensDocuments, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    sources.add(Source::new("operate/paths.md", text));
    lens_documents(&sources)
}

/// The faults of a text: code, what is under the caret, headline.
fn check(text: &str, expect: &[&str]) {
    let shown = |diag: &Diagnostic| {
        let under = text.get(diag.primary.span.range()).expect("inside the text");
        format!("{} at {under:?}: {}", diag.code, diag.headline)
    };
    assert_eq!(read(text).1.iter().map(shown).collect::<Vec<_>>(), expect, "{text}");
}

#[test]
fn a_practice_is_read_with_places() {
    let text = format!(
        "---\n{HEAD}aliases: [seed:OPS09-BP04, aws:OPS10-BP04]\nfurther: false\nwindow: 90d\nsample: 3\nfreshness: 30d\n\
         tolerance: 0.1\nattestation: none\nnext:\n  unknown: Begin.\n---\n# Paths\n\nWhat.\n\n```yaml\na: b\n```\n\n\
         ```sql practised\nSELECT 1\n  FROM x\n```\n\n## After\n\n```sql\nSELECT 2\n```\n"
    );
    let (documents, diags) = read(&text);
    assert_eq!(diags, []);
    let [practice] = &documents.practices[..] else { unreachable!("one practice") };
    assert_eq!(practice.key.as_ref().map(|key| &*key.value), Some("oe.operate.paths"));
    assert_eq!(practice.aliases.len(), 2);
    assert_eq!(practice.sample.map(|sample| sample.value), Some(3));
    assert_eq!(practice.tolerance.as_ref().map(|share| &*share.value), Some("0.1"));
    assert_eq!(practice.next.len(), 1);
    let [block] = &practice.blocks[..] else { unreachable!("one block") };
    assert_eq!((&*block.sort.value, &*block.sql.text, block.closed), ("practised", "SELECT 1\n  FROM x\n", true));
    assert_eq!(text.get(block.sort.span.range()), Some("practised"));
    assert_eq!(text.get(block.sql.place(16..17).range()), Some("x"));
    assert_eq!(&*practice.prose, "# Paths\n\nWhat.\n\n```yaml\na: b\n```\n\n## After\n\n```sql\nSELECT 2\n```\n");
}

#[test]
fn a_lens_is_read() {
    let text = "---\nkind: Lens\nname: ours\ntitle: Ours\nquestions:\n  - { id: q-1, title: Why?, area: operate }\n---\n# Ours\n";
    let (documents, diags) = read(text);
    assert_eq!(diags, []);
    let [lens] = &documents.lenses[..] else { unreachable!("one lens") };
    assert_eq!(lens.questions.iter().map(|question| &*question.id.value).collect::<Vec<_>>(), ["q-1"]);
}

#[test]
fn what_is_wrong_has_its_place() {
    check(
        "---\nkind: Practice\nkey: oe.operate.paths\ntitle: Paths\nquestions: ops-10\nsubject: workload\nrisk: high\nwindow: 90 days\n\
         freshness: 0s\nsample: many\nnext: [a]\n---\n",
        &[
            "missing-field at \"\": the front matter of a practice needs `question`",
            "invalid-duration at \"90 days\": `window` is not a duration",
            "zero-interval at \"0s\": `freshness` cannot be zero",
            "wrong-type at \"many\": `sample` has to be a whole number, not text",
            "wrong-type at \"[a]\": `next` has to be a mapping, not a list",
            "unknown-field at \"questions\": the front matter of a practice has no field `questions`",
        ],
    );
    check(
        "---\nkind: Lens\nname: a\nquestions:\n  - { id: q }\n---\n",
        &[
            "missing-field at \"\": the front matter of a lens needs `title`",
            "missing-field at \"\": a question needs `title`",
            "missing-field at \"\": a question needs `area`",
        ],
    );
}

#[test]
fn in_an_ops_repo_a_faulty_lens_does_not_block() {
    let text = format!("---\n{HEAD}windw: 90d\n---\n# Paths\n");
    let mut parsed = Parsed::default();
    parsed.read(evenkeel_diagnostic::SourceId(0), "lens/paths.md", &text);
    assert_eq!(
        parsed.diagnostics.iter().map(|diag| (diag.code, diag.blocks())).collect::<Vec<_>>(),
        [("unknown-field", false)]
    );
    assert!(!parsed.documents.incomplete);
    assert!(parsed.documents.lens.practices.iter().all(|practice| practice.faulty));
    parsed.read(evenkeel_diagnostic::SourceId(1), "b.md", "---\nkind: Practise\nkey: x\n---\n");
    let last = parsed.diagnostics.last().expect("the misspelt kind");
    assert_eq!((last.code, last.help.as_deref()), ("unknown-kind", Some("did you mean `Practice`?")));
}
