//! What of a folder is read.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use evenkeel_model::Missing;
use evenkeel_ops_source::{Error, OpsFiles, load, read};

fn folder(files: &[(&str, &[u8])]) -> tempfile::TempDir {
    let dir = tempfile::tempdir().expect("a folder");
    for (path, bytes) in files {
        let place = dir.path().join(path);
        fs::create_dir_all(place.parent().expect("a parent")).expect("a folder");
        fs::write(place, bytes).expect("a file");
    }
    dir
}

fn paths(files: &OpsFiles) -> Vec<&str> {
    files.files.iter().map(|file| file.path.as_str()).collect()
}

fn codes(dir: &Path) -> Vec<String> {
    let loaded = load(&read(dir).expect("a folder"), Missing::Refuse);
    let place = |diag: &evenkeel_diagnostic::Diagnostic| {
        let source = loaded.sources.get(diag.primary.span.source).expect("a known file");
        format!("{} {}:{}", diag.code, source.path, diag.primary.span.start)
    };
    loaded.diagnostics.iter().map(place).collect()
}

#[test]
fn files_are_read_in_order_and_the_rest_is_skipped() {
    let dir = folder(&[
        ("b.yml", b"1"),
        ("a/z.yaml", b"2"),
        ("a.yml", b"3"),
        ("notes.md", b"4"),
        ("picture.png", b"9"),
        (".git/config.yml", b"5"),
        (".hidden.yml", b"6"),
        ("target/x.yml", b"7"),
        ("node_modules/y/x.yml", b"8"),
    ]);
    assert_eq!(paths(&read(dir.path()).expect("a folder")), ["a.yml", "a/z.yaml", "b.yml", "notes.md"]);
}

#[test]
fn a_mounted_config_map_is_followed_and_a_link_outside_is_not() {
    let other = folder(&[("secret.yml", b"outside")]);
    let dir = folder(&[("..2026_11_20/alertmanager.yml", b"inside"), ("deep/x.yml", b"x")]);
    symlink("..2026_11_20", dir.path().join("..data")).expect("a link");
    symlink("..data/alertmanager.yml", dir.path().join("alertmanager.yml")).expect("a link");
    symlink(other.path().join("secret.yml"), dir.path().join("secret.yml")).expect("a link");
    symlink(other.path(), dir.path().join("others")).expect("a link");
    symlink("..", dir.path().join("deep/loop")).expect("a link");
    let files = read(dir.path()).expect("a folder");
    assert_eq!(paths(&files), ["alertmanager.yml", "deep/x.yml"]);
    assert_eq!(files.outside, ["others", "secret.yml"]);
    assert!(codes(dir.path()).contains(&"link-outside secret.yml:0".to_owned()));
}

#[test]
fn an_empty_folder_says_what_to_write() {
    assert_eq!(codes(folder(&[]).path()), ["no-routing alertmanager.yml:0"]);
}

#[test]
fn files_that_are_no_text_or_too_large_are_named() {
    let large = vec![b' '; (4 << 20) + 1];
    let dir = folder(&[("a.yml", &large), ("b.yml", b"route: \xff")]);
    assert_eq!(codes(dir.path()), ["file-too-large a.yml:0", "invalid-utf8 b.yml:7"]);
}

#[test]
fn a_hundred_megabytes_are_read_no_further_than_needed() {
    let dir = folder(&[]);
    let file = fs::File::create(dir.path().join("huge.yml")).expect("a file");
    file.set_len(100 << 20).expect("a sparse file");
    let files = read(dir.path()).expect("a folder");
    assert_eq!(files.files[0].bytes.len(), (4 << 20) + 1);
    assert_eq!(codes(dir.path()), ["file-too-large huge.yml:0"]);
}

#[test]
fn too_much_is_refused() {
    let dir = folder(&[]);
    for index in 0..17 {
        let file = fs::File::create(dir.path().join(format!("{index}.yml"))).expect("a file");
        file.set_len(4 << 20).expect("a sparse file");
    }
    assert!(matches!(read(dir.path()), Err(Error::TooLarge { .. })));
    let dir = folder(&[]);
    (0..10_001).for_each(|index| drop(fs::File::create(dir.path().join(format!("{index}.yml"))).expect("a file")));
    assert!(matches!(read(dir.path()), Err(Error::TooManyFiles { .. })));
}

#[test]
fn what_cannot_be_read_is_an_error_with_its_path() {
    let dir = folder(&[]);
    let error = read(&dir.path().join("nowhere")).expect_err("no folder");
    assert!(error.to_string().contains("nowhere"), "{error}");
    symlink("gone", dir.path().join("broken.yml")).expect("a link");
    assert!(matches!(read(dir.path()), Err(Error::Unreadable { .. })));
}

#[test]
fn the_fingerprint_sees_every_change() {
    let print = |files: &[(&str, &[u8])]| read(folder(files).path()).expect("a folder").fingerprint();
    assert_eq!(print(&[("a.yml", b"x")]), print(&[("a.yml", b"x")]));
    assert_ne!(print(&[("a.yml", b"x")]), print(&[("a.yml", b"y")]));
    assert_ne!(print(&[("a.yml", b"x")]), print(&[("b.yml", b"x")]));
}
