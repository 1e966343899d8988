//! Receivers: Alertmanager's and our own, in one table of names.

use std::sync::Arc;

use evenkeel_diagnostic::{Diagnostic, Spanned};

use super::integration::{Defaults, integration};
use super::naming::Table;
use crate::document::{Declared, ReceiverDocument};
use crate::{FileReceiver, Integration, Receiver, Transport, codes};

/// Resolves all receivers.
pub(super) fn receivers(
    documents: Vec<ReceiverDocument>,
    files: Vec<Declared<FileReceiver>>,
    defaults: &mut Defaults<'_>,
    diags: &mut Vec<Diagnostic>,
) -> Table<Receiver> {
    let mut table = Table::new("receiver", codes::UNKNOWN_RECEIVER, codes::DUPLICATE_RECEIVER);
    for document in documents {
        let entries = document.integrations;
        let name = &document.name.value;
        let integrations = entries.into_iter().filter_map(|entry| integration(entry, name, defaults, diags)).collect();
        let receiver = Receiver { name: Arc::clone(name), integrations };
        table.declare(document.name, receiver, diags);
    }
    for document in files {
        let name: Spanned<Arc<str>> = document.name.map(Arc::from);
        let receiver = Receiver { name: Arc::clone(&name.value), integrations: vec![file(document.spec)] };
        table.declare(name, receiver, diags);
    }
    table
}

fn file(receiver: FileReceiver) -> Integration {
    Integration { name: Arc::from("file[0]"), send_resolved: true, transport: Transport::File(receiver) }
}
