//! `/api/v1/updates`: what stakeholders and customers are to be told is let go, or held back.

mod shown;

use axum::body::Body;
use axum::response::Response;
use evenkeel_identity::Identity;
use evenkeel_ids::UpdateId;
use evenkeel_incident::{Command, Subject};
use http::{Request, StatusCode};
use schemars::JsonSchema;
use serde::Deserialize;

pub(crate) use shown::ShownUpdate;

use crate::app::App;
use crate::openapi::problems::UPDATE;
use crate::openapi::{Given, Operation, Param, Sort, Tag};
use crate::refused::Refused;
use crate::{Desk, commanding, path, posted, reply};

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UpdateApproval")]
struct Approval {
    text: Option<Box<str>>,
}

#[derive(Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
#[schemars(rename = "UpdateWithdrawal")]
struct Withdrawal {
    reason: Box<str>,
}

/// `POST /updates/{id}/approve`
pub(crate) const APPROVE: Operation = Operation::post("/api/v1/updates/{id}/approve", "approveUpdate", Tag::Updates)
    .says("Lets an update go, perhaps in other words", "One of its approvers may, and the role operator.")
    .params(PATH)
    .may_take::<Approval>(r#"{"text":"We are working on it."}"#)
    .answers(SHOWN)
    .refuses(&[UPDATE]);

/// `POST /updates/{id}/withdraw`
pub(crate) const WITHDRAW: Operation = Operation::post("/api/v1/updates/{id}/withdraw", "withdrawUpdate", Tag::Updates)
    .says("Holds an update back", "")
    .params(PATH)
    .takes::<Withdrawal>(r#"{"reason":"a drill"}"#)
    .answers(SHOWN)
    .refuses(&[UPDATE]);

const PATH: &[Param] =
    &[Param::path("id", Sort::Pattern("^(update:)?[0-9]{1,19}$"), "an update, as `update:30` or `30`")];
const SHOWN: &[Given] = &[Given::json::<ShownUpdate>("the update as it stands now")];

/// Lets an update go, perhaps in other words.
pub(crate) async fn approve<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let update = path::id(request.uri(), UpdateId, "update:30")?;
    let Approval { text } = posted::read(app, request).await?;
    done(app, caller, Command::ApproveUpdate { update, text }).await
}

/// Holds an update back.
pub(crate) async fn withdraw<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Refused> {
    let update = path::id(request.uri(), UpdateId, "update:30")?;
    let Withdrawal { reason } = posted::read(app, request).await?;
    done(app, caller, Command::WithdrawUpdate { update, reason }).await
}

async fn done<D: Desk>(app: &App<D>, caller: &Identity, command: Command) -> Result<Response, Refused> {
    let subject = commanding::command(app, caller, commanding::by(caller), command).await?;
    let shown = app.desk.look(|engine, _| match subject {
        Subject::Update(id) => engine.state().incident.update(id).map(ShownUpdate::of),
        Subject::Incident(_) | Subject::Problem(_) => None,
    });
    shown.map(|update| reply::json(StatusCode::OK, &update)).ok_or_else(commanding::not_shown)
}
