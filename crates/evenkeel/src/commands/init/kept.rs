//! What there is already: foreign files, read as they are, and the paths under which they are kept.

mod paths;

use std::fs::{self, File};
use std::io::Read;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use evenkeel_cli::args::Init;
use evenkeel_import::{ImportedFile, prometheus_config};

use super::{OPEN, OWN, glob};
use paths::Paths;

/// Larger files than this are read no further than it takes to say so.
const BYTES_MAX: u64 = 4 << 20;
/// A catalogue has fewer files and folders than this.
const NAMES_MAX: usize = 100_000;
/// Folders of a catalogue are nested less deep.
const DEPTH_MAX: usize = 50;

/// A file as it lies somewhere.
pub(super) struct Source {
    /// What people know it by.
    pub(super) name: String,
    pub(super) bytes: Vec<u8>,
    mode: u32,
}

/// A file that is kept as it is.
pub(super) struct KeptFile {
    pub(super) source: Source,
    /// Relative to the ops repo.
    pub(super) path: String,
    text: String,
}

/// Everything foreign.
#[derive(Default)]
pub(super) struct Foreign {
    pub(super) alertmanager: Option<Source>,
    pub(super) incident_manager: Option<Source>,
    /// Rules and entities.
    pub(super) kept: Vec<KeptFile>,
    /// Where Prometheus sends its alerts so far.
    pub(super) alertmanagers: Vec<String>,
}

impl Foreign {
    pub(super) fn read(args: &Init) -> anyhow::Result<Self> {
        let one = |file: &Option<PathBuf>| file.as_deref().map(source).transpose();
        let mut foreign = Self {
            alertmanager: one(&args.from_alertmanager)?,
            incident_manager: one(&args.from_incident_manager)?,
            ..Self::default()
        };
        let mut paths = Paths::default();
        foreign.rules(&args.from_prometheus, &mut paths)?;
        for place in &args.from_backstage {
            foreign.entities(place, &mut paths)?;
        }
        Ok(foreign)
    }

    /// Files of rules, also those that Prometheus's configuration names.
    fn rules(&mut self, files: &[PathBuf], paths: &mut Paths) -> anyhow::Result<()> {
        let mut found: Vec<(PathBuf, Source)> = Vec::new();
        for file in files {
            let read = source(file)?;
            let Some(config) = prometheus_config(&String::from_utf8_lossy(&read.bytes)) else {
                found.push((file.clone(), read));
                continue;
            };
            let base = file.parent().unwrap_or(Path::new(""));
            for path in config.rule_files.iter().flat_map(|pattern| glob::files(base, pattern)) {
                let read = source(&path)?;
                found.push((path, read));
            }
            self.alertmanagers.extend(config.alertmanagers);
        }
        let mut places: Vec<PathBuf> = Vec::new();
        found.retain(|(path, _)| {
            let place = fs::canonicalize(path).unwrap_or_else(|_| path.clone());
            let is_new = !places.contains(&place);
            if is_new {
                places.push(place);
            }
            is_new
        });
        // Tests name their files of rules from where they lie, so what lies side by side stays so.
        let base = paths::common(&places);
        for ((_, source), place) in found.into_iter().zip(&places) {
            let relative = place.strip_prefix(&base).unwrap_or(place);
            self.keep("rules", relative, source, paths)?;
        }
        Ok(())
    }

    /// Entities: a file whatever it has, and of a folder all files that have some.
    fn entities(&mut self, place: &Path, paths: &mut Paths) -> anyhow::Result<()> {
        if !place.is_dir() {
            let read = source(place)?;
            return self.keep("catalog", Path::new(place.file_name().unwrap_or_default()), read, paths);
        }
        let (mut found, mut left) = (Vec::new(), NAMES_MAX);
        gather(place, DEPTH_MAX, &mut left, &mut found)?;
        found.sort();
        for path in found {
            let read = source(&path)?;
            if String::from_utf8_lossy(&read.bytes).contains("backstage.io/") {
                self.keep("catalog", path.strip_prefix(place).unwrap_or(&path), read, paths)?;
            }
        }
        Ok(())
    }

    fn keep(&mut self, folder: &str, relative: &Path, source: Source, paths: &mut Paths) -> anyhow::Result<()> {
        let Ok(text) = String::from_utf8(source.bytes.clone()) else { bail!("`{}` is not UTF-8 text", source.name) };
        let path = paths.take(folder, relative);
        self.kept.push(KeptFile { source, path, text });
        Ok(())
    }

    /// What is kept, under its paths.
    pub(super) fn imported(&self) -> Vec<ImportedFile> {
        self.kept.iter().map(|file| ImportedFile { path: file.path.clone(), text: file.text.clone() }).collect()
    }

    /// Who may read what is made: nobody who could not read what it is made of.
    pub(super) fn mode(&self) -> u32 {
        let made_of = self.alertmanager.iter().chain(&self.incident_manager);
        made_of.fold(OPEN, |mode, source| mode & source.mode) | OWN
    }

    /// Who may read a file that is kept as it is.
    pub(super) fn mode_of(&self, path: &str) -> Option<u32> {
        self.kept.iter().find(|file| file.path == path).map(|file| (file.source.mode & OPEN) | OWN)
    }
}

fn source(path: &Path) -> anyhow::Result<Source> {
    let name = path.display().to_string();
    let read = || {
        let open = File::open(path)?;
        let mode = open.metadata()?.permissions().mode() & OPEN;
        let mut bytes = Vec::new();
        open.take(BYTES_MAX + 1).read_to_end(&mut bytes)?;
        std::io::Result::Ok((bytes, mode))
    };
    let (bytes, mode) = read().with_context(|| format!("cannot read `{name}`"))?;
    Ok(Source { name, bytes, mode })
}

/// Files of YAML below a folder; hidden ones and those of others' packages are left out, and links are not followed.
fn gather(folder: &Path, depth: usize, left: &mut usize, found: &mut Vec<PathBuf>) -> anyhow::Result<()> {
    let shown = folder.display();
    let Some(depth) = depth.checked_sub(1) else { bail!("`{shown}` is more than {DEPTH_MAX} folders deep") };
    for entry in fs::read_dir(folder).with_context(|| format!("cannot read `{shown}`"))? {
        let entry = entry.with_context(|| format!("cannot read `{shown}`"))?;
        let Some(rest) = left.checked_sub(1) else { bail!("`{shown}` has more than {NAMES_MAX} files and folders") };
        *left = rest;
        let (name, kind) = (entry.file_name().to_string_lossy().into_owned(), entry.file_type()?);
        if name.starts_with('.') || name == "node_modules" || name == "target" {
            continue;
        }
        if kind.is_dir() {
            gather(&entry.path(), depth, left, found)?;
        } else if kind.is_file() && (name.ends_with(".yaml") || name.ends_with(".yml")) {
            found.push(entry.path());
        }
    }
    Ok(())
}
