//! Export as JSON lines: everything that is stored, so that a stranger can check it without this program.
//!
//! A body is written as the very bytes that were hashed. Should they not be one line of JSON, they are
//! written as hexadecimal digits under `body_hex` instead.

use std::collections::BTreeMap;
use std::fmt::{self, Write as _};
use std::io::{self, Write};

use evenkeel_ids::Seq;
use serde::de::IgnoredAny;
use serde_json::Value;

use crate::erase::erased_by;
use crate::row::{Stored, UnreadableRecord};
use crate::{ReadError, Reader};

/// Why an export ended early.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The journal could not be read.
    #[error(transparent)]
    Read(#[from] ReadError),
    /// A record's header could not be read.
    #[error("record {seq} cannot be exported: {fault}")]
    Record {
        /// Which, or the one before it.
        seq: Seq,
        /// Why.
        fault: UnreadableRecord,
    },
    /// The lines could not be written.
    #[error("cannot write the export")]
    Write(#[source] io::Error),
}

impl Reader {
    /// Writes records `from` to `to`, both included, one line of JSON each; how many.
    ///
    /// # Errors
    /// [`ExportError`] at the first record that cannot be read or written.
    pub fn export(&self, from: Seq, to: Seq, writer: &mut impl Write) -> Result<u64, ExportError> {
        let mut erasures = None;
        let mut written = 0;
        let mut line = String::new();
        let mut at = from;
        for page in self.pages_unchecked(from) {
            let page = page?;
            for record in page.records() {
                let record = record.map_err(|(row, fault)| self.damaged(row, fault))?;
                at = record.seq().unwrap_or(at);
                if at > to {
                    return Ok(written);
                }
                if at < from {
                    continue;
                }
                let erased_by = match record.body {
                    Some(_) => None,
                    None => self.erasures(&mut erasures, at)?.get(&at).copied(),
                };
                line.clear();
                write_line(&mut line, &record, erased_by).map_err(|fault| ExportError::Record { seq: at, fault })?;
                writer.write_all(line.as_bytes()).map_err(ExportError::Write)?;
                written += 1;
            }
        }
        Ok(written)
    }

    /// One record as a line of JSON; `None` when there is no such record.
    ///
    /// # Errors
    /// [`ExportError`] when it cannot be read.
    pub fn show(&self, seq: Seq) -> Result<Option<String>, ExportError> {
        let mut line = Vec::new();
        let written = self.export(seq, seq, &mut line)?;
        Ok((written > 0).then(|| String::from_utf8_lossy(line.trim_ascii_end()).into_owned()))
    }

    /// Which record says that which body was erased; read once, when the first erased body turns up.
    fn erasures<'a>(
        &self,
        known: &'a mut Option<BTreeMap<Seq, Seq>>,
        from: Seq,
    ) -> Result<&'a BTreeMap<Seq, Seq>, ReadError> {
        if known.is_none() {
            let mut found = BTreeMap::new();
            self.replay(from, |record| {
                if let Ok(header) = record.header()
                    && let Some(erased) = erased_by(&header)
                {
                    found.insert(erased, header.seq);
                }
                Ok::<_, ReadError>(())
            })?;
            *known = Some(found);
        }
        Ok(known.get_or_insert_default())
    }
}

fn write_line(line: &mut String, record: &Stored<'_>, erased_by: Option<Seq>) -> Result<(), UnreadableRecord> {
    let header = record.header()?;
    let text = |text: &str| Value::from(text);
    let written = write!(
        line,
        r#"{{"seq":{},"at":"{}","origin":"{}","kind":{},"version":{},"actor":{},"subject":{},"plan":"{}","body_hash":"{}","prev":"{}","hash":"{}","#,
        header.seq.0,
        header.at,
        header.origin.as_str(),
        text(&header.kind),
        header.version,
        text(&header.actor),
        text(&header.subject),
        header.plan,
        header.body_hash,
        header.prev,
        record.hash,
    );
    let written = written.and_then(|()| match record.body {
        Some((salt, body)) => match one_line_of_json(body) {
            Some(body) => writeln!(line, r#""salt":"{}","body":{body}}}"#, Hex(&salt)),
            None => writeln!(line, r#""salt":"{}","body_hex":"{}"}}"#, Hex(&salt), Hex(body)),
        },
        None => match erased_by {
            Some(by) => writeln!(line, r#""salt":null,"body":null,"erased_by":{}}}"#, by.0),
            None => writeln!(line, r#""salt":null,"body":null}}"#),
        },
    });
    written.expect("a string takes what is written to it");
    Ok(())
}

fn one_line_of_json(body: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(body).ok().filter(|text| !text.contains(['\n', '\r']))?;
    serde_json::from_str::<IgnoredAny>(text).ok().map(|_| text)
}

struct Hex<'a>(&'a [u8]);

impl fmt::Display for Hex<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}
