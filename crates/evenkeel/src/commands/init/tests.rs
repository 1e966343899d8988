//! Whatever there is and whatever is answered: the ops repo is one that `evenkeel check` has nothing to say about, and
//! whose tests pass.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use clap::Parser;
use evenkeel_cli::args::{Cli, Command};
use evenkeel_routing_test::run as play;

use super::*;

const CONFIG: &str = "\
global: { smtp_smarthost: 'mail.example.com:25', smtp_from: 'a@example.com' }
route:
  receiver: mails
  routes:
  - { matchers: ['severity=~\"critical|page\"', 'team!=\"web\"'], receiver: pager }
  - { matchers: ['team=\"web\"'], receiver: web }
receivers:
- name: mails
  email_configs: [{ to: 'Ada <ada@example.com>' }]
- name: pager
  email_configs: [{ to: 'oncall@example.com' }]
- name: web
  webhook_configs: [{ url: 'http://127.0.0.1:1/web' }]
";
const PROMETHEUS: &str = "\
global: {}
rule_files: ['rules/*.yml']
alerting: { alertmanagers: [{ static_configs: [{ targets: ['localhost:9093'] }] }] }
";
const RULES: &str = "\
groups:
- name: shop
  rules:
  - { record: 'shop:errors:rate5m', expr: 'rate(shop_errors_total[5m])' }
  - { alert: ShopDown, expr: 'up{job=\"shop\"} == 0', for: 5m, labels: { severity: critical } }
  - { alert: ShopSlow, expr: 'shop_latency_seconds > 1', labels: { severity: warning } }
  - { alert: NoSeverity, expr: 'vector(1)' }
";
const CATALOG: &str = "\
apiVersion: backstage.io/v1alpha1
kind: Component
metadata: { name: shop }
spec: { type: service, lifecycle: production, owner: payments, dependsOn: ['component:gone'] }
---
apiVersion: backstage.io/v1alpha1
kind: Group
metadata: { name: payments }
spec: { type: team, children: [], members: [grace] }
---
apiVersion: backstage.io/v1alpha1
kind: User
metadata: { name: grace }
spec: { memberOf: [payments] }
";

fn args(folder: &Path, words: &[&str]) -> Init {
    let ops = folder.join("ops").display().to_string();
    let words = ["evenkeel", "init", &ops, "--yes"].into_iter().chain(words.iter().copied());
    let Command::Init(args) = Cli::try_parse_from(words).expect("a command line").command else {
        panic!("another command");
    };
    args
}

/// What is written for a command line; nothing when it is refused.
fn drafted(folder: &Path, words: &[&str]) -> Draft {
    let args = args(folder, words);
    let foreign = Foreign::read(&args).expect("the files");
    let Made::Files(made, _) = made(&args, &foreign, &Environment::default()).expect("made") else {
        panic!("refused: {words:?}")
    };
    Draft::of(made.files, foreign.imported(), wall_now())
}

/// Why a draft is not silent, or a test of it fails.
fn faults(draft: &Draft) -> Vec<String> {
    let said = draft.said.iter().map(|diag| format!("{}: {}", diag.code, diag.headline));
    let plan = draft.loaded.plan.clone().map(Arc::new);
    let report = plan.map(|plan| play(&plan, &draft.loaded.documents, ""));
    let none = report.is_none().then(|| "no plan".to_owned());
    let failed = report.into_iter().flat_map(|report| report.cases).flat_map(|case| case.failures);
    said.chain(none).chain(failed.map(|diag| diag.headline)).collect()
}

fn sources(folder: &Path) -> [String; 3] {
    let write = |path: &str, text: &str| {
        let place = folder.join(path);
        fs::create_dir_all(place.parent().expect("a folder")).expect("a folder");
        fs::write(&place, text).expect("a file");
        place.display().to_string()
    };
    write("rules/shop.yml", RULES);
    let catalog = write("catalog/shop/catalog-info.yaml", CATALOG);
    let catalog = Path::new(&catalog).ancestors().nth(2).expect("a folder").display().to_string();
    write("catalog/values.yaml", "replicas: 3\n");
    [write("am.yml", CONFIG), write("prometheus.yml", PROMETHEUS), catalog]
}

const CONTACTS: [&[&str]; 6] = [
    &[],
    &["--email", "ada@example.com"],
    &["--email", "bob@example.com", "--smarthost", "mail.example.com:587"],
    &["--ntfy", "https://ntfy.example.com/topic"],
    &["--webhook", "http://127.0.0.1:1/page"],
    &["--slack-url-file", "/etc/evenkeel/slack-url"],
];

#[test]
fn every_combination_of_sources_and_contacts_is_silent_and_its_tests_pass() {
    let folder = tempfile::tempdir().expect("a folder");
    let sources = sources(folder.path());
    let options = ["--from-alertmanager", "--from-prometheus", "--from-backstage"];
    for chosen in 0..8_u8 {
        let picked = options.iter().zip(&sources).enumerate().filter(|(bit, _)| chosen & (1 << bit) != 0);
        let picked: Vec<&str> = picked.flat_map(|(_, (option, source))| [*option, source.as_str()]).collect();
        for contact in CONTACTS {
            let words: Vec<&str> = picked.iter().chain(contact).copied().collect();
            let draft = drafted(folder.path(), &words);
            assert_eq!(faults(&draft), Vec::<String>::new(), "{words:?}");
            let tests = draft.files.iter().find(|file| file.path == "tests.yml").expect("tests");
            let plans = draft.loaded.catalogue.response_plans.len();
            assert_eq!(tests.text.matches("responsePlan:").count(), plans, "{words:?}\n{}", tests.text);
        }
    }
}

#[test]
fn hostile_answers_are_text_and_nothing_else() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "x".repeat(1_000);
    for hostile in ["no", "null", "\"'", "漢字 & ünï", "- a: [b", "# none", "{{ a }}", "alertmanager", "`x`", &long]
    {
        let words = ["--person", "--team", "--workload", "--sufferers"].map(|option| format!("{option}={hostile}"));
        let words: Vec<&str> =
            words.iter().map(String::as_str).chain(["--tier", "1", "--time-zone", "Asia/Kolkata"]).collect();
        let draft = drafted(folder.path(), &words);
        assert_eq!(faults(&draft), Vec::<String>::new(), "{hostile}");
        let workload = draft.loaded.catalogue.workloads.values().next().expect("a workload");
        assert_eq!((&*workload.impact.who, workload.tier), (hostile, 1));
    }
}

#[test]
fn what_is_refused_is_refused_before_anything_is_made() {
    let folder = tempfile::tempdir().expect("a folder");
    let long = "x".repeat(10_000);
    for words in
        [["--person", "a\nb"], ["--person", &long], ["--tier", "9"], ["--email", "nobody"], ["--time-zone", "x"]]
    {
        let args = args(folder.path(), &words);
        let refused = made(&args, &Foreign::default(), &Environment::default()).expect("made");
        assert!(
            matches!(refused, Made::Refused(why) if why.starts_with(&format!("`{}` takes ", words[0]))),
            "{words:?}"
        );
    }
}

#[test]
fn debts_are_dated_and_named() {
    let folder = tempfile::tempdir().expect("a folder");
    let [_, prometheus, _] = sources(folder.path());
    let draft = drafted(folder.path(), &["--from-prometheus", &prometheus]);
    assert_eq!(draft.debts.get("single-person-escalation").map(|debt| debt.findings), Some(2));
    let file = draft.files.iter().find(|file| file.path == "allowances.yml").expect("allowances");
    assert!(file.text.contains(&format!("until: \"{}\"", draft.until)), "{}", file.text);
    assert!(draft.debts.contains_key("alert-without-procedure"), "{:?}", draft.debts);
}

#[test]
fn the_samples_of_debian_are_taken() {
    let folder = tempfile::tempdir().expect("a folder");
    let [config, prometheus] = ["/etc/prometheus/alertmanager.yml", "/etc/prometheus/prometheus.yml"];
    if !Path::new(config).is_file() || !Path::new(prometheus).is_file() {
        return;
    }
    let draft = drafted(folder.path(), &["--from-alertmanager", config, "--from-prometheus", prometheus]);
    assert_eq!(faults(&draft), Vec::<String>::new());
    assert!(draft.without_receivers, "PagerDuty is not sent to from here");
}
