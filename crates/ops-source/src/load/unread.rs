//! What is said about what could not be read.
//!
//! YAML that cannot be read may say anything, so it is an error; a page or a calendar is only missing itself.

use evenkeel_diagnostic::{Diagnostic, Severity, SourceId, Span};
use evenkeel_model::{codes, quoted};

use crate::{Unread, Why};

/// How bad it is that a file, or a folder, cannot be read.
pub(crate) fn severity(path: &str) -> Severity {
    match path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map(|(_, ending)| ending) {
        Some("ics" | "md" | "test") => Severity::Finding,
        Some(_) | None => Severity::Error,
    }
}

/// Says why something is not read, at the beginning of it.
pub(crate) fn diagnostic(source: SourceId, unread: &Unread) -> Diagnostic {
    let Unread { path, why } = unread;
    let shown = if path.is_empty() { ".".into() } else { quoted(path) };
    let (code, severity, headline, help) = match why {
        Why::Outside => (
            codes::LINK_OUTSIDE,
            Severity::Finding,
            format!("the link {shown} leads out of the ops repo and is not followed"),
            "put the file itself into the ops repo",
        ),
        Why::Nowhere => (
            codes::BROKEN_LINK,
            severity(path),
            format!("the link {shown} leads nowhere"),
            "point it at what it stood for, or remove it",
        ),
        Why::TooDeep => (
            codes::FOLDERS_TOO_DEEP,
            Severity::Error,
            format!("the folder {shown} is more than 100 folders deep and is not read"),
            "move it up, or name it in `.evenkeelignore`",
        ),
        Why::TooLarge { bytes } => (
            codes::FILE_TOO_LARGE,
            severity(path),
            format!("the file has {}, and at most 4 MiB are read", mebibytes(*bytes)),
            "split it; if it is not about operations, name it in `.evenkeelignore`",
        ),
        Why::Special => (
            codes::NOT_A_FILE,
            severity(path),
            format!("{shown} is a pipe, a socket or a device, and is never opened"),
            "put a file there, or name it in `.evenkeelignore`",
        ),
        Why::Submodule => (
            codes::SUBMODULE_NOT_READ,
            Severity::Finding,
            format!("{shown} is a submodule, and what it holds is not read"),
            "keep its files in this repository, or name it in `.evenkeelignore`",
        ),
        Why::Refused(words) => (
            codes::UNREADABLE_FILE,
            severity(path),
            format!("{shown} cannot be read: {words}"),
            "give Evenkeel the right to read it, or name it in `.evenkeelignore`",
        ),
    };
    let start = Span { source, start: 0, end: 0 };
    let diag = match severity {
        Severity::Error => Diagnostic::error(code, start, headline),
        Severity::Finding => Diagnostic::finding(code, start, headline),
    };
    diag.help(help)
}

/// A size above the limit, rounded up, so that it never reads as the limit itself.
fn mebibytes(bytes: u64) -> String {
    let tenths = bytes.saturating_mul(10).div_ceil(1 << 20);
    format!("{}.{} MiB", tenths / 10, tenths % 10)
}
