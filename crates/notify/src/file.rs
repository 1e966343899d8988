//! Appends notices, pages and updates to files below one folder, durably.
//!
//! The way down is opened folder by folder without following links, so that no path of the ops repo and no link placed
//! on the machine leads outside.

use std::fs::File;
use std::io::Write;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use evenkeel_model::FileReceiver;
use rustix::fs::{CWD, Mode, OFlags, mkdirat, openat};
use rustix::io::Errno;
use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};

use crate::body::Data;
use crate::content::Content;
use crate::failure::Failure;
use crate::json;

/// Writes notice files.
#[derive(Debug, Clone)]
pub(crate) struct Files {
    folder: PathBuf,
    /// One writer at a time: a line that fails half-way is taken back before the next one is begun.
    writing: Arc<Mutex<()>>,
}

/// A notice: a webhook's body with the notice's id and key.
struct Line<'a>(Data<'a>);

impl Serialize for Line<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("notice", &format_args!("{}", self.0.message.notice))?;
        map.serialize_entry("idempotencyKey", &self.0.message.idempotency_key)?;
        self.0.entries(&mut map)?;
        map.end()
    }
}

impl Files {
    pub(crate) fn below(folder: PathBuf) -> Self {
        Self { folder, writing: Arc::default() }
    }

    /// Appends one line; it is on disk when this returns well.
    pub(crate) async fn append(&self, to: &FileReceiver, content: &Content, external_url: &str) -> Result<(), Failure> {
        let mut line = match content {
            Content::Notice(message) => json::written(&Line(Data::new(message, 0, external_url))),
            Content::Page(page) => json::page(page, external_url),
            Content::Update(message) => json::update(message, external_url),
        }?;
        line.push(b'\n');
        let (files, path) = (self.clone(), to.path.clone());
        let written = tokio::task::spawn_blocking(move || files.write(Path::new(&*path), &line)).await;
        written.unwrap_or_else(|_| Err(Failure::passing("writing broke off")))
    }

    fn write(&self, path: &Path, line: &[u8]) -> Result<(), Failure> {
        let _one_at_a_time = self.writing.lock().unwrap_or_else(PoisonError::into_inner);
        let failed = |what: &str, error: &std::io::Error| {
            let reason = format!("notice file `{}`: {what}: {error}", path.display());
            if outside(error) { Failure::lasting(reason) } else { Failure::passing(reason) }
        };
        let mut file = self.open(path).map_err(|error| failed("open", &error))?;
        let length = file.metadata().map_err(|error| failed("open", &error))?.len();
        let written = file.write_all(line).and_then(|()| file.sync_data());
        written.map_err(|error| {
            // Half a line would spoil the next one.
            let _ = file.set_len(length);
            failed("append", &error)
        })
    }

    fn open(&self, path: &Path) -> std::io::Result<File> {
        let steps: Option<Vec<&std::ffi::OsStr>> =
            path.components().map(|part| if let Component::Normal(name) = part { Some(name) } else { None }).collect();
        let wrong = || std::io::Error::new(std::io::ErrorKind::InvalidInput, "not a path below the notices folder");
        let steps = steps.ok_or_else(wrong)?;
        let (name, folders) = steps.split_last().ok_or_else(wrong)?;
        std::fs::create_dir_all(&self.folder)?;
        let folder_flags = OFlags::RDONLY | OFlags::DIRECTORY | OFlags::CLOEXEC;
        let mut at = openat(CWD, &self.folder, folder_flags, Mode::empty())?;
        for folder in folders {
            match mkdirat(&at, *folder, Mode::RWXU) {
                Ok(()) => rustix::fs::fsync(&at)?,
                Err(Errno::EXIST) => {}
                Err(error) => return Err(error.into()),
            }
            at = openat(&at, *folder, folder_flags | OFlags::NOFOLLOW, Mode::empty())?;
        }
        // Without NONBLOCK, opening a pipe would wait for its reader.
        let flags = OFlags::WRONLY | OFlags::APPEND | OFlags::NOFOLLOW | OFlags::NONBLOCK | OFlags::CLOEXEC;
        let file = match openat(&at, *name, flags, Mode::empty()) {
            Ok(file) => file,
            Err(Errno::NOENT) => {
                let file = openat(&at, *name, flags | OFlags::CREATE, Mode::RUSR | Mode::WUSR)?;
                // The file's name has to survive a crash as well as its content.
                rustix::fs::fsync(&at)?;
                file
            }
            Err(error) => return Err(error.into()),
        };
        let file = File::from(file);
        if file.metadata()?.is_file() { Ok(file) } else { Err(wrong()) }
    }
}

/// Whether the path itself is the fault: a link, a folder in place of a file, a step upwards.
fn outside(error: &std::io::Error) -> bool {
    error.kind() == std::io::ErrorKind::InvalidInput
        || [Errno::LOOP, Errno::NOTDIR, Errno::ISDIR]
            .iter()
            .any(|errno| error.raw_os_error() == Some(errno.raw_os_error()))
}
