//! Who may make which token.

use evenkeel_ids::{PlanHash, Seq, TokenId};
use evenkeel_record::{Actor, Body, Origin, Record, TokenRevoked};

use super::*;

const NOW: Timestamp = Timestamp(1_000);

struct World {
    state: State,
    seq: u64,
}

impl World {
    fn new() -> Self {
        Self { state: State::default(), seq: 0 }
    }

    fn record(&mut self, body: Body) -> TokenId {
        self.seq += 1;
        let (actor, plan) = (Actor("owner".into()), PlanHash::NONE);
        let record = Record { seq: Seq(self.seq), at: NOW, actor, origin: Origin::Observed, plan, body };
        self.state.apply(&record);
        TokenId(record.seq)
    }

    fn make(&mut self, maker: &Identity, new: NewToken) -> Result<Identity, TokenRefusal> {
        let body = decide_create(&self.state, maker, new, NOW)?;
        let id = self.record(Body::TokenCreated(body));
        Ok(self.state.identity_of(id, NOW).expect("it was just made"))
    }

    /// A token of the owner.
    fn bearer(&mut self, role: Role, person: Option<&str>, source: Option<&str>) -> Identity {
        let new = NewToken { person: person.map(Arc::from), source: source.map(Arc::from), ..self.new_token(role) };
        self.make(&Identity::owner(), new).expect("the owner makes anything")
    }

    fn new_token(&self, role: Role) -> NewToken {
        let hash = Hash::of(&[&self.seq.to_be_bytes()]);
        NewToken { name: "ci".into(), role, hash, person: None, source: None, expires_at: None }
    }
}

#[test]
fn nobody_makes_a_token_above_their_own_rights() {
    for own in Role::ALL {
        for wanted in Role::ALL {
            let mut world = World::new();
            let maker = world.bearer(own, None, None);
            let made = world.make(&maker, world.new_token(wanted));
            let expected = match (own, wanted) {
                (Role::Sender | Role::Recorder, _) => Err(TokenRefusal::NoMaker),
                (Role::Admin, _)
                | (Role::Operator, Role::Operator | Role::Responder | Role::Viewer | Role::Recorder | Role::Sender)
                | (Role::Responder, Role::Responder | Role::Viewer)
                | (Role::Viewer, Role::Viewer) => Ok(()),
                (Role::Operator | Role::Responder | Role::Viewer, wanted) => Err(TokenRefusal::AboveMaker(wanted)),
            };
            assert_eq!(made.map(|_| ()), expected, "{own:?} makes {wanted:?}");
        }
    }
}

#[test]
fn who_is_anonymous_or_paged_makes_no_token() {
    let mut world = World::new();
    for maker in [Identity::loopback(), Identity::remote(), Identity::paged(&"ada".into())] {
        assert_eq!(world.make(&maker, world.new_token(Role::Sender)), Err(TokenRefusal::NoMaker));
    }
}

#[test]
fn rights_count_at_the_instant_of_the_decision() {
    let mut world = World::new();
    let maker = world.bearer(Role::Admin, None, None);
    world.record(Body::TokenRevoked(TokenRevoked { token: TokenId(Seq(1)) }));
    assert_eq!(world.make(&maker, world.new_token(Role::Viewer)), Err(TokenRefusal::NoMaker));
}

#[test]
fn who_is_bound_makes_what_is_bound() {
    let for_person = |person: Option<&str>, role| (person.map(Arc::<str>::from), role);
    let mut world = World::new();
    let ada = world.bearer(Role::Operator, Some("ada"), None);
    let machine = world.bearer(Role::Responder, None, None);
    let screen = world.bearer(Role::Viewer, None, None);
    let admin = world.bearer(Role::Admin, Some("ada"), None);
    for (maker, (person, role), refusal) in [
        (&ada, for_person(Some("ada"), Role::Responder), None),
        (&ada, for_person(None, Role::Sender), None),
        (&ada, for_person(None, Role::Viewer), None),
        (&ada, for_person(None, Role::Responder), Some(TokenRefusal::OtherPerson)),
        (&ada, for_person(Some("bob"), Role::Viewer), Some(TokenRefusal::OtherPerson)),
        // It may act in anyone's name already.
        (&machine, for_person(Some("bob"), Role::Responder), None),
        (&screen, for_person(Some("bob"), Role::Viewer), Some(TokenRefusal::OtherPerson)),
        (&admin, for_person(Some("bob"), Role::Operator), None),
        (&admin, for_person(None, Role::Admin), None),
    ] {
        let new = NewToken { person: person.clone(), ..world.new_token(role) };
        assert_eq!(world.make(maker, new).err(), refusal, "{} {person:?} {role:?}", maker.actor);
    }
    let bound = world.bearer(Role::Operator, None, Some("ci"));
    for (source, refusal) in
        [(Some("ci"), None), (None, Some(TokenRefusal::OtherSource)), (Some("x"), Some(TokenRefusal::OtherSource))]
    {
        let new = NewToken { source: source.map(Arc::from), ..world.new_token(Role::Sender) };
        assert_eq!(world.make(&bound, new).err(), refusal, "{source:?}");
    }
}

#[test]
fn a_token_ends_no_later_than_the_one_it_is_made_with() {
    let mut world = World::new();
    let until = |world: &World, end| NewToken { expires_at: end, ..world.new_token(Role::Viewer) };
    let new = NewToken { expires_at: Some(Timestamp(2_000)), ..world.new_token(Role::Viewer) };
    let maker = world.make(&Identity::owner(), new).expect("made");
    assert_eq!(
        world.make(&maker, until(&world, Some(Timestamp(2_001)))),
        Err(TokenRefusal::Outlives(Timestamp(2_000)))
    );
    assert_eq!(world.make(&maker, until(&world, Some(NOW))), Err(TokenRefusal::EndsBeforeNow));
    assert!(world.make(&maker, until(&world, Some(Timestamp(2_000)))).is_ok());
    let open = world.make(&maker, until(&world, None)).expect("made");
    let id = open.token.expect("a token");
    assert!(
        world.state.identity_of(id, Timestamp(1_999)).is_ok() && world.state.identity_of(id, Timestamp(2_000)).is_err()
    );
}

#[test]
fn names_and_sources_are_short_and_can_be_shown() {
    let mut world = World::new();
    let long = "x".repeat(101);
    for (name, source, good) in [
        ("ci", None, true),
        (&long[..100], Some("prometheus"), true),
        ("", None, false),
        ("  ", None, false),
        (&*long, None, false),
        ("a\nb", None, false),
        ("ci", Some(""), false),
        ("ci", Some("\u{1b}[2J"), false),
    ] {
        let new = NewToken { name: name.into(), source: source.map(Arc::from), ..world.new_token(Role::Sender) };
        let made = world.make(&Identity::owner(), new);
        assert_eq!(made.is_ok(), good, "{name:?} {source:?}");
        assert!(made.is_ok() || matches!(made, Err(TokenRefusal::Name(_))));
    }
}

#[test]
fn there_is_room_for_so_many() {
    let mut world = World::new();
    let maker = world.bearer(Role::Viewer, None, None);
    let child = world.make(&maker, world.new_token(Role::Viewer)).expect("made");
    for _ in 1..TOKENS_MADE_MAX {
        world.make(&maker, world.new_token(Role::Viewer)).expect("there is room");
    }
    for full in [&maker, &child] {
        let refusal = world.make(full, world.new_token(Role::Viewer));
        assert_eq!(refusal, Err(TokenRefusal::TooManyOfOne(TOKENS_MADE_MAX)));
    }
    world.record(Body::TokenRevoked(TokenRevoked { token: child.token.expect("a token") }));
    world.make(&maker, world.new_token(Role::Viewer)).expect("there is room again");
    let admin = world.bearer(Role::Admin, None, None);
    for _ in world.state.live(NOW)..TOKENS_MAX - 1 {
        let body = decide_create(&World::new().state, &Identity::owner(), world.new_token(Role::Viewer), NOW);
        world.record(Body::TokenCreated(body.expect("made")));
    }
    world.make(&admin, world.new_token(Role::Viewer)).expect("an admin has no bound of their own");
    for full in [&admin, &Identity::owner()] {
        assert_eq!(world.make(full, world.new_token(Role::Viewer)), Err(TokenRefusal::TooMany(TOKENS_MAX)));
    }
}

#[test]
fn generations_are_bounded_and_secrets_are_distinct() {
    let mut world = World::new();
    let mut maker = world.bearer(Role::Admin, None, None);
    for _ in 1..GENERATIONS_MAX {
        maker = world.make(&maker, world.new_token(Role::Admin)).expect("made");
        assert!(maker.allows(Action::Administer));
    }
    assert_eq!(world.make(&maker, world.new_token(Role::Admin)), Err(TokenRefusal::TooDeep));
    let same = world.new_token(Role::Viewer);
    world.make(&Identity::owner(), same.clone()).expect("made");
    assert_eq!(world.make(&Identity::owner(), same), Err(TokenRefusal::SecretTaken));
}

#[test]
fn every_refusal_says_what_to_do() {
    let all = [
        TokenRefusal::NoMaker,
        TokenRefusal::AboveMaker(Role::Admin),
        TokenRefusal::OtherPerson,
        TokenRefusal::OtherSource,
        TokenRefusal::Outlives(NOW),
        TokenRefusal::EndsBeforeNow,
        TokenRefusal::Name("too long"),
        TokenRefusal::TooMany(1),
        TokenRefusal::TooManyOfOne(1),
        TokenRefusal::TooDeep,
        TokenRefusal::SecretTaken,
        TokenRefusal::NoSuchToken(TokenId(Seq(1))),
        TokenRefusal::NotYours(TokenId(Seq(1))),
        TokenRefusal::RevokedAlready(TokenId(Seq(1))),
    ];
    for refusal in all {
        assert!(!refusal.to_string().is_empty() && !refusal.help().is_empty() && !refusal.code().is_empty());
    }
}
