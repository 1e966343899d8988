//! Asking the journal, and finding the record of an instant.

use evenkeel_ids::Seq;
use evenkeel_pages::{RecordFound, RecordsAsked, RecordsFound};
use evenkeel_time::Timestamp;
use http::StatusCode;

use crate::app::App;
use crate::refused::Refused;
use crate::{Desk, NotConsulted};

/// What the journal answers.
pub(crate) async fn consulted<D: Desk>(app: &App<D>, asked: RecordsAsked) -> Result<RecordsFound, Refused> {
    app.desk.records(asked).await.map_err(|error| match error {
        NotConsulted::Wrong { message, help } => Refused::new(StatusCode::BAD_REQUEST, "malformed", message).help(help),
        NotConsulted::Failed(message) => {
            let help = "the server's log says more";
            Refused::new(StatusCode::SERVICE_UNAVAILABLE, "no-evidence", message).help(help).later(5)
        }
    })
}

/// One record.
pub(super) async fn record<D: Desk>(app: &App<D>, seq: Seq) -> Result<Option<RecordFound>, Refused> {
    let asked = RecordsAsked { from: Some(seq), limit: 1, ..RecordsAsked::default() };
    let found = consulted(app, asked).await?;
    Ok(found.records.into_iter().find(|record| record.seq == seq))
}

/// The first record at or after an instant; the one behind the last when there is none. Instants of records never go back,
/// so halving finds it.
pub(super) async fn first_since<D: Desk>(app: &App<D>, at: Timestamp) -> Result<Seq, Refused> {
    let head = app.desk.health().head.seq.0;
    let (mut low, mut high) = (1, head + 1);
    while low < high {
        let middle = low + (high - low) / 2;
        match record(app, Seq(middle)).await? {
            Some(record) if record.at < at => low = middle + 1,
            Some(_) | None => high = middle,
        }
    }
    Ok(Seq(low))
}
