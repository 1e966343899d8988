"""Makes something be wrong in the shop, and prints which ids and names schemathesis may fill in.

Usage: prepare.py URL TOKEN > schemathesis.toml
"""

import json
import sys
import urllib.request

URL, TOKEN = sys.argv[1:]


def ask(path, body=None):
    """GETs, or POSTs a body; the answer's JSON."""
    headers = {"Authorization": "Bearer " + TOKEN, "Content-Type": "application/json"}
    data = None if body is None else json.dumps(body).encode()
    with urllib.request.urlopen(urllib.request.Request(URL + path, data, headers)) as answer:
        text = answer.read()
    return json.loads(text) if text else None


ask("/api/v2/alerts", [
    {"labels": {"alertname": "OrdersDown", "team": "orders"}, "annotations": {"summary": "no order goes through"}},
    {"labels": {"alertname": "DatabaseSlow", "team": "database"}},
])
ask("/api/v1/problems", {"title": "the queue fills up"})
ask("/api/v1/silences", {"matchers": ["alertname=Quiet"], "ends_at": "2099-01-01T00:00:00Z", "comment": "quiet"})
ask("/api/v1/tokens", {"name": "spare", "role": "viewer"})

incidents = ask("/api/v1/incidents")["incidents"]
updates = ask("/api/v1/incidents/" + incidents[0]["id"])["updates"]
known = {
    "incidents/{id}": incidents[0]["id"],
    "updates/{id}": updates[0]["id"] if updates else "1",
    "alerts/{id}": ask("/api/v1/alerts")["alerts"][0]["id"],
    "problems/{id}": ask("/api/v1/problems")["problems"][0]["id"],
    "silences/{id}": ask("/api/v1/silences")["silences"][0]["id"],
    "tokens/{id}": ask("/api/v1/tokens")["tokens"][0]["id"],
    "workloads/{name}": "orders",
    "teams/{name}": "orders",
    "people/{name}": "ada",
    "oncall/{schedule}": "primary",
    "records/{seq}": "2",
}
for place, value in known.items():
    name = place[place.index("{") + 1 : -1]
    pattern = place.replace("{", "\\{").replace("}", "\\}")
    print("[[operations]]")
    print(f"include-path-regex = '{pattern}'")
    print(f"parameters = {{ 'path.{name}' = '{value}' }}")
    print()
