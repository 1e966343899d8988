// Everything goes wrong at once, and everything that somebody can say holds a script.
import { writeFileSync } from "node:fs";
import { join } from "node:path";

import { until } from "./place.mjs";

export const SCRIPT = `"'><img src=x onerror="alert(1)"><script>alert(1)</script>`;

export async function trouble(place) {
  const long = "x".repeat(900);
  const incident = await place.ordersDown({
    labels: { note: SCRIPT, path: `/srv/${long}` },
    annotations: { summary: `no order goes through ${SCRIPT}`, description: long },
  });
  await place.alerts({
    labels: { alertname: "DatabaseSlow", team: "database", shard: "7" },
    annotations: { summary: "queries take 4 s" },
  });
  const others = Array.from({ length: 120 }, (_, number) => ({
    labels: { alertname: `Disk${number % 7}`, instance: `host-${number}.${"very-long-name.".repeat(6)}example`, mount: "/" },
    annotations: { summary: `disk ${number} is nearly full` },
  }));
  await place.alerts(...others);
  const api = (path, body) => place.api("POST", path, body);
  await api(`/api/v1/incidents/${incident}/notes`, { text: `We look. ${SCRIPT}\n\n- one\n- two` });
  const now = Date.now();
  const at = (minutes) => new Date(now + minutes * 60_000).toISOString();
  await api("/api/v2/silences", {
    matchers: [{ name: "alertname", value: "Disk3", isRegex: false, isEqual: true }],
    startsAt: at(0), endsAt: at(120), createdBy: SCRIPT, comment: `until the disks are there ${SCRIPT}`,
  });
  await api("/api/v1/oncall/primary/overrides", { person: "bob", from: at(10), until: at(300), reason: SCRIPT });
  await api("/api/v1/problems", { title: `the queue runs full ${SCRIPT}`, incidents: [incident] });
  // A second plan, and then a change that is refused.
  const document = (about) => `apiVersion: evenkeel/v1\nkind: Person\nmetadata: { name: bea }\nspec: ${about}\n`;
  const file = join(place.ops, "bea.yml");
  const person = "{ contacts: [{ name: phone, webhook: { url: 'http://127.0.0.1:9/bea' } }] }";
  writeFileSync(file, document(person));
  const knows = () => api("/api/v1/oncall/primary/overrides", { person: "bea", from: at(400), until: at(500) }).catch(() => null);
  await until("bea is known", knows);
  writeFileSync(file, document("{ contacts: [{ name: phone, telegraph: yes }] }"));
  await until("the change is refused", () => place.log.includes("cannot be resolved"));
  return incident;
}
