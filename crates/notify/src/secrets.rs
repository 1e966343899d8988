//! Secrets at the moment of use: read from their files each time, so that rotating one needs no reload.

use std::io::Read;

use evenkeel_model::SecretRef;

use crate::failure::Failure;

/// Longer than any token or key that a receiver wants.
const SIZE_BYTES_MAX: u64 = 64 * 1024;

/// The secret's text, without one newline at its end. A file that cannot be read may be there at the next attempt.
pub(crate) async fn read(secret: &SecretRef) -> Result<String, Failure> {
    match secret {
        SecretRef::Inline(text) => Ok(text.expose().to_owned()),
        SecretRef::File(path) => {
            let wanted = path.clone();
            let read = tokio::task::spawn_blocking(move || from_file(&wanted)).await;
            let text = read.unwrap_or_else(|_| Err("reading broke off".to_owned()));
            text.map_err(|reason| Failure::passing(format!("secret file `{path}`: {reason}")))
        }
    }
}

fn from_file(path: &str) -> Result<String, String> {
    // Opening a pipe would wait for whoever writes into it.
    let kind = std::fs::metadata(path).map_err(|error| crate::stream::said(&error))?;
    if !kind.is_file() {
        return Err("not a file".to_owned());
    }
    let file = std::fs::File::open(path).map_err(|error| crate::stream::said(&error))?;
    let mut text = String::new();
    let read = file.take(SIZE_BYTES_MAX + 1).read_to_string(&mut text);
    read.map_err(|error| crate::stream::said(&error))?;
    if text.len() as u64 > SIZE_BYTES_MAX {
        return Err(format!("longer than {SIZE_BYTES_MAX} bytes"));
    }
    let trimmed = text.strip_suffix('\n').map(|line| line.strip_suffix('\r').unwrap_or(line));
    let text = trimmed.unwrap_or(&text).to_owned();
    if text.is_empty() { Err("empty".to_owned()) } else { Ok(text) }
}
