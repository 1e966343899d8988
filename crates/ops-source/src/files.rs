//! The files of an ops repo, as they lie in a folder or in a revision.

use sha2::{Digest, Sha256};

use crate::ContentFingerprint;

/// One file as it lies in the ops repo.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OpsFile {
    /// Relative to the ops repo, with `/`.
    pub path: String,
    /// The content.
    pub bytes: Vec<u8>,
}

/// The files of an ops repo, by path.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OpsFiles {
    /// By path.
    pub files: Vec<OpsFile>,
    /// Paths of files that are not read, such as pictures and what `.evenkeelignore` names: links may lead to them.
    pub others: Vec<String>,
    /// What would be read and cannot be, by path.
    pub unread: Vec<Unread>,
    /// `.evenkeelignore`, where there is one.
    pub ignore: Option<OpsFile>,
}

/// Something that would be read and cannot be.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Unread {
    /// Relative to the ops repo, with `/`.
    pub path: String,
    /// Why not.
    pub why: Why,
}

/// Why something cannot be read.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// A link that leads out of the ops repo.
    Outside,
    /// A link to something that is not there, or to itself.
    Nowhere,
    /// Folders nested too deep.
    TooDeep,
    /// A file above the limit.
    TooLarge {
        /// Its size.
        bytes: u64,
    },
    /// A pipe, a socket or a device.
    Special,
    /// Another git repository, of which only a commit's name is here.
    Submodule,
    /// The system says no; its words.
    Refused(String),
}

impl OpsFiles {
    /// Tells whether anything changed since another reading.
    #[must_use]
    pub fn fingerprint(&self) -> ContentFingerprint {
        let mut hasher = Sha256::new();
        let mut add = |part: &[u8]| {
            hasher.update((part.len() as u64).to_be_bytes());
            hasher.update(part);
        };
        self.files.iter().chain(&self.ignore).flat_map(|file| [file.path.as_bytes(), &file.bytes]).for_each(&mut add);
        add(b"unread");
        for Unread { path, why } in &self.unread {
            add(path.as_bytes());
            add(format!("{why:?}").as_bytes());
        }
        ContentFingerprint(hasher.finalize().into())
    }
}
