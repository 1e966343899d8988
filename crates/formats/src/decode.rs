//! Bytes as text.

use evenkeel_diagnostic::{Diagnostic, SourceId, Span};
use evenkeel_model::codes;

use crate::yaml::BYTES_MAX;

/// Reads a file's bytes as UTF-8 text of bearable size. A byte order mark stays, so that offsets hold.
///
/// # Errors
/// A diagnostic with the offset of the first byte that is no text.
pub fn decode(source: SourceId, bytes: &[u8]) -> Result<&str, Box<Diagnostic>> {
    if bytes.len() > BYTES_MAX {
        let start = Span { source, start: 0, end: 0 };
        let diag = Diagnostic::error(codes::FILE_TOO_LARGE, start, "the file is larger than 4 MiB");
        return Err(Box::new(diag.help("split it, or keep what is not about operations elsewhere")));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = u32::try_from(error.valid_up_to()).unwrap_or(u32::MAX);
        let headline = format!("the file is not UTF-8 text: byte {at} is none");
        let diag = Diagnostic::error(codes::INVALID_UTF8, Span { source, start: at, end: at }, headline);
        Box::new(diag.help("save the file as UTF-8"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_bad_byte_is_named() {
        let error = decode(SourceId(0), b"a: \xff\n").expect_err("not text");
        assert_eq!((error.code, error.primary.span.start), ("invalid-utf8", 3));
        assert!(decode(SourceId(0), "größe: 1".as_bytes()).is_ok());
        assert_eq!(decode(SourceId(0), &vec![b' '; BYTES_MAX + 1]).expect_err("too large").code, "file-too-large");
    }
}
