//! Act 1: the shop opens, the server starts, and all is well.

use std::net::SocketAddr;
use std::time::{Duration, Instant};

use anyhow::Context;
use evenkeel_engine::Limits;
use evenkeel_model::Missing;
use storefront::{Service, Shoppers};

use super::{Play, Scene, count, seconds};
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
            Answerer::Play => "About a quarter of a minute",
            Answerer::Person => "It waits for you to answer a page",
        };
        self.narrator.line(&format!("{lasts}; Ctrl-C ends it at any time and leaves nothing behind."));
        self.narrator.line("");
        let phones = Phones::start().await?;
        let mut last = None;
        for _ in 0..STARTS {
            // The shop has to know where to send before anybody listens there.
            let [listen, otlp] = ports::free()?;
            let shop = Shop::open(otlp).await?;
            self.report.pass(Part::ShopUp);
            ops::write(&self.folder.join("ops"), &shop.addresses, phones.address)?;
            match Server::start(self.serve_options(listen, otlp)).await {
                Ok(server) => {
                    let shoppers = Shoppers::start(shop.addresses.web, SHOPPERS_PER_SECOND);
                    self.tell_shop(&shop);
                    let console = self.serve(server).await?;
                    return Ok(Scene { phones, shop, shoppers, console, otlp });
                }
                Err(error) => last = Some(error),
            }
        }
        Err(last.context("the server was never started")?)
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

    async fn serve(&mut self, server: Server) -> anyhow::Result<Console> {
        let (address, otlp) = (server.address, server.otlp_addresses().to_vec());
        self.server = Some(server);
        let console = Console::new(address, self.folder.join("data").join("owner-token"))?;
        let ready = async || console.ready().await.then_some(());
        self.wait(|| "Evenkeel starts".to_owned(), ready).await?;
        self.report.pass(Part::Serving);
        self.tell_server(&console, &otlp);
        Ok(console)
    }

    /// The same folders for every start.
    pub(super) fn serve_options(&self, listen: SocketAddr, otlp: SocketAddr) -> ServeOptions {
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
            otlp_listen: OtlpListen::On(vec![otlp]),
        }
    }

    fn tell_server(&mut self, console: &Console, otlp: &[SocketAddr]) {
        let folder = self.folder.display().to_string();
        let (evaluated, probed) = (ops::EVALUATED_EVERY.as_secs_f64(), ops::PROBED_EVERY.as_secs_f64());
        let gone = if self.kept { "" } else { " (temporary)" };
        let narrator = &mut self.narrator;
        narrator.step(Tone::Plain, &format!("Evenkeel serves at http://{}/", console.address));
        narrator.detail(&format!("ops repo and journal: {folder}{gone}"));
        for address in otlp {
            narrator.detail(&format!("OTLP comes in at http://{address}/, from OpenTelemetry's SDK in each service"));
        }
        narrator.detail(&format!("Prometheus rules over what came in are evaluated every {evaluated} s"));
        narrator.detail(&format!("and every {probed} s it asks each /healthz itself, as a second pair of eyes"));
        narrator.detail("who is told: the team's channel and a file; ada, who is on call; then ben; and customers");
        narrator.detail("phones, channel and status page are a webhook in this process");
    }

    /// Waits until each service is heard of by what it measures.
    pub(super) async fn measured(&mut self, scene: &Scene) -> anyhow::Result<()> {
        let began = Instant::now();
        // Bought at least twice, so that orders have a rate.
        let heard = async || {
            let services = scene.console.value("count(count by (job) (http_server_active_requests))").await?;
            scene.console.value("sum(rate(shop_orders_total[3s])) > 0").await?;
            (services == Service::ALL.len().to_string()).then_some(())
        };
        self.wait(|| "waiting for what the services measure".to_owned(), heard).await?;
        self.report.pass(Part::Measured);
        let series = scene.console.value(r#"count({job=~"catalog|orders|web"})"#).await.unwrap_or_default();
        let orders = scene.console.value("sum(shop_orders_total)").await.unwrap_or_default();
        let took = seconds(began.elapsed());
        self.narrator.step(Tone::Good, &format!("MEASURED  after {took}: {series} series came in by OTLP"));
        self.narrator.detail("requests by status, durations, queues; and by PromQL `sum(shop_orders_total)`");
        self.narrator.detail(&format!("is {orders}: so many orders were placed"));
        Ok(())
    }

    /// Waits until nothing was wrong for as long as raising an alert takes.
    pub(super) async fn all_well(&mut self, scene: &Scene) -> anyhow::Result<()> {
        let mut quiet_since = Instant::now();
        let quiet = async || {
            if !scene.console.quiet().await {
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
