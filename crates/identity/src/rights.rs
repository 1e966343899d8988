//! Which role may do what: one table, and sets of actions made from it.

use evenkeel_record::Role;

use crate::Action;

/// What each role may do besides [`EVERYONE`] and [`BEARERS`], the least role first.
const TABLE: [(Role, &[Action]); 6] = [
    (Role::Sender, &[Action::Intake]),
    (Role::Recorder, &[Action::Report]),
    (Role::Viewer, &[Action::Read, Action::Measure]),
    (Role::Responder, &[Action::Read, Action::Measure, Action::Respond]),
    (
        Role::Operator,
        &[Action::Read, Action::Measure, Action::Respond, Action::Operate, Action::Report, Action::Intake],
    ),
    (Role::Admin, &Action::ALL),
];

/// What everyone may do who can connect; a link is checked by itself, and so is what a forge signs.
const EVERYONE: &[Action] = &[Action::Probe, Action::Link, Action::Login, Action::Hook];

/// What every bearer of a token may do.
const BEARERS: &[Action] = &[Action::Health, Action::Access];

/// What a caller on this machine may do without saying who it is.
const LOOPBACK: &[Action] = &[Action::Health, Action::Measure, Action::Intake];

/// A set of actions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Rights(u16);

impl Rights {
    /// No action at all.
    pub const NONE: Self = Self(0);
    /// What everyone may do who can connect.
    pub const EVERYONE: Self = Self::NONE.with(EVERYONE);
    /// What a caller on this machine may do without saying who it is.
    pub const LOOPBACK: Self = Self::EVERYONE.with(LOOPBACK);
    /// Every action.
    pub const ALL: Self = Self::NONE.with(&Action::ALL);

    /// What a role may do.
    #[must_use]
    pub fn of(role: Role) -> Self {
        let row = TABLE.iter().find(|(known, _)| *known == role);
        row.map_or(Self::NONE, |(_, actions)| Self::EVERYONE.with(BEARERS).with(actions))
    }

    /// Whether an action is in the set.
    #[must_use]
    pub const fn allows(self, action: Action) -> bool {
        self.0 & bit(action) != 0
    }

    /// What is in both sets.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self(self.0 & other.0)
    }

    /// Whether all that the other set allows is allowed.
    #[must_use]
    pub const fn covers(self, other: Self) -> bool {
        self.0 & other.0 == other.0
    }

    const fn with(self, mut actions: &[Action]) -> Self {
        let mut bits = self.0;
        while let [first, rest @ ..] = actions {
            bits |= bit(*first);
            actions = rest;
        }
        Self(bits)
    }
}

const fn bit(action: Action) -> u16 {
    1 << action as u16
}

/// Whether a role may do something.
#[must_use]
pub fn role_allows(role: Role, action: Action) -> bool {
    Rights::of(role).allows(action)
}

/// The least role that may do something.
#[must_use]
pub fn role_that_may(action: Action) -> Role {
    TABLE.iter().map(|(role, _)| *role).find(|role| role_allows(*role, action)).unwrap_or(Role::Admin)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// One line per role: the actions it may do, in the order of [`Action::ALL`].
    #[test]
    fn roles_may_do_what_the_design_says() {
        let expected = [
            "sender: probe health access intake link login hook",
            "recorder: probe health access report link login hook",
            "viewer: probe health measure access read link login hook",
            "responder: probe health measure access read respond link login hook",
            "operator: probe health measure access intake report read respond operate link login hook",
            "admin: probe health measure access intake report read respond operate administer link login hook",
        ];
        for (role, line) in Role::ALL.into_iter().zip(expected) {
            let may: Vec<_> = Action::ALL.into_iter().filter(|action| role_allows(role, *action)).collect();
            let may: Vec<_> = may.into_iter().map(Action::as_str).collect();
            assert_eq!(format!("{}: {}", role.as_str(), may.join(" ")), line);
        }
    }

    #[test]
    fn who_says_nothing_may_send_from_this_machine_and_nothing_from_elsewhere() {
        let may = |rights: Rights| Action::ALL.into_iter().filter(|a| rights.allows(*a)).collect::<Vec<_>>();
        assert_eq!(may(Rights::EVERYONE), [Action::Probe, Action::Link, Action::Login, Action::Hook]);
        let local =
            [Action::Probe, Action::Health, Action::Measure, Action::Intake, Action::Link, Action::Login, Action::Hook];
        assert_eq!(may(Rights::LOOPBACK), local);
        assert_eq!(may(Rights::ALL), Action::ALL);
    }

    #[test]
    fn the_least_role_that_may_is_named() {
        for (action, role) in [
            (Action::Intake, Role::Sender),
            (Action::Report, Role::Recorder),
            (Action::Read, Role::Viewer),
            (Action::Measure, Role::Viewer),
            (Action::Respond, Role::Responder),
            (Action::Operate, Role::Operator),
            (Action::Administer, Role::Admin),
        ] {
            assert_eq!(role_that_may(action), role);
        }
    }

    #[test]
    fn a_set_covers_what_it_allows_and_nothing_else() {
        let (viewer, responder, sender) =
            (Rights::of(Role::Viewer), Rights::of(Role::Responder), Rights::of(Role::Sender));
        assert!(responder.covers(viewer) && !viewer.covers(responder) && !responder.covers(sender));
        assert_eq!(responder.and(viewer), viewer);
        assert!(!sender.and(viewer).allows(Action::Read) && Rights::ALL.covers(responder));
    }
}
