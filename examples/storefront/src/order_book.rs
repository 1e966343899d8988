//! The orders that were accepted.

use std::collections::VecDeque;

use serde::{Deserialize, Serialize};

use crate::ids::{OrderId, ProductId};

/// How many of the latest orders are kept; the rest are only counted, so that memory stays bounded for ever.
const KEPT: usize = 10;

/// One accepted order.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Order {
    pub(crate) id: OrderId,
    pub(crate) product: ProductId,
    pub(crate) quantity: u32,
    pub(crate) total_cents: u64,
}

/// What others see of the book: how many orders there were, and the latest, newest first.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Summary {
    pub(crate) accepted: u64,
    pub(crate) latest: Vec<Order>,
}

/// All orders since `orders` started.
#[derive(Debug, Default)]
pub(crate) struct OrderBook {
    accepted: u64,
    latest: VecDeque<Order>,
}

impl OrderBook {
    /// Accepts an order under the next number.
    pub(crate) fn accept(&mut self, product: ProductId, quantity: u32, price_cents: u32) -> Order {
        self.accepted += 1;
        let total_cents = u64::from(price_cents) * u64::from(quantity);
        let order = Order { id: OrderId(self.accepted), product, quantity, total_cents };
        self.latest.push_front(order.clone());
        self.latest.truncate(KEPT);
        order
    }

    /// Returns the count and the latest orders.
    pub(crate) fn summary(&self) -> Summary {
        Summary { accepted: self.accepted, latest: self.latest.iter().cloned().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn orders_are_numbered_and_the_latest_kept() {
        let mut book = OrderBook::default();
        for _ in 0..12 {
            book.accept(ProductId(5), 3, 690);
        }
        let summary = book.summary();
        assert_eq!(summary.accepted, 12);
        assert_eq!(summary.latest.len(), KEPT);
        assert_eq!(
            summary.latest[0],
            Order { id: OrderId(12), product: ProductId(5), quantity: 3, total_cents: 2_070 }
        );
    }
}
