//! Receivers: Alertmanager's and our own, in one table of names.

use std::sync::Arc;

use evenkeel_diagnostic::Diagnostic;

use super::integration::{Defaults, integration};
use super::naming::Table;
use crate::document::{Declared, IntegrationDocument, ReceiverDocument};
use crate::{Receiver, codes};

/// Resolves all receivers.
pub(super) fn receivers(
    documents: Vec<ReceiverDocument>,
    own: Vec<Declared<IntegrationDocument>>,
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
    for document in own {
        let name = document.shared_name();
        let integrations = integration(document.spec, &name.value, defaults, diags).into_iter().collect();
        let receiver = Receiver { name: Arc::clone(&name.value), integrations };
        table.declare(name, receiver, diags);
    }
    table
}
