//! `kind: Receiver`: Evenkeel's own receivers.

use std::sync::Arc;

use evenkeel_model::FileReceiver;
use evenkeel_model::document::IntegrationDocument;

use super::address::{faulty, one_address, ours};
use super::ntfy::NTFY;
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Kind, Record, Rule, Sort};

/// What a receiver has one of.
const TRANSPORTS: [&str; 2] = ["file", "ntfy"];

pub(super) static KIND: Kind =
    Kind { name: "Receiver", about: "A receiver of Evenkeel's own, which routes name like any other.", spec: &SPEC };

static SPEC: Record = Record {
    what: "`spec`",
    fields: &[FILE_FIELD, NTFY_FIELD],
    rules: &[Rule::One(&TRANSPORTS, "a receiver needs an address")],
};

/// `file`, of a receiver or a contact.
pub(super) const FILE_FIELD: Field =
    Field::new("file", Sort::Record(&FILE), "Writes each notice as a line of JSON to a file below `notices/`.");
/// `ntfy`, of a receiver or a contact.
pub(super) const NTFY_FIELD: Field =
    Field::new("ntfy", Sort::Record(&NTFY), "Pushes each notice to the phones that subscribe to a topic of ntfy.");

/// `file`.
pub(super) static FILE: Record = Record {
    what: "`file`",
    fields: &[
        Field::new("path", Sort::Text(Form::Path), "The file's path below `notices/` in the data folder.").required()
    ],
    rules: &[],
};

/// Reads `spec`.
pub(super) fn receiver(spec: &mut Fields<'_>, cx: &mut Cx) -> IntegrationDocument {
    let Some((kind, node)) = one_address(spec, &TRANSPORTS, cx) else {
        return faulty(&Arc::from("none[0]"), spec.span);
    };
    let name: Arc<str> = format!("{kind}[0]").into();
    ours(kind, &name, node, cx).unwrap_or_else(|| faulty(&name, node.span))
}

/// Reads `file`.
pub(super) fn file(mut file: Fields<'_>, cx: &mut Cx) -> Option<FileReceiver> {
    file.text("path", cx).map(|path| FileReceiver { path: path.value.into() })
}
