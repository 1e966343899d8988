//! Records of the journal for the faces: by number, kind, actor and what they are about, a bounded stretch at once.

use std::path::{Path, PathBuf};

use evenkeel_api::NotConsulted;
use evenkeel_ids::Seq;
use evenkeel_journal::Reader;
use evenkeel_pages::{RecordFound, RecordsAsked, RecordsFound};
use serde_json::Value;

use crate::review::{self, NoRecord};

/// So many are read in one go.
const STRETCH: u64 = 1000;
/// So many are looked through for one answer; the answer says where to go on.
const LOOKED_THROUGH_MAX: u64 = 50_000;

/// Reads what is asked for, on a thread that may wait for the disk.
pub(crate) async fn read(data: PathBuf, asked: RecordsAsked) -> Result<RecordsFound, NotConsulted> {
    let found = tokio::task::spawn_blocking(move || found(&data.join("journal.db"), &asked));
    match found.await {
        Ok(found) => found.map_err(|error| NotConsulted::Failed(format!("{error:#}"))),
        Err(_) => Err(NotConsulted::Failed("reading records ended by a bug".to_owned())),
    }
}

fn found(file: &Path, asked: &RecordsAsked) -> anyhow::Result<RecordsFound> {
    let reader = Reader::open(file)?;
    let head = reader.head()?.seq;
    let last = match asked.until.map(|until| review::standing(&reader, until)) {
        None => head,
        Some(Ok(at)) => at.seq,
        Some(Err(error)) if error.is::<NoRecord>() => Seq(0),
        Some(Err(error)) => return Err(error),
    };
    let first = if asked.backwards { last } else { Seq(1) };
    let mut at = asked.from.unwrap_or(first).min(last).0;
    let mut found = RecordsFound { head, ..RecordsFound::default() };
    let beyond = asked.from.is_some_and(|from| from > last) && !asked.backwards;
    if head.0 == 0 || at == 0 || beyond {
        return Ok(found);
    }
    let mut looked = 0;
    loop {
        let (from, to) = if asked.backwards {
            (at.saturating_sub(STRETCH - 1).max(1), at)
        } else {
            (at, (at + STRETCH - 1).min(last.0))
        };
        let mut records = stretch(&reader, from, to, asked)?;
        if asked.backwards {
            records.reverse();
        }
        for record in records {
            if found.records.len() == asked.limit {
                found.next = Some(record.seq);
                return Ok(found);
            }
            found.records.push(record);
        }
        looked += to - from + 1;
        let next = if asked.backwards { from - 1 } else { to + 1 };
        if next == 0 || next > last.0 {
            return Ok(found);
        }
        if looked >= LOOKED_THROUGH_MAX {
            found.next = Some(Seq(next));
            return Ok(found);
        }
        at = next;
    }
}

fn stretch(reader: &Reader, from: u64, to: u64, asked: &RecordsAsked) -> anyhow::Result<Vec<RecordFound>> {
    let mut lines = Vec::new();
    reader.export(Seq(from), Seq(to), &mut lines)?;
    let text = String::from_utf8(lines)?;
    let mut records = Vec::new();
    for line in text.lines() {
        let value: Value = serde_json::from_str(line)?;
        if wanted(&value, line, asked) {
            records.extend(shown(&value, line));
        }
    }
    Ok(records)
}

fn wanted(record: &Value, line: &str, asked: &RecordsAsked) -> bool {
    let is = |name: &str, wanted: &str| record.get(name).and_then(Value::as_str) == Some(wanted);
    (asked.kinds.is_empty() || asked.kinds.iter().any(|kind| is("kind", kind)))
        && asked.actor.as_deref().is_none_or(|actor| is("actor", actor))
        && asked
            .about
            .as_deref()
            .is_none_or(|about| is("subject", about) || line.contains(&Value::from(about).to_string()))
}

fn shown(record: &Value, line: &str) -> Option<RecordFound> {
    let text = |name: &str| record.get(name).and_then(Value::as_str).unwrap_or("").to_owned();
    Some(RecordFound {
        seq: Seq(record.get("seq")?.as_u64()?),
        at: text("at").parse().ok()?,
        kind: text("kind"),
        actor: text("actor"),
        subject: text("subject"),
        origin: text("origin"),
        hash: text("hash"),
        before: text("prev"),
        plan: text("plan"),
        body: record.get("body").filter(|body| !body.is_null()).map(|body| format!("{body:#}")),
        line: line.to_owned(),
    })
}
