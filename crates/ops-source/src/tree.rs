//! What an ops repo can be read from: a folder, or a revision in git.

use crate::Why;

/// A tree of files. A place is what it takes to open something, such as a path or the name of an object.
pub trait Tree {
    /// Where something lies.
    type Place: Clone;

    /// The ops repo's own folder.
    fn root(&self) -> Self::Place;

    /// What lies in a folder, in any order.
    ///
    /// # Errors
    /// Why it cannot be listed.
    fn list(&self, folder: &Self::Place) -> Result<Vec<Entry<Self::Place>>, Why>;

    /// Where a link leads in the end. `real` is the link's own path without links on the way.
    ///
    /// # Errors
    /// Why it cannot be followed.
    fn follow(&self, link: &Self::Place, real: &str) -> Result<Led<Self::Place>, Why>;

    /// The content of a file of at most so many bytes.
    ///
    /// # Errors
    /// Why it cannot be read; [`Why::TooLarge`] when it has more.
    fn content(&self, file: &Self::Place, bytes_max: u64) -> Result<Vec<u8>, Why>;
}

/// One name in a folder.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry<P> {
    /// Without its folder.
    pub name: String,
    /// What it is.
    pub kind: Kind,
    /// Where it lies.
    pub place: P,
}

/// What a name in a folder stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A folder.
    Folder,
    /// A file with content.
    File,
    /// A symbolic link.
    Link,
    /// A pipe, a socket or a device.
    Special,
    /// Another git repository.
    Submodule,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Led<P> {
    /// Its path relative to the ops repo, without links on the way.
    pub real: String,
    /// What it is; no link.
    pub kind: Kind,
    /// Where it lies.
    pub place: P,
}
