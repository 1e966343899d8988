//! Trees from text, and the limits.

use super::*;

fn read(text: &str) -> (Option<Vec<Node>>, Vec<String>) {
    let mut diags = Vec::new();
    let nodes = parse(SourceId(0), text, &mut diags);
    let shown = diags.iter().map(|d| format!("{} at {}: {}", d.code, d.primary.span.start, d.headline)).collect();
    (nodes, shown)
}

fn show(node: &Node) -> String {
    match &node.value {
        Value::Null => "null".to_owned(),
        Value::Bool(value) => value.to_string(),
        Value::Int(number, _) => format!("{number}i"),
        Value::Float(number, _) => format!("{number}f"),
        Value::String(text) => format!("{text:?}"),
        Value::Seq(items) => format!("[{}]", items.iter().map(show).collect::<Vec<_>>().join(", ")),
        Value::Map(entries) => {
            let shown: Vec<_> = entries.iter().map(|(key, value)| format!("{}: {}", key.value, show(value))).collect();
            format!("{{{}}}", shown.join(", "))
        }
    }
}

fn check(text: &str, expect: &str) {
    let (nodes, diags) = read(text);
    let shown: Vec<String> = nodes.iter().flatten().map(show).chain(diags).collect();
    assert_eq!(shown.join("\n"), expect, "{text}");
}

#[test]
fn plain_scalars_mean_what_yaml_1_2_says_and_its_differences_to_1_1_are_text() {
    check(
        "[yes, no, on, Off, y, 012, 0x10, 1_000, 1:30]",
        r#"["yes", "no", "on", "Off", "y", "012", "0x10", "1_000", "1:30"]"#,
    );
    check(
        "[true, False, ~, null, 12, -3, 1.5, 1e3, .inf, '12', !!str 12]",
        r#"[true, false, null, null, 12i, -3i, 1.5f, 1000f, ".inf", "12", "12"]"#,
    );
    check("a: |\n  two\n  lines\nb: >-\n  fol\n  ded\n", r#"{a: "two\nlines\n", b: "fol ded"}"#);
}

#[test]
fn several_documents_and_empty_ones() {
    check("---\na: 1\n---\n# nothing\n---\n[b]\n...\n", "{a: 1i}\n[\"b\"]");
    check("", "");
}

#[test]
fn aliases_and_merges_are_expanded() {
    check("base: &b {x: 1, y: 2}\nchild: {<<: *b, y: 3}\n", "{base: {x: 1i, y: 2i}, child: {y: 3i, x: 1i}}");
    check(
        "a: &a {x: 1}\nb: &b {x: 2, z: 2}\nc:\n  <<: [*a, *b]\n",
        "{a: {x: 1i}, b: {x: 2i, z: 2i}, c: {x: 1i, z: 2i}}",
    );
    check("<<: 1\n", "{}\nmerge-value at 4: a merge key `<<` takes a mapping or a list of mappings");
}

#[test]
fn faults_have_places() {
    check("a: 1\nb: 2\na: 3\n", "{a: 1i, b: 2i}\nduplicate-key at 10: the key `a` is there twice");
    check("? [x]\n: 1\n", "{}\ncomplex-key at 2: a key has to be text, not a list");
    let (nodes, diags) = read("a: 1\n\tb: 2\n");
    assert!(nodes.is_none());
    assert_eq!(diags.len(), 1, "{diags:?}");
    assert!(diags[0].starts_with("yaml-syntax at 5"), "{diags:?}");
    assert!(read("a: [1, 2\nb: }").0.is_none());
    assert!(read("a: *nowhere").0.is_none());
}

#[test]
fn quoted_text_may_go_on_at_the_left_as_it_may_for_go() {
    let text = "a:\n  - b: \"up\n  == 0\"\n    c: 'x\ny\n\nz'\n    d: \"\n    e\"\n  - f: [1, 2]\n";
    check(text, r#"{a: [{b: "up == 0", c: "x y\nz", d: " e"}, {f: [1i, 2i]}]}"#);
    let nodes = read(text).0.expect("a tree");
    let Value::Seq(items) = &nodes[0].get("a").expect("there").value else { panic!("a list") };
    let written = |item: usize, key: &str| &text[items[item].get(key).expect("there").span.range()];
    assert_eq!(written(0, "b"), "\"up\n  == 0\"");
    assert_eq!(written(0, "c"), "'x\ny\n\nz'");
    assert_eq!(written(1, "f"), "[1, 2]");
    assert!(read("a:\n  b: \"x\ny\"\n  c: [\n").1[0].starts_with("yaml-syntax"));
}

#[test]
fn a_tab_is_named_with_its_remedy() {
    let mut diags = Vec::new();
    assert!(parse(SourceId(0), "route:\n\treceiver: team\n", &mut diags).is_none());
    assert_eq!(diags[0].primary.span.start, 8);
    assert_eq!(diags[0].help.as_deref(), Some("indent with spaces, a tab is no indentation in YAML"));
}

#[test]
fn spans_cover_what_is_written() {
    let text = "a: \"x y\"\nb: |\n  secret\n  two\nc: [1, 2]\nd:\n  e: f\ng: h\n";
    let (nodes, _) = read(text);
    let root = &nodes.expect("a tree")[0];
    let written = |key: &str| &text[root.get(key).expect("there").span.range()];
    assert_eq!(written("a"), "\"x y\"");
    assert_eq!(written("b"), "secret\n  two");
    assert_eq!(written("c"), "[1, 2]");
    assert_eq!(written("d"), "e: f");
    assert_eq!(&text[root.span.range()], text.trim_end());
}

#[test]
fn a_bomb_is_stopped() {
    let mut bomb = "a0: &a0 [x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..10 {
        let aliases = vec![format!("*a{}", level - 1); 9].join(", ");
        bomb.push_str(&format!("a{level}: &a{level} [{aliases}]\n"));
    }
    let (nodes, diags) = read(&bomb);
    assert!(nodes.is_none());
    assert!(diags[0].contains("larger than 100,000 values"), "{diags:?}");
    let (_, diags) = read("&a [*a]");
    assert_eq!(diags, ["alias-expansion at 4: an alias stands inside the value it means"]);
}

#[test]
fn depth_and_size_are_limited() {
    let nested = |depth: usize| format!("{}{}", "[".repeat(depth), "]".repeat(depth));
    assert!(read(&nested(64)).0.is_some());
    assert!(read(&nested(66)).1[0].starts_with("too-deep"));
    assert!(read(&nested(100_000)).1[0].starts_with("too-deep"));
    assert!(read(&"- ".repeat(100_000)).1[0].starts_with("too-deep"));
    assert!(read(&format!("a: {}", "x".repeat(BYTES_MAX))).1[0].starts_with("file-too-large"));
    assert!(read(&"- \n".repeat(NODES_MAX + 10)).1[0].starts_with("file-too-large"));
}

proptest::proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "[-a-c:#&*<>|'\"{}\\[\\],!?% \n\t~0-2é]{0,120}") {
        let (nodes, diags) = read(&text);
        proptest::prop_assert!(nodes.is_some() || !diags.is_empty());
        for node in nodes.iter().flatten() {
            proptest::prop_assert!(text.get(node.span.range()).is_some(), "{:?}", node.span);
        }
    }
}
