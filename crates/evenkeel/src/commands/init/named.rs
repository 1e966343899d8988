//! What the files that are kept say already, and what can be guessed from it.

use evenkeel_ids::DocumentRef;
use evenkeel_import::{Guess, Kept, mail_goes_out};
use evenkeel_model::{Catalogue, Missing};
use evenkeel_ops_source::{Loaded, OpsFiles, load};

use super::drafted::ops_files;
use super::kept::Foreign;
use crate::commands::client::local_zone;
use crate::environment::Environment;

/// What is known before anything is asked.
pub(super) struct Known {
    pub(super) kept: Kept,
    catalogue: Catalogue,
}

impl Known {
    pub(super) fn of(foreign: &Foreign) -> Self {
        let files = ops_files(&foreign.imported());
        let Loaded { catalogue, documents, .. } = load(&OpsFiles { files, ..OpsFiles::default() }, Missing::Allow);
        let labels = documents.rule_groups.iter().flat_map(|group| &group.rules).flat_map(|rule| &rule.labels);
        let severities =
            labels.filter(|(name, _)| &*name.value == "severity").map(|(_, value)| value.value.to_string());
        let owned = catalogue.workloads.values().filter(|workload| workload.owner.is_some());
        let manned = catalogue.teams.values().filter(|team| !team.members.is_empty());
        let kept = Kept {
            severities: severities.collect(),
            owned_workloads: owned.map(|workload| workload.name.to_string()).collect(),
            manned_teams: manned.map(|team| team.name.to_string()).collect(),
        };
        Self { kept, catalogue }
    }

    pub(super) fn guess(&self, foreign: &Foreign, environment: &Environment) -> Guess {
        let owner = |workload: &evenkeel_model::Workload| match &workload.owner {
            Some(DocumentRef::Team(team)) => Some(team.to_string()),
            _ => None,
        };
        let workloads = || self.catalogue.workloads.values();
        let first = workloads().find(|workload| owner(workload).is_some()).or_else(|| workloads().next());
        let config = foreign.alertmanager.as_ref().map(|config| String::from_utf8_lossy(&config.bytes));
        Guess {
            person: environment.user.clone().unwrap_or_else(|| "me".to_owned()),
            time_zone: local_zone::read(environment.zone.as_deref()).name().to_owned(),
            team: first.and_then(owner).unwrap_or_else(|| "operations".to_owned()),
            workload: first.map_or_else(|| "service".to_owned(), |workload| workload.name.to_string()),
            mail_goes_out: config.is_some_and(|text| mail_goes_out(&text)),
        }
    }
}
