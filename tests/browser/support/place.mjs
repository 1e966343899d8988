// The real program on a free port, with an ops repo of its own, somebody's phone, and a way in.
import { execFile, spawn } from "node:child_process";
import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const OPS = new URL("../ops", import.meta.url).pathname;
// Stands in the ops repo for the address of the phone.
const PHONE = "127.0.0.1:9099";
// A start may take this long.
const PATIENCE_MS = 30_000;

async function freePort() {
  const socket = createSocket();
  await new Promise((listening) => socket.listen(0, "127.0.0.1", listening));
  const { port } = socket.address();
  await new Promise((closed) => socket.close(closed));
  return port;
}

function files(folder) {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    return statSync(path).isDirectory() ? files(path) : [path];
  });
}

// Waits until `found` gives something.
export async function until(what, found, patienceMs = 15_000) {
  const end = Date.now() + patienceMs;
  for (;;) {
    const value = await found();
    if (value) return value;
    if (Date.now() > end) throw new Error(`waited in vain until ${what}`);
    await new Promise((later) => setTimeout(later, 20));
  }
}

export class Place {
  static async start() {
    const place = new Place();
    place.folder = mkdtempSync(join(process.env.BROWSER_SCRATCH ?? tmpdir(), "place-"));
    place.ops = join(place.folder, "ops");
    place.data = join(place.folder, "data");
    place.messages = [];
    place.phone = createServer((request, response) => place.#ring(request, response));
    await new Promise((listening) => place.phone.listen(0, "127.0.0.1", listening));
    cpSync(OPS, place.ops, { recursive: true });
    for (const file of files(place.ops)) {
      const text = readFileSync(file, "utf8");
      writeFileSync(file, text.replaceAll(PHONE, `127.0.0.1:${place.phone.address().port}`));
    }
    const port = await freePort();
    place.url = `http://127.0.0.1:${port}`;
    place.log = "";
    const serve = ["serve", "--ops", place.ops, "--data", place.data, "--listen", `127.0.0.1:${port}`];
    place.child = spawn(process.env.EVENKEEL, [...serve, "--external-url", place.url], {
      env: {},
      stdio: ["ignore", "ignore", "pipe"],
    });
    place.child.stderr.setEncoding("utf8").on("data", (text) => (place.log += text));
    await until("it serves", () => {
      if (place.child.exitCode !== null) throw new Error(`it ended:\n${place.log}`);
      return place.log.includes("serving address=");
    }, PATIENCE_MS).catch((error) => {
      place.child.kill("SIGKILL");
      throw new Error(`${error.message}\n${place.log}`);
    });
    place.token = readFileSync(join(place.data, "owner-token"), "utf8").trim();
    return place;
  }

  #ring(request, response) {
    let text = "";
    request.on("data", (part) => (text += part));
    request.on("end", () => {
      try {
        this.messages.push(JSON.parse(text));
      } catch {
        // Not one of ours.
      }
      response.end("ok");
    });
  }

  async stop() {
    this.child.kill("SIGKILL");
    this.phone.closeAllConnections();
    this.phone.close();
    rmSync(this.folder, { recursive: true, force: true });
  }

  // A link that logs a browser in once, as `evenkeel token login` prints it.
  async loginLink() {
    const { stdout } = await promisify(execFile)(process.env.EVENKEEL, ["token", "login", "--data", this.data], {
      env: { HOME: this.folder, EVENKEEL_SERVER: this.url },
    });
    const link = stdout.match(/http:\/\/\S+\/login\/\S+/)?.[0];
    if (!link) throw new Error(`no link in: ${stdout}`);
    return link;
  }

  async api(method, path, body) {
    const response = await fetch(this.url + path, {
      method,
      headers: { authorization: `Bearer ${this.token}`, "content-type": "application/json" },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`);
    return text ? JSON.parse(text) : undefined;
  }

  // Alerts that are taken fire for a day; answers when they are durable.
  alerts(...alerts) {
    const endsAt = new Date(Date.now() + 86_400_000).toISOString();
    return this.api("POST", "/api/v2/alerts", alerts.map((alert) => ({ endsAt, ...alert })));
  }

  // No order goes through; gives the incident's id.
  async ordersDown(more = {}) {
    const labels = { alertname: "OrdersDown", team: "orders", instance: "web-1", ...more.labels };
    const annotations = { summary: "no order goes through", ...more.annotations };
    await this.alerts({ labels, annotations, generatorURL: "http://prometheus.example/graph?g0.expr=orders" });
    return this.incident();
  }

  // The newest incident that is not over, of those whose title has the word.
  async incident(word = "") {
    return until("an incident is open", async () => {
      const { incidents } = await this.api("GET", "/api/v1/incidents");
      const open = incidents.filter(({ status, title }) => ["open", "acknowledged"].includes(status) && title.includes(word));
      return open.map((incident) => incident.id).sort((a, b) => number(b) - number(a))[0];
    });
  }

  // The link in the page about that incident, to whoever is to act on it. Whoever is asked to approve an update has a link
  // too, and may have it earlier.
  pageLink(incident) {
    return until("somebody is paged", () => {
      return this.messages.find((message) => message.incident === incident && message.ask === "acknowledge")?.link;
    });
  }
}

function number(id) {
  return Number(id.split(":")[1]);
}
