//! Who calls, by what the request brings along.

use evenkeel_identity::{Identity, Unidentified};
use http::StatusCode;

use super::credentials::Credentials;
use super::sender::bearer;
use crate::Desk;
use crate::app::App;
use crate::refused::Refused;

/// When to try again while too many wrong tokens wait. Units: seconds.
const TOO_MANY_RETRY_AFTER_S: u64 = 1;

/// Who calls; `Err` when what the request brings along proves nothing.
pub(super) async fn identify<D: Desk>(
    app: &App<D>,
    credentials: Result<Credentials, Refused>,
    local: bool,
) -> Result<Identity, Refused> {
    let anonymous = if local { Identity::loopback() } else { Identity::remote() };
    match credentials {
        Ok(Credentials::None) => Ok(anonymous),
        // A browser keeps a cookie longer than it counts: whoever sends an old one is nobody, and may log in.
        Ok(Credentials::Session(text)) => Ok(app.logins.session(app, &text).unwrap_or_else(|| {
            app.metrics.unidentified("session");
            anonymous
        })),
        Ok(Credentials::Token(secret)) => match bearer(&app.desk, &app.options.keys, &secret) {
            Ok(identity) => Ok(identity),
            Err(why) => Err(wrong(app, reason(why), unidentified(why)).await),
        },
        Err(malformed) => Err(wrong(app, "malformed", malformed).await),
    }
}

async fn wrong<D>(app: &App<D>, reason: &'static str, refused: Refused) -> Refused {
    app.metrics.unidentified(reason);
    if app.failures.slow_down().await {
        return refused;
    }
    let message = "too many requests with wrong tokens at once";
    Refused::new(StatusCode::TOO_MANY_REQUESTS, "too-many-wrong-tokens", message).later(TOO_MANY_RETRY_AFTER_S)
}

const fn reason(why: Unidentified) -> &'static str {
    match why {
        Unidentified::Unknown => "unknown",
        Unidentified::Expired(_) => "expired",
        Unidentified::Revoked(_) => "revoked",
        Unidentified::MadeWithEnded(_) => "made-with-ended",
    }
}

fn unidentified(why: Unidentified) -> Refused {
    let help = "use a token that counts; `evenkeel token create` makes one";
    Refused::new(StatusCode::UNAUTHORIZED, "token-does-not-count", why.to_string()).help(help)
}
