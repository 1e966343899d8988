//! `evenkeel token …`: who may ask the server for what.

mod answer;
mod args;
mod text;

use evenkeel_ids::TokenId;
use evenkeel_time::Timestamp;
use serde_json::{Value, json};

pub use args::{TokenArgs, TokenRole, TokenVerb};

use crate::client::{ClientCommand, Context, Request, Shown, Wrong, object, read, retain, token_id};
use answer::{Created, Login, Tokens, Whoami};
use args::{Create, Revoke};

impl ClientCommand for TokenArgs {
    fn requests(&self, cx: &Context) -> Result<Vec<Request>, Wrong> {
        Ok(vec![match &self.verb {
            TokenVerb::Create(args) => create(args, cx)?,
            TokenVerb::List(_) => Request::get("/api/v1/tokens"),
            TokenVerb::Revoke(args) => Request::delete(format!("/api/v1/tokens/{}", revoked(args)?.seq().0)),
            TokenVerb::Login => Request::post("/api/v1/login-links", json!({})),
            TokenVerb::Whoami => Request::get("/api/v1/whoami"),
        }])
    }

    fn select(&self, answer: Value, cx: &Context) -> Value {
        let TokenVerb::List(args) = &self.verb else { return answer };
        let over = |token: &Value| {
            let expires = token.get("expires_at").and_then(Value::as_str).and_then(|at| at.parse::<Timestamp>().ok());
            expires.is_some_and(|at| at <= cx.now) || token.get("revoked_at").is_some_and(|at| !at.is_null())
        };
        retain(answer, Some("tokens"), |token| args.all || !over(token))
    }

    fn show(&self, answer: &Value, cx: &Context) -> Result<Shown, serde_json::Error> {
        match &self.verb {
            TokenVerb::Create(_) => Ok(text::created(&read::<Created>(answer)?, cx)),
            TokenVerb::List(_) => Ok(Shown::good(text::list(&read::<Tokens>(answer)?, cx))),
            TokenVerb::Revoke(_) => Ok(Shown::good("revoked, and all that were made with it\n")),
            TokenVerb::Login => Ok(text::login(&read::<Login>(answer)?)),
            TokenVerb::Whoami => Ok(Shown::good(text::whoami(&read::<Whoami>(answer)?))),
        }
    }
}

/// Read here, since the command line's own fault would repeat what was given, and that may be a secret.
fn revoked(args: &Revoke) -> Result<TokenId, Wrong> {
    token_id(&args.token).map_err(|why| Wrong::new(why, "`evenkeel token list` shows the ids"))
}

fn create(args: &Create, cx: &Context) -> Result<Request, Wrong> {
    let expires_at = args.expires.map(|at| at.instant(cx));
    if let Some(at) = expires_at
        && at <= cx.now
    {
        let message = format!("the token would expire at {}, which is past", cx.minute(at));
        return Err(Wrong::new(message, "give a time to come, such as `--expires +90d`"));
    }
    let fields = [
        ("name", Some(json!(args.name))),
        ("role", Some(json!(args.role.as_str()))),
        ("person", args.person.as_ref().map(|name| json!(name))),
        ("source", args.source.as_ref().map(|name| json!(name))),
        ("expires_at", expires_at.map(|at| json!(at.to_string()))),
    ];
    Ok(Request::post("/api/v1/tokens", object(fields)))
}
