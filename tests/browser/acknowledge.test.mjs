// Somebody takes an incident on from its page, with scripts and without.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";

import { complaints, launch, loggedIn } from "./support/browser.mjs";
import { Place, until } from "./support/place.mjs";

let browser, place;
before(async () => {
  [browser, place] = await Promise.all([launch(), Place.start()]);
});
after(async () => {
  await browser?.close();
  await place?.stop();
});

const acknowledged = (incident) =>
  until("it is acknowledged", async () => {
    const { incidents } = await place.api("GET", "/api/v1/incidents");
    return JSON.stringify(incidents.find((one) => one.id === incident) ?? "").includes("acknowledged");
  });

for (const javaScriptEnabled of [true, false]) {
  test(`an incident is acknowledged from its page, ${javaScriptEnabled ? "with" : "without"} scripts`, async () => {
    const instance = `web-${javaScriptEnabled}`;
    await place.alerts({ labels: { alertname: `Orders${javaScriptEnabled}`, team: "orders", instance } });
    const incident = await place.incident(`Orders${javaScriptEnabled}`);
    const page = await loggedIn(browser, place, { javaScriptEnabled });
    await page.locator(`main a[href$="incidents/${incident}"]`).first().click();
    await page.locator('form[action$="/acknowledge"] button').click();
    await acknowledged(incident);
    assert.match(new URL(page.url()).pathname, new RegExp(`/incidents/${incident}$`));
    assert.match(await page.locator("main").innerText(), /acknowledged/i);
    assert.deepEqual(complaints(page), []);
    await page.context().close();
  });
}

test("what was typed is there again when a form is not taken", async () => {
  const incident = await place.incident();
  const page = await loggedIn(browser, place, { javaScriptEnabled: false });
  await page.goto(`/incidents/${incident}`);
  const form = page.locator('form[action$="/assign"]');
  await page.locator("details", { has: form }).first().evaluate((details) => (details.open = true));
  await form.locator('[name="assign_person"]').fill("nobody-of-that-name");
  await form.locator('[name="assign_reason"]').fill("I sleep");
  await form.locator("button").click();
  assert.equal(await page.locator('[name="assign_person"]').inputValue(), "nobody-of-that-name");
  assert.equal(await page.locator('[name="assign_reason"]').inputValue(), "I sleep");
  assert.equal(await page.locator('.said.wrong[role="alert"]').count(), 1);
  await page.context().close();
});
