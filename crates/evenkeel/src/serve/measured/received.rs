//! Series that come by remote write: decoded, appended, and answered once they are durable.

use evenkeel_api::{SeriesSent, SeriesTaken};
use evenkeel_metric::Batch;
use evenkeel_remote_write::{Decoded, Decoder, Version, Written, negotiate};
use evenkeel_tsdb::{Appended, Reason};

use super::{Measured, refusal};
use crate::serve::wall_now;

/// A larger body is decoded where it blocks nobody else. Units: bytes.
const SMALL_BYTES: usize = 256 << 10;
/// When the same is to be sent again while nothing can be written. Units: seconds.
const RETRY_AFTER_S: u64 = 5;
/// So many refused series are named; the rest is counted.
const NAMED_MAX: usize = 8;

/// What was appended, and what is to be said once it is durable.
struct Pending {
    version: Version,
    decoded: Decoded,
    appended: Appended,
}

impl Measured {
    /// Takes what was sent.
    pub(crate) async fn take(&self, sent: SeriesSent) -> SeriesTaken {
        let version = match negotiate(sent.content_type.as_deref(), sent.content_encoding.as_deref()) {
            Ok(version) => version,
            Err(unsupported) => return refused(415, unsupported.to_string()),
        };
        let append = || self.append(&sent.sender.0, version, &sent.body);
        let appended = if sent.body.len() <= SMALL_BYTES { append() } else { tokio::task::block_in_place(append) };
        let pending = match appended {
            Ok(pending) => pending,
            Err(taken) => return taken,
        };
        self.durable(pending.appended.commit).await.map_or_else(later, |()| pending.said())
    }

    fn append(&self, sender: &str, version: Version, body: &[u8]) -> Result<Pending, SeriesTaken> {
        let (mut decoder, mut batch) = self.decoder();
        let pending = self.decode(sender, version, body, &mut decoder, &mut batch);
        self.give_back((decoder, batch));
        pending
    }

    fn decode(
        &self,
        sender: &str,
        version: Version,
        body: &[u8],
        decoder: &mut Decoder,
        batch: &mut Batch,
    ) -> Result<Pending, SeriesTaken> {
        let decoded =
            decoder.decode(version, body, batch).map_err(|fault| refused(fault.status(), fault.to_string()))?;
        let appended = self.store.append_from(sender, batch, wall_now()).map_err(|fault| later(fault.to_string()))?;
        Ok(Pending { version, decoded, appended })
    }
}

impl Pending {
    fn said(self) -> SeriesTaken {
        let mut lines: Vec<String> = Vec::new();
        if !self.decoded.refused.is_empty() {
            lines.push(self.decoded.refused.to_string());
        }
        lines.extend(self.appended.refused.iter().take(NAMED_MAX).map(refusal));
        if let Some(more) = self.appended.refused.len().checked_sub(NAMED_MAX).filter(|more| *more > 0) {
            lines.push(format!("and {more} more series"));
        }
        let too_fast = self.appended.refused.iter().any(|refused| matches!(refused.reason, Reason::TooFast { .. }));
        let written = match self.version {
            Version::V1 => Vec::new(),
            Version::V2 => self.written().headers().to_vec(),
        };
        let status = match () {
            () if too_fast => 429,
            () if lines.is_empty() => 204,
            () => 400,
        };
        SeriesTaken { status, text: lines.join("\n"), written, retry_after_s: too_fast.then_some(1) }
    }

    /// Numbers and histograms that the store refused are told together: it does not say which they were.
    fn written(&self) -> Written {
        let refused: u64 = self.appended.refused.iter().map(|refused| refused.samples).sum();
        let taken = self.decoded.taken;
        Written {
            samples: taken.samples.saturating_sub(refused),
            histograms: taken.histograms.saturating_sub(refused.saturating_sub(taken.samples)),
            exemplars: taken.exemplars.saturating_sub(self.appended.exemplars_dropped),
        }
    }
}

fn refused(status: u16, text: String) -> SeriesTaken {
    SeriesTaken { status, text, ..SeriesTaken::default() }
}

fn later(text: String) -> SeriesTaken {
    SeriesTaken { status: 503, text, retry_after_s: Some(RETRY_AFTER_S), ..SeriesTaken::default() }
}
