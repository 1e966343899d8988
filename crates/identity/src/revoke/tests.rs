//! Who may revoke which token.

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{Actor, Body, Hash, Origin, Record, Role, TokenCreated};

use super::*;

const NOW: Timestamp = Timestamp(10);

fn token(number: u64) -> TokenId {
    TokenId(Seq(number))
}

fn apply(state: &mut State, seq: u64, body: Body) {
    let (actor, plan) = (Actor("owner".into()), PlanHash::NONE);
    state.apply(&Record { seq: Seq(seq), at: Timestamp(0), actor, origin: Origin::Observed, plan, body });
}

/// 1 admin, 2 viewer ─ 3 viewer, 4 sender: of the owner but for 3.
fn state() -> State {
    let mut state = State::default();
    let rows =
        [(1_u64, Role::Admin, None), (2, Role::Viewer, None), (3, Role::Viewer, Some(2)), (4, Role::Sender, None)];
    for (number, role, parent) in rows {
        let body = TokenCreated {
            name: "ci".into(),
            role,
            hash: Hash::of(&[&number.to_be_bytes()]),
            person: None,
            source: None,
            parent: parent.map(token),
            expires_at: None,
        };
        apply(&mut state, number, Body::TokenCreated(body));
    }
    state
}

#[test]
fn own_tokens_and_those_made_with_them_are_revoked_and_any_by_an_admin() {
    let state = state();
    let bearer = |number| state.identity_of(token(number), NOW).expect("it counts");
    for (caller, may) in [
        (bearer(1), [true, true, true, true]),
        (bearer(2), [false, true, true, false]),
        (bearer(3), [false, false, true, false]),
        (bearer(4), [false, false, false, true]),
        (Identity::owner(), [true, true, true, true]),
        (Identity::loopback(), [false, false, false, false]),
        (Identity::paged(&"ada".into()), [false, false, false, false]),
    ] {
        for (number, may) in (1..).zip(may) {
            let decided = decide_revoke(&state, &caller, token(number), NOW);
            let expected = if may {
                Ok(TokenRevoked { token: token(number) })
            } else {
                Err(TokenRefusal::NotYours(token(number)))
            };
            assert_eq!(decided, expected, "{} revokes {number}", caller.actor);
        }
    }
}

#[test]
fn what_is_not_there_or_revoked_is_said() {
    let mut state = state();
    let owner = Identity::owner();
    assert_eq!(decide_revoke(&state, &owner, token(9), NOW), Err(TokenRefusal::NoSuchToken(token(9))));
    let viewer = state.identity_of(token(2), NOW).expect("it counts");
    apply(&mut state, 5, Body::TokenRevoked(TokenRevoked { token: token(2) }));
    assert_eq!(decide_revoke(&state, &owner, token(2), NOW), Err(TokenRefusal::RevokedAlready(token(2))));
    let refusal = decide_revoke(&state, &viewer, token(3), NOW);
    assert_eq!(refusal, Err(TokenRefusal::NotYours(token(3))), "who was revoked meanwhile revokes nothing");
}
