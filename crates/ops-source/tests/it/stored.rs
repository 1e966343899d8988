//! A plan stored without its secrets, and put together again.

use evenkeel_model::Missing;
use evenkeel_ops_source::{Loaded, OpsFile, OpsFiles, RedactedFile, RefillError, Secrets, load, load_stored};
use proptest::prelude::*;

const ALERTMANAGER: &str = r#"# Not a secret: <secret>
global:
  slack_api_url: "https://hooks.example.com/T0P"
  smtp_smarthost: mail.example.com:587
  smtp_from: a@example.com
  smtp_auth_password: &password |
    hunter2
    hunter3
  victorops_api_key: v1ct0r
route: {receiver: all}
receivers:
  - name: all
    webhook_configs:
      - {url: https://one.example.com/t0ken, send_resolved: true}
      - url: http://two.example.com/
        http_config: {basic_auth: {username: u, password: *password}}
      - url: http://three.example.com/
        http_config: {http_headers: {X-Token: {secrets: [h3ader]}}}
    slack_configs: [{channel: '#ops'}]
    email_configs: [{to: b@example.com}]
    telegram_configs: [{bot_token: b0t, chat_id: 12}]
"#;

const OWN: &str = "apiVersion: evenkeel/v1
kind: Heartbeat
metadata: {name: beat}
spec: {url: https://hc.example.com/h3artbeat}
---
apiVersion: evenkeel/v1
kind: EventSource
metadata: {name: forge}
spec: {type: github, secret: f0rge, repositories: [{name: acme/shop}]}
---
kind: Secret
data: {key: f0reign}
";

const PEOPLE: &str = r#"apiVersion: evenkeel/v1
kind: Person
metadata: {name: ada}
spec:
  fullName: Ada L0velace
  timeZone: Europe/London
  contacts:
    - name: mail
      email: {to: p3rsonal@example.com, from: s3lf@example.com, auth_username: l0gin, headers: {X-To: h3r}}
    - {name: chat, slack: {channel: "@ad4", username: n1ck, api_url: "https://hooks.example.com/sl4ck"}}
    - {name: hook, webhook: {url: "https://example.com/w3bhook", http_config: {basic_auth: {username: us3r}}}}
    - {name: phone, ntfy: {url: "https://ntfy.example.com/t0pic", token: tk_n7fy}}
  notify: [{contact: mail}, {contact: chat}, {contact: hook}, {contact: phone, after: 1m}]
---
apiVersion: evenkeel/v1
kind: Person
metadata: {name: bob}
spec: {contacts: [{name: book, file: {path: bob.jsonl}}]}
"#;

const PAGE: &str = "---\nkind: Knowledge\nname: page\nowner: person:bob\nreview: 2027-06-30\n---\n# A page\n";

fn files() -> OpsFiles {
    let file = |path: &str, text: &str| OpsFile { path: path.to_owned(), bytes: text.as_bytes().to_vec() };
    let files = vec![
        file("own.yml", OWN),
        file("alertmanager.yml", ALERTMANAGER),
        file("people.yml", PEOPLE),
        file("page.md", PAGE),
    ];
    OpsFiles { files, ..OpsFiles::default() }
}

fn loaded() -> Loaded {
    load(&files(), Missing::Allow)
}

const VALUES: [&str; 23] = [
    "T0P",
    "hunter2",
    "hunter3",
    "v1ct0r",
    "t0ken",
    "two.example",
    "h3ader",
    "b0t",
    "h3artbeat",
    "f0rge",
    "f0reign",
    "L0velace",
    "p3rsonal",
    "s3lf",
    "l0gin",
    "h3r",
    "@ad4",
    "n1ck",
    "sl4ck",
    "w3bhook",
    "us3r",
    "t0pic",
    "tk_n7fy",
];

#[test]
fn a_stored_plan_comes_back_as_it_was() {
    let first = loaded();
    let plan = first.plan.clone().expect("nothing blocks");
    let secrets = Secrets::from_json(&first.secrets.to_json()).expect("what was written");
    assert_eq!(secrets, first.secrets);
    let again = load_stored(&first.redacted, &secrets, Missing::Allow).expect("a fit");
    assert_eq!(again.plan, Some(plan));
    assert_eq!(again.diagnostics, first.diagnostics);
    assert_eq!(again.redacted, first.redacted);
}

#[test]
fn no_secret_value_is_in_what_is_stored_shown_or_printed() {
    let loaded = loaded();
    let shown: String = loaded.sources.iter().map(|(_, source)| source.text.to_string()).collect();
    let stored: String = loaded.redacted.iter().map(|file| file.text.clone()).collect();
    let said = format!("{:?}", loaded.diagnostics);
    let plan = loaded.plan.as_ref().expect("a plan");
    let receivers = format!("{:?} {:?} {:?}", plan.receivers, plan.catalogue, loaded.secrets);
    for value in VALUES {
        for (place, text) in [("sources", &shown), ("redacted", &stored), ("said", &said), ("debug", &receivers)] {
            assert!(!text.contains(value), "`{value}` is in {place}:\n{text}");
        }
    }
    assert!(
        stored.contains("smtp_auth_password: &password |\n    <secret>\n  victorops_api_key: <secret>\n"),
        "{stored}"
    );
    assert!(shown.contains("smtp_auth_password: &password |\n    *******\n    *******\n"), "{shown}");
}

#[test]
fn people_are_kept_apart_also_from_documents_at_fault() {
    for spec in [
        "{}\nspec: {fullName: v4lue}",
        "{name: ada}\nspec: {fullName: {first: v4lue}}",
        "{name: ada}\nspec: {full_name: v4lue}",
        "{name: ada}\nspec: {contacts: v4lue}",
        "{name: ada}\nspec: {contacts: {mail: v4lue}}",
        "{name: ada}\nspec: {contacts: [v4lue]}",
        "{name: ada}\nspec: {contacts: [{name: a, email: v4lue}]}",
        "{name: ada}\nspec: {contacts: [{name: a, email: [v4lue]}]}",
        "{name: ada}\nspec: {contacts: [{name: a, e-mail: {to: v4lue}}]}",
        "{name: ada}\nspec: {contacts: [{email: {to: v4lue}}]}",
        "{name: ada}\nspec: {contacts: [{name: a, email: {to: '{{ v4lue }}'}}]}",
        "{name: ada}\nspec: {contacts: [{name: a, file: {path: a}, email: {to: v4lue}}]}",
        "{name: ada}\nspec: {contacts: [{name: a, email: {to: b}, ntfy: {url: v4lue}}]}",
        "{name: ada}\nspec: {contacts: [{name: a, ntfy: {url: v4lue, token: v4lue}}]}",
        "{name: ada}\nspec: {contacts: [{name: a, ntfy: {topic: v4lue}}]}",
        "{name: ada}\nspec: [v4lue]",
        "ada\nspec: {fullName: v4lue}",
        "{name: ada}\nSpec: {fullName: v4lue}",
        "{name: ada}\nfullName: v4lue",
    ] {
        let text = format!("apiVersion: evenkeel/v1\nkind: Person\nmetadata: {spec}\n");
        let files = vec![OpsFile { path: "people.yml".to_owned(), bytes: text.clone().into_bytes() }];
        let loaded = load(&OpsFiles { files, ..OpsFiles::default() }, Missing::Refuse);
        assert!(loaded.plan.is_none(), "{text}");
        let shown: String = loaded.sources.iter().map(|(_, source)| source.text.to_string()).collect();
        let kept = format!("{shown} {:?} {:?}", loaded.redacted, loaded.diagnostics);
        assert!(!kept.contains("v4lue"), "{kept}");
    }
}

#[test]
fn the_hash_names_the_redacted_text() {
    let hash = |files: &OpsFiles| load(files, Missing::Allow).plan.expect("a plan").hash;
    let first = hash(&files());
    let mut rotated = files();
    rotated.files[1].bytes = ALERTMANAGER.replace("T0P", "N3W").into_bytes();
    assert_eq!(hash(&rotated), first);
    assert_ne!(rotated.fingerprint(), files().fingerprint());
    let mut renamed = files();
    renamed.files[1].bytes = ALERTMANAGER.replace("#ops", "#dev").into_bytes();
    assert_ne!(hash(&renamed), first);
    let mut turned = files();
    turned.files.reverse();
    assert_eq!(hash(&turned), first);
}

#[test]
fn secrets_of_other_files_are_refused() {
    let first = loaded();
    let cut: Vec<RedactedFile> = first.redacted.iter().take(1).cloned().collect();
    let error = load_stored(&cut, &first.secrets, Missing::Allow).expect_err("a file is missing");
    assert_eq!(error.to_string(), "the stored secrets do not fit the stored file `own.yml`");
    let mut moved = first.redacted.clone();
    moved[0].text.insert(0, ' ');
    assert!(matches!(load_stored(&moved, &first.secrets, Missing::Allow), Err(RefillError::Misplaced { .. })));
    assert!(matches!(Secrets::from_json("{}"), Err(RefillError::Unreadable(_))));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, cases: 128, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_loaded_is_refilled(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0usize..8, "[-a-z:{}\\[\\]'\"&*<|>é \n]{0,5}"), 0..5),
    ) {
        let mut chars: Vec<char> = ALERTMANAGER.chars().collect();
        for (at, length, text) in edits {
            let at = at.index(chars.len() + 1);
            let end = (at + length).min(chars.len());
            chars.splice(at..end, text.chars());
        }
        let text: String = chars.into_iter().collect();
        let files = OpsFiles { files: vec![OpsFile { path: "a.yml".to_owned(), bytes: text.into_bytes() }], ..OpsFiles::default() };
        let first = load(&files, Missing::Allow);
        let again = load_stored(&first.redacted, &first.secrets, Missing::Allow).expect("a fit");
        prop_assert_eq!(again.redacted, first.redacted);
        prop_assert_eq!(again.plan, first.plan);
    }
}
