//! Asks the addresses of an ops repo whether anything is there.

use std::io::{IsTerminal, Write, stderr};

use evenkeel_diagnostic::{Diagnostic, Spanned};
use evenkeel_link_check::{Limits, ask, findings as said};
use evenkeel_notify::HttpClient;

/// What is said of the addresses. On a terminal somebody waits, and sees for what.
pub(super) fn findings(addresses: &[Spanned<Box<str>>]) -> anyhow::Result<Vec<Diagnostic>> {
    let waiting = stderr().is_terminal();
    if waiting {
        write!(stderr(), "asking addresses: {} links …", addresses.len())?;
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let answers = runtime.block_on(async { ask(&HttpClient::new(), addresses, Limits::default()).await });
    if waiting {
        write!(stderr(), "\r\x1b[K")?;
    }
    Ok(said(addresses, &answers))
}
