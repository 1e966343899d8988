//! `GET /status`: version, start, and the configuration in force.

use axum::response::Response;
use evenkeel_time::Timestamp;
use http::StatusCode;
use serde::Serialize;

use super::shown_alert::text;
use crate::app::App;
use crate::{Desk, reply};

/// Alertmanager's `alertmanagerStatus`.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ShownStatus<'a> {
    cluster: Cluster,
    config: Config,
    /// Since when, in spite of its name.
    #[serde(serialize_with = "text")]
    uptime: Timestamp,
    version_info: VersionInfo<'a>,
}

#[derive(Serialize)]
struct Cluster {
    peers: [(); 0],
    status: &'static str,
}

#[derive(Serialize)]
struct Config {
    original: String,
}

/// Clients ask for each of these; what means nothing here is empty.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct VersionInfo<'a> {
    branch: &'static str,
    build_date: &'static str,
    build_user: &'static str,
    go_version: &'static str,
    revision: &'a str,
    version: &'a str,
}

/// Shows the status.
pub(crate) fn show<D: Desk>(app: &App<D>) -> Response {
    let version = VersionInfo {
        branch: "",
        build_date: "",
        build_user: "",
        go_version: "",
        revision: "",
        version: &app.options.version,
    };
    let shown = ShownStatus {
        cluster: Cluster { peers: [], status: "disabled" },
        config: Config { original: app.desk.config_text() },
        uptime: app.desk.health().started_at,
        version_info: version,
    };
    reply::json(StatusCode::OK, &shown)
}
