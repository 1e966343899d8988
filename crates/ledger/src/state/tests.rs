//! The whole state: stored and read back, and folded without what may be erased.

use evenkeel_ids::{DocumentRef, Seq};
use evenkeel_record::chain::Head;
use evenkeel_record::{Declaration, FoundFinding, Header, Record};
use evenkeel_time::Duration;
use proptest::prelude::*;

use super::*;
use crate::planned::{Lived, NOON, plan, search};
use crate::{
    IncomingAttestation, IncomingImprovement, IncomingMilestone, Judged, decide_attest, decide_declared, decide_drop,
    decide_findings, decide_improvement, decide_judged, decide_milestone, decide_withdraw,
};

/// One thing that is told, signed or declared; numbers choose which.
fn happens(lived: &mut Lived, at: Timestamp, what: u8, which: u8) {
    let subject = ["shop", "payments", "organization"][usize::from(which % 3)];
    let bodies: Vec<Body> = match what % 9 {
        0 => {
            lived.tell(&[search(&which.to_string(), which.is_multiple_of(2))]);
            return;
        }
        1 => {
            let incoming = IncomingAttestation {
                practice: "oe.a".into(),
                subject: subject.into(),
                person: "ada".into(),
                statement: "It is so.".into(),
                expires_at: at + Duration::hours(i64::from(which) + 1),
                not_applicable: which.is_multiple_of(2),
            };
            decide_attest(&lived.state, &plan(), at, &incoming).map(Body::Attested).into_iter().collect()
        }
        2 => {
            let chosen = lived.state.attestations().nth(usize::from(which % 4)).map(|known| known.id);
            let withdrawn = chosen.and_then(|id| decide_withdraw(&lived.state, at, id, "it is not so").ok());
            withdrawn.map(Body::AttestationWithdrawn).into_iter().collect()
        }
        3 => {
            let incoming = IncomingImprovement {
                practice: "oe.a".into(),
                subject: subject.into(),
                owner: DocumentRef::Team("payments".into()),
                title: "Do it".into(),
                lens: "5a".into(),
            };
            decide_improvement(&lived.state, &plan(), &incoming).map(Body::ImprovementOpened).into_iter().collect()
        }
        4 | 5 => {
            let chosen = lived.state.improvements().nth(usize::from(which % 3)).map(|known| known.id);
            let practised = which.is_multiple_of(2);
            let judged = |improvement| {
                let (seq, verdict) = (lived.last(), "as it is".into());
                decide_judged(&lived.state, &Judged { improvement, practised, verdict, good: 1, total: 1, seq })
            };
            chosen.and_then(judged).into_iter().collect()
        }
        6 => {
            let chosen = lived.state.improvements().nth(usize::from(which % 3)).map(|known| known.id);
            let dropped = chosen.and_then(|id| decide_drop(&lived.state, id, "").ok());
            dropped.map(Body::ImprovementDropped).into_iter().collect()
        }
        7 => {
            let declared = |n: u8| Declaration {
                kind: "Risk".into(),
                name: n.to_string().into(),
                owner: None,
                attributes: [("tier".into(), evenkeel_record::FactValue::Whole(i64::from(which % 2)))].into(),
            };
            let documents = (0..4).filter(|n| which >> n & 1 == 1).map(declared).collect();
            decide_declared(&lived.state, documents).into_iter().map(Body::DocumentsDeclared).collect()
        }
        _ => {
            let found = FoundFinding { code: "a".into(), document: None, count: u32::from(which % 3), allowed: 0 };
            let found = decide_findings(&lived.state, vec![found]).map(Body::FindingsFound);
            let milestone = IncomingMilestone {
                name: which.to_string().into(),
                seq: lived.last(),
                head: evenkeel_record::Hash::ZERO,
                lens_hash: "5a".into(),
                window_end: at,
                counts: BTreeMap::new(),
            };
            let set = decide_milestone(&lived.state, lived.last(), &milestone).map(Body::MilestoneSet);
            found.into_iter().chain(set).collect()
        }
    };
    for body in bodies {
        lived.take(at, body);
    }
}

fn lived(happenings: &[(u8, u8)]) -> Lived {
    let mut lived = Lived::default();
    let mut at = NOON;
    for (what, which) in happenings {
        at = at + Duration::hours(i64::from(which % 5));
        happens(&mut lived, at, *what, *which);
    }
    lived
}

fn erased(record: &Record) -> Header {
    let sealed = Head { seq: Seq(record.seq.0 - 1), ..Head::default() }.seal(record, [0; 16]);
    Header::decode(&sealed.header).expect("a header").0
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_may_be_erased_is_not_missed(happenings in prop::collection::vec(any::<(u8, u8)>(), 1..60), chance in any::<u64>()) {
        let mut lived = lived(&happenings);
        let mut folded = State::default();
        for record in &lived.records {
            let chosen = chance.rotate_left(u32::try_from(record.seq.0 % 64).expect("small")) & 1 == 1;
            if chosen && lived.state.needs(record).is_none() {
                folded.pass_erased(&erased(record));
            } else {
                folded.apply(record);
            }
        }
        // Facts that are erased are known no more.
        lived.state.facts = folded.facts.clone();
        prop_assert_eq!(folded, lived.state);
    }

    #[test]
    fn a_state_reads_back_as_it_was_stored(happenings in prop::collection::vec(any::<(u8, u8)>(), 1..60)) {
        let state = lived(&happenings).state;
        let bytes = postcard::to_allocvec(&state).expect("it can be stored");
        prop_assert_eq!(postcard::from_bytes::<State>(&bytes).expect("it reads back"), state);
    }
}
