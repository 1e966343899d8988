//! `/api/v1/tokens`: tokens are listed, made and revoked.

use axum::body::Body;
use axum::response::Response;
use evenkeel_engine::{Answer, Input, Refusal};
use evenkeel_identity::{Action, Identity, State, Token, TokenRefusal, TokenSecret};
use evenkeel_ids::{Seq, TokenId};
use http::{Request, StatusCode, Uri};
use schemars::JsonSchema;
use serde::Serialize;

use super::posted_token::PostedToken;
use super::shown_token::ShownToken;
use crate::app::App;
use crate::openapi::problems::CURSOR as BAD_CURSOR;
use crate::openapi::{Code, Given, Operation, Param, Sort, Tag};
use crate::paging::{CURSOR, Cut, LIMIT, Paging, linked};
use crate::query::Query;
use crate::refused::Refused;
use crate::reply::Nothing;
use crate::{Desk, posted, reply};

/// `GET /tokens`
pub(crate) const LIST: Operation = Operation::get("/api/v1/tokens", "listTokens", Tag::Access)
    .says("Lists tokens", "All for an admin, else one's own and those made with it.")
    .params(&[LIMIT, CURSOR])
    .answers(&[Given::json::<TokenList>("tokens")])
    .refuses(&[BAD_CURSOR]);

/// `POST /tokens`
pub(crate) const CREATE: Operation = Operation::post("/api/v1/tokens", "createToken", Tag::Access)
    .says(
        "Makes a token, and shows its secret this once",
        "It never may more than the token it is made with, and ends with it.",
    )
    .takes::<PostedToken>(r#"{"name":"ci","role":"sender"}"#)
    .answers(&[Given::json::<Made>("the token and its secret")])
    .refuses(&[&[
        Code::new(400, "unknown-person"),
        Code::new(400, "outlives-its-maker"),
        Code::new(400, "ends-before-now"),
        Code::new(400, "invalid-name"),
        Code::new(403, "no-tokens"),
        Code::new(403, "above-own-rights"),
        Code::new(403, "other-person"),
        Code::new(403, "other-source"),
        Code::new(409, "too-many-tokens"),
        Code::new(409, "too-many-generations"),
        Code::new(409, "secret-taken"),
    ]]);

/// `DELETE /tokens/{id}`
pub(crate) const REVOKE: Operation = Operation::delete("/api/v1/tokens/{id}", "revokeToken", Tag::Access)
    .says("Revokes a token, and with it those that were made with it", "")
    .params(&[Param::path("id", Sort::Pattern("^(token:)?[0-9]{1,19}$"), "a token, as `token:5` or `5`")])
    .answers(&[Given::json::<Nothing>("it counts no more")])
    .refuses(&[&[
        Code::new(403, "no-tokens"),
        Code::new(403, "not-your-token"),
        Code::new(404, "no-such-token"),
        Code::new(409, "revoked-already"),
    ]]);

/// Tokens.
#[derive(Serialize, JsonSchema)]
struct TokenList {
    tokens: Vec<ShownToken>,
    #[serde(skip_serializing_if = "Option::is_none")]
    next: Option<String>,
}

/// A token that was just made.
#[derive(Serialize, JsonSchema)]
#[schemars(rename = "MadeToken")]
struct Made {
    token: ShownToken,
    /// Shown here and never again.
    secret: String,
}

/// Lists tokens: all for who administers, else one's own and those made with it.
pub(crate) fn list<D: Desk>(app: &App<D>, caller: &Identity, uri: &Uri) -> Result<Response, Refused> {
    let paging = Paging::read(&Query::read(uri)?, "tokens")?;
    let Cut { things: tokens, next } = app.desk.look(|engine, now| {
        let state = &engine.state().identity;
        let seen = state.tokens().filter(|token| sees(state, caller, token));
        paging.pick(seen.map(|token| (token.id.seq().0, token))).map(|token| ShownToken::new(state, token, now))
    });
    let answer = reply::json(StatusCode::OK, &TokenList { tokens, next: next.clone() });
    Ok(linked(answer, uri, next.as_deref()))
}

fn sees(state: &State, caller: &Identity, token: &Token) -> bool {
    caller.allows(Action::Administer) || caller.token.is_some_and(|own| state.descends(token.id, own))
}

/// Makes a token, and shows its secret this once.
pub(crate) async fn create<D: Desk>(
    app: &App<D>,
    caller: &Identity,
    request: Request<Body>,
) -> Result<Response, Response> {
    let uri = request.uri().clone();
    let posted: PostedToken = posted::read(app, request).await.map_err(|refused| refused.object())?;
    known_person(app, &posted).map_err(|refused| refused.for_path(&uri))?;
    let secret = TokenSecret::new((app.options.keys.random)());
    let token = posted.with(&secret).map_err(|refused| refused.for_path(&uri))?;
    let input = Input::CreateToken { maker: Box::new(caller.clone()), token: Box::new(token) };
    match app.submit(caller, input).await.map_err(|refused| refused.object())? {
        Ok(Answer::Token(id)) => made(app, id, &secret),
        Ok(_) => Err(not_shown()),
        Err(refusal) => Err(refused(&refusal)),
    }
}

/// Revokes a token, and with it all that were made with it.
pub(crate) async fn revoke<D: Desk>(app: &App<D>, caller: &Identity, uri: &Uri) -> Result<Response, Response> {
    let token = id_in_path(uri)?;
    match app
        .submit(caller, Input::RevokeToken { caller: Box::new(caller.clone()), token })
        .await
        .map_err(|refused| refused.object())?
    {
        Ok(_) => Ok(reply::json(StatusCode::OK, &Nothing {})),
        Err(refusal) => Err(refused(&refusal)),
    }
}

fn known_person<D: Desk>(app: &App<D>, posted: &PostedToken) -> Result<(), Refused> {
    let Some(person) = posted.person() else { return Ok(()) };
    if app.desk.look(|engine, _| engine.plan().catalogue.people.contains_key(person)) {
        return Ok(());
    }
    let message = format!("the ops repo has no person `{person}`");
    let help = "name a person of the ops repo, or none for a machine's token";
    Err(Refused::new(StatusCode::BAD_REQUEST, "unknown-person", message).help(help))
}

fn made<D: Desk>(app: &App<D>, id: TokenId, secret: &TokenSecret) -> Result<Response, Response> {
    let token = app.desk.look(|engine, now| {
        let state = &engine.state().identity;
        state.token(id).map(|token| ShownToken::new(state, token, now))
    });
    let token = token.ok_or_else(not_shown)?;
    Ok(reply::json(StatusCode::OK, &Made { token, secret: secret.shown() }))
}

/// It was made, and forgotten before it could be shown.
fn not_shown() -> Response {
    let message = "the token was made but cannot be shown";
    Refused::new(StatusCode::INTERNAL_SERVER_ERROR, "not-shown", message).help("revoke it and make another").object()
}

/// `token:5`, or its bare number.
fn id_in_path(uri: &Uri) -> Result<TokenId, Response> {
    let last = uri.path().rsplit('/').next().unwrap_or("");
    let id = last.parse().ok().or_else(|| last.parse().ok().map(|number| TokenId(Seq(number))));
    id.ok_or_else(|| {
        let message = format!("`{last}` is no token's id");
        Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help("write it as `token:5`, or `5`").object()
    })
}

fn refused(refusal: &Refusal) -> Response {
    match refusal {
        Refusal::Token(refusal) => {
            Refused::new(status(refusal), refusal.code(), refusal.to_string()).help(refusal.help()).object()
        }
        other @ (Refusal::Silence(_)
        | Refusal::Command(_)
        | Refusal::Override(_)
        | Refusal::Ledger(_)
        | Refusal::TooManyAlerts { .. }) => Refused::new(StatusCode::CONFLICT, "refused", other.to_string()).object(),
    }
}

const fn status(refusal: &TokenRefusal) -> StatusCode {
    match refusal {
        TokenRefusal::NoMaker
        | TokenRefusal::AboveMaker(_)
        | TokenRefusal::OtherPerson
        | TokenRefusal::OtherSource
        | TokenRefusal::NotYours(_) => StatusCode::FORBIDDEN,
        TokenRefusal::Outlives(_) | TokenRefusal::EndsBeforeNow | TokenRefusal::Name(_) => StatusCode::BAD_REQUEST,
        TokenRefusal::NoSuchToken(_) => StatusCode::NOT_FOUND,
        TokenRefusal::TooMany(_)
        | TokenRefusal::TooManyOfOne(_)
        | TokenRefusal::TooDeep
        | TokenRefusal::SecretTaken
        | TokenRefusal::RevokedAlready(_) => StatusCode::CONFLICT,
    }
}
