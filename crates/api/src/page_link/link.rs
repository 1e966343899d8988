//! The link itself: whose it is, on which page, and what to do when it counts no more.

use std::sync::Arc;

use evenkeel_identity::{LinkError, verify};
use evenkeel_ids::{DocumentRef, PageId};
use http::{StatusCode, Uri};

use crate::Desk;
use crate::app::App;
use crate::refused::Refused;

/// The text of the link in a path.
pub(super) fn text(uri: &Uri) -> &str {
    uri.path().rsplit('/').next().unwrap_or("")
}

/// The page and the person, of a link that was signed here, has not ended, and is that person's.
pub(super) fn read<D: Desk>(app: &App<D>, uri: &Uri) -> Result<(PageId, Arc<str>), Refused> {
    let found = app.desk.look(|engine, now| {
        let link = verify(&app.options.keys.links, text(uri), now).and_then(evenkeel_identity::Link::into_page);
        link.map(|(id, person)| (engine.state().incident.page(id).map(|page| page.to.clone()), id, person))
    });
    let (to, id, person) = found.map_err(does_not_count)?;
    match to {
        Some(DocumentRef::Person(name)) if name == person => Ok((id, person)),
        Some(_) => Err(does_not_count(LinkError::Forged)),
        None => Err(over()),
    }
}

/// The incident was closed too long ago to be shown.
pub(super) fn over() -> Refused {
    let help = "`evenkeel incident list --all` lists the newest incidents, and the journal has every one";
    Refused::new(StatusCode::GONE, "page-over", "this page is over: its incident was closed long ago").help(help)
}

fn does_not_count(error: LinkError) -> Refused {
    let (status, code) = match error {
        LinkError::Expired(_) => (StatusCode::GONE, "link-expired"),
        LinkError::Malformed
        | LinkError::Truncated
        | LinkError::UnknownVersion(_)
        | LinkError::Forged
        | LinkError::OtherPurpose => (StatusCode::FORBIDDEN, "link-does-not-count"),
    };
    let help = format!(
        "{}; on a computer, `evenkeel incident list` shows what is open, and `evenkeel incident ack` takes it on",
        error.help()
    );
    Refused::new(status, code, error.to_string()).help(help)
}
