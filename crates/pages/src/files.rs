//! The files that pages load: style and module, named by their content so that browsers may keep them for ever.

use std::fmt::Write;

use sha2::{Digest, Sha256};

/// A file that pages load.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct File {
    stem: &'static str,
    ending: &'static str,
    /// Its media type.
    pub media: &'static str,
    /// Its content.
    pub text: &'static str,
}

pub(crate) const APP_CSS: File =
    File { stem: "app", ending: "css", media: "text/css; charset=utf-8", text: include_str!("../static/app.css") };
pub(crate) const LIVE_JS: File = File {
    stem: "live",
    ending: "js",
    media: "text/javascript; charset=utf-8",
    text: include_str!("../static/live.js"),
};
/// The icon of every page.
pub const ICON: File =
    File { stem: "icon", ending: "svg", media: "image/svg+xml", text: include_str!("../static/icon.svg") };

const FILES: [File; 3] = [APP_CSS, LIVE_JS, ICON];

impl File {
    /// Its name: `app.1a2b3c4d.css`.
    #[must_use]
    pub fn name(&self) -> String {
        let mut name = format!("{}.", self.stem);
        for byte in Sha256::digest(self.text.as_bytes()).iter().take(4) {
            let _ = write!(name, "{byte:02x}");
        }
        let _ = write!(name, ".{}", self.ending);
        name
    }
}

/// The file of that name.
#[must_use]
pub fn file(name: &str) -> Option<File> {
    FILES.into_iter().find(|file| file.name() == name)
}
