//! Which procedure a text means: the text of a response plan, of an alert's annotation, or a link.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::Procedure;
use crate::{path_from, percent_decoded, split_link};

/// Procedures by name and by path.
#[derive(Debug)]
pub struct ProcedureIndex<'a> {
    by_name: &'a BTreeMap<Arc<str>, Procedure>,
    by_path: BTreeMap<&'a str, &'a Procedure>,
}

impl<'a> ProcedureIndex<'a> {
    /// Of a catalogue's procedures.
    #[must_use]
    pub fn new(procedures: &'a BTreeMap<Arc<str>, Procedure>) -> Self {
        let by_path = procedures.values().map(|procedure| (procedure.path.as_ref(), procedure)).collect();
        Self { by_name: procedures, by_path }
    }

    /// The procedure that a text means: a name, a path from the root or from the file in which it stands, or an
    /// address that ends in its path, as that of a page on a forge does.
    #[must_use]
    pub fn find(&self, text: &str, file: Option<&str>) -> Option<&'a Procedure> {
        if let Some((_, address)) = text.split_once("://") {
            return self.at_address(address);
        }
        let (path, _) = split_link(text);
        let at = |file: &str| path_from(file, path).and_then(|path| self.by_path.get(path.as_str()).copied());
        self.by_name.get(text).or_else(|| at("")).or_else(|| at(file?))
    }

    /// The procedure at a path.
    #[must_use]
    pub fn at(&self, path: &str) -> Option<&'a Procedure> {
        self.by_path.get(path).copied()
    }

    fn at_address(&self, address: &str) -> Option<&'a Procedure> {
        let path = percent_decoded(split_link(address).0);
        let ends = path.match_indices('/').filter_map(|(at, _)| path.get(at + 1..));
        ends.filter_map(|end| self.at(end)).next()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ProcedureKind;

    #[test]
    fn a_procedure_is_meant_by_name_path_or_address() {
        let procedure = Procedure {
            name: "restart".into(),
            kind: ProcedureKind::Runbook,
            path: "ops/re start.md".into(),
            title: "Restart".into(),
            owner: None,
            workload: None,
            steps: Vec::new(),
            text: "".into(),
        };
        let procedures = BTreeMap::from([(Arc::clone(&procedure.name), procedure)]);
        let index = ProcedureIndex::new(&procedures);
        let finds = |text: &str| index.find(text, Some("ops/rules/a.yml")).is_some();
        for text in ["restart", "ops/re start.md", "/ops/re%20start.md#now", "../re start.md"] {
            assert!(finds(text), "{text}");
        }
        assert!(finds("https://git.example/o/r/blob/main/ops/re%20start.md#now"));
        for text in ["re start.md", "https://git.example/re%20start.md", "restart.md", ""] {
            assert!(!finds(text), "{text}");
        }
    }
}
