//! Act 1: the shop opens, the server starts, and all is well.

use std::time::{Duration, Instant};

use anyhow::Context;
use evenkeel_engine::Limits;
use evenkeel_model::Missing;
use storefront::{Service, Shoppers};

use super::{Play, Scene, count};
use crate::demo::console::Console;
use crate::demo::narrator::Tone;
use crate::demo::phones::Phones;
use crate::demo::report::Part;
use crate::demo::shop::Shop;
use crate::demo::{Answerer, ops, ports};
use crate::serve::{MeasuredOptions, OtlpListen, ServeOptions, Server};

const SHOPPERS_PER_SECOND: u32 = 20;
/// Longer than a probe needs to raise an alert: only a silence of that length says that all is well.
const QUIET_FOR: Duration = Duration::from_millis(1_500);
/// A port may be taken between looking and listening.
const STARTS: usize = 5;
const ALERTS_MAX: usize = 1_000;

impl Play {
    /// Opens the shop and starts the server.
    pub(super) async fn open(&mut self) -> anyhow::Result<Scene> {
        self.narrator.line("A small shop breaks for real: see it noticed, people paged, repaired and recorded.");
        let lasts = match self.answerer {
            Answerer::Play => "About eight seconds",
            Answerer::Person => "It waits for you to answer a page",
        };
        self.narrator.line(&format!("{lasts}; Ctrl-C ends it at any time and leaves nothing behind."));
        self.narrator.line("");
        let phones = Phones::start().await?;
        let shop = Shop::open().await?;
        let shoppers = Shoppers::start(shop.addresses.web, SHOPPERS_PER_SECOND);
        self.report.pass(Part::ShopUp);
        self.tell_shop(&shop);
        ops::write(&self.folder.join("ops"), &shop.addresses, phones.address)?;
        let console = self.serve().await?;
        self.report.pass(Part::Serving);
        self.tell_server(&console);
        Ok(Scene { phones, shop, shoppers, console })
    }

    fn tell_shop(&mut self, shop: &Shop) {
        let narrator = &mut self.narrator;
        narrator.step(Tone::Plain, "A shop opens: three services, each a process of its own");
        for service in Service::ALL {
            let (pid, needs) = (shop.pid(service), needs(service));
            narrator.detail(&format!(
                "{:8} http://{}/  pid {pid}  {needs}",
                service.name(),
                shop.addresses.of(service)
            ));
        }
        narrator.detail(&format!("{SHOPPERS_PER_SECOND} shoppers a second come to web, look around and buy"));
    }

    async fn serve(&mut self) -> anyhow::Result<Console> {
        let mut last = None;
        for _ in 0..STARTS {
            let [listen] = ports::free()?;
            match Server::start(self.serve_options(listen)).await {
                Ok(server) => {
                    let console = Console::new(server.address, self.folder.join("data").join("owner-token"))?;
                    self.server = Some(server);
                    let ready = async || console.ready().await.then_some(());
                    self.wait(|| "Evenkeel starts".to_owned(), ready).await?;
                    return Ok(console);
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("the server was never started")?)
    }

    /// The same folders for every start.
    pub(super) fn serve_options(&self, listen: std::net::SocketAddr) -> ServeOptions {
        ServeOptions {
            ops: self.folder.join("ops"),
            data: self.folder.join("data"),
            listen,
            missing: Missing::Refuse,
            working_tree: true,
            status_listen: None,
            status_url: None,
            external_url: None,
            limits: Limits { alerts_max: ALERTS_MAX },
            metrics: MeasuredOptions::default(),
            otlp_listen: OtlpListen::On(Vec::new()),
        }
    }

    fn tell_server(&mut self, console: &Console) {
        let (folder, every) = (self.folder.display().to_string(), ops::PROBED_EVERY.as_secs_f64());
        let gone = if self.kept { "" } else { " (temporary)" };
        let narrator = &mut self.narrator;
        narrator.step(Tone::Plain, &format!("Evenkeel serves at http://{}/", console.address));
        narrator.detail(&format!("ops repo and journal: {folder}{gone}"));
        narrator.detail(&format!("every {every} s it asks each /healthz; two failures in a row are an alert"));
        narrator.detail("who is told: the team's channel and a file; ada, who is on call; then ben; and customers");
        narrator.detail("phones, channel and status page are a webhook in this process");
    }

    /// Waits until nothing was wrong for as long as raising an alert takes.
    pub(super) async fn all_well(&mut self, scene: &Scene) -> anyhow::Result<()> {
        let mut quiet_since = Instant::now();
        let quiet = async || {
            if !scene.console.alerts().await.is_ok_and(|alerts| alerts.is_empty()) {
                quiet_since = Instant::now();
            }
            (quiet_since.elapsed() >= QUIET_FOR && scene.shoppers.counts().good > 0).then_some(())
        };
        self.wait(|| "a while without an alert".to_owned(), quiet).await?;
        self.report.pass(Part::AllWell);
        let counts = scene.shoppers.counts();
        let requests = count(counts.ended(), "request");
        let text = format!("All is well: no alert, and of {requests} {} failed", counts.failed);
        self.narrator.step(Tone::Good, &text);
        Ok(())
    }
}

const fn needs(service: Service) -> &'static str {
    match service {
        Service::Catalog => "needs nothing",
        Service::Orders => "needs catalog",
        Service::Web => "needs orders and catalog",
    }
}
