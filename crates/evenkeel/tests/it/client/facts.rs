//! What happened outside is told and signed on the command line.

use std::fs;

use serde_json::Value;

use crate::client::incidents::{CONFIGURATION, ON_CALL, RESPONSE};
use crate::client::{Ended, owner, typed};
use crate::place::Place;
use crate::server::Server;

/// A server with people and a workload.
fn served() -> (Place, Server) {
    let place = Place::new(CONFIGURATION);
    place.write("on-call.yml", ON_CALL);
    place.write("response.yml", RESPONSE);
    let server = Server::start(&place);
    (place, server)
}

/// Types commands with a token of its own.
fn bearer(place: &Place, server: &Server, options: &str) -> impl Fn(&[&str]) -> Ended {
    let made = owner(server, place, &format!("token create {options}"));
    assert_eq!(made.exit, 0, "{made:?}");
    let name = options.split(' ').next().expect("a name");
    let file = place.ops().with_file_name(name).display().to_string();
    fs::write(&file, &made.out).expect("a file");
    let mode = std::os::unix::fs::PermissionsExt::from_mode(0o600);
    fs::set_permissions(&file, mode).expect("a mode");
    let url = format!("http://{}", server.address());
    move |words| typed(words, &[("EVENKEEL_SERVER", &url), ("EVENKEEL_TOKEN_FILE", &file), ("TZ", "UTC")])
}

fn facts(place: &Place) -> Vec<Value> {
    place.records().into_iter().filter(|record| record["kind"] == "fact-reported").collect()
}

#[test]
fn what_is_told_twice_is_one_record() {
    let (place, server) = served();
    let ci = bearer(&place, &server, "ci --role recorder --source ci");
    let deployment = |outcome: &str| {
        let outcome = format!("outcome={outcome}");
        let words = [
            "record",
            "deployment",
            "--key",
            "ci:17",
            "--at",
            "2026-01-05T11:00:00Z",
            "--workload",
            "orders",
            "environment=eu",
            &outcome,
        ];
        ci(&words).good()
    };
    let recorded = deployment("started");
    let id = recorded.strip_prefix("recorded: ").and_then(|rest| rest.split(' ').next()).expect("an id").to_owned();
    assert_eq!(recorded, format!("recorded: {id} deployment ci:17\n"));
    assert_eq!(deployment("started"), format!("known already: {id} deployment ci:17\n"));
    assert_eq!(deployment("succeeded"), format!("recorded anew: {id} deployment ci:17\n"));
    let told = facts(&place);
    assert_eq!(told.len(), 2);
    for record in &told {
        assert_eq!(
            (&record["subject"], &record["actor"], &record["origin"]),
            (&id.clone().into(), &"source:ci".into(), &"reported".into())
        );
    }
    assert_eq!(
        (&told[0]["body"]["source"], &told[1]["body"]["fields"]["outcome"]),
        (&"ci".into(), &"succeeded".into())
    );

    let file = place.ops().with_file_name("facts.json");
    let searches: Vec<Value> = (0..600)
        .map(|n| serde_json::json!({"key": n.to_string(), "at": "2026-01-05T11:00:00Z", "found": n % 2 == 0}))
        .collect();
    fs::write(&file, serde_json::json!(searches).to_string()).expect("a file");
    let path = file.display().to_string();
    assert!(ci(&["record", "search", "--file", &path]).good().contains("and 480 more\n"));
    assert!(ci(&["record", "search", "--file", &path]).good().starts_with("known already: "));
    assert_eq!(facts(&place).len(), 602);
}

#[test]
fn a_recorder_cannot_attest_acknowledge_or_make_tokens() {
    let (place, server) = served();
    let ci = bearer(&place, &server, "ci --role recorder");
    owner(&server, &place, "alert send OrdersDown service=orders").good();
    let incident = crate::patience::until("the incident is open", crate::client::SOON, || {
        let listed = owner(&server, &place, "incident list --format json").json();
        listed["incidents"][0]["id"].as_str().map(str::to_owned)
    });
    ci(&["record", "review", "sort=operations", "--person", "ada"]).good();
    for words in [
        &["attest", "oe.operate.escalation-paths", "all is well", "--subject", "orders", "--expires", "90d"][..],
        &["attest", "list"],
        &["incident", "ack", &incident],
        &["incident", "ack", &incident, "--person", "ada"],
        &["token", "create", "x", "--role", "recorder"],
        &["silence", "add", "Down", "--for", "1h", "--comment", "x", "--author", "x"],
    ] {
        let ended = ci(words);
        assert!(
            ended.exit == 1 && ended.err.contains("a token of the role recorder may not do this"),
            "{words:?}: {ended:?}"
        );
    }
    assert!(place.of_kind("attested").is_empty() && place.of_kind("incident-acknowledged").is_empty());
}

#[test]
fn a_person_signs_and_takes_it_back() {
    let (place, server) = served();
    let ada = bearer(&place, &server, "ada --role responder --person ada");
    let words = [
        "attest",
        "oe.organization.executive-sponsorship",
        "the board asks",
        "--subject",
        "organization",
        "--expires",
        "90d",
    ];
    let signed = ada(&words).good();
    assert!(signed.starts_with("attested: attestation:") && signed.contains("\n  person:ada, until "), "{signed}");
    let other = ada(&[&words[..], &["--person", "bob"]].concat());
    assert!(other.exit == 1 && other.err.contains("this token speaks for person:ada"), "{other:?}");
    let shop =
        owner(&server, &place, "attest oe.x no --subject orders --person bob --expires +1d --not-applicable").good();
    assert!(shop.starts_with("not applicable: attestation:"), "{shop}");
    let listed = ada(&["attest", "list", "--format", "json"]).json();
    let ids: Vec<&str> =
        listed["attestations"].as_array().expect("a list").iter().filter_map(|one| one["id"].as_str()).collect();
    assert_eq!(ids.len(), 2);
    assert!(ada(&["attest", "withdraw", ids[1]]).err.contains("was signed by person:bob"));
    assert_eq!(ada(&["attest", "withdraw", ids[0], "--reason", "over"]).good(), format!("withdrawn: {}\n", ids[0]));
    assert!(ada(&["attest", "list"]).good().contains("1 attestation;"));
    let records = place.records();
    let attested = records.iter().find(|record| record["kind"] == "attested").expect("a record");
    assert_eq!((&attested["actor"], &attested["origin"]), (&"person:ada".into(), &"reported".into()));
}

#[test]
fn kinds_and_fields_are_listed_without_a_server() {
    let kinds = typed(&["record", "--kinds"], &[]).good();
    assert!(kinds.lines().count() > 30 && kinds.contains("\ndeployment "), "{kinds}");
    let fields = typed(&["record", "deployment", "--fields"], &[]).good();
    assert!(fields.contains("--workload *") && fields.contains("outcome *"), "{fields}");
    let slip = typed(&["record", "deploymnt", "--fields"], &[]);
    assert!(slip.exit == 2 && slip.err.contains("did you mean `deployment`?"), "{slip:?}");
    let gone = typed(&["record", "--file", "/nowhere.json"], &[]);
    assert!(gone.exit == 3 && gone.err.contains("cannot read `/nowhere.json`"), "{gone:?}");
}
