//! The journal as a machine leaves it that lost its power in the middle of a write: the end of its log is missing.

use std::fs;
use std::time::Duration;

use serde_json::json;

use crate::alerts::firing;
use crate::place::{Place, everything_to};
use crate::record;
use crate::server::Server;
use crate::sink::Sink;

const SOON: Duration = Duration::from_secs(15);
/// How much of the log's end is cut off at most, and by how much more each time.
const CUT_MAX: usize = 4096;
const STEP: usize = 64;
/// On every so many cuts the server is started as well.
const START_EVERY: usize = 16;
/// The last commit holds one alert, with its group and its notice, and what of earlier notices came in at the same moment.
const IN_THE_LAST_COMMIT: usize = 3 + 6;

#[test]
fn a_journal_without_its_last_bytes_opens_and_serves() {
    let sink = Sink::start();
    let place = Place::new(&everything_to(&sink.url("/hook")));
    let server = Server::start(&place);
    for number in 0..20 {
        server.take(&json!([firing(&[("alertname", &format!("Alert{number}"))])]));
    }
    server.kill();
    let log = place.data().join("journal.db-wal");
    let whole = fs::read(&log).expect("the log");
    let database = fs::read(place.data().join("journal.db")).expect("the journal");
    let records = place.records().len();
    assert!(whole.len() > CUT_MAX, "{} bytes", whole.len());
    // The export folded the log in, so what was read before is put back each time.
    for (turn, cut) in (0..=CUT_MAX).step_by(STEP).enumerate() {
        let _ = fs::remove_file(place.data().join("journal.db-shm"));
        fs::write(place.data().join("journal.db"), &database).expect("the journal is put back");
        fs::write(&log, &whole[..whole.len() - cut]).expect("the log is cut");
        record::assert_whole(place.data());
        let left = place.records();
        let lost = records.saturating_sub(left.len());
        assert!(lost <= IN_THE_LAST_COMMIT && left.len() <= records, "cut at {cut}: {} of {records}", left.len());
        if turn % START_EVERY == 0 {
            let server = Server::start(&place);
            let name = format!("After{cut}");
            server.take(&json!([firing(&[("alertname", &name)])]));
            sink.expect(&name, SOON, |delivery| delivery.tells("firing", &name));
            let (status, log) = server.stop();
            assert!(status.success(), "{log}");
            record::assert_whole(place.data());
        }
    }
}
