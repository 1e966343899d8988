//! What one shopper comes for, and whether they got it.

use std::net::SocketAddr;

use bytes::Bytes;
use http::StatusCode;

use crate::ask::{Answer, Asker, Error};
use crate::deadlines;
use crate::ids::ProductId;
use crate::stock::PRODUCT_COUNT;

/// One errand in this many is a purchase, the rest look around.
const ONE_BUYS_IN: u64 = 4;

/// What one shopper comes for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Errand {
    /// Looks at the shop.
    Browse,
    /// Buys one piece.
    Buy(ProductId),
}

/// What a working shop answers.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Good {
    /// The page was shown.
    Shown,
    /// The order was accepted.
    Bought,
    /// There was nothing left, and the shop said so.
    SoldOut,
}

impl Errand {
    /// Returns the errand of the shopper with this number: purchases go through the assortment in turn.
    pub(crate) fn numbered(number: u64) -> Self {
        if number % ONE_BUYS_IN != ONE_BUYS_IN - 1 {
            return Self::Browse;
        }
        let turn = number / ONE_BUYS_IN % u64::from(PRODUCT_COUNT);
        Self::Buy(ProductId(u32::try_from(turn).expect("a remainder is smaller than its u32 divisor") + 1))
    }

    /// Runs the errand; the error is one line saying what went wrong.
    pub(crate) async fn run(self, asker: &Asker, web: SocketAddr) -> Result<Good, String> {
        match self {
            Self::Browse => judge("/", asker.get(web, "/", deadlines::SHOPPER).await),
            Self::Buy(product) => {
                let path = format!("/buy?product={product}");
                judge("/buy", asker.post(web, &path, Bytes::new(), deadlines::SHOPPER).await)
            }
        }
    }
}

fn judge(path: &str, asked: Result<Answer, Error>) -> Result<Good, String> {
    let answer = asked.map_err(|error| format!("web {}", error.reason()))?;
    match answer.status {
        StatusCode::OK => Ok(Good::Shown),
        StatusCode::CREATED => Ok(Good::Bought),
        StatusCode::CONFLICT => Ok(Good::SoldOut),
        other => Err(format!("web answers {} to {path}", other.as_u16())),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn purchases_go_through_the_assortment() {
        let errands: Vec<_> = (0..24).map(Errand::numbered).collect();
        assert_eq!(errands[..4], [Errand::Browse, Errand::Browse, Errand::Browse, Errand::Buy(ProductId(1))]);
        let bought = errands.iter().filter_map(|errand| match errand {
            Errand::Buy(product) => Some(product.0),
            Errand::Browse => None,
        });
        assert_eq!(bought.collect::<Vec<_>>(), [1, 2, 3, 4, 5, 1]);
    }
}
