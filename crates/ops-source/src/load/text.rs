//! The text of a file, or what is to be said of one that has none.

use evenkeel_diagnostic::{Diagnostic, Severity, SourceId, Span};
use evenkeel_formats::decode;
use evenkeel_model::codes;

use super::unread;
use crate::OpsFile;

/// What git has in the place of a file that lies in large file storage. Source: the Git LFS specification.
const POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

/// The text; `None` of a file that only shares its ending with what is read.
pub(crate) fn text(source: SourceId, file: &OpsFile) -> Result<Option<&str>, Box<Diagnostic>> {
    if file.bytes.starts_with(POINTER) {
        return Err(Box::new(pointer(source, &file.path)));
    }
    match decode(source, &file.bytes) {
        Ok(text) => Ok(Some(text)),
        // Rules of a firewall and binaries of Go's tests have these endings too.
        Err(_) if file.path.ends_with(".rules") || file.path.ends_with(".test") => Ok(None),
        Err(diag) => Err(Box::new(Diagnostic { severity: unread::severity(&file.path), ..*diag })),
    }
}

fn pointer(source: SourceId, path: &str) -> Diagnostic {
    let start = Span { source, start: 0, end: 0 };
    let headline = "the file is a pointer of Git LFS, and its content is elsewhere";
    let diag = match unread::severity(path) {
        Severity::Error => Diagnostic::error(codes::LARGE_FILE_POINTER, start, headline),
        Severity::Finding => Diagnostic::finding(codes::LARGE_FILE_POINTER, start, headline),
    };
    diag.help("keep text that is about operations in git itself; or name the file in `.evenkeelignore`")
}
