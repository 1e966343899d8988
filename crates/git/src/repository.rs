//! A repository, and what its revisions hold of one folder.

use std::fs;
use std::path::Path;

use evenkeel_diagnostic::did_you_mean;
use evenkeel_ops_source::{OpsFiles, gather};
use gix::bstr::ByteSlice;
use gix::open::{Options, Permissions};

use crate::tree::Revision;
use crate::{Commit, CommitId, Error};

/// So many branches and tags are looked at for one that was meant.
const NAMES_MAX: usize = 1000;
/// Objects that were read last are kept, since many are stored as differences to others.
const CACHE_BYTES: usize = 16 << 20;

/// The git repository that a folder is in.
#[derive(Debug)]
pub struct Repository {
    pub(crate) repo: gix::Repository,
    /// The folder's path in the work tree, by names; empty for the whole.
    pub(crate) folder: Vec<String>,
}

/// The repository whose work tree a folder is in, if any.
///
/// # Errors
/// [`Error`] when there is one that cannot be opened.
pub fn discover(dir: &Path) -> Result<Option<Repository>, Error> {
    let Ok(real) = fs::canonicalize(dir) else { return Ok(None) };
    let Ok((found, _)) = gix::discover::upwards(&real) else { return Ok(None) };
    let (git_dir, Some(work_tree)) = found.into_repository_and_work_tree_directories() else { return Ok(None) };
    let mut repo = open(&real, &git_dir)?;
    let Ok(work_tree) = fs::canonicalize(work_tree) else { return Ok(None) };
    let Ok(folder) = real.strip_prefix(&work_tree) else { return Ok(None) };
    let folder = folder.iter().map(|name| name.to_string_lossy().into_owned()).collect();
    repo.object_cache_size_if_unset(CACHE_BYTES);
    Ok(Some(Repository { repo, folder }))
}

/// What a folder holds at a revision: a branch, a tag, a hash or its first digits, `HEAD~1`, `origin/main`.
///
/// Files are those that reading the folder itself would give. A folder that was not there yet held nothing.
///
/// # Errors
/// [`Error`] when there is no such revision, or it cannot be read.
pub fn read_revision(dir: &Path, revision: &str) -> Result<(OpsFiles, Commit), Error> {
    let repository = discover(dir)?.ok_or_else(|| Error::NoRepository { dir: dir.to_owned() })?;
    repository.read(repository.resolve(revision)?)
}

impl Repository {
    /// The commit that is checked out; `None` before the first.
    ///
    /// # Errors
    /// [`Error::Unreadable`].
    pub fn head(&self) -> Result<Option<CommitId>, Error> {
        let id =
            self.repo.head().and_then(gix::Head::try_into_peeled_id).map_err(|error| unreadable("`HEAD`", error))?;
        Ok(id.map(|id| CommitId(id.detach())))
    }

    /// The commit that a revision names.
    ///
    /// # Errors
    /// [`Error`] when there is none.
    pub fn resolve(&self, revision: &str) -> Result<CommitId, Error> {
        let id = self.repo.rev_parse_single(revision).map_err(|_| self.unknown(revision))?;
        let object = id.object().map_err(|error| unreadable(&format!("`{revision}`"), error))?;
        let commit = object.peel_to_commit().map_err(|_| Error::NoCommit { revision: revision.to_owned() })?;
        Ok(CommitId(commit.id))
    }

    /// What the folder holds at a commit.
    ///
    /// # Errors
    /// [`Error`] when it cannot be read.
    pub fn read(&self, id: CommitId) -> Result<(OpsFiles, Commit), Error> {
        let what = format!("commit {}", id.short());
        let commit = self.repo.find_commit(id.0).map_err(|error| unreadable(&what, error))?;
        let tree = commit.tree_id().map_err(|error| unreadable(&what, error))?;
        let about = Commit::of(&commit);
        let root =
            Revision::folder(&self.repo, tree.detach(), &self.folder).map_err(|error| unreadable(&what, error))?;
        let Some(revision) = root else { return Ok((OpsFiles::default(), about)) };
        let files = gather(&revision).and_then(|gathered| gathered.contents(&revision));
        let files = files.map_err(|source| Error::TooMuch { commit: id.short(), source })?;
        Ok((files, about))
    }

    fn unknown(&self, revision: &str) -> Error {
        let hint = match did_you_mean(revision, self.names().iter().map(String::as_str)) {
            Some(name) => format!("; did you mean `{name}`?"),
            None if self.repo.is_shallow().unwrap_or(false) => {
                "; this clone is shallow: `git fetch --unshallow` brings the rest".to_owned()
            }
            None => String::new(),
        };
        Error::UnknownRevision { revision: revision.to_owned(), hint }
    }

    fn names(&self) -> Vec<String> {
        let Ok(references) = self.repo.references() else { return Vec::new() };
        let Ok(all) = references.all() else { return Vec::new() };
        let names = all.filter_map(Result::ok).map(|known| known.name().shorten().to_str_lossy().into_owned());
        names.take(NAMES_MAX).collect()
    }
}

/// Opens without what other files on this machine say about git.
fn open(dir: &Path, git_dir: &Path) -> Result<gix::Repository, Error> {
    let options = Options::default().permissions(Permissions::isolated()).open_path_as_is(true);
    let opened = options.open(git_dir);
    let sha256 = || is_sha256(git_dir);
    match opened {
        Ok(repo) => Ok(repo.to_thread_local()),
        Err(_) if sha256() => Err(Error::Sha256 { dir: dir.to_owned() }),
        Err(error) => Err(Error::Unopened { dir: dir.to_owned(), source: error.into() }),
    }
}

/// Source: git's documentation of `extensions.objectFormat`.
fn is_sha256(git_dir: &Path) -> bool {
    let config = fs::read_to_string(git_dir.join("config")).unwrap_or_default().to_lowercase();
    config.lines().any(|line| line.trim().starts_with("objectformat") && line.contains("sha256"))
}

pub(crate) fn unreadable(what: &str, error: gix::Error) -> Error {
    Error::Unreadable { what: what.to_owned(), source: error.into() }
}
