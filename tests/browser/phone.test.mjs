// Woken at three: from the link in a page to an incident that is over, on a phone.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { launch, loggedIn, overflow, watch } from "./support/browser.mjs";
import { Place, until } from "./support/place.mjs";

const PHONE = { viewport: { width: 390, height: 844 }, isMobile: true, hasTouch: true };

let browser, place;
before(async () => {
  [browser, place] = await Promise.all([launch(), Place.start()]);
});
after(async () => {
  await browser?.close();
  await place?.stop();
});

const is = (incident, word) =>
  until(`it is ${word}`, async () => JSON.stringify(await place.api("GET", `/api/v1/incidents/${incident}`)).includes(word));

test("from the link of a page to resolved, logged in", async () => {
  const incident = await place.ordersDown();
  const page = await loggedIn(browser, place, PHONE);
  await page.goto(await place.pageLink(incident));
  assert.equal(await overflow(page), "");
  await page.locator('button[value="acknowledge"]').tap();
  await is(incident, "acknowledged");
  await page.locator('a[href$="/incidents/' + incident + '"]').tap();
  await page.waitForURL(`${place.url}/incidents/${incident}`);
  assert.equal(await overflow(page), "");
  const resolve = page.locator('form[action$="/resolve"]');
  await page.locator("details", { has: resolve }).first().locator("summary").first().tap();
  await resolve.locator('[name="resolve_reason"]').fill("started the queue again");
  await resolve.locator("button").tap();
  await is(incident, "resolved");
  await until("the page says so", async () => (await page.locator("main").innerText()).includes("started the queue again"));
  await page.context().close();
});

test("from the link of a page to resolved, with nothing but the link, without scripts", async () => {
  await place.alerts({ labels: { alertname: "OrdersSlow", team: "orders" } });
  const incident = await place.incident("OrdersSlow");
  const link = await place.pageLink(incident);
  const context = await browser.newContext({ ...PHONE, javaScriptEnabled: false });
  const page = await context.newPage();
  watch(page);
  await page.goto(link);
  assert.equal(await page.locator('button[value="acknowledge"]').count(), 1);
  await page.locator("summary", { hasText: "It is over" }).tap();
  await page.locator("#resolve-reason").fill("done");
  await page.locator('button[value="resolve"]').tap();
  await is(incident, "resolved");
  await until("it is said", async () => /resolved/i.test(await page.locator("body").innerText()));
  await context.close();
});
