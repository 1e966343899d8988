//! Small configurations, accepted and refused as `amtool check-config` does, where that is installed.

use std::fs;
use std::path::Path;
use std::process::Command;

use evenkeel_diagnostic::Diagnostic;

use crate::load::load_one;

const AMTOOL: &str = "/usr/bin/amtool";

/// What the two say about a configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Verdict {
    /// Both take it.
    Taken,
    /// Both refuse it.
    Refused,
    /// amtool 0.25 takes it and we do not, for a stated reason.
    OnlyTheirs(&'static str),
    /// We take it and amtool 0.25 does not, for a stated reason.
    OnlyOurs(&'static str),
}

use Verdict::{OnlyOurs, OnlyTheirs, Refused, Taken};

const TEAM: &str = "receivers: [{name: team}]\n";

/// Routes, with the one receiver `team`.
const ROUTES: &[(&str, Verdict)] = &[
    ("route: {receiver: team}", Taken),
    ("route: {}", Refused),
    ("route: {receiver: nobody}", Refused),
    ("route: {receiver: team, routes: [{receiver: nobody}]}", Refused),
    ("route: {receiver: team, routes: [{match: {a: b}}]}", Taken),
    ("route: {receiver: team, matchers: [a=b]}", Refused),
    ("route: {receiver: team, match: {a: b}}", Refused),
    ("route: {receiver: team, match_re: {a: b}}", Refused),
    ("route: {receiver: team, matchers: []}", Taken),
    ("route: {receiver: team, continue: true}", Refused),
    ("route: {receiver: team, continue: false}", Taken),
    ("route: {receiver: team, group_by: [a, a]}", Refused),
    ("route: {receiver: team, group_by: ['...']}", Taken),
    ("route: {receiver: team, group_by: ['...', a]}", Refused),
    ("route: {receiver: team, group_by: []}", Taken),
    ("route: {receiver: team, group_by: a}", Refused),
    ("route: {receiver: team, group_wait: 0s}", Taken),
    ("route: {receiver: team, group_interval: 0s}", Refused),
    ("route: {receiver: team, repeat_interval: 0s}", Refused),
    ("route: {receiver: team, repeat_interval: 30}", Refused),
    ("route: {receiver: team, repeat_interval: 1h30m}", Taken),
    ("route: {receiver: team, repeat_interval: 30m1h}", Refused),
    ("route: {receiver: team, unknown: x}", Refused),
    ("route: {receiver: team, routes: [{matchers: ['a=\"b\"', 'c!=d', 'e=~\"f|g\"', 'h!~i']}]}", Taken),
    ("route: {receiver: team, routes: [{matchers: ['{a=b,c=d}']}]}", Taken),
    ("route: {receiver: team, routes: [{matchers: ['a=~\"(\"']}]}", Refused),
    ("route: {receiver: team, routes: [{matchers: ['a']}]}", Refused),
    ("route: {receiver: team, routes: [{match_re: {a: '['}}]}", Refused),
    ("route: {receiver: team, routes: [{match: {'a b': c}}]}", OnlyOurs("label names may be any text since 0.27")),
    ("route: {receiver: team, routes: [{matchers: a=b}]}", Refused),
    ("route: {receiver: team, routes: [{mute_time_intervals: [nowhere]}]}", Refused),
    ("route: {receiver: team, mute_time_intervals: [x]}\ntime_intervals: [{name: x}]", Refused),
    ("route: {receiver: team, active_time_intervals: [x]}\ntime_intervals: [{name: x}]", Refused),
    ("route: {receiver: team, routes: [{continue: yes}]}", OnlyTheirs("`yes` is text in YAML 1.2, with help")),
    ("route: {receiver: team}\nroute: {receiver: team}", Refused),
    ("route: {receiver: team}\nglobal: {resolve_timeout: 1m}", Taken),
    ("route: {receiver: team}\nglobal: {resolve_timeout: soon}", Refused),
    ("route: {receiver: team}\nglobal: {slack_api_url: 'no'}", Refused),
    ("route: {receiver: team}\nglobal: {slack_api_url: 'http://a', slack_api_url_file: b}", Refused),
    ("route: {receiver: team}\nglobal: {smtp_smarthost: mail}", Refused),
    ("route: {receiver: team}\nglobal: {smtp_smarthost: 'mail:'}", Refused),
    ("route: {receiver: team}\nglobal: {http_config: {bearer_token: a, bearer_token_file: b}}", Refused),
    (
        "route: {receiver: team}\nglobal: {http_config: {basic_auth: {username: a, password: b, password_file: c}}}",
        Refused,
    ),
    ("route: {receiver: team}\nglobal: {http_config: {bearer_token: a, basic_auth: {username: b}}}", Refused),
    ("route: {receiver: team}\nglobal: {http_config: {authorization: {type: basic, credentials: a}}}", Refused),
    ("route: {receiver: team}\ninhibit_rules: [{source_matchers: [a=b], target_matchers: [c=d], equal: [e]}]", Taken),
    ("route: {receiver: team}\ninhibit_rules: [{source_match: {a: b}, target_match_re: {c: 'd|e'}}]", Taken),
    ("route: {receiver: team}\ninhibit_rules: [{source_matcher: [a=b]}]", Refused),
    ("route: {receiver: team}\ninhibit_rules: [{name: x, equal: [e]}]", OnlyOurs("rules have names since 0.30")),
    ("route: {receiver: team}\ntemplates: ['*.tmpl']", Taken),
];

/// Entries of a time interval that a route uses.
const INTERVALS: &[(&str, Verdict)] = &[
    ("{}", Taken),
    ("{times: [{start_time: '09:00', end_time: '17:00'}]}", Taken),
    ("{times: [{start_time: '00:00', end_time: '24:00'}]}", Taken),
    ("{times: [{start_time: '9:00', end_time: '17:00'}]}", Refused),
    ("{times: [{start_time: '17:00', end_time: '09:00'}]}", Refused),
    ("{times: [{start_time: '17:00'}]}", Refused),
    ("{times: [{start_time: '17:00', end_time: '24:01'}]}", Refused),
    ("{weekdays: ['monday:friday', Sunday]}", Taken),
    ("{weekdays: ['friday:monday']}", Refused),
    ("{weekdays: ['1']}", Refused),
    ("{weekdays: [mo]}", Refused),
    ("{days_of_month: ['1:5', '-3:-1', 15, '-31']}", Taken),
    ("{days_of_month: ['0']}", Refused),
    ("{days_of_month: ['32']}", Refused),
    ("{days_of_month: ['-1:3']}", Refused),
    ("{days_of_month: ['10:5']}", Refused),
    ("{days_of_month: ['10:-10']}", Taken),
    ("{days_of_month: ['25:-10']}", Refused),
    ("{days_of_month: ['-1:-5']}", Refused),
    ("{days_of_month: ['1:2:3']}", Refused),
    ("{months: ['january:march', 6, '10:december']}", Taken),
    ("{months: ['march:january']}", Refused),
    ("{months: [13]}", OnlyTheirs("there is no thirteenth month")),
    ("{months: [jan]}", Refused),
    ("{years: ['2020:2022', 2030]}", Taken),
    ("{years: ['2022:2020']}", Refused),
    ("{years: [soon]}", Refused),
    ("{location: Europe/Berlin}", Taken),
    ("{location: UTC}", Taken),
    ("{location: Nowhere/At_All}", Refused),
    ("{location: Local}", OnlyTheirs("a plan has to mean the same on every machine")),
];

/// Fields of the one receiver.
const RECEIVERS: &[(&str, Verdict)] = &[
    ("webhook_configs: [{url: 'http://a/'}]", Taken),
    ("webhook_configs: [{}]", Refused),
    ("webhook_configs: [{url: ''}]", Refused),
    ("webhook_configs: [{url: 'ftp://a/'}]", Refused),
    ("webhook_configs: [{url: 'http:///x'}]", Refused),
    ("webhook_configs: [{url: 'a'}]", Refused),
    ("webhook_configs: [{url_file: a}]", OnlyOurs("`url_file` is there since 0.26")),
    ("webhook_configs: [{url: 'http://a/', max_alerts: 5, send_resolved: false}]", Taken),
    ("webhook_configs: [{url: 'http://a/', max_alerts: -1}]", Refused),
    ("webhook_configs: [{url: 'http://a/', max_alert: 1}]", Refused),
    ("webhook_configs: [{url: 'http://a/', timeout: 3s}]", OnlyOurs("`timeout` is there since 0.28")),
    (
        "webhook_configs: [{url: 'http://a/', http_config: {tls_config: {cert_file: a}}}]",
        OnlyTheirs("found at start-up there"),
    ),
    ("webhook_configs: [{url: 'http://a/', http_config: {follow_redirects: false, enable_http2: false}}]", Taken),
    ("slack_configs: [{channel: x}]", Refused),
    ("slack_configs: [{api_url: 'http://a/', channel: x, title: y}]", Taken),
    ("slack_configs: [{api_url: 'http://a/', api_url_file: b}]", Refused),
    ("slack_configs: [{api_url_file: b}]", Taken),
    ("email_configs: [{to: a@b.c}]", Refused),
    ("email_configs: [{to: a@b.c, smarthost: 'm:25'}]", Refused),
    ("email_configs: [{to: a@b.c, from: d@b.c}]", Refused),
    ("email_configs: [{to: a@b.c, from: d@b.c, smarthost: 'm:25'}]", Taken),
    ("email_configs: [{from: d@b.c, smarthost: 'm:25'}]", Refused),
    ("email_configs: [{to: a@b.c, from: d@b.c, smarthost: 'm:25', headers: {subject: a, Subject: b}}]", Refused),
    (
        "email_configs: [{to: a@b.c, from: d@b.c, smarthost: 'm:25', require_tls: false, hello: x, html: '', text: y}]",
        Taken,
    ),
    ("pagerduty_configs: [{routing_key: x}]", OnlyTheirs("we do not have it, and say so")),
    ("elephant_configs: []", Refused),
];

fn theirs(dir: &Path, text: &str) -> bool {
    let path = dir.join("alertmanager.yml");
    fs::write(&path, text).expect("room for a small file");
    let output = Command::new(AMTOOL).arg("check-config").arg(&path).output().expect("amtool runs");
    output.status.success()
}

#[test]
fn configurations_are_accepted_and_refused_as_amtool_does() {
    let dir = tempfile::tempdir().expect("a folder");
    let installed = Path::new(AMTOOL).exists();
    if !installed {
        // Not silently: who reads the output sees that only our own side was checked.
        std::io::Write::write_all(&mut std::io::stderr(), b"skipped: amtool is not installed\n").expect("a stderr");
    }
    let routes = ROUTES.iter().map(|(text, verdict)| (format!("{text}\n{TEAM}"), *verdict));
    let intervals = INTERVALS.iter().map(|(text, verdict)| {
        let used = "route: {receiver: team, routes: [{mute_time_intervals: [x]}]}";
        (format!("{used}\ntime_intervals: [{{name: x, time_intervals: [{text}]}}]\n{TEAM}"), *verdict)
    });
    let receivers = RECEIVERS.iter().map(|(text, verdict)| {
        (format!("route: {{receiver: team}}\nreceivers:\n  - name: team\n    {text}\n"), *verdict)
    });
    let whole = [
        ("route: {receiver: team}\nreceivers: [{name: team}, {name: team}]\n", Refused),
        ("route: {receiver: team}\nreceivers: [{}]\n", Refused),
        ("receivers: [{name: team}]\n", Refused),
        ("route: {receiver: team}\n", Refused),
        ("global: {}\n", Refused),
    ];
    let whole = whole.map(|(text, verdict)| (text.to_owned(), verdict));
    let mut wrong = Vec::new();
    for (text, verdict) in routes.chain(intervals).chain(receivers).chain(whole) {
        let ours = !load_one(&text).diagnostics.iter().any(Diagnostic::blocks);
        if ours != matches!(verdict, Taken | OnlyOurs(_)) {
            wrong.push(format!("ours is {ours}, wanted {verdict:?}: {text}"));
        }
        if installed && theirs(dir.path(), &text) != matches!(verdict, Taken | OnlyTheirs(_)) {
            wrong.push(format!("amtool says otherwise than {verdict:?}: {text}"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
