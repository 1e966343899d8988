-- Queries that mean the same on both engines, between lines of dashes. What they return is in an order of its own.
---
SELECT id, alertname FROM alerts ORDER BY record
---
SELECT * FROM incidents ORDER BY record
---
SELECT i.*, p.person FROM incidents i JOIN pages p ON p.incident = i.id ORDER BY p.record
---
SELECT count(*) FROM pages
---
SELECT team, count(*) AS pages, count(DISTINCT person) AS people, sum(contacts) AS contacts, avg(contacts) AS mean, min(at), max(at), refs(record) FROM pages GROUP BY team ORDER BY team
---
SELECT team FROM pages UNION SELECT team FROM alerts ORDER BY team
---
SELECT 'page' AS what, count(*) AS n, NULL AS none, 1 AS number FROM pages UNION ALL SELECT 'alert', count(*), NULL, 0.5 FROM alerts UNION ALL SELECT 'nothing', 0, max(at), 2 FROM notices ORDER BY what
---
WITH open AS (SELECT id, workload FROM incidents WHERE resolved_at IS NULL), per (workload, n) AS (SELECT workload, count(*) FROM open GROUP BY workload) SELECT w.name, coalesce(per.n, 0) AS n FROM workloads w LEFT JOIN per ON per.workload = w.name ORDER BY w.name
---
SELECT name, CASE WHEN production = 1 THEN 'live' ELSE 'other' END AS stage, CASE tier WHEN 1 THEN 'first' WHEN 2 THEN 'second' END AS rank FROM workloads ORDER BY name
---
SELECT id, round(after_ms / 1000.0, 1) AS seconds, round(-2.5) AS half, round(2.675, 2) AS cents, abs(-after_ms) AS ms FROM acknowledgements ORDER BY record
---
SELECT id, substr(id, 1, 5) AS head, substr(id, 7) AS tail, substr(id, 0, 3) AS early, substr(id, -2, 2) AS before, substr(id, length(id) - 1, 0 - 5) AS none, upper(alertname) || '/' || lower(severity) AS said, length(trim('  ä ')) AS letters FROM alerts ORDER BY record
---
SELECT name FROM workloads WHERE name LIKE 's%' OR name LIKE '%\_x' OR name LIKE 'S!_%' ESCAPE '!' ORDER BY 1 DESC
---
SELECT id FROM alerts a WHERE EXISTS (SELECT 1 FROM incident_alerts ia WHERE ia.alert = a.id) AND a.workload NOT IN (SELECT name FROM workloads WHERE production = 0) ORDER BY a.record
---
SELECT id, (SELECT count(*) FROM pages p WHERE p.incident = i.id) AS pages, (SELECT max(p.at) FROM pages p WHERE p.incident = i.id AND p.out_of_hours = 1) AS last FROM incidents i ORDER BY i.record
---
SELECT * FROM (SELECT incident, person, row_number() OVER (PARTITION BY incident ORDER BY at, record) AS nth, lag(at, 1, 0) OVER (PARTITION BY incident ORDER BY at, record) AS before, lead(person) OVER (PARTITION BY incident ORDER BY at DESC, record DESC) AS next FROM pages) q WHERE q.nth <= 2 ORDER BY q.incident, q.nth
---
SELECT workload, count(*) AS n FROM alerts WHERE at BETWEEN 0 AND 9000000000000000 GROUP BY workload HAVING n > 1 AND max(fired) >= 1 ORDER BY n DESC, workload
---
SELECT at / 86400000 AS day, count(*) AS n FROM alerts GROUP BY day ORDER BY day
---
SELECT at % 7 AS rest, 1000 * 60 * 60 * 24 * 90 AS quarter, CAST(at AS TEXT) AS said, CAST(2.9 AS BIGINT) AS cut, CAST(-2.9 AS BIGINT) AS up, CAST(3 AS DOUBLE PRECISION) / 2 AS half, 7 / 2 AS whole, -7 / 2 AS toward FROM alerts ORDER BY record LIMIT 5 OFFSET 1
---
SELECT DISTINCT workload FROM alerts ORDER BY workload NULLS FIRST
---
SELECT w.name, l.value FROM workloads w LEFT JOIN links l ON l.owner_id = w.id AND l.field = 'depends_on' ORDER BY w.name, l.value
---
SELECT "to", r."by", due_by FROM requests r ORDER BY name
---
SELECT c."of", every FROM cadences c ORDER BY name
---
SELECT nullif(team, 'payments') AS other, coalesce(NULL, workload, 'none') AS workload FROM alerts ORDER BY record
---
SELECT (SELECT count(*) FROM alerts) + (SELECT count(*) FROM pages) AS both
---
SELECT a.n, p.n AS m FROM (SELECT count(*) AS n FROM alerts) a CROSS JOIN (SELECT count(*) AS n FROM pages) p
---
SELECT workload, sum(CASE WHEN resolved_at IS NULL THEN 1 ELSE 0 END) AS firing, sum(1.5) AS weight FROM alerts GROUP BY workload ORDER BY workload
---
SELECT workload, avg(DISTINCT fired) AS mean, sum(DISTINCT fired) AS total FROM alerts GROUP BY 1 ORDER BY 1
---
(SELECT team FROM alerts) UNION ALL (SELECT team FROM pages UNION SELECT team FROM incidents) ORDER BY team
---
SELECT workload, outcome, count(*) AS n, refs(record) AS records FROM deployments GROUP BY workload, outcome ORDER BY workload, outcome
---
SELECT d.id, l.value FROM decision_events d JOIN links l ON l.owner_id = d.id AND l.field = 'teams' ORDER BY d.record, l.value
---
SELECT origin, count(*) AS n FROM deployments GROUP BY origin ORDER BY origin
---
SELECT 'organization' AS subject, count(*) AS n FROM alerts GROUP BY subject
---
SELECT max(name) AS last, min(name) AS first FROM catalogue WHERE name > 'B' AND NOT (kind = 'Team')
---
SELECT o.kind, o.live, c.team FROM owners o JOIN catalogue c ON c.kind = o.kind AND c.name = o.name ORDER BY o.kind, o.name
---
SELECT name FROM teams t WHERE t.members > 0 AND TRUE ORDER BY name;
---
/* a comment */ SELECT 'it''s' AS "Quoted Name" -- another
---
SELECT p.id FROM plans p WHERE p.replaced_at IS NULL
