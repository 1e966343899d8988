//! Tokens and their parents: what counts, and until when.

use std::sync::Arc;

use evenkeel_ids::{PlanHash, Seq};
use evenkeel_record::{Actor, Origin, TokenCreated, TokenRevoked};

use super::*;
use crate::Action;

fn token(number: u64) -> TokenId {
    TokenId(Seq(number))
}

fn hash(number: u64) -> Hash {
    Hash::of(&[&number.to_be_bytes()])
}

fn record(seq: u64, at: i64, body: Body) -> Record {
    let (actor, plan) = (Actor("owner".into()), PlanHash::NONE);
    Record { seq: Seq(seq), at: Timestamp(at), actor, origin: Origin::Observed, plan, body }
}

fn created(number: u64, role: Role, parent: Option<u64>, expires_at: Option<i64>) -> Record {
    let body = TokenCreated {
        name: format!("token {number}").into(),
        role,
        hash: hash(number),
        person: None,
        source: None,
        parent: parent.map(token),
        expires_at: expires_at.map(Timestamp),
    };
    record(number, 0, Body::TokenCreated(body))
}

fn revoked(seq: u64, at: i64, number: u64) -> Record {
    record(seq, at, Body::TokenRevoked(TokenRevoked { token: token(number) }))
}

fn folded(records: &[Record]) -> State {
    let mut state = State::default();
    records.iter().for_each(|record| state.apply(record));
    state
}

/// 1 admin ─ 2 operator, until 100 ─ 3 responder ─ 4 viewer; 5 sender of the owner.
fn family() -> Vec<Record> {
    vec![
        created(1, Role::Admin, None, None),
        created(2, Role::Operator, Some(1), Some(100)),
        created(3, Role::Responder, Some(2), None),
        created(4, Role::Viewer, Some(3), None),
        created(5, Role::Sender, None, None),
    ]
}

fn verdicts(state: &State, now: i64) -> Vec<Result<(), Unidentified>> {
    (1..=5).map(|number| state.identify(&hash(number), Timestamp(now)).map(|_| ())).collect()
}

#[test]
fn a_secret_names_its_bearer_and_what_they_may_do() {
    let mut records = family();
    let Body::TokenCreated(bound) = &mut records[2].body else { panic!("a token") };
    bound.person = Some("ada".into());
    let Body::TokenCreated(bound) = &mut records[4].body else { panic!("a token") };
    bound.source = Some("ci".into());
    let state = folded(&records);
    let identity = |number| state.identify(&hash(number), Timestamp(1)).expect("it counts");
    assert_eq!(identity(2).actor.to_string(), "token:2");
    assert_eq!((identity(3).actor.to_string(), identity(3).person), ("person:ada".to_owned(), Some(Arc::from("ada"))));
    assert_eq!((identity(5).actor.to_string(), identity(5).source), ("source:ci".to_owned(), Some(Arc::from("ci"))));
    assert!(identity(2).allows(Action::Operate) && !identity(3).allows(Action::Operate));
    assert_eq!(state.identify(&hash(6), Timestamp(1)), Err(Unidentified::Unknown));
}

#[test]
fn what_ends_ends_with_all_that_was_made_with_it() {
    let (good, gone) = (Ok(()), |number| Err(Unidentified::MadeWithEnded(token(number))));
    let mut records = family();
    assert_eq!(verdicts(&folded(&records), 99), [good; 5]);
    let expired = Err(Unidentified::Expired(token(2)));
    assert_eq!(verdicts(&folded(&records), 100), [good, expired, gone(3), gone(4), good]);
    records.push(revoked(6, 50, 3));
    let revoked_3 = Err(Unidentified::Revoked(token(3)));
    assert_eq!(verdicts(&folded(&records), 60), [good, good, revoked_3, gone(4), good]);
    records.push(revoked(7, 50, 1));
    let revoked_1 = Err(Unidentified::Revoked(token(1)));
    assert_eq!(verdicts(&folded(&records), 60), [revoked_1, gone(2), revoked_3, gone(4), good]);
}

/// Whatever the records say: a token may do no more than any token above it.
#[test]
fn rights_are_those_of_the_whole_line() {
    for above in Role::ALL {
        for below in Role::ALL {
            let state = folded(&[created(1, above, None, None), created(2, below, Some(1), None)]);
            let rights = state.rights(token(2), Timestamp(1));
            assert_eq!(rights, Rights::of(above).and(Rights::of(below)));
            let reach = state.role_now(token(2), Timestamp(1));
            assert!(reach.is_none_or(|role| rights.covers(Rights::of(role))), "{above:?} {below:?} {reach:?}");
        }
    }
    let state = folded(&[created(1, Role::Admin, None, None), created(2, Role::Viewer, Some(1), Some(10))]);
    assert_eq!(state.role_now(token(2), Timestamp(9)), Some(Role::Viewer));
    assert_eq!(state.role_now(token(2), Timestamp(10)), None);
}

#[test]
fn a_line_that_does_not_reach_the_owner_counts_for_nothing() {
    let orphan = folded(&[created(2, Role::Admin, Some(1), None)]);
    assert_eq!(orphan.identify(&hash(2), Timestamp(1)), Err(Unidentified::MadeWithEnded(token(2))));
    assert_eq!(orphan.rights(token(2), Timestamp(1)), Rights::NONE);
    let itself = folded(&[created(3, Role::Admin, Some(3), None)]);
    assert_eq!(itself.rights(token(3), Timestamp(1)), Rights::NONE);
    let deep = GENERATIONS_MAX as u64;
    let line = |number: u64| created(number, Role::Admin, number.checked_sub(1).filter(|parent| *parent > 0), None);
    let state = folded(&(1..=deep + 1).map(line).collect::<Vec<_>>());
    assert_ne!(state.rights(token(deep), Timestamp(1)), Rights::NONE);
    assert_eq!(state.rights(token(deep + 1), Timestamp(1)), Rights::NONE);
}

#[test]
fn a_token_is_revoked_once() {
    let mut records = family();
    records.extend([revoked(6, 50, 1), revoked(7, 90, 1), revoked(8, 90, 77)]);
    let state = folded(&records);
    assert_eq!(state.token(token(1)).and_then(|token| token.revoked_at), Some(Timestamp(50)));
}

#[test]
fn what_was_made_with_what_is_known() {
    let state = folded(&family());
    let descends = |id, from| state.descends(token(id), token(from));
    assert!(descends(4, 1) && descends(4, 4) && descends(3, 2));
    assert!(!descends(1, 4) && !descends(5, 1) && !descends(9, 9));
}

#[test]
fn the_body_of_a_token_stays_until_it_is_revoked() {
    let mut records = family();
    let state = folded(&records);
    assert_eq!(state.needs(&records[3]), Some("the token is not revoked; revoke it first"));
    records.push(revoked(6, 50, 4));
    let state = folded(&records);
    assert_eq!(state.needs(&records[3]), None);
    assert!(state.needs(&records[5]).is_some_and(|why| why.contains("needed to fold")));
    // Without the body nobody may do more.
    let without: Vec<_> = records.iter().filter(|record| record.seq != Seq(4)).cloned().collect();
    let refolded = folded(&without);
    for number in [1, 2, 3, 5] {
        assert_eq!(refolded.rights(token(number), Timestamp(60)), state.rights(token(number), Timestamp(60)));
    }
    assert_eq!(refolded.rights(token(4), Timestamp(60)), Rights::NONE);
}

#[test]
fn what_ended_makes_room_and_what_counts_stays() {
    let kept = KEPT_MAX as u64;
    let mut records: Vec<_> = (1..=kept).map(|number| created(number, Role::Viewer, None, None)).collect();
    // Every second one is revoked, those with the higher numbers first.
    records.extend((1..=kept / 2).map(|number| revoked(kept + number, number as i64, kept - 2 * (number - 1))));
    let mut state = folded(&records);
    assert_eq!(state.tokens().count(), KEPT_MAX);
    state.apply(&created(3 * kept, Role::Viewer, None, None));
    assert_eq!(state.tokens().count(), KEPT_MAX - KEPT_MAX / 4 + 1);
    assert_eq!(state.live(Timestamp(kept as i64)), KEPT_MAX / 2 + 1);
    assert!(state.token(token(kept)).is_none() && state.token(token(2)).is_some(), "what ended first went first");
    assert_eq!(state.tokens().count(), state.by_hash.len());
}

#[test]
fn a_state_is_kept_in_full() {
    let mut records = family();
    records.push(revoked(6, 50, 3));
    let state = folded(&records);
    let bytes = postcard::to_allocvec(&state).expect("it is written");
    assert_eq!(postcard::from_bytes::<State>(&bytes).expect("it is read"), state);
}
