//! Who signs what until when.

use evenkeel_ids::Seq;
use evenkeel_record::Body;

use super::*;
use crate::planned::{Lived, NOON, plan};

fn incoming() -> IncomingAttestation {
    IncomingAttestation {
        practice: "oe.organization.external-customer-needs".into(),
        subject: "shop".into(),
        person: "ada".into(),
        statement: "We talk to two customers a week.".into(),
        expires_at: NOON + Duration::hours(24),
        not_applicable: false,
    }
}

fn refused(incoming: &IncomingAttestation) -> String {
    let refusal = decide_attest(&State::default(), &plan(), NOON, incoming).expect_err("it is not taken");
    format!("{}: {refusal}; {}", refusal.code(), refusal.help())
}

#[test]
fn an_attestation_counts_until_it_expires_or_is_withdrawn() {
    let mut lived = Lived::default();
    for subject in ["shop", "payments", "organization"] {
        let body =
            decide_attest(&lived.state, &plan(), NOON, &IncomingAttestation { subject: subject.into(), ..incoming() });
        lived.take(NOON, Body::Attested(body.expect("it is taken")));
    }
    let second = AttestationId(Seq(2));
    assert_eq!(
        lived.state.attestation(second).map(|known| (&*known.person, known.not_applicable)),
        Some(("ada", false))
    );
    let withdrawn = decide_withdraw(&lived.state, NOON, second, "it is not so").expect("it counts");
    assert!(lived.state.needs(&lived.records[1]).is_some());
    lived.take(NOON, Body::AttestationWithdrawn(withdrawn));
    assert!(lived.state.needs(&lived.records[1]).is_none(), "it counts no more");
    assert!(lived.state.needs(&lived.records[3]).is_some());
    assert_eq!(lived.state.attestations().count(), 2);
    let again = decide_withdraw(&lived.state, NOON, second, "").expect_err("it is withdrawn");
    assert_eq!((again.code(), again.to_string()), ("unknown-attestation", "no attestation:2 counts".to_owned()));
    let end = incoming().expires_at;
    assert!(decide_withdraw(&lived.state, end, AttestationId(Seq(1)), "").is_err(), "it has expired");
    lived.state.pass(end);
    assert_eq!(lived.state.attestations().count(), 0);
    assert!(lived.state.needs(&lived.records[0]).is_none());
}

#[test]
fn each_slip_is_refused_with_what_to_do() {
    let is = |change: IncomingAttestation, text: &str| assert_eq!(refused(&change), text);
    let practice = "invalid-practice: ` ` is no key of a practice; name a practice of the lens by its key, such as \
                    `oe.operate.escalation-paths`";
    is(IncomingAttestation { practice: " ".into(), ..incoming() }, practice);
    let near = "unknown-subject: no workload or team named `shpo`; did you mean `shop`?";
    is(IncomingAttestation { subject: "shpo".into(), ..incoming() }, near);
    let near = "unknown-subject: no workload or team named `organisation`; did you mean `organization`?";
    is(IncomingAttestation { subject: "organisation".into(), ..incoming() }, near);
    let none = "unknown-subject: no workload or team named `else`; name a workload or a team of the ops repo, or \
                `organization`";
    is(IncomingAttestation { subject: "else".into(), ..incoming() }, none);
    let person = "unknown-person: no person named `adda`; did you mean `ada`?";
    is(IncomingAttestation { person: "adda".into(), ..incoming() }, person);
    let person = "unknown-person: no person named `zoe`; name a `kind: Person` document of the ops repo";
    is(IncomingAttestation { person: "zoe".into(), ..incoming() }, person);
    let empty = "no-statement: the statement is empty; say what you stand for";
    is(IncomingAttestation { statement: "\n".into(), ..incoming() }, empty);
    let long = IncomingAttestation { statement: "x".repeat(1001).into(), ..incoming() };
    assert!(refused(&long).starts_with("too-long: the statement has more than 1000 characters"));
    let past = "expires-before-now: the attestation would have expired already; let it expire in the future";
    is(IncomingAttestation { expires_at: NOON, ..incoming() }, past);
    let late = IncomingAttestation { expires_at: NOON + ATTESTED_FOR_MAX + Duration::millis(1), ..incoming() };
    assert_eq!(
        refused(&late),
        "expires-too-late: the attestation would count for more than 366 days; let it expire by \
         2028-01-16T08:00:00.000Z, and sign it again then"
    );
}

#[test]
fn only_so_many_count_and_a_reason_has_an_end() {
    let mut lived = Lived::default();
    let body = decide_attest(&lived.state, &plan(), NOON, &incoming()).expect("it is taken");
    for _ in 0..ATTESTATIONS_MAX {
        lived.take(NOON, Body::Attested(body.clone()));
    }
    let refusal = decide_attest(&lived.state, &plan(), NOON, &incoming()).expect_err("too many");
    assert_eq!(refusal.code(), "too-many-attestations");
    assert!(decide_attest(&lived.state, &plan(), incoming().expires_at - Duration::millis(1), &incoming()).is_err());
    let later = IncomingAttestation { expires_at: NOON + Duration::hours(48), ..incoming() };
    assert!(decide_attest(&lived.state, &plan(), incoming().expires_at, &later).is_ok(), "those have expired");
    let long = decide_withdraw(&lived.state, NOON, AttestationId(Seq(1)), &"x".repeat(1001)).expect_err("too long");
    assert_eq!(long.to_string(), "the reason has more than 1000 characters");
}
