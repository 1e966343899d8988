-- Blocks as practices have them, between lines of dashes.
---
SELECT w.name AS subject,
       count(DISTINCT r.id) AS total,
       count(DISTINCT CASE WHEN r.procedure IS NOT NULL THEN r.id END) AS good,
       max(r.declared_at) AS last_at,
       refs(r.record) AS refs
FROM workloads w
LEFT JOIN response_plans r ON r.workload = w.name
GROUP BY w.name
---
SELECT workload AS subject,
       sum(CASE WHEN acknowledged_at IS NOT NULL THEN 1 ELSE 0 END) AS good,
       count(*) AS total,
       max(CASE WHEN acknowledged_at IS NOT NULL THEN at END) AS last_at,
       refs(CASE WHEN acknowledged_at IS NOT NULL THEN record END) AS refs
FROM incidents
WHERE at >= $from AND at < $to
GROUP BY workload
---
SELECT 'organization' AS subject, count(*) AS good, count(*) AS total, NULL AS last_at, NULL AS refs
FROM reviews WHERE at >= $from AND at < $to AND sort = 'risks' AND leadership = 1
---
WITH late AS (
  SELECT team, id, record, at, lag(at) OVER (PARTITION BY team ORDER BY at, record) AS before
  FROM pages WHERE at >= $from AND at < $to AND team IS NOT NULL
)
SELECT team AS subject, sum(CASE WHEN at - before < 3600000 THEN 1 ELSE 0 END) AS good, count(*) AS total,
       max(at) AS last_at, refs(record) AS refs
FROM late GROUP BY team
---
SELECT workload AS subject, count(*) AS total, sum(CASE WHEN outcome = 'succeeded' THEN 1 ELSE 0 END) AS good,
       max(at) AS last_at, refs(record) AS refs
FROM deployments
WHERE at >= $from AND at < $to AND production = 1 AND outcome IN ('succeeded', 'failed', 'rolled-back')
GROUP BY workload
---
SELECT t.name AS subject, count(*) AS total, count(DISTINCT l.value) AS good, max(t.declared_at) AS last_at, refs(t.record) AS refs
FROM teams t JOIN links l ON l.owner_id = t.id AND l.field = 'members'
GROUP BY t.name
---
SELECT subject, good, total, last_at, refs FROM (
  SELECT workload AS subject, count(*) AS good, count(*) AS total, max(at) AS last_at, refs(record) AS refs
  FROM drills WHERE at >= $from AND at < $to GROUP BY workload
) d
---
SELECT workload AS subject, sum(good) AS good, sum(total) AS total, max(last_at) AS last_at, refs(record) AS refs FROM (
  SELECT workload, 1 AS good, 1 AS total, at AS last_at, record FROM drills WHERE outcome = 'passed' AND at >= $from AND at < $to
  UNION ALL
  SELECT workload, 0, 1, NULL, record FROM drills WHERE outcome = 'failed' AND at >= $from AND at < $to
) d GROUP BY workload
