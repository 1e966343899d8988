//! Folders with a foreign text, what is said about it, and the files that come out of it.
//!
//! What really came out is written beside the build products on a mismatch.

use std::fs;
use std::path::{Path, PathBuf};

use evenkeel_diagnostic::Diagnostic;
use evenkeel_import::{Import, ImportedFile, from_alertmanager, from_incident_manager};

use crate::load::{errors, loaded};

fn cases() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases")
}

fn folders(kind: &str) -> Vec<PathBuf> {
    let entries = fs::read_dir(cases().join(kind)).expect("the cases");
    let mut folders: Vec<_> = entries.map(|entry| entry.expect("a case").path()).filter(|path| path.is_dir()).collect();
    folders.sort();
    folders
}

/// Every diagnostic with its place and remedy.
pub(crate) fn said(import: &Import) -> String {
    let line = |diag: &Diagnostic| {
        let at = import.sources.get(diag.primary.span.source).expect("the text").position(diag.primary.span.start);
        let severity = if diag.blocks() { "error" } else { "finding" };
        let help = diag.help.as_ref().map_or(String::new(), |help| format!("\n  = help: {help}"));
        format!("{severity}[{}] {}:{}: {}{help}\n", diag.code, at.line, at.column, diag.headline)
    };
    import.diagnostics.iter().map(line).collect()
}

fn read(folder: &Path, path: &Path, files: &mut Vec<ImportedFile>) {
    for entry in fs::read_dir(path).into_iter().flatten() {
        let place = entry.expect("a file").path();
        if place.is_dir() {
            read(folder, &place, files);
        } else {
            let path = place.strip_prefix(folder).expect("inside").to_string_lossy().into_owned();
            files.push(ImportedFile { path, text: fs::read_to_string(&place).expect("text") });
        }
    }
}

/// Whether a case came out as it lies there.
fn check(folder: &Path, import: Import) -> Result<(), String> {
    let mut actual = import.files.clone();
    actual.push(ImportedFile { path: "../report.txt".to_owned(), text: said(&import) });
    actual.sort_by(|a, b| a.path.cmp(&b.path));
    let mut expected = Vec::new();
    let made = folder.join("expected");
    read(&made, &made, &mut expected);
    let report = fs::read_to_string(folder.join("report.txt")).unwrap_or_default();
    expected.push(ImportedFile { path: "../report.txt".to_owned(), text: report });
    expected.sort_by(|a, b| a.path.cmp(&b.path));
    if actual == expected {
        return Ok(());
    }
    let out = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(folder.strip_prefix(cases()).expect("a case"));
    let _ = fs::remove_dir_all(&out);
    for file in &actual {
        let place = out.join("expected").join(&file.path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::create_dir_all(out.join("expected")).expect("a folder");
        fs::write(place, &file.text).expect("a file");
    }
    Err(format!("{} came out as {}", folder.display(), out.display()))
}

fn run(kind: &str, input: &str, import: fn(&str, &[u8]) -> Import) {
    let mut wrong = Vec::new();
    for folder in folders(kind) {
        let text = fs::read(folder.join(input)).expect("an input");
        let import = import(input, &text);
        let refused = errors(&loaded(&import.files));
        assert!(refused.is_empty(), "{}: {refused:#?}", folder.display());
        wrong.extend(check(&folder, import).err());
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn configurations_of_alertmanager_come_out_as_they_lie_there() {
    run("alertmanager", "input.yml", from_alertmanager);
}

#[test]
fn objects_of_incident_manager_come_out_as_they_lie_there() {
    run("incident-manager", "input.json", from_incident_manager);
}

#[test]
fn a_configuration_stays_what_it_is_byte_for_byte() {
    for folder in folders("alertmanager") {
        let text = fs::read_to_string(folder.join("input.yml")).expect("an input").replace('\n', "\r\n") + "# end";
        let import = from_alertmanager("input.yml", text.as_bytes());
        let kept = import.files.iter().find(|file| file.path == "alertmanager.yml").map(|file| file.text.as_str());
        assert_eq!(kept, Some(text.as_str()));
    }
}

#[test]
fn nothing_secret_or_personal_is_said() {
    let text = fs::read(cases().join("incident-manager/complete/input.json")).expect("an input");
    let import = from_incident_manager("input.json", &text);
    let comments: String = import
        .files
        .iter()
        .flat_map(|file| file.text.lines())
        .filter(|line| line.trim_start().starts_with('#'))
        .collect();
    let shown = said(&import)
        + &comments
        + &import.sources.iter().map(|(_, source)| source.text.to_string()).collect::<String>();
    for personal in ["+15005550199", "akua@example.com", "ana@old.example", "Akua Mansa"] {
        assert!(!shown.contains(personal), "{personal}");
    }
}
