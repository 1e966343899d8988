//! Who is let in, and to what.
//!
//! ```text
//! place ────────▶ origin ─────────▶ credentials ─▶ identity ─▶ rights
//! peer, proxy's   Host, Origin,     token or       who it is   what the route
//! headers         Sec-Fetch-Site    session        now         does
//! ```
//!
//! A web page elsewhere can make a browser on this machine send requests here. Its name may even resolve to this
//! machine. So the `Host` has to be loopback or listed wherever the place of the caller or a cookie is what lets it
//! in, and what changes something may not come from a page of another origin, another port of this machine included.
//! A proxy's header means that somebody else stands behind it: that caller is remote.

mod credentials;
mod failures;
mod identify;
mod origin;
mod peer;
mod sender;

use evenkeel_identity::{Action, Identity, role_that_may};
use http::request::Parts;
use http::{Method, StatusCode};

pub(crate) use credentials::{SESSION_COOKIE, session_in};
pub(crate) use failures::Failures;
pub use sender::{NotLetIn, may_send};

use crate::Desk;
use crate::app::App;
use crate::guard::credentials::Credentials;
use crate::refused::{Refused, TOKEN_NEEDED};

/// Lets a request in to what its route does, or says why not; `None` where no route has the path and method. `forms`:
/// whether the route reads what a form of a page sends.
pub(crate) async fn admit<D: Desk>(
    app: &App<D>,
    request: &Parts,
    action: Option<Action>,
    forms: bool,
) -> Result<Identity, Refused> {
    let local = peer::local(request);
    let credentials = Credentials::of(&request.headers);
    let bears_token = matches!(credentials, Ok(Credentials::Token(_)));
    // From elsewhere nothing but the token lets anybody in, and a page that has it needs no name that leads here.
    let open = action == Some(Action::Probe);
    if !bears_token && (local || !open) {
        origin::served_host(request, &app.hosts)?;
    }
    let cookie = matches!(credentials, Ok(Credentials::Session(_)));
    if !matches!(request.method, Method::GET | Method::HEAD | Method::OPTIONS) {
        origin::same_origin(request, &app.hosts, cookie, forms)?;
    }
    if open {
        return Ok(Identity::remote());
    }
    let caller = identify::identify(app, credentials, local).await?;
    match action {
        Some(action) if !caller.allows(action) => Err(not_allowed(&caller, action, local)),
        Some(_) | None => Ok(caller),
    }
}

fn not_allowed(caller: &Identity, action: Action, local: bool) -> Refused {
    let may = role_that_may(action).as_str();
    let Some(role) = caller.role else {
        let message = if local {
            "a token is needed for this; without one only alerts may be sent, from this machine"
        } else {
            "a token is needed; without one nothing is served but `/healthz` and `/readyz`"
        };
        let help = format!(
            "send `Authorization: Bearer TOKEN` with a token of the role {may} or more; `evenkeel token create` makes one"
        );
        return Refused::new(StatusCode::UNAUTHORIZED, TOKEN_NEEDED, message).help(help);
    };
    let message = format!("a token of the role {} may not do this", role.as_str());
    Refused::new(StatusCode::FORBIDDEN, "role-too-low", message).help(format!("the role {may} may"))
}
