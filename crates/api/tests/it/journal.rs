//! Records as a journal keeps them and its export shows them, in memory.

use std::collections::BTreeMap;

use evenkeel_ids::Seq;
use evenkeel_pages::{RecordFound, RecordsAsked, RecordsFound};
use evenkeel_record::chain::{Head, Sealed};
use evenkeel_record::{Header, Record};
use serde_json::Value;

/// The journal.
#[derive(Debug, Default)]
pub(crate) struct Journal {
    pub(crate) head: Head,
    kept: Vec<Sealed>,
    altered: BTreeMap<u64, RecordFound>,
}

impl Journal {
    /// Takes records in.
    pub(crate) fn take(&mut self, records: &[Record]) {
        for record in records {
            let sealed = self.head.seal(record, [7; 16]);
            self.kept.push(sealed);
        }
    }

    /// Changes what is stored of a record.
    pub(crate) fn alter(&mut self, seq: u64, from: &str, to: &str) {
        let record = self.found().nth(usize::try_from(seq).expect("a number") - 1).expect("a record");
        assert!(record.line.contains(from), "{}", record.line);
        self.altered.insert(seq, found(&record.line.replace(from, to)));
    }

    fn found(&self) -> impl DoubleEndedIterator<Item = RecordFound> {
        self.kept.iter().enumerate().map(|(place, sealed)| {
            let altered = self.altered.get(&(place as u64 + 1)).cloned();
            altered.unwrap_or_else(|| found(&line(sealed)))
        })
    }

    /// What is asked for.
    pub(crate) fn read(&self, asked: &RecordsAsked) -> RecordsFound {
        let wanted = |record: &RecordFound| {
            (asked.kinds.is_empty() || asked.kinds.contains(&record.kind))
                && asked.actor.as_ref().is_none_or(|actor| record.actor == *actor)
                && asked.about.as_ref().is_none_or(|about| record.line.contains(&format!("\"{about}\"")))
        };
        let from = asked.from.unwrap_or(if asked.backwards { Seq(u64::MAX) } else { Seq(1) });
        let mut records: Vec<RecordFound> = if asked.backwards {
            self.found().rev().filter(|record| record.seq <= from).filter(wanted).collect()
        } else {
            self.found().filter(|record| record.seq >= from).filter(wanted).collect()
        };
        let next = records.get(asked.limit).map(|record| record.seq);
        records.truncate(asked.limit);
        RecordsFound { records, next, head: self.head.seq }
    }
}

fn found(line: &str) -> RecordFound {
    let value: Value = serde_json::from_str(line).expect("JSON");
    let text = |name: &str| value[name].as_str().expect("a text").to_owned();
    RecordFound {
        seq: Seq(value["seq"].as_u64().expect("a number")),
        at: text("at").parse().expect("an instant"),
        kind: text("kind"),
        actor: text("actor"),
        subject: text("subject"),
        origin: text("origin"),
        hash: text("hash"),
        before: text("prev"),
        plan: text("plan"),
        body: Some(format!("{:#}", value["body"])),
        line: line.to_owned(),
    }
}

/// As the export writes it.
fn line(sealed: &Sealed) -> String {
    let (header, _) = Header::decode(&sealed.header).expect("a header");
    let (salt, body) = sealed.body.as_ref().expect("a body");
    let body = std::str::from_utf8(body).expect("text");
    let text = |text: &str| Value::from(text);
    let salt: String = salt.iter().map(|byte| format!("{byte:02x}")).collect();
    format!(
        r#"{{"seq":{},"at":"{}","origin":"{}","kind":{},"version":{},"actor":{},"subject":{},"plan":"{}","body_hash":"{}","prev":"{}","hash":"{}","salt":"{salt}","body":{body}}}"#,
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
        sealed.hash,
    )
}
