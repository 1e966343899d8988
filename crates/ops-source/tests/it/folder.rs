//! What of a folder is read.

use std::fs;
use std::os::unix::fs::symlink;
use std::path::Path;

use evenkeel_model::Missing;
use evenkeel_ops_source::{Error, OpsFiles, TooMuch, Unread, Why, load, read};

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
    let unread: Vec<_> = files.unread.iter().map(|unread| (unread.path.as_str(), &unread.why)).collect();
    assert_eq!(unread, [("others", &Why::Outside), ("secret.yml", &Why::Outside)]);
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
fn a_page_that_is_no_text_or_too_large_blocks_nothing() {
    let large = vec![b' '; (4 << 20) + 1];
    let dir = folder(&[("a.md", &large), ("b.md", b"# \xff"), ("c.ics", b"\xff"), ("go.test", b"\x7fELF\xff")]);
    assert_eq!(
        codes(dir.path()),
        ["file-too-large a.md:0", "no-routing a.md:0", "invalid-utf8 b.md:2", "invalid-utf8 c.ics:0"]
    );
}

#[test]
fn a_hundred_megabytes_are_named_without_being_read() {
    let dir = folder(&[]);
    let file = fs::File::create(dir.path().join("huge.yml")).expect("a file");
    file.set_len(100 << 20).expect("a sparse file");
    let files = read(dir.path()).expect("a folder");
    let why = Why::TooLarge { bytes: 100 << 20 };
    assert_eq!((files.files, files.unread), (vec![], vec![Unread { path: "huge.yml".to_owned(), why }]));
    assert_eq!(codes(dir.path()), ["file-too-large huge.yml:0"]);
}

#[test]
fn too_much_is_refused_until_it_is_ignored() {
    let dir = folder(&[]);
    fs::create_dir(dir.path().join("much")).expect("a folder");
    for index in 0..65 {
        let file = fs::File::create(dir.path().join(format!("much/{index}.yml"))).expect("a file");
        file.set_len(4 << 20).expect("a sparse file");
    }
    let error = read(dir.path()).expect_err("too much");
    assert!(matches!(error, Error::TooMuch { source: TooMuch::Bytes, .. }), "{error}");
    fs::write(dir.path().join(".evenkeelignore"), "much/").expect("a file");
    assert_eq!(read(dir.path()).expect("little").others.len(), 66);
    let dir = folder(&[]);
    for index in 0..100_001 {
        let place = dir.path().join(format!("many/{}", index / 1000));
        fs::create_dir_all(&place).expect("a folder");
        drop(fs::File::create(place.join(index.to_string())).expect("a file"));
    }
    let error = read(dir.path()).expect_err("too much");
    assert!(matches!(error, Error::TooMuch { source: TooMuch::Names, .. }), "{error}");
    fs::write(dir.path().join(".evenkeelignore"), "/many").expect("a file");
    assert_eq!(read(dir.path()).expect("little").files, []);
}

#[test]
fn what_is_ignored_is_there_for_links_only() {
    let dir = folder(&[
        (".evenkeelignore", b"vendor\n*.gen.yml\n"),
        ("a.yml", b"1"),
        ("vendor/deep/b.yml", b"2"),
        ("c.gen.yml", b"3"),
        (".github/workflows/d.yml", b"4"),
        ("shop/Chart.yaml", b"name: shop"),
        ("shop/templates/e.yaml", b"{{ .Values.x }}"),
        ("templates/f.yaml", b"5"),
    ]);
    let files = read(dir.path()).expect("a folder");
    assert_eq!(paths(&files), ["a.yml", "shop/Chart.yaml", "templates/f.yaml"]);
    let others =
        [".evenkeelignore", ".github/workflows/d.yml", "c.gen.yml", "shop/templates/e.yaml", "vendor/deep/b.yml"];
    assert_eq!(files.others, others);
}

#[test]
fn a_file_is_read_once_whatever_links_lead_to_it() {
    let dir = folder(&[("a/real.yml", b"1"), ("a/deep/x.md", b"2")]);
    symlink("a/real.yml", dir.path().join("0.yml")).expect("a link");
    symlink("a", dir.path().join("all")).expect("a link");
    symlink("../..", dir.path().join("a/deep/top")).expect("a link");
    let files = read(dir.path()).expect("a folder");
    assert_eq!(paths(&files), ["a/deep/x.md", "a/real.yml"]);
    assert_eq!(files.others, ["0.yml", "a/deep/top", "all/deep/top", "all/deep/x.md", "all/real.yml"]);
}

#[test]
fn links_that_multiply_are_no_endless_way() {
    let dir = folder(&[]);
    for index in 0..40 {
        let place = dir.path().join(format!("d{index}"));
        fs::create_dir(&place).expect("a folder");
        fs::write(place.join("x.yml"), "x").expect("a file");
        for name in ["left", "right"] {
            symlink(format!("../d{}", index + 1), place.join(name)).expect("a link");
        }
    }
    assert_eq!(read(dir.path()).expect("a folder").files.len(), 40);
}

#[test]
fn what_cannot_be_read_is_said_at_its_place() {
    let dir = folder(&[]);
    let error = read(&dir.path().join("nowhere")).expect_err("no folder");
    assert!(error.to_string().contains("nowhere"), "{error}");
    symlink("gone", dir.path().join("broken.yml")).expect("a link");
    symlink("gone", dir.path().join("broken.md")).expect("a link");
    symlink("gone.png", dir.path().join("broken.png")).expect("a link");
    let said = codes(dir.path());
    assert_eq!(said, ["broken-link broken.md:0", "broken-link broken.yml:0"]);
}

/// Opening the pipe would wait for ever.
#[test]
fn pipes_and_sockets_are_never_opened() {
    let dir = folder(&[]);
    let pipe = dir.path().join("pipe.yml");
    let mode = rustix::fs::Mode::from_raw_mode(0o600);
    rustix::fs::mknodat(rustix::fs::CWD, &pipe, rustix::fs::FileType::Fifo, mode, 0).expect("a pipe");
    let _socket = std::os::unix::net::UnixListener::bind(dir.path().join("socket.md")).expect("a socket");
    symlink("pipe.yml", dir.path().join("again.yml")).expect("a link");
    let said = codes(dir.path());
    assert_eq!(said, ["not-a-file again.yml:0", "not-a-file pipe.yml:0", "not-a-file socket.md:0"]);
}

#[test]
fn a_pointer_to_large_file_storage_is_no_content() {
    let pointer = b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n";
    let dir = folder(&[("a.yml", pointer), ("b.md", pointer)]);
    assert_eq!(codes(dir.path()), ["large-file-pointer a.yml:0", "large-file-pointer b.md:0"]);
}

#[test]
fn a_bad_line_of_the_ignore_file_is_named() {
    let dir = folder(&[
        (".evenkeelignore", b"# what\r\n[z-a]\r\n"),
        ("a.yml", b"route: {receiver: a}\nreceivers: [{name: a}]\n"),
    ]);
    assert_eq!(codes(dir.path()), ["bad-ignore-pattern .evenkeelignore:8"]);
}

#[test]
fn the_fingerprint_sees_every_change() {
    let print = |files: &[(&str, &[u8])]| read(folder(files).path()).expect("a folder").fingerprint();
    assert_eq!(print(&[("a.yml", b"x")]), print(&[("a.yml", b"x")]));
    assert_ne!(print(&[("a.yml", b"x")]), print(&[("a.yml", b"y")]));
    assert_ne!(print(&[("a.yml", b"x")]), print(&[("b.yml", b"x")]));
}
