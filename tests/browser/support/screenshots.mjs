// Pictures of pages: four for the documentation, or every page for whoever looks after them.
import { mkdirSync } from "node:fs";
import { join } from "node:path";

import { launch, loggedIn } from "./browser.mjs";
import { crawl } from "./pages.mjs";
import { Place, until } from "./place.mjs";
import { trouble } from "./trouble.mjs";

const IMAGES = new URL("../../../docs/images", import.meta.url).pathname;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

async function documented(browser, place) {
  const at = (minutes) => new Date(Date.now() + minutes * 60_000).toISOString();
  const incident = await place.ordersDown();
  await place.alerts({ labels: { alertname: "DatabaseSlow", team: "database" }, annotations: { summary: "queries take 4 s" } });
  const disks = ["a", "b", "c"].map((host) => ({
    labels: { alertname: "DiskFull", instance: `host-${host}` },
    annotations: { summary: `the disk of host-${host} is 93 % full` },
  }));
  await place.alerts(...disks);
  await place.api("POST", `/api/v1/incidents/${incident}/notes`, { text: "The queue takes no orders since the last change." });
  await place.api("POST", "/api/v1/oncall/primary/overrides", { person: "bob", from: at(600), until: at(1200), reason: "a concert" });
  await until("the pages went out", () => place.messages.length >= 2);
  mkdirSync(IMAGES, { recursive: true });
  const page = await loggedIn(browser, place, { viewport: DESK, colorScheme: "light" });
  const picture = async (name, path, viewport = DESK) => {
    await page.setViewportSize(viewport);
    const response = await page.goto(path);
    if (response.ok()) await page.screenshot({ path: join(IMAGES, `${name}.png`) });
  };
  await picture("overview", "/");
  await picture("incident", `/incidents/${incident}`);
  await picture("incident-phone", `/incidents/${incident}`, PHONE);
  await picture("oncall", "/oncall");
  await picture("review", "/review");
}

async function everything(browser, place, folder) {
  mkdirSync(folder, { recursive: true });
  await trouble(place);
  const page = await loggedIn(browser, place, { viewport: DESK });
  await crawl(page, place.url, async (address) => {
    const name = address.replace(/[^a-z0-9]+/gi, "-").replace(/^-|-$/g, "").slice(0, 60) || "overview";
    for (const [size, viewport] of [["desk", DESK], ["phone", PHONE]]) {
      await page.setViewportSize(viewport);
      for (const colorScheme of ["light", "dark"]) {
        await page.emulateMedia({ colorScheme });
        await page.screenshot({ path: join(folder, `${name}.${size}.${colorScheme}.png`), fullPage: true });
      }
    }
    await page.setViewportSize(DESK);
  });
}

const [browser, place] = await Promise.all([launch(), Place.start()]);
try {
  const folder = process.env.PICTURES_TO;
  await (folder ? everything(browser, place, folder) : documented(browser, place));
} finally {
  await browser.close();
  await place.stop();
}
