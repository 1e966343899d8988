//! Tokens and overrides of schedules: decided by their domains, recorded here.

use evenkeel_identity::{Identity, NewToken, decide_create, decide_revoke};
use evenkeel_ids::{OverrideId, TokenId};
use evenkeel_oncall::{IncomingOverride, decide_override, decide_remove_override};
use evenkeel_record::{Actor, Body};
use evenkeel_time::Timestamp;

use crate::{Answer, Batch, Engine, Refusal};

impl Engine {
    pub(crate) fn set_override(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        incoming: &IncomingOverride,
        batch: &mut Batch,
    ) -> Answer {
        match decide_override(&self.state.oncall, &self.plan, now, incoming) {
            Ok(body) => {
                self.record(Body::OverrideSet(body), actor, now, batch);
                Answer::Override(OverrideId(self.state.seq))
            }
            Err(refusal) => Answer::Refused(Refusal::Override(refusal)),
        }
    }

    pub(crate) fn remove_override(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        id: OverrideId,
        batch: &mut Batch,
    ) -> Answer {
        match decide_remove_override(&self.state.oncall, id, now) {
            Ok(body) => {
                self.record(Body::OverrideRemoved(body), actor, now, batch);
                Answer::Override(id)
            }
            Err(refusal) => Answer::Refused(Refusal::Override(refusal)),
        }
    }

    pub(crate) fn create_token(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        maker: &Identity,
        token: NewToken,
        batch: &mut Batch,
    ) -> Answer {
        match decide_create(&self.state.identity, maker, token, now) {
            Ok(body) => {
                self.record(Body::TokenCreated(body), actor, now, batch);
                Answer::Token(TokenId(self.state.seq))
            }
            Err(refusal) => Answer::Refused(Refusal::Token(refusal)),
        }
    }

    pub(crate) fn revoke_token(
        &mut self,
        now: Timestamp,
        actor: &Actor,
        caller: &Identity,
        id: TokenId,
        batch: &mut Batch,
    ) -> Answer {
        match decide_revoke(&self.state.identity, caller, id, now) {
            Ok(body) => {
                self.record(Body::TokenRevoked(body), actor, now, batch);
                Answer::Token(id)
            }
            Err(refusal) => Answer::Refused(Refusal::Token(refusal)),
        }
    }
}
