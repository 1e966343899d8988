//! The real program beside its real neighbours: Prometheus sends to it, Alertmanager is the measure, amtool asks.
//!
//! Neighbours are Debian's packages `prometheus` and `prometheus-alertmanager`. Where one is missing, its test says
//! so and is over.

use std::path::Path;

mod alertmanager;
mod amtool;
mod gauges;
mod histories;
mod process;
mod prometheus;
mod shapes;

mod amtool_session;
mod example;
mod grafana;
mod side_by_side;
mod through_kills;

const PROMETHEUS: &str = "/usr/bin/prometheus";
const ALERTMANAGER: &str = "/usr/bin/prometheus-alertmanager";
const AMTOOL: &str = "/usr/bin/amtool";
const PROMTOOL: &str = "/usr/bin/promtool";

/// Whether all of these are installed; says which one is not.
fn installed(programs: &[&str]) -> bool {
    let missing = programs.iter().find(|program| !Path::new(program).exists());
    if let Some(program) = missing {
        eprintln!("skipped: {program} is not installed");
    }
    missing.is_none()
}
