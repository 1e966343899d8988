//! Who is judged: workloads, teams, the organisation.

use std::collections::BTreeMap;
use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use evenkeel_ids::DocumentRef;

/// The name of the one subject that is the organisation.
pub const ORGANIZATION: &str = "organization";

/// What sort of subject a practice is judged for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum SubjectKind {
    /// Each workload.
    Workload,
    /// Each team.
    Team,
    /// The organisation as a whole.
    Organization,
}

impl SubjectKind {
    /// All, from the smallest.
    pub const ALL: [Self; 3] = [Self::Workload, Self::Team, Self::Organization];

    /// As it is written in front matter and reports.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Workload => "workload",
            Self::Team => "team",
            Self::Organization => ORGANIZATION,
        }
    }
}

impl fmt::Display for SubjectKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl FromStr for SubjectKind {
    type Err = ();

    fn from_str(text: &str) -> Result<Self, ()> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == text).ok_or(())
    }
}

/// A workload as a review sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WorkloadSubject {
    /// Its name.
    pub name: Arc<str>,
    /// 1 is what the organisation lives from, 4 what it can do without for days.
    pub tier: u8,
    /// The team that owns it, by name.
    pub team: Option<Arc<str>>,
    /// A team or a person.
    pub owner: Option<DocumentRef>,
}

/// A team as a review sees it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TeamSubject {
    /// Its name.
    pub name: Arc<str>,
}

/// Everybody and everything that is judged.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Subjects {
    /// By name.
    pub workloads: Vec<WorkloadSubject>,
    /// By name.
    pub teams: Vec<TeamSubject>,
}

/// The tier of what carries no workload: nobody waits for it.
const TIER_LAST: u8 = 4;

impl Subjects {
    /// Sorts by name and keeps the first of each.
    #[must_use]
    pub fn sorted(mut self) -> Self {
        self.workloads.sort_by(|a, b| a.name.cmp(&b.name));
        self.workloads.dedup_by(|again, first| again.name == first.name);
        self.teams.sort_by(|a, b| a.name.cmp(&b.name));
        self.teams.dedup_by(|again, first| again.name == first.name);
        self
    }

    /// The names of a sort, sorted.
    #[must_use]
    pub fn names(&self, kind: SubjectKind) -> Vec<Arc<str>> {
        match kind {
            SubjectKind::Workload => self.workloads.iter().map(|workload| Arc::clone(&workload.name)).collect(),
            SubjectKind::Team => self.teams.iter().map(|team| Arc::clone(&team.name)).collect(),
            SubjectKind::Organization => vec![ORGANIZATION.into()],
        }
    }

    /// The workload of a name. Needs [`Subjects::sorted`].
    #[must_use]
    pub fn workload(&self, name: &str) -> Option<&WorkloadSubject> {
        let at = self.workloads.binary_search_by(|workload| (*workload.name).cmp(name)).ok()?;
        self.workloads.get(at)
    }

    /// How much hangs on a subject: a workload's tier, the best tier among a team's workloads, 1 for the organisation.
    #[must_use]
    pub fn tier(&self, kind: SubjectKind, name: &str) -> u8 {
        match kind {
            SubjectKind::Workload => self.workload(name).map_or(TIER_LAST, |workload| workload.tier),
            SubjectKind::Team => {
                let own = self.workloads.iter().filter(|workload| workload.team.as_deref() == Some(name));
                own.map(|workload| workload.tier).min().unwrap_or(TIER_LAST)
            }
            SubjectKind::Organization => 1,
        }
    }

    /// The tier of everybody of a sort. Shape: as [`Subjects::names`].
    #[must_use]
    pub fn tiers(&self, kind: SubjectKind) -> Vec<u8> {
        match kind {
            SubjectKind::Workload => self.workloads.iter().map(|workload| workload.tier).collect(),
            SubjectKind::Team => {
                let mut best: BTreeMap<&str, u8> = BTreeMap::new();
                for workload in &self.workloads {
                    let team = workload.team.as_deref().unwrap_or_default();
                    let known = best.entry(team).or_insert(TIER_LAST);
                    *known = workload.tier.min(*known);
                }
                self.teams.iter().map(|team| best.get(&*team.name).copied().unwrap_or(TIER_LAST)).collect()
            }
            SubjectKind::Organization => vec![1],
        }
    }

    /// Who answers for a subject: a workload's owner, the team itself; nobody by name for the organisation.
    #[must_use]
    pub fn owner(&self, kind: SubjectKind, name: &str) -> Option<DocumentRef> {
        match kind {
            SubjectKind::Workload => self.workload(name)?.owner.clone(),
            SubjectKind::Team => Some(DocumentRef::Team(name.into())),
            SubjectKind::Organization => None,
        }
    }
}
