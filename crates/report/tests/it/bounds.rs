//! What nobody writes on purpose: a clear word for each, and an end in good time. Time is not asserted on; what does not
//! end is seen.

use std::fs::{self, File};
use std::os::unix::fs::symlink;
use std::os::unix::net::UnixListener;
use std::process::Command;

use crate::folder::Folder;

/// Writes each file by itself, and compares the codes found. Shape: what it is, its path, its text, the codes.
fn check(cases: &[(&str, &str, String, &str)]) {
    let mut wrong = Vec::new();
    for (what, path, text, expect) in cases {
        let found = Folder::of(&[(path, text.as_bytes())]);
        let (line, said) = (found.line(), found.text());
        if line != *expect {
            wrong.push(format!("{what}: {line}, not {expect}"));
        }
        assert!(said.len() < 200_000, "{what}: {} bytes are said", said.len());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn rule(expr: &str) -> String {
    format!("groups:\n  - name: a\n    rules:\n      - record: a:b\n        expr: '{expr}'\n")
}

fn route(matcher: &str) -> String {
    format!("route:\n  receiver: a\n  routes: [{{ matchers: ['{matcher}'] }}]\nreceivers: [{{ name: a }}]\n")
}

#[test]
fn fifty_thousand_files_are_read() {
    let dir = tempfile::tempdir().expect("a folder");
    for folder in 0..100 {
        let inside = dir.path().join(format!("f{folder}"));
        fs::create_dir(&inside).expect("a folder");
        for file in 0..250 {
            let page = format!("# Page {file}\n\nSee [the next](p{}.md).\n", (file + 1) % 250);
            fs::write(inside.join(format!("p{file}.md")), page).expect("a file");
            let entity = format!(
                "apiVersion: backstage.io/v1alpha1\nkind: Domain\nmetadata: {{ name: d-{folder}-{file} }}\nspec: {{ owner: \
                 somebody }}\n"
            );
            fs::write(inside.join(format!("d{file}.yaml")), entity).expect("a file");
        }
    }
    let found = Folder::judge(dir.path());
    assert_eq!(found.files, 50_000);
    assert_eq!(found.line(), "");
}

#[test]
fn links_in_circles_pipes_and_what_is_too_large_are_told() {
    let dir = tempfile::tempdir().expect("a folder");
    let at = |path: &str| dir.path().join(path);
    fs::create_dir(at("deep")).expect("a folder");
    symlink("..", at("deep/up")).expect("a link");
    symlink("deep", at("again")).expect("a link");
    symlink("b.yml", at("a.yml")).expect("a link");
    symlink("a.yml", at("b.yml")).expect("a link");
    symlink("/etc", at("out")).expect("a link");
    File::create(at("huge.yml")).and_then(|file| file.set_len(100 << 20)).expect("a file with a hole");
    assert!(Command::new("mkfifo").arg(at("pipe.yml")).status().expect("mkfifo").success());
    let _socket = UnixListener::bind(at("socket.yml")).expect("a socket");
    let found = Folder::judge(dir.path());
    let headlines: Vec<_> = found.diags.iter().map(|diag| diag.headline.as_str()).collect();
    assert_eq!(
        headlines,
        [
            "the link `a.yml` leads nowhere",
            "the link `b.yml` leads nowhere",
            "the file has 100.0 MiB, and at most 4 MiB are read",
            "the link `out` leads out of the ops repo and is not followed",
            "`pipe.yml` is a pipe, a socket or a device, and is never opened",
            "`socket.yml` is a pipe, a socket or a device, and is never opened",
        ]
    );
}

#[test]
fn bytes_that_are_no_text_are_told() {
    let binary: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    assert_eq!(Folder::of(&[("a.yml", &binary)]).line(), "error invalid-utf8");
    assert_eq!(Folder::of(&[("a.md", &binary)]).line(), "invalid-utf8");
    assert_eq!(Folder::of(&[("a.yml", b"groups:\n  - name: \xff\n")]).line(), "error invalid-utf8");
    assert_eq!(Folder::of(&[("a.png", &binary)]).line(), "");
}

#[test]
fn yaml_that_grows_is_stopped() {
    check(&[
        ("nested lists", "a.yml", "[".repeat(100_000), "error too-deep"),
        ("nested mappings", "a.yml", "{a: ".repeat(100_000), "error too-deep"),
    ]);
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    check(&[("aliases of aliases", "a.yml", bomb, "error alias-expansion")]);
    let left = format!("route:\n  receiver: \"a{}\"\nreceivers: []\n", "\nb".repeat(20_000));
    check(&[
        ("quoted text at the left", "a.yml", left, "error yaml-syntax"),
        ("a line of a mebibyte", "a.yml", format!("groups: [{{ name: {} }}]\n", "a".repeat(1 << 20)), ""),
        ("a line of words", "a.yml", "word ".repeat(200_000), "unknown-document"),
    ]);
}

#[test]
fn queries_and_patterns_that_grow_are_stopped() {
    let nested = format!("{}a{}", "(".repeat(10_000), ")".repeat(10_000));
    check(&[
        ("brackets", "a.yml", rule(&nested), "promql-syntax"),
        ("signs", "a.yml", rule(&format!("{}a", "-".repeat(10_000))), "promql-syntax"),
        ("a long sum", "a.yml", rule(&format!("a{}", " + a".repeat(10_000))), "promql-syntax"),
        ("many powers", "a.yml", rule(&format!("a{}", " ^ a".repeat(10_000))), "promql-syntax"),
        ("a pattern in a query", "a.yml", rule("a{b=~\"((a{100}){100}){100}\"}"), ""),
        ("a pattern in a route", "a.yml", route("a=~\"((a{100}){100}){100}\""), "error invalid-matcher"),
        ("a pattern that walks back", "a.yml", route("a=~\"(a*)*(a|aa)+b\""), ""),
    ]);
}

#[test]
fn pages_that_grow_are_read_or_left_with_a_word() {
    check(&[
        ("quotes in quotes", "a.md", format!("{} a\n", ">".repeat(100_000)), "too-deep"),
        (
            "lists in lists",
            "a.md",
            (0..2_000).map(|n| format!("{}- a\n", " ".repeat(n))).collect::<String>(),
            "too-deep",
        ),
        ("brackets", "a.md", "[".repeat(200_000), ""),
        ("links in links", "a.md", format!("{}a{}", "[".repeat(50_000), "](b)".repeat(50_000)), "dead-link"),
        ("stars", "a.md", "*a **b ".repeat(50_000), ""),
        ("a line of a mebibyte", "a.md", "a".repeat(1 << 20), ""),
        ("headings alike", "a.md", "# a\n".repeat(50_000), ""),
        ("ticks", "a.md", (1..1_000).map(|n| "`".repeat(n) + " ").collect::<String>(), ""),
    ]);
}

#[test]
fn two_documents_with_one_name_are_told_once() {
    let person = "apiVersion: evenkeel/v1\nkind: Person\nmetadata: { name: ada }\nspec: { fullName: Ada }\n";
    let found = Folder::of(&[("a.yml", person.as_bytes()), ("b.yml", person.as_bytes())]);
    assert_eq!(found.codes().get("error duplicate-name"), Some(&1), "{}", found.text());
    let many = format!("{person}---\n").repeat(20_000);
    let found = Folder::of(&[("a.yml", many.as_bytes())]);
    assert!(found.codes().contains_key("error duplicate-name"));
}
