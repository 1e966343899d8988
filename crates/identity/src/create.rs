//! Decides whether a token may be made.

use std::sync::Arc;

use evenkeel_record::{Hash, Role, TokenCreated};
use evenkeel_time::Timestamp;

use crate::state::GENERATIONS_MAX;
use crate::{Action, Identity, Rights, State, TOKENS_MAX, Token, TokenRefusal};

/// So many tokens made with one of somebody who is no admin may count at once.
pub const TOKENS_MADE_MAX: usize = 100;
/// Units: characters.
const NAME_MAX: usize = 100;

/// A token that is to be made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewToken {
    /// What it is for.
    pub name: Box<str>,
    /// What it shall let its bearer do.
    pub role: Role,
    /// SHA-256 of the secret, see [`crate::TokenSecret::hash`].
    pub hash: Hash,
    /// The person it shall speak for.
    pub person: Option<Arc<str>>,
    /// The one source it shall send for.
    pub source: Option<Arc<str>>,
    /// When it shall end; `None`: with the one it is made with.
    pub expires_at: Option<Timestamp>,
}

/// Decides whether a token may be made.
///
/// # Errors
/// [`TokenRefusal`] when it may not.
pub fn decide_create(
    state: &State,
    maker: &Identity,
    new: NewToken,
    now: Timestamp,
) -> Result<TokenCreated, TokenRefusal> {
    let rights = maker.rights_now(state, now);
    if !rights.allows(Action::Read) {
        return Err(TokenRefusal::NoMaker);
    }
    if !rights.covers(Rights::of(new.role)) {
        return Err(TokenRefusal::AboveMaker(new.role));
    }
    named(&new)?;
    if !rights.allows(Action::Administer) {
        within_maker(maker, &new)?;
    }
    let parent = maker.token.and_then(|id| state.token(id));
    in_time(parent, &new, now)?;
    room(state, parent, rights, now)?;
    if state.holds(&new.hash) {
        return Err(TokenRefusal::SecretTaken);
    }
    let NewToken { name, role, hash, person, source, expires_at } = new;
    Ok(TokenCreated { name, role, hash, person, source, parent: maker.token, expires_at })
}

fn named(new: &NewToken) -> Result<(), TokenRefusal> {
    let shown = |text: &str| text.chars().count() <= NAME_MAX && !text.chars().any(char::is_control);
    if new.name.trim().is_empty() || !shown(&new.name) {
        return Err(TokenRefusal::Name("the name has to be 1 to 100 characters, none of them a control character"));
    }
    if new.source.as_ref().is_some_and(|source| source.trim().is_empty() || !shown(source)) {
        return Err(TokenRefusal::Name("the source has to be 1 to 100 characters, none of them a control character"));
    }
    Ok(())
}

/// Whoever is bound to a person or a source makes tokens for that one only. Without a person a token may act in
/// anyone's name, so one that acts is never made by somebody who is bound.
fn within_maker(maker: &Identity, new: &NewToken) -> Result<(), TokenRefusal> {
    let acts = Rights::of(new.role).allows(Action::Respond);
    match (&maker.person, &new.person) {
        (Some(own), Some(other)) if own != other => return Err(TokenRefusal::OtherPerson),
        (Some(_), None) if acts => return Err(TokenRefusal::OtherPerson),
        (None, Some(_)) if !maker.allows(Action::Respond) => return Err(TokenRefusal::OtherPerson),
        (Some(_) | None, Some(_) | None) => {}
    }
    if maker.source.is_some() && maker.source != new.source {
        return Err(TokenRefusal::OtherSource);
    }
    Ok(())
}

fn in_time(parent: Option<&Token>, new: &NewToken, now: Timestamp) -> Result<(), TokenRefusal> {
    if new.expires_at.is_some_and(|end| end <= now) {
        return Err(TokenRefusal::EndsBeforeNow);
    }
    match (parent.and_then(|parent| parent.expires_at), new.expires_at) {
        (Some(limit), Some(end)) if end > limit => Err(TokenRefusal::Outlives(limit)),
        (Some(_) | None, Some(_) | None) => Ok(()),
    }
}

fn room(state: &State, parent: Option<&Token>, rights: Rights, now: Timestamp) -> Result<(), TokenRefusal> {
    if state.live(now) >= TOKENS_MAX {
        return Err(TokenRefusal::TooMany(TOKENS_MAX));
    }
    let Some(parent) = parent else { return Ok(()) };
    if state.line(parent).count() >= GENERATIONS_MAX {
        return Err(TokenRefusal::TooDeep);
    }
    // Counted where the line leaves the admins, so that a long line makes no more than a short one.
    let counted = state.line(parent).take_while(|token| token.role != Role::Admin).last();
    let Some(counted) = counted.filter(|_| !rights.allows(Action::Administer)) else { return Ok(()) };
    let live = |token: &&Token| state.descends(token.id, counted.id) && state.ended_at(token, now).is_none();
    // The one that is counted from is no token made with it.
    if state.tokens().filter(live).count() > TOKENS_MADE_MAX {
        return Err(TokenRefusal::TooManyOfOne(TOKENS_MADE_MAX));
    }
    Ok(())
}

#[cfg(test)]
mod tests;
