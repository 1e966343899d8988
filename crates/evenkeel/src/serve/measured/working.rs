//! What works on metrics while the server runs: upkeep, rules, OTLP.

use std::net::SocketAddr;
use std::sync::Arc;

use evenkeel_api::Keys;
use evenkeel_time::Duration;

use super::otlp::{Otlp, OtlpListen};
use super::rules::Rules;
use super::upkeep::Upkeep;
use crate::serve::desk::LiveDesk;

/// What works on metrics.
pub(crate) struct Working {
    upkeep: Upkeep,
    rules: Rules,
    otlp: Otlp,
}

impl Working {
    /// Begins; nothing was evaluated for `unseen`.
    pub(crate) async fn start(
        desk: &LiveDesk,
        keys: &Keys,
        listen: &OtlpListen,
        external_url: &str,
        unseen: Duration,
    ) -> anyhow::Result<Self> {
        let shared = &desk.0;
        let otlp = Otlp::listen(listen, desk.clone(), keys.clone()).await?;
        let upkeep = Upkeep::start(Arc::clone(&shared.measured))?;
        let rules = Rules::start(Arc::clone(shared), external_url.to_owned(), unseen)?;
        Ok(Self { upkeep, rules, otlp })
    }

    /// Where OTLP is taken.
    pub(crate) fn otlp_addresses(&self) -> &[SocketAddr] {
        &self.otlp.addresses
    }

    /// Takes nothing more in, and lets what is under way end.
    pub(crate) async fn stop(self) -> anyhow::Result<()> {
        self.otlp.stop().await;
        let (rules, upkeep) = (self.rules, self.upkeep);
        tokio::task::spawn_blocking(|| {
            rules.stop();
            upkeep.stop();
        })
        .await?;
        Ok(())
    }
}
