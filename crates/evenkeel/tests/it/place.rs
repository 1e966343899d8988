//! Where a server under test lives: an ops repo and a data folder of its own.

use std::fs;
use std::path::{Path, PathBuf};

use tempfile::TempDir;

use crate::record;

/// The two folders; gone when dropped.
pub(crate) struct Place {
    folder: TempDir,
    data: PathBuf,
}

impl Place {
    /// An ops repo with this Alertmanager configuration.
    pub(crate) fn new(alertmanager: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("ops")).expect("the ops folder is made");
        let place = Self { data: folder.path().join("data"), folder };
        place.write("alertmanager.yml", alertmanager);
        place
    }

    /// The same with its data somewhere else.
    pub(crate) fn with_data(alertmanager: &str, data: &Path) -> Self {
        Self { data: data.to_owned(), ..Self::new(alertmanager) }
    }

    pub(crate) fn ops(&self) -> PathBuf {
        self.folder.path().join("ops")
    }

    pub(crate) fn data(&self) -> &Path {
        &self.data
    }

    /// Writes a file of the ops repo, whole or not at all.
    pub(crate) fn write(&self, name: &str, text: &str) {
        let fresh = self.folder.path().join("fresh");
        fs::write(&fresh, text).expect("the file is written");
        fs::rename(fresh, self.ops().join(name)).expect("the file takes its place");
    }

    /// Everything on record.
    pub(crate) fn records(&self) -> Vec<serde_json::Value> {
        record::export(self.data())
    }

    /// The bodies of all records of a kind.
    pub(crate) fn of_kind(&self, kind: &str) -> Vec<serde_json::Value> {
        self.records()
            .into_iter()
            .filter(|record| record["kind"] == kind)
            .map(|record| record["body"].clone())
            .collect()
    }
}

/// A configuration that sends everything to that address, each alert by itself and at once.
pub(crate) fn everything_to(url: &str) -> String {
    format!(
        "route: {{ receiver: sink, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 4h }}\n\
         receivers:\n  - name: sink\n    webhook_configs: [{{ url: '{url}' }}]\n"
    )
}
