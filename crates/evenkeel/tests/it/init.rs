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
    let made = run(&["init", text(&ops)]);
    assert_eq!(made.status.code(), Some(0), "{}", said(&made));
    assert!(said(&made).contains("says: 0 errors, 0 findings"), "{}", said(&made));
    assert!(said(&made).contains("evenkeel serve --ops"), "{}", said(&made));
    let check = run(&["check", text(&ops)]);
    assert_eq!((check.status.code(), said(&check).trim()), (Some(0), "0 errors, 0 findings"));
    for path in ["alertmanager.yml", "organization.yml", "people.yml", "shop.yml", "procedures/shop-is-down.md"] {
        assert!(ops.join(path).is_file(), "{path}");
    }
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
    assert!(said(&check).contains("0 errors"), "{}", said(&check));
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
