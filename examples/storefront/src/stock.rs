//! What the shop sells and how much of it is there.
//!
//! Pure: a [`Shelf`] is asked and answers. Stock comes back by one rule: a request that finds too little is refused, and
//! the refusal orders a delivery that fills the shelf again. A lost answer therefore costs stock but never the shop.

use serde::{Deserialize, Serialize};

use crate::ids::ProductId;

/// The most pieces one order may ask for; no shelf is smaller, so a full shelf satisfies every order.
pub(crate) const QUANTITY_MAX: u32 = 10;

/// How many products there are; their ids run from 1 to this.
pub(crate) const PRODUCT_COUNT: u32 = 5;

/// Name, price in cents and full stock of every product, in the order of their ids.
const ASSORTMENT: [(&str, u32, u32); PRODUCT_COUNT as usize] = [
    ("Storm lantern", 3_450, 40),
    ("Bilge pump", 8_900, 20),
    ("Coil of rope, 30 m", 2_750, 60),
    ("Brass compass", 12_400, 15),
    ("Tide table", 690, 100),
];

/// One product as others see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Product {
    pub(crate) id: ProductId,
    pub(crate) name: String,
    pub(crate) price_cents: u32,
    pub(crate) stock: u32,
}

/// Why nothing was taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Refusal {
    /// No such product.
    UnknownProduct,
    /// Zero pieces, or more than [`QUANTITY_MAX`].
    BadQuantity,
    /// Fewer pieces were there than asked for; the shelf has been filled since.
    SoldOut,
}

/// All products with their stock.
#[derive(Debug)]
pub(crate) struct Shelf {
    places: Vec<Place>,
}

#[derive(Debug)]
struct Place {
    product: Product,
    stock_full: u32,
    delivered: u64,
    taken: u64,
}

impl Shelf {
    /// Returns the shelf as the shop opens: everything full.
    pub(crate) fn full() -> Self {
        let numbered = (1..).zip(ASSORTMENT);
        let places = numbered.map(|(id, (name, price_cents, stock_full))| Place {
            product: Product { id: ProductId(id), name: name.to_owned(), price_cents, stock: stock_full },
            stock_full,
            delivered: u64::from(stock_full),
            taken: 0,
        });
        Self { places: places.collect() }
    }

    /// Takes stock down and returns the product as it is afterwards.
    pub(crate) fn take(&mut self, id: ProductId, quantity: u32) -> Result<Product, Refusal> {
        if quantity == 0 || quantity > QUANTITY_MAX {
            return Err(Refusal::BadQuantity);
        }
        let place = self.places.iter_mut().find(|place| place.product.id == id);
        place.ok_or(Refusal::UnknownProduct)?.take(quantity)
    }

    /// Returns every product in the order of their ids.
    pub(crate) fn products(&self) -> Vec<Product> {
        self.places.iter().map(|place| place.product.clone()).collect()
    }

    /// Returns the first product whose stock is not what was delivered less what was taken.
    pub(crate) fn miscounted(&self) -> Option<&Product> {
        self.places.iter().find(|place| !place.adds_up()).map(|place| &place.product)
    }
}

impl Place {
    fn take(&mut self, quantity: u32) -> Result<Product, Refusal> {
        let Some(left) = self.product.stock.checked_sub(quantity) else {
            self.restock();
            return Err(Refusal::SoldOut);
        };
        self.product.stock = left;
        self.taken += u64::from(quantity);
        Ok(self.product.clone())
    }

    fn restock(&mut self) {
        self.delivered += u64::from(self.stock_full - self.product.stock);
        self.product.stock = self.stock_full;
    }

    const fn adds_up(&self) -> bool {
        self.taken + self.product.stock as u64 == self.delivered
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_full_shelf_satisfies_every_order() {
        assert!(ASSORTMENT.iter().all(|(_, _, stock_full)| *stock_full >= QUANTITY_MAX));
    }

    #[test]
    fn taking_goes_on_for_ever() {
        let mut shelf = Shelf::full();
        let compass = ProductId(4);
        let answers: Vec<_> = (0..5).map(|_| shelf.take(compass, 7).map(|product| product.stock)).collect();
        assert_eq!(answers, [Ok(8), Ok(1), Err(Refusal::SoldOut), Ok(8), Ok(1)]);
        assert_eq!(shelf.miscounted(), None);
    }

    #[test]
    fn what_makes_no_sense_changes_nothing() {
        let mut shelf = Shelf::full();
        let before = shelf.products();
        assert_eq!(shelf.take(ProductId(1), 0), Err(Refusal::BadQuantity));
        assert_eq!(shelf.take(ProductId(1), QUANTITY_MAX + 1), Err(Refusal::BadQuantity));
        assert_eq!(shelf.take(ProductId(0), 1), Err(Refusal::UnknownProduct));
        assert_eq!(shelf.take(ProductId(PRODUCT_COUNT + 1), 1), Err(Refusal::UnknownProduct));
        assert_eq!(shelf.products(), before);
    }

    #[test]
    fn a_miscount_is_found() {
        let mut shelf = Shelf::full();
        shelf.places[2].product.stock -= 1;
        assert_eq!(shelf.miscounted().map(|product| product.id), Some(ProductId(3)));
    }
}
