//! Renders a made-up review to files, to be looked at: `cargo run -p evenkeel-review --example render -- FOLDER`.

#![expect(clippy::disallowed_methods, reason = "writes files for somebody to look at")]

#[path = "../tests/fixture/shop.rs"]
mod shop;

use std::path::PathBuf;

use evenkeel_review::Style;
use shop::Shop;

fn main() -> std::io::Result<()> {
    let folder = PathBuf::from(std::env::args().nth(1).unwrap_or_else(|| ".".to_owned()));
    std::fs::create_dir_all(&folder)?;
    let shops = [
        ("empty", Shop::empty()),
        ("one", Shop::of(1, 1)),
        ("few", Shop::of(4, 2)),
        ("shop", Shop::of(12, 4)),
        ("many", Shop::of(150, 12)),
        ("large", Shop::of(300, 24)),
        ("small", Shop::small()),
        ("worst", shop::worst(1)),
    ];
    for (name, shop) in &shops {
        let report = shop.report();
        let style = Style { person: true, ..Style::default() };
        std::fs::write(folder.join(format!("{name}.html")), report.html())?;
        std::fs::write(folder.join(format!("{name}.md")), report.markdown())?;
        std::fs::write(folder.join(format!("{name}.txt")), report.text(style))?;
        std::fs::write(folder.join(format!("{name}.ansi")), report.text(Style { color: true, ..style }))?;
        std::fs::write(folder.join(format!("{name}.all.txt")), report.text(Style { all: true, ..style }))?;
        std::fs::write(folder.join(format!("{name}.json")), report.json())?;
        std::fs::write(folder.join(format!("{name}.sarif")), report.sarif())?;
    }
    Ok(())
}
