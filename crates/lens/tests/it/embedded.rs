//! The lens that comes with the program: listed, and without a fault.

use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_diagnostic::{Diagnostic, Source, Sources};
use evenkeel_formats::lens_documents;
use evenkeel_lens::{Lens, resolve};

pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../lens/operational-excellence")
}

/// Every page below the folder, by path.
fn pages() -> Vec<String> {
    let mut found = Vec::new();
    let mut open = vec![String::new()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(folder().join(&below)).expect("the lens's folder") {
            let entry = entry.expect("an entry");
            let path = format!("{below}{}", entry.file_name().to_string_lossy());
            if entry.path().is_dir() {
                open.push(format!("{path}/"));
            } else if path.ends_with(".md") {
                found.push(path);
            }
        }
    }
    found.sort();
    found
}

pub(crate) fn updating() -> bool {
    std::env::var_os("UPDATE_LENS").is_some()
}

#[test]
fn every_page_is_embedded() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/embedded.rs");
    let source = fs::read_to_string(&path).expect("the list");
    let (before, rest) = source.split_once("\npages! {").expect("the list begins");
    let (listed, after) = rest.split_once('}').expect("the list ends");
    let lines: String = pages().iter().map(|page| format!("    {page:?},\n")).collect();
    let wanted = format!("\n{lines}");
    if listed != wanted && updating() {
        fs::write(&path, format!("{before}\npages! {{{wanted}}}{after}")).expect("the list is written");
    } else {
        assert!(listed == wanted, "src/embedded.rs does not list every page; UPDATE_LENS=1 writes it anew");
    }
}

/// The pages as they lie in the folder, which may be newer than what is embedded.
pub(crate) fn read() -> (Option<Lens>, Vec<Diagnostic>, Sources) {
    let mut sources = Sources::default();
    for page in pages() {
        let text = fs::read_to_string(folder().join(&page)).expect("a page");
        sources.add(Source::new(page, text));
    }
    let (documents, mut diags) = lens_documents(&sources);
    let resolved = resolve(&documents, &sources);
    diags.extend(resolved.diagnostics);
    (resolved.lenses.into_iter().next(), diags, sources)
}

/// As a compiler says it, one line each.
fn shown(diags: &[Diagnostic], sources: &Sources) -> String {
    let line = |diag: &Diagnostic| {
        let source = sources.get(diag.primary.span.source).expect("a page");
        let place = source.position(diag.primary.span.start);
        let help = diag.help.as_deref().unwrap_or("");
        format!("{}:{}:{}: {}: {} ({help})\n", source.path, place.line, place.column, diag.code, diag.headline)
    };
    diags.iter().map(line).collect()
}

#[test]
fn nothing_is_wrong_with_the_lens() {
    let (lens, diags, sources) = read();
    assert!(diags.is_empty(), "{}", shown(&diags, &sources));
    let lens = lens.expect("the lens");
    assert_eq!(lens.practices.len() + 1, pages().len(), "every page is a practice, or the lens");
}

#[test]
fn a_page_lies_where_its_key_says() {
    let (lens, ..) = read();
    for practice in &lens.expect("the lens").practices {
        let path = practice.key.splitn(3, '.').skip(1).collect::<Vec<_>>().join("/");
        assert_eq!(*practice.path, format!("{path}.md"), "{}", practice.key);
        assert!(practice.key.starts_with("oe."), "{}", practice.key);
    }
}
