//! How long loading takes: ten thousand lines of everything a large team writes, and files that are as large
//! as a file may be, and strange. `cargo run --release -p evenkeel-ops-source --example load_speed`

#![expect(clippy::disallowed_methods, clippy::print_stdout, reason = "measures and prints")]

use std::time::Instant;

use evenkeel_model::Missing;
use evenkeel_ops_source::{OpsFile, OpsFiles, load};

fn fill(unit: &str) -> String {
    unit.repeat((4 << 20) / unit.len())
}

/// Numbered lines up to so many bytes.
fn lines(bytes: usize, line: fn(usize) -> String) -> String {
    let mut text = String::new();
    for number in 0.. {
        let line = line(number);
        if text.len() + line.len() > bytes {
            break;
        }
        text.push_str(&line);
    }
    text
}

fn routed(rest: &str) -> String {
    format!("route: {{receiver: team}}\n{rest}\n")
}

/// YAML of every shape.
fn shapes() -> Vec<(&'static str, String)> {
    vec![
        ("documents", fill("--- a\n")),
        ("empty documents", fill("---\n")),
        ("comments", fill("# a\n")),
        ("a long comment", fill("#")),
        ("nested lists", fill("- ")),
        ("nested keys", fill("? ")),
        ("open brackets", fill("[")),
        ("open braces", fill("{a: ")),
        ("flow items", format!("[{}]", "a,".repeat(240_000))),
        ("a plain scalar", fill("a\n")),
        ("a quoted scalar", format!("\"{}\"", "\\n".repeat((2 << 20) - 8))),
        ("a block scalar", format!("|\n{}", " a\n".repeat((4 << 20) / 3 - 8))),
        ("spaces", fill(" ")),
        ("tabs", fill("\t")),
        ("line breaks", fill("\n")),
        ("anchors", lines(4 << 20, |n| format!("- &a{n} x\n"))),
        ("aliases", format!("- &a x\n{}", "- *a\n".repeat(99_000))),
        ("duplicate keys", routed(&"a: b\n".repeat(120_000))),
    ]
}

/// Configurations with much of one thing.
fn configurations() -> Vec<(&'static str, String)> {
    let receivers = lines(2 << 20, |n| format!("- {{name: r{n}}}\n"));
    let unknown = lines(2 << 20, |n| format!("  - {{receiver: r{n}}}\n"));
    let headers = lines(1 << 20, |n| format!("h{n}: x, "));
    let patterns: String = (0..9_000).map(|n| format!("  - match_re: {{a: '(x{{50}}){{20}}{n}'}}\n")).collect();
    let options = "{url: 'http://a/', http_config: {proxy_url: x}}, ".repeat(30_000);
    vec![
        ("unknown fields", routed(&lines(2 << 20, |n| format!("f{n}: x\n")))),
        ("a long unknown field", routed(&format!("? {}\n: x", "a".repeat(4_000_000)))),
        ("unknown receivers", format!("route:\n  receiver: a\n  routes:\n{unknown}receivers: []\n")),
        ("unused receivers", routed(&format!("receivers:\n{receivers}"))),
        (
            "headers",
            routed(&format!("receivers: [{{name: team, email_configs: [{{to: a, headers: {{{headers}}}}}]}}]")),
        ),
        (
            "a long line of matchers",
            routed(&format!("inhibit_rules: [{{source_matchers: ['{}']}}]", "a=b,".repeat(900_000))),
        ),
        ("costly patterns", format!("route:\n  receiver: a\n  routes:\n{patterns}receivers: [{{name: a}}]\n")),
        ("unsupported options", routed(&format!("receivers: [{{name: team, webhook_configs: [{options}]}}]"))),
    ]
}

/// Documents of people, with much of one thing.
fn people() -> Vec<(&'static str, String)> {
    let document = |kind: &str, name: &str, spec: &str| {
        format!(
            "---\napiVersion: evenkeel/v1\nkind: {kind}\nmetadata: {{name: {name}, owner: person:p0}}\nspec: {spec}\n"
        )
    };
    let contact = "{contacts: [{name: book, file: {path: book.jsonl}}], timeZone: Europe/Berlin}";
    let crowd: String = (0..10_000).map(|n| document("Person", &format!("p{n}"), contact)).collect();
    let listed = (0..10_000).map(|n| format!("p{n}")).collect::<Vec<_>>().join(", ");
    let layer = |n| format!("{{name: l{n}, start: 2026-01-05T09:00, turns: [p{}, p{n}]}}, ", n + 1);
    let layers: String = (0..9_000).map(layer).collect();
    let schedule = document("Schedule", "all", &format!("{{timeZone: Europe/Berlin, layers: [{layers}]}}"));
    let policies: String = (0..5_000)
        .map(|n| document("EscalationPolicy", &format!("e{n}"), "{steps: [{to: [team:all, person:p1]}]}"))
        .collect();
    let team = document("Team", "all", &format!("{{members: [{listed}]}}"));
    let all = (0..600).map(|n| format!("w{n}")).collect::<Vec<_>>().join(", ");
    let standing = |n| document("Workload", &format!("w{n}"), &format!("{{tier: 1, dependsOn: [{all}]}}"));
    let chain = |n| document("Workload", &format!("w{n}"), &format!("{{tier: 1, dependsOn: [w{}]}}", (n + 1) % 20_000));
    let route = "route: {receiver: team}\nreceivers: [{name: team}]\n";
    let one = document("Person", "p0", contact);
    vec![
        ("ten thousand people", format!("{route}{crowd}")),
        ("a schedule of 9,000 layers", format!("{route}{crowd}{schedule}")),
        ("5,000 policies that page 10,000 people", format!("{route}{crowd}{team}{policies}")),
        ("people who are nowhere", format!("{route}{one}{team}{schedule}")),
        ("everything stands on everything", format!("{route}{one}{}", (0..600).map(standing).collect::<String>())),
        ("a circle of 20,000 workloads", format!("{route}{one}{}", (0..20_000).map(chain).collect::<String>())),
    ]
}

/// Ten thousand lines of everything a large team writes.
fn ten_thousand_lines() -> String {
    let mut text = "route:\n  receiver: team-0\n  routes:\n".to_owned();
    for index in 0..1250 {
        text.push_str(&format!(
            "    - receiver: team-{index}\n      group_by: [alertname, service]\n      group_wait: 10s\n      \
             matchers:\n        - service=\"shop-{index}\"\n        - severity=~\"page|ticket\"\n"
        ));
    }
    text.push_str("receivers:\n");
    for index in 0..1250 {
        text.push_str(&format!(
            "  - name: team-{index}\n    webhook_configs: [{{url: 'https://example.com/{index}'}}]\n"
        ));
    }
    text
}

fn main() {
    let usual = [("ten thousand lines", ten_thousand_lines())];
    for (name, text) in usual.into_iter().chain(shapes()).chain(configurations()).chain(people()) {
        let file = OpsFile { path: "alertmanager.yml".to_owned(), bytes: text.into_bytes() };
        let files = OpsFiles { files: vec![file], ..OpsFiles::default() };
        let began = Instant::now();
        let loaded = load(&files, Missing::Refuse);
        let (took_ms, plan, found) = (began.elapsed().as_millis(), loaded.plan.is_some(), loaded.diagnostics.len());
        println!("{took_ms:>6} ms  {name}: plan {plan}, {found} diagnostics");
    }
}
