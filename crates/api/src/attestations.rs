//! `/api/v1/attestations`: what persons signed about practices.

mod posted;
mod shown;

use std::sync::Arc;

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Answer, Input, Refusal};
use evenkeel_identity::{Action, Identity};
use evenkeel_ids::AttestationId;
use http::{Request, StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use crate::app::App;
use crate::incidents::acting;
use crate::openapi::problems::{CURSOR as BAD_CURSOR, PERSON};
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::reply::Nothing;
use crate::{Desk, commanding, path, posted as read, reply, telling};
use posted::PostedAttestation;
pub(crate) use posted::subject;
use shown::ShownAttestation;

/// `GET /attestations`
pub(crate) const LIST: Operation = Operation::get("/api/v1/attestations", "listAttestations", Tag::Practices)
    .says("Lists what persons signed about practices", "As far as it counts now, the oldest first.")
    .params(&[PRACTICE, SUBJECT, LIMIT, CURSOR])
    .answers(&[Given::json::<AttestationList>("attestations")])
    .refuses(&[BAD_CURSOR]);

/// `POST /attestations`
pub(crate) const SIGN: Operation = Operation::post("/api/v1/attestations", "attest", Tag::Practices)
    .says(
        "A person signs that a practice is lived, or does not apply",
        "Who signs is the person whom the token speaks for; an admin who is nobody in particular names the person. It counts \
         for at most 366 days.",
    )
    .takes::<PostedAttestation>(
        r#"{"practice":"oe.operate.escalation-paths","subject":"shop","statement":"we page two people in turn","expires_at":"2027-01-02T00:00:00Z"}"#,
    )
    .answers(&[Given::json::<ShownAttestation>("the attestation")])
    .refuses(&[
        PERSON,
        &[
            Code::new(400, "nobody-signs"),
            Code::new(403, "nobody-signs"),
            Code::new(400, "invalid-practice"),
            Code::new(400, "unknown-subject"),
            Code::new(400, "no-statement"),
            Code::new(400, "too-long"),
            Code::new(400, "expires-before-now"),
            Code::new(400, "expires-too-late"),
            Code::new(409, "too-many-attestations"),
        ],
    ]);

/// `DELETE /attestations/{id}`
pub(crate) const WITHDRAW: Operation =
    Operation::delete("/api/v1/attestations/{id}", "withdrawAttestation", Tag::Practices)
        .says("Takes an attestation back", "One's own, or with the role admin any.")
        .params(&[
            Param::path(
                "id",
                Sort::Pattern("^(attestation:)?[0-9]{1,19}$"),
                "an attestation, as `attestation:17` or `17`",
            ),
            Param::query("reason", Sort::Text(1000), "why"),
        ])
        .answers(&[Given::json::<Nothing>("it counts no more")])
        .refuses(&[&[
            Code::new(400, "too-long"),
            Code::new(403, "not-your-attestation"),
            Code::new(404, "unknown-attestation"),
        ]]);

/// Only about one practice.
pub(crate) const PRACTICE: Param = Param::query("practice", Sort::Text(300), "only about this practice, by its key");
/// Only about one subject.
pub(crate) const SUBJECT: Param =
    Param::query("subject", Sort::Text(300), "only about this workload or team, or `organization`");

/// Attestations.
#[derive(Serialize, JsonSchema)]
struct AttestationList {
    attestations: Vec<ShownAttestation>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// Lists those that count.
pub(crate) fn list<D: Desk>(app: &App<D>, uri: &Uri) -> Result<Response, Refused> {
    let query = Query::read(uri)?;
    let wanted = |name: &str, value: &str| query.last(name).is_none_or(|wanted| wanted == value);
    let paging = Paging::read(&query, "attestations")?;
    let Cut { things: attestations, next } = app.desk.look(|engine, now| {
        let all = engine.state().ledger.attestations().filter(|one| one.expires_at > now);
        let those = all.filter(|one| wanted("practice", &one.practice) && wanted("subject", &one.subject));
        paging.pick(those.map(|one| (one.id.seq().0, one))).map(ShownAttestation::of)
    });
    let answer = reply::json(StatusCode::OK, &AttestationList { attestations, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

/// A person signs.
pub(crate) async fn sign<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let posted: PostedAttestation = read::read(app, request).await?;
    let person = signer(app, caller, posted.person())?;
    let id = submit(app, caller, Input::Attest(posted.of(person)?)).await?;
    let shown = app.desk.look(|engine, _| engine.state().ledger.attestation(id).map(ShownAttestation::of));
    shown.map(|one| reply::json(StatusCode::OK, &one)).ok_or_else(commanding::not_shown)
}

/// Takes one back: who signed it, and who administers.
pub(crate) async fn withdraw<D: Desk>(app: &App<D>, caller: &Identity, uri: &Uri) -> Result<Response, Refused> {
    let attestation = path::id(uri, AttestationId, "attestation:17")?;
    let reason = Query::read(uri)?.last("reason").unwrap_or_default().into();
    let signed =
        app.desk.look(|engine, _| engine.state().ledger.attestation(attestation).map(|one| one.person.clone()));
    if let Some(person) = signed.filter(|person| caller.person.as_ref() != Some(person))
        && !caller.allows(Action::Administer)
    {
        let message = format!("{attestation} was signed by person:{person}, and this token is not theirs");
        let help = format!("person:{person} can take it back with a token of their own, and so can the role admin");
        return Err(Refused::new(StatusCode::FORBIDDEN, "not-your-attestation", message).help(help));
    }
    submit(app, caller, Input::WithdrawAttestation { attestation, reason }).await?;
    Ok(reply::json(StatusCode::OK, &Nothing {}))
}

/// Who signs: the token's person; whom an admin's body names who is nobody in particular.
fn signer<D: Desk>(app: &App<D>, caller: &Identity, named: Option<&str>) -> Result<Arc<str>, Refused> {
    if caller.person.is_none() && !caller.allows(Action::Administer) {
        let message = "an attestation is signed by a person, and this token speaks for nobody";
        let help = "use a token that speaks for a person: `evenkeel token create NAME --role responder --person NAME`";
        return Err(Refused::new(StatusCode::FORBIDDEN, "nobody-signs", message).help(help));
    }
    acting(app, caller, named)?.ok_or_else(|| {
        let message = "an attestation is signed by a person, and nobody is named";
        Refused::new(StatusCode::BAD_REQUEST, "nobody-signs", message).help("name who signs it in `person`")
    })
}

async fn submit<D: Desk>(app: &App<D>, caller: &Identity, input: Input) -> Result<AttestationId, Refused> {
    match app.submit(caller, input).await? {
        Ok(Answer::Attestation(id)) => Ok(id),
        Ok(_) => Err(commanding::not_shown()),
        Err(Refusal::Ledger(refusal)) => Err(telling::ledger(&refusal)),
        Err(other) => Err(Refused::new(StatusCode::CONFLICT, "refused", other.to_string())),
    }
}
