//! The pages of the shop front as HTML.

use std::fmt::Write as _;

use crate::order_book::{Order, Summary};
use crate::stock::Product;

/// Renders the shop: every product with a button, and the latest orders.
pub(crate) fn shop(products: &[Product], orders: &Summary) -> String {
    let mut body = String::from("<table><tr><th>Product<th>Price<th>In stock<th></tr>\n");
    for product in products {
        row(&mut body, product);
    }
    body.push_str("</table>\n");
    let _ = writeln!(body, "<p>{} orders so far.</p>\n<ul>", orders.accepted);
    for order in &orders.latest {
        let _ = writeln!(body, "<li>{}</li>", sentence(order));
    }
    body.push_str("</ul>\n");
    document("The chandler's shop", &body)
}

/// Renders the confirmation of an order.
pub(crate) fn bought(order: &Order) -> String {
    document("Thank you", &format!("<p>{}</p>\n", sentence(order)))
}

/// Renders why there is nothing else to see.
pub(crate) fn sorry(reason: &str) -> String {
    document("Sorry", &format!("<p>{}</p>\n", escape(reason)))
}

fn row(body: &mut String, product: &Product) {
    let Product { id, name, price_cents, stock } = product;
    let _ = writeln!(
        body,
        "<tr><td>{}<td>{}<td>{stock}<td><form method=\"post\" action=\"/buy?product={id}\"><button>Buy</button></form></tr>",
        escape(name),
        price(u64::from(*price_cents)),
    );
}

fn sentence(order: &Order) -> String {
    format!("Order {}: {} of product {}, {}", order.id, order.quantity, order.product, price(order.total_cents))
}

fn price(cents: u64) -> String {
    format!("{}.{:02}", cents / 100, cents % 100)
}

fn document(title: &str, body: &str) -> String {
    format!(
        "<!doctype html>\n<html lang=\"en\"><meta charset=\"utf-8\"><title>{title}</title>\n<h1>{title}</h1>\n{body}\
         <p><a href=\"/\">To the shop</a></p>\n</html>\n"
    )
}

/// Names and reasons come over the network, and are text.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ids::{OrderId, ProductId};

    #[test]
    fn the_shop_shows_products_and_orders() {
        let product = Product { id: ProductId(2), name: "Rope <30 m>".to_owned(), price_cents: 2_705, stock: 4 };
        let order = Order { id: OrderId(9), product: ProductId(2), quantity: 2, total_cents: 5_410 };
        let page = shop(&[product], &Summary { accepted: 9, latest: vec![order] });
        assert!(page.contains("<td>Rope &lt;30 m&gt;<td>27.05<td>4<td>"), "{page}");
        assert!(page.contains("action=\"/buy?product=2\""), "{page}");
        assert!(page.contains("<li>Order 9: 2 of product 2, 54.10</li>"), "{page}");
    }

    #[test]
    fn a_reason_is_text() {
        assert!(sorry("<script>").contains("<p>&lt;script&gt;</p>"));
    }
}
