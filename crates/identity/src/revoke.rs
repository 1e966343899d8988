//! Decides whether a token may be revoked.

use evenkeel_ids::TokenId;
use evenkeel_record::TokenRevoked;
use evenkeel_time::Timestamp;

use crate::{Action, Identity, State, TokenRefusal};

/// Decides whether a token may be revoked: one's own, one that was made with it, or any by an admin.
///
/// # Errors
/// [`TokenRefusal`] when it may not.
pub fn decide_revoke(
    state: &State,
    caller: &Identity,
    id: TokenId,
    now: Timestamp,
) -> Result<TokenRevoked, TokenRefusal> {
    let token = state.token(id).ok_or(TokenRefusal::NoSuchToken(id))?;
    let rights = caller.rights_now(state, now);
    let own = rights.allows(Action::Access) && caller.token.is_some_and(|own| state.descends(id, own));
    if !own && !rights.allows(Action::Administer) {
        return Err(TokenRefusal::NotYours(id));
    }
    if token.revoked_at.is_some() {
        return Err(TokenRefusal::RevokedAlready(id));
    }
    Ok(TokenRevoked { token: id })
}

#[cfg(test)]
mod tests;
