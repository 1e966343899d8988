//! The fields of each purpose, as bytes.

use evenkeel_ids::{PageId, Seq, SubscriptionId, TokenId};

use super::{NONCE_BYTES, Purpose};

const PAGE: u8 = 1;
const LOGIN: u8 = 2;
const SESSION: u8 = 3;
const CONFIRM: u8 = 4;
const UNSUBSCRIBE: u8 = 5;

impl Purpose {
    pub(super) const fn code(&self) -> u8 {
        match self {
            Self::Page { .. } => PAGE,
            Self::Login { .. } => LOGIN,
            Self::Session { .. } => SESSION,
            Self::Confirm { .. } => CONFIRM,
            Self::Unsubscribe { .. } => UNSUBSCRIBE,
        }
    }

    pub(super) fn encode(&self, out: &mut Vec<u8>) {
        match self {
            Self::Page { page, person } => {
                out.extend(page.seq().0.to_be_bytes());
                out.extend(person.as_bytes());
            }
            Self::Login { token, boot, nonce } | Self::Session { token, boot, nonce } => {
                // Records are numbered from 1, so 0 is no token.
                out.extend(token.map_or(0, |token| token.seq().0).to_be_bytes());
                out.extend(boot);
                out.extend(nonce);
            }
            Self::Confirm { subscription } | Self::Unsubscribe { subscription } => {
                out.extend(subscription.seq().0.to_be_bytes());
            }
        }
    }

    pub(super) fn decode(code: u8, fields: &[u8]) -> Option<Self> {
        let (number, rest) = fields.split_first_chunk::<8>()?;
        let number = u64::from_be_bytes(*number);
        match code {
            PAGE => {
                let person = std::str::from_utf8(rest).ok().filter(|person| !person.is_empty())?;
                Some(Self::Page { page: PageId(Seq(number)), person: person.into() })
            }
            LOGIN => bearer(number, rest).map(|(token, boot, nonce)| Self::Login { token, boot, nonce }),
            SESSION => bearer(number, rest).map(|(token, boot, nonce)| Self::Session { token, boot, nonce }),
            CONFIRM if rest.is_empty() => Some(Self::Confirm { subscription: SubscriptionId(Seq(number)) }),
            UNSUBSCRIBE if rest.is_empty() => Some(Self::Unsubscribe { subscription: SubscriptionId(Seq(number)) }),
            _ => None,
        }
    }
}

type Bearer = (Option<TokenId>, [u8; NONCE_BYTES], [u8; NONCE_BYTES]);

fn bearer(number: u64, rest: &[u8]) -> Option<Bearer> {
    let (boot, rest) = rest.split_first_chunk::<NONCE_BYTES>()?;
    let nonce = rest.try_into().ok()?;
    Some(((number > 0).then_some(TokenId(Seq(number))), *boot, nonce))
}
