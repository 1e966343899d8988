//! An improvement closes itself when its practice is practised, and opens itself again when it is not.

use super::*;
use crate::planned::{Lived, NOON, plan};

fn incoming() -> IncomingImprovement {
    IncomingImprovement {
        practice: "oe.operate.escalation-paths".into(),
        subject: "shop".into(),
        owner: DocumentRef::Team("payments".into()),
        title: "Escalate to a second person".into(),
        lens: "5a5a".into(),
    }
}

fn judged(practised: bool, seq: u64) -> Judged {
    let improvement = ImprovementId(Seq(1));
    Judged { improvement, practised, verdict: "practised".into(), good: 4, total: 5, seq: Seq(seq) }
}

fn opened() -> Lived {
    let mut lived = Lived::default();
    let body = decide_improvement(&lived.state, &plan(), &incoming()).expect("it is taken");
    lived.take(NOON, Body::ImprovementOpened(body));
    lived
}

#[test]
fn a_review_closes_what_is_practised_and_reopens_what_is_not() {
    let mut lived = opened();
    assert_eq!(decide_judged(&lived.state, &judged(false, 5)), None, "it is open");
    assert_eq!(decide_judged(&lived.state, &judged(true, 0)), None, "the review is older than it");
    let closed = decide_judged(&lived.state, &judged(true, 5)).expect("it closes itself");
    assert!(matches!(&closed, Body::ImprovementClosed(body) if (body.good, body.total, body.seq) == (4, 5, Seq(5))));
    lived.take(NOON, closed);
    assert_eq!(lived.state.improvement(ImprovementId(Seq(1))).map(|known| known.closed_at), Some(Some(NOON)));
    assert_eq!(decide_judged(&lived.state, &judged(true, 6)), None, "it is closed");
    assert_eq!(decide_judged(&lived.state, &judged(false, 4)), None, "the review is older than the one that closed it");
    let reopened = decide_judged(&lived.state, &judged(false, 6)).expect("it opens itself");
    lived.take(NOON, reopened);
    let known = lived.state.improvement(ImprovementId(Seq(1))).expect("it is held");
    assert_eq!((known.closed_at, known.reopened, known.judged), (None, 1, Seq(6)));
    assert!(lived.state.needs(&lived.records[0]).is_some() && lived.state.needs(&lived.records[1]).is_some());
    let dropped = decide_drop(&lived.state, ImprovementId(Seq(1)), "the shop is closed").expect("it is held");
    lived.take(NOON, Body::ImprovementDropped(dropped));
    assert_eq!(lived.state.improvements().count(), 0);
    assert_eq!(lived.state.needs(&lived.records[0]), None);
    assert_eq!(decide_judged(&lived.state, &judged(true, 9)), None, "it is gone");
    let gone = decide_drop(&lived.state, ImprovementId(Seq(1)), "").expect_err("it is gone");
    assert_eq!((gone.code(), gone.to_string()), ("unknown-improvement", "there is no improvement:1".to_owned()));
    assert!(decide_improvement(&lived.state, &plan(), &incoming()).is_ok());
}

#[test]
fn a_practice_has_one_improvement_of_a_subject() {
    let mut lived = opened();
    let refused = |lived: &Lived| {
        let refusal = decide_improvement(&lived.state, &plan(), &incoming()).expect_err("there is one");
        format!("{}: {refusal}; {}", refusal.code(), refusal.help())
    };
    assert_eq!(
        refused(&lived),
        "improvement-there: improvement:1 is about the same and open; go on with that one, or drop it first"
    );
    lived.take(NOON, decide_judged(&lived.state, &judged(true, 5)).expect("it closes itself"));
    assert!(refused(&lived).contains("about the same and closed; it opens itself again"));
    let other = IncomingImprovement { subject: "payments".into(), ..incoming() };
    assert!(decide_improvement(&lived.state, &plan(), &other).is_ok());
}

#[test]
fn each_slip_is_refused_with_what_to_do() {
    let lived = opened();
    let refused = |incoming: IncomingImprovement| {
        let refusal = decide_improvement(&lived.state, &plan(), &incoming).expect_err("it is not taken");
        format!("{}: {refusal}; {}", refusal.code(), refusal.help())
    };
    assert!(refused(IncomingImprovement { practice: "a\nb".into(), ..incoming() }).starts_with("invalid-practice: "));
    assert!(refused(IncomingImprovement { subject: "shpo".into(), ..incoming() }).starts_with("unknown-subject: "));
    let owned_by = |owner| refused(IncomingImprovement { owner, ..incoming() });
    assert_eq!(
        owned_by(DocumentRef::Team("payment".into())),
        "unknown-owner: no team named `payment`; did you mean `payments`?"
    );
    assert_eq!(
        owned_by(DocumentRef::Person("zoe".into())),
        "unknown-owner: no person named `zoe`; name a person or a team of the ops repo"
    );
    assert_eq!(
        owned_by(DocumentRef::Receiver("ops".into())),
        "invalid-owner: `receiver:ops` cannot own an improvement; name a person or a team, such as `team:payments`"
    );
    for title in ["", "two\nlines", &"x".repeat(201)] {
        assert!(refused(IncomingImprovement { title: title.into(), ..incoming() }).starts_with("invalid-title: "));
    }
    assert!(refused(IncomingImprovement { lens: "".into(), ..incoming() }).starts_with("invalid-lens: "));
    let long = decide_drop(&lived.state, ImprovementId(Seq(1)), &"x".repeat(1001)).expect_err("too long");
    assert_eq!(long.code(), "too-long");
}

#[test]
fn only_so_many_are_held() {
    let mut lived = opened();
    let body = decide_improvement(&Lived::default().state, &plan(), &incoming()).expect("it is taken");
    for n in 1..IMPROVEMENTS_MAX {
        lived.take(NOON, Body::ImprovementOpened(ImprovementOpened { practice: n.to_string().into(), ..body.clone() }));
    }
    let other = IncomingImprovement { practice: "x".into(), ..incoming() };
    let refusal = decide_improvement(&lived.state, &plan(), &other).expect_err("too many");
    assert_eq!(refusal.to_string(), "10000 improvements are held, and no more can be");
}
