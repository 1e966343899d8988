//! The page about this program.

use evenkeel_pages::Standing;

use crate::golden::{golden, whole};
use crate::shop::{SCRIPT, Shop};

#[test]
fn it_says_which_program_this_is_and_what_it_holds() {
    let mut shop = Shop::new();
    let head = Some((shop.engine.state().seq, "cd".repeat(32)));
    shop.standing = Standing { started_at: Some(shop.now), head, ..shop.standing };
    let html = shop.page("/about");
    golden("about", &html);
    whole("frame", &html);
}

#[test]
fn what_is_not_well_is_said_first() {
    let mut shop = Shop::new();
    let reasons = vec![format!("the disk is full {SCRIPT}")];
    shop.standing = Standing { ready: false, reasons, ..shop.standing };
    let html = shop.page("/about");
    assert!(html.contains("Evenkeel itself is not well") && html.contains("takes no work at present"));
}
