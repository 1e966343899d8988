//! What of the ops repo serves: the commit that is checked out, or a plain folder as it lies.
//!
//! In git what is not committed was not decided by anybody yet. So it does not serve, and that is said once.

use std::path::PathBuf;
use std::time::SystemTime;

use evenkeel_git::{Commit, CommitId, PastCommit, Repository, discover};
use evenkeel_ops_source::{ContentFingerprint, OpsFiles, Unread, Watched, Why};

/// Looking for changes that are not committed costs as much as looking at a folder, and nobody waits for it.
const LOOKS_PER_REMINDER: u32 = 10;

/// What was read.
pub(crate) struct Reading {
    pub(crate) files: OpsFiles,
    /// `None` of a plain folder.
    pub(crate) commit: Option<Commit>,
}

/// Why nothing was read.
#[derive(Debug, thiserror::Error)]
pub(crate) enum ReadError {
    #[error(transparent)]
    Folder(#[from] evenkeel_ops_source::Error),
    #[error(transparent)]
    Git(#[from] evenkeel_git::Error),
}

/// Reads the ops repo whenever it changed.
pub(crate) struct Reader {
    folder: Watched,
    working_tree: bool,
    head: Option<Head>,
    /// The commit up to which all were told.
    told: Option<CommitId>,
    looks: u32,
    /// Whether what is not committed was spoken of.
    reminded: bool,
}

/// The commit that was read last.
struct Head {
    id: CommitId,
    /// What it holds of files; `None` when it holds nothing of this folder.
    files: Option<Committed>,
}

struct Committed {
    content: ContentFingerprint,
    /// Folders that belong to other repositories.
    submodules: Vec<String>,
}

impl Reader {
    pub(crate) const fn new(ops: PathBuf, working_tree: bool) -> Self {
        Self { folder: Watched::new(ops), working_tree, head: None, told: None, looks: 0, reminded: false }
    }

    /// What is there, if it may have changed since the last look.
    pub(crate) fn look(&mut self) -> Result<Option<Reading>, ReadError> {
        let repository = if self.working_tree { None } else { discover(self.folder.dir())? };
        let head = repository.as_ref().map(Repository::head).transpose()?.flatten();
        let (Some(repository), Some(id)) = (repository, head) else {
            if self.head.take().is_some() {
                self.folder.forget();
            }
            return self.look_at_folder();
        };
        if self.head.as_ref().is_none_or(|known| known.id != id) {
            return self.read_commit(&repository, id);
        }
        if self.head.as_ref().is_some_and(|head| head.files.is_none()) {
            return self.look_at_folder();
        }
        self.looks = (self.looks + 1) % LOOKS_PER_REMINDER;
        if self.looks == 0 {
            self.remind();
        }
        Ok(None)
    }

    /// Makes the next look read.
    pub(crate) fn forget(&mut self) {
        self.head = None;
        self.folder.forget();
    }

    /// The commit up to which all were told.
    pub(crate) const fn told(&self) -> Option<CommitId> {
        self.told
    }

    /// What was read last serves: its commits are told.
    pub(crate) fn tell(&mut self) {
        self.told = self.head.as_ref().filter(|head| head.files.is_some()).map(|head| head.id);
    }

    /// The commits up to the one that was read last, the oldest first, and none that `since` has, too. Nothing of a plain
    /// folder. That they cannot be read keeps nothing from being served.
    pub(crate) fn history(&self, since: Option<CommitId>, max: usize) -> Vec<PastCommit> {
        let Some(head) = self.head.as_ref().filter(|head| head.files.is_some()) else { return Vec::new() };
        let read = discover(self.folder.dir()).and_then(|repository| match repository {
            Some(repository) => repository.history(head.id, since, max),
            None => Ok(Vec::new()),
        });
        read.unwrap_or_else(|error| {
            tracing::warn!(error = super::log::chain(&error), "the ops repo's history is not read");
            Vec::new()
        })
    }

    fn read_commit(&mut self, repository: &Repository, id: CommitId) -> Result<Option<Reading>, ReadError> {
        let (files, commit) = repository.read(id)?;
        if files.files.is_empty() && files.unread.is_empty() {
            self.head = Some(Head { id, files: None });
            self.folder.forget();
            return self.look_at_folder();
        }
        let submodules = files.unread.iter().filter(|unread| unread.why == Why::Submodule);
        let submodules = submodules.map(|unread| format!("{}/", unread.path)).collect();
        let content = content(files.clone());
        self.head = Some(Head { id, files: Some(Committed { content, submodules }) });
        self.reminded = false;
        self.folder.forget();
        tracing::info!(commit = id.short(), "the ops repo is read at its commit");
        self.remind();
        Ok(Some(Reading { files, commit: Some(commit) }))
    }

    fn look_at_folder(&mut self) -> Result<Option<Reading>, ReadError> {
        let changed = self.folder.changed(SystemTime::now())?;
        Ok(changed.map(|files| Reading { files, commit: None }))
    }

    /// Says once that something is not committed. What cannot be read for a moment is looked at the next time.
    fn remind(&mut self) {
        let Some(committed) = self.head.as_ref().and_then(|head| head.files.as_ref()) else { return };
        let Ok(Some(mut lying)) = self.folder.changed(SystemTime::now()) else { return };
        lying.files.retain(|file| !committed.submodules.iter().any(|folder| file.path.starts_with(folder)));
        let differs = content(lying) != committed.content;
        if differs && !self.reminded {
            tracing::warn!("uncommitted changes are not taken; commit them, or start with `--working-tree`");
        }
        self.reminded = differs;
    }
}

/// What files hold, whatever else is there.
fn content(files: OpsFiles) -> ContentFingerprint {
    let unread: Vec<Unread> = Vec::new();
    OpsFiles { others: Vec::new(), unread, ..files }.fingerprint()
}
