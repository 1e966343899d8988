//! Who calls, and what they may do now.

use std::sync::Arc;

use evenkeel_ids::TokenId;
use evenkeel_record::{Actor, Role};
use evenkeel_time::Timestamp;

use crate::{Action, Rights, State, Token};

/// Who calls, and what they may do now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Identity {
    /// As records name them.
    pub actor: Actor,
    /// The token they bear; `None`: the owner's, a page's link, or none.
    pub token: Option<TokenId>,
    /// The person they are.
    pub person: Option<Arc<str>>,
    /// The source they send for.
    pub source: Option<Arc<str>>,
    /// The role of what they bear.
    pub role: Option<Role>,
    /// What they may do now.
    pub rights: Rights,
}

impl Identity {
    /// Who has the data folder.
    #[must_use]
    pub fn owner() -> Self {
        Self { role: Some(Role::Admin), ..Self::nameless(Actor("owner".into()), Rights::ALL) }
    }

    /// A caller on this machine that does not say who it is.
    #[must_use]
    pub fn loopback() -> Self {
        Self::nameless(Actor::loopback(), Rights::LOOPBACK)
    }

    /// A caller from elsewhere that does not say who it is.
    #[must_use]
    pub fn remote() -> Self {
        Self::nameless(Actor("anonymous".into()), Rights::EVERYONE)
    }

    /// The person whom a page was sent to, with the link in it.
    #[must_use]
    pub fn paged(person: &Arc<str>) -> Self {
        let actor = Actor(format!("person:{person}").into());
        Self { person: Some(person.clone()), ..Self::nameless(actor, Rights::EVERYONE) }
    }

    /// Who bears a token.
    pub(crate) fn of_token(token: &Token, rights: Rights) -> Self {
        let actor = match (&token.person, &token.source) {
            (Some(person), _) => format!("person:{person}"),
            (None, Some(source)) => format!("source:{source}"),
            (None, None) => token.id.to_string(),
        };
        Self {
            token: Some(token.id),
            person: token.person.clone(),
            source: token.source.clone(),
            role: Some(token.role),
            ..Self::nameless(Actor(actor.into()), rights)
        }
    }

    /// Whether they may do something.
    #[must_use]
    pub const fn allows(&self, action: Action) -> bool {
        self.rights.allows(action)
    }

    /// What they may do at the instant of a decision, which comes after they were let in.
    #[must_use]
    pub fn rights_now(&self, state: &State, now: Timestamp) -> Rights {
        self.token.map_or(self.rights, |token| state.rights(token, now))
    }

    const fn nameless(actor: Actor, rights: Rights) -> Self {
        Self { actor, token: None, person: None, source: None, role: None, rights }
    }
}
