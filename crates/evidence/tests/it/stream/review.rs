//! Attestations, improvements, milestones, tokens and overrides.

use std::collections::BTreeMap;

use evenkeel_ids::{AttestationId, DocumentRef, ImprovementId, OverrideId, Seq, TokenId};
use evenkeel_record::{
    AttestationWithdrawn, Attested, Body, Hash, ImprovementClosed, ImprovementDropped, ImprovementOpened,
    ImprovementReopened, MilestoneSet, OverrideRemoved, OverrideSet, Role, TokenCreated, TokenRevoked,
};
use evenkeel_time::Timestamp;

use super::Stream;

impl Stream {
    pub(super) fn subject(&mut self) -> Box<str> {
        match self.below(3) {
            0 => "organization".into(),
            1 => (*self.team()).into(),
            _ => (*self.workload()).into(),
        }
    }

    pub(super) fn review(&mut self) -> Option<Body> {
        let practice: Box<str> = "oe.operate.escalation-paths".into();
        Some(match self.below(8) {
            0 | 1 => {
                self.make("attestation");
                Body::Attested(Attested {
                    practice,
                    subject: self.subject(),
                    person: self.person(),
                    statement: "we do".into(),
                    expires_at: Timestamp(self.at + 86_400_000),
                    not_applicable: self.one_in(2),
                })
            }
            2 => Body::AttestationWithdrawn(AttestationWithdrawn {
                attestation: AttestationId(self.known("attestation")?),
                reason: "".into(),
            }),
            3 => {
                self.make("improvement");
                Body::ImprovementOpened(ImprovementOpened {
                    practice,
                    subject: self.subject(),
                    owner: DocumentRef::Team(self.team()),
                    title: "".into(),
                    lens: "".into(),
                })
            }
            4 => Body::ImprovementClosed(ImprovementClosed {
                improvement: ImprovementId(self.known("improvement")?),
                verdict: "practised".into(),
                good: 1,
                total: 1,
                seq: Seq(1),
            }),
            5 => Body::ImprovementReopened(ImprovementReopened {
                improvement: ImprovementId(self.known("improvement")?),
                verdict: "stale".into(),
                seq: Seq(1),
            }),
            6 => Body::ImprovementDropped(ImprovementDropped {
                improvement: ImprovementId(self.known("improvement")?),
                reason: "".into(),
            }),
            _ => Body::MilestoneSet(MilestoneSet {
                name: "m".into(),
                seq: Seq(1),
                head: Hash::ZERO,
                lens_hash: "".into(),
                window_end: Timestamp(0),
                counts: BTreeMap::new(),
            }),
        })
    }

    pub(super) fn access(&mut self) -> Option<Body> {
        Some(match self.below(4) {
            0 => {
                self.make("token");
                Body::TokenCreated(TokenCreated {
                    name: "ci".into(),
                    role: self.pick(&Role::ALL),
                    hash: Hash::ZERO,
                    person: self.maybe(Self::person),
                    source: None,
                    parent: None,
                    expires_at: self.maybe(|stream| Timestamp(stream.at)),
                })
            }
            1 => Body::TokenRevoked(TokenRevoked { token: TokenId(self.known("token")?) }),
            2 => {
                self.make("override");
                Body::OverrideSet(OverrideSet {
                    schedule: "primary".into(),
                    from: Timestamp(self.at),
                    until: Timestamp(self.at + 1),
                    person: self.person(),
                    replaces: None,
                    reason: "".into(),
                })
            }
            _ => Body::OverrideRemoved(OverrideRemoved { id: OverrideId(self.known("override")?) }),
        })
    }
}
