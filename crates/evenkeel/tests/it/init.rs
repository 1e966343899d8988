//! `evenkeel init`: what it makes passes `evenkeel check`, and nothing is written over or half.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const CONFIG: &str = "\
global: { smtp_smarthost: 'mail.example.com:25', smtp_from: 'a@example.com' }
route: { receiver: mails }
receivers:
- name: mails
  email_configs: [{ to: 'Ada <ada@example.com>' }]
";

fn run(args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_evenkeel")).env_clear().args(args).output().expect("the program")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn text(path: &Path) -> &str {
    path.to_str().expect("a path in Unicode")
}

#[test]
fn the_small_ops_repo_is_sound_and_says_what_comes_next() {
    let folder = tempfile::tempdir().expect("a folder");
    let ops = folder.path().join("deep/ops");
    let made =
        run(&["init", text(&ops), "--person", "Ada \"Countess\" Lovelace", "--workload", "shop", "--ci", "github"]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert!(said(&made).contains("says: 0 errors, 0 findings"), "{}", said(&made));
    assert!(said(&made).contains("found and accepted until 20"), "{}", said(&made));
    assert!(said(&made).contains("evenkeel serve --ops"), "{}", said(&made));
    let check = run(&["check", text(&ops)]);
    assert_eq!(check.status.code(), Some(0), "{}", said(&check));
    let tested = run(&["test", text(&ops)]);
    assert_eq!(tested.status.code(), Some(0), "{}", said(&tested));
    for path in [
        ".github/workflows/evenkeel.yml",
        "alertmanager.yml",
        "allowances.yml",
        "operations.yml",
        "organization.yml",
        "people.yml",
        "procedures/triage.md",
        "tests.yml",
    ] {
        assert!(ops.join(path).is_file(), "{path}");
    }
    let people = fs::read_to_string(ops.join("people.yml")).expect("a file");
    assert!(people.contains("name: ada-countess-lovelace") && people.contains("Countess"), "{people}");
}

#[test]
fn what_is_as_good_as_a_password_is_for_its_owner_only() {
    let folder = tempfile::tempdir().expect("a folder");
    let ops = folder.path().join("ops");
    let made = run(&["init", text(&ops), "--ntfy", "https://ntfy.example.com/long-topic"]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert!(!said(&made).contains("long-topic"), "{}", said(&made));
    let mode = fs::metadata(ops.join("people.yml")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
}

#[test]
fn an_answer_that_cannot_be_taken_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let ops = folder.path().join("ops");
    let refused = run(&["init", text(&ops), "--time-zone", "Mars/Olympus"]);
    assert_eq!(refused.status.code(), Some(2), "{}", said(&refused));
    let why = "error: `--time-zone` takes the name of a time zone, such as Europe/Berlin or UTC; nothing was written\n";
    assert_eq!(said(&refused), why);
    assert!(!ops.exists());
}

#[test]
fn rules_and_entities_are_kept_byte_for_byte() {
    let folder = tempfile::tempdir().expect("a folder");
    let (rules, ops) = (folder.path().join("rules.yml"), folder.path().join("ops"));
    let written = "groups:\r\n- name: a\r\n  rules: [{ alert: Down, expr: up == 0 }] # end";
    fs::write(&rules, written).expect("a file");
    let made = run(&["init", text(&ops), "--from-prometheus", text(&rules), "--format", "json"]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let report: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    assert_eq!(report.pointer("/check/findings"), Some(&0.into()));
    assert_eq!(report.pointer("/next").and_then(Value::as_array).map(Vec::len), Some(3));
    assert_eq!(fs::read_to_string(ops.join("rules/rules.yml")).expect("a file"), written);
}

#[test]
fn rules_that_cannot_be_read_leave_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let (rules, ops) = (folder.path().join("rules.yml"), folder.path().join("ops"));
    fs::write(&rules, "groups:\n- name: a\n  rules: [{ alert: Down, expr: 'up ==' }]\n").expect("a file");
    let refused = run(&["init", text(&ops), "--from-prometheus", text(&rules)]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("error[promql-syntax]"), "{}", said(&refused));
    assert!(
        said(&refused).contains("rules.yml` would be `rules/rules.yml`\nnothing was written"),
        "{}",
        said(&refused)
    );
    assert!(!ops.exists());
}

#[test]
fn a_folder_that_is_not_empty_is_left_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join(".hidden"), "mine").expect("a file");
    let refused = run(&["init", text(folder.path())]);
    assert_eq!(refused.status.code(), Some(3), "{}", said(&refused));
    assert!(said(&refused).contains("is not empty"), "{}", said(&refused));
    assert_eq!(fs::read_dir(folder.path()).expect("the folder").count(), 1);
}

#[test]
fn a_configuration_is_kept_and_people_come_beside_it() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, ops) = (folder.path().join("am.yml"), folder.path().join("ops"));
    fs::write(&file, CONFIG).expect("a file");
    fs::set_permissions(&file, fs::Permissions::from_mode(0o400)).expect("permissions");
    let made = run(&["init", "--from-alertmanager", text(&file), text(&ops), "--format", "json"]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    let report: Value = serde_json::from_slice(&made.stdout).expect("JSON");
    assert_eq!(report.pointer("/check/errors"), Some(&0.into()));
    assert_eq!(fs::read_to_string(ops.join("alertmanager.yml")).expect("a file"), CONFIG);
    let mode = fs::metadata(ops.join("people.yml")).expect("a file").permissions().mode();
    assert_eq!(mode & 0o777, 0o600, "as private as the file it was made of");
    assert!(fs::read_to_string(ops.join("people.yml")).expect("a file").contains("to: ada@example.com"));
}

#[test]
fn receivers_of_other_types_are_named_with_the_flag_that_lets_them_through() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, ops) = (folder.path().join("am.yml"), folder.path().join("ops"));
    let config =
        "route: { receiver: pd }\nreceivers:\n- name: pd\n  pagerduty_configs: [{ service_key: secret-key }]\n";
    fs::write(&file, config).expect("a file");
    let made = run(&["init", "--from-alertmanager", text(&file), text(&ops)]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert!(said(&made).contains("evenkeel check --allow-missing-receivers"), "{}", said(&made));
    assert!(!said(&made).contains("secret-key"), "{}", said(&made));
    let check = run(&["check", "--allow-missing-receivers", text(&ops)]);
    assert_eq!(check.status.code(), Some(0), "{}", said(&check));
}

#[test]
fn an_error_in_the_text_to_start_from_leaves_nothing_behind() {
    let folder = tempfile::tempdir().expect("a folder");
    let (file, ops) = (folder.path().join("im.json"), folder.path().join("ops"));
    fs::write(&file, "{\"Alias\": }").expect("a file");
    let refused = run(&["init", "--from-incident-manager", text(&file), text(&ops)]);
    assert_eq!(refused.status.code(), Some(1), "{}", said(&refused));
    assert!(said(&refused).contains("json-syntax") && said(&refused).contains("im.json:1:11"), "{}", said(&refused));
    assert!(!ops.exists());
    let missing = run(&["init", "--from-incident-manager", "/nowhere.json", text(&ops)]);
    assert_eq!(missing.status.code(), Some(3), "{}", said(&missing));
    let both = run(&["init", "--from-incident-manager", "a", "--from-alertmanager", "b", "c"]);
    assert_eq!(both.status.code(), Some(2), "{}", said(&both));
}
