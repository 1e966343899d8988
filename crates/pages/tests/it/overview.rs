//! The overview in its states.

use crate::golden::golden;
use crate::shop::Shop;

#[test]
fn all_is_well() {
    golden("overview-well", &Shop::new().page("/"));
}
