//! A real Alertmanager.

use std::fs;

use super::ALERTMANAGER;
use super::process::Process;

/// Starts one by itself, without a cluster.
pub(super) fn start(configuration: &str) -> Process {
    Process::start(ALERTMANAGER, |address, folder| {
        let file = folder.join("alertmanager.yml");
        fs::write(&file, configuration).expect("written");
        vec![
            format!("--config.file={}", file.display()),
            format!("--storage.path={}", folder.display()),
            format!("--web.listen-address={address}"),
            "--cluster.listen-address=".to_owned(),
        ]
    })
}
