//! One edit of a folder, as a block of a page says it.
//!
//! | block | what it does |
//! |---|---|
//! | `diff FILE` | replaces what stands behind `-` by what stands behind `+`, `\t` a tab; appends without a `-` |
//! | `create FILE` | writes a file |
//! | `delete FILE` | takes it away |
//! | `rename FILE TO` | |
//! | `latin1 FILE` | like `create`, in bytes that are not UTF-8 |
//! | `link FILE TARGET` | a symbolic link |
//! | `socket FILE` | a socket |

use std::fs;
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::path::Path;

/// Writes a file, and the folders to it.
pub(super) fn write(path: &Path, bytes: &[u8]) {
    fs::create_dir_all(path.parent().expect("a file is in a folder")).expect("a folder");
    fs::write(path, bytes).expect("room for a small file");
}

/// Makes one edit.
pub(super) fn make(dir: &Path, info: &str, body: &str) {
    let mut words = info.split(' ');
    let mut word = || words.next().expect("an edit says what is done to which file");
    let (verb, file) = (word(), dir.join(word()));
    match verb {
        "diff" => diff(&file, body),
        "create" => write(&file, body.as_bytes()),
        "latin1" => {
            let byte = |char: char| u8::try_from(u32::from(char)).expect("a character of Latin 1");
            write(&file, &body.chars().map(byte).collect::<Vec<u8>>());
        }
        "delete" => fs::remove_file(&file).expect("what is deleted is there"),
        "rename" => fs::rename(&file, dir.join(word())).expect("what is renamed is there"),
        "link" => symlink(word(), &file).expect("a link"),
        "socket" => drop(UnixListener::bind(&file).expect("a socket")),
        _ => unreachable!("no such edit: {info}"),
    }
}

fn diff(file: &Path, body: &str) {
    let text = fs::read_to_string(file).expect("what is edited is there");
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let side = |mark| {
        body.lines().filter_map(|line| line.strip_prefix(mark)).collect::<Vec<_>>().join(end).replace("\\t", "\t")
    };
    let (old, new) = (side('-'), side('+'));
    let edited = if old.is_empty() {
        format!("{text}{new}{end}")
    } else {
        assert_eq!(text.matches(&old).count(), 1, "once in {}: {old}", file.display());
        text.replace(&old, &new)
    };
    fs::write(file, edited).expect("room for a small file");
}
