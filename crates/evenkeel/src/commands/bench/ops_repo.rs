//! The ops repo of the made-up organisation: for each workload a route, a response plan, a runbook and a contract on its
//! signals, for each team two people and what the registers say of it.

use std::fmt::Write as _;

use anyhow::Context;
use evenkeel_model::{Missing, Plan};
use evenkeel_ops_source::{OpsFile, OpsFiles, load};

/// Workloads a team has.
pub(crate) const PER_TEAM: usize = 20;
/// Further ones have no response plan, and so no incidents: no file with routes may be larger than with so many.
pub(crate) const RESPONDED_MAX: usize = 50_000;

/// People who stand behind the teams' goals.
const SPONSORS: usize = 10;

/// The plan that the repo resolves to.
pub(crate) fn plan(workloads: usize) -> anyhow::Result<Plan> {
    let loaded = load(&OpsFiles { files: files(workloads)?, ..OpsFiles::default() }, Missing::Refuse);
    let first = loaded.diagnostics.iter().find(|diagnostic| diagnostic.blocks());
    let first = first.map(|diagnostic| diagnostic.headline.clone()).unwrap_or_default();
    loaded.plan.with_context(|| format!("the bench's own plan does not resolve: {first}"))
}

/// The files of the repo.
pub(crate) fn files(workloads: usize) -> anyhow::Result<Vec<OpsFile>> {
    let teams = workloads.div_ceil(PER_TEAM);
    let mut files = vec![file("ops.yml".to_owned(), routes(workloads)?)];
    for team in 0..teams {
        files.push(file(format!("teams/t{team}.yml"), documents(team, teams, workloads)?));
    }
    files.extend((0..workloads).map(runbook));
    Ok(files)
}

/// The team of a workload, by number.
pub(crate) const fn team_of(workload: usize) -> usize {
    workload / PER_TEAM
}

fn file(path: String, text: String) -> OpsFile {
    OpsFile { path, bytes: text.into_bytes() }
}

fn runbook(workload: usize) -> OpsFile {
    let head =
        format!("kind: Runbook\nname: restart-{workload}\nworkload: w{workload}\nowner: team:t{}", team_of(workload));
    let text = format!(
        "---\n{head}\n---\n# Restart it\n\nUse it when it hangs.\n\n## Restart\n\nStop it, and start it again.\n"
    );
    file(format!("runbooks/w{workload}.md"), text)
}

/// Writes documents, one behind the other.
struct Documents(String);

impl Documents {
    fn put(&mut self, kind: &str, metadata: &str, spec: &str) -> std::fmt::Result {
        write!(
            self.0,
            "---\napiVersion: evenkeel/v1\nkind: {kind}\nmetadata: {{ name: {metadata} }}\nspec: {{ {spec} }}\n"
        )
    }
}

/// What a team has.
fn documents(team: usize, teams: usize, workloads: usize) -> Result<String, std::fmt::Error> {
    let mut documents = Documents(String::new());
    if team == 0 {
        for sponsor in 0..SPONSORS {
            let phone = "contacts: [{ name: phone, webhook: { url: 'http://127.0.0.1:9/' } }]";
            documents.put("Person", &format!("s{sponsor}"), &format!("timeZone: Etc/UTC, {phone}"))?;
        }
        documents.put("Organization", "acme", "lastResort: { receiver: ops, policy: e0 }")?;
        let audience = "{ name: customers, customers: true, receivers: [public], fromSeverity: sev3, cadence: 1h }";
        let staff = "{ name: staff, receivers: [public], fromSeverity: sev2 }";
        documents.put("CommunicationPlan", "customers", &format!("audiences: [{audience}, {staff}]"))?;
    }
    let own = team * PER_TEAM..((team + 1) * PER_TEAM).min(workloads);
    people(&mut documents, team)?;
    let names: Vec<String> = own.clone().map(|workload| format!("w{workload}")).collect();
    registers(&mut documents, team, teams, &names)?;
    own.into_iter().try_for_each(|workload| self::workload(&mut documents, workload))?;
    Ok(documents.0)
}

fn routes(workloads: usize) -> Result<String, std::fmt::Error> {
    let responded = workloads.min(RESPONDED_MAX);
    let mut text = "route:\n  receiver: ops\n  group_by: [alertname, workload]\n  group_wait: 0s\n  \
                    group_interval: 5m\n  repeat_interval: 1d\n  routes:\n"
        .to_owned();
    for workload in 0..responded {
        if workload.is_multiple_of(PER_TEAM) {
            writeln!(text, "  - matchers: ['team=t{}']\n    receiver: ops\n    routes:", team_of(workload))?;
        }
        writeln!(text, "    - {{matchers: ['workload=w{workload}'],receiver: w{workload}}}")?;
    }
    writeln!(text, "receivers:\n- {{ name: ops, webhook_configs: [{{ url: 'http://127.0.0.1:9/' }}] }}")?;
    writeln!(text, "- {{ name: public, webhook_configs: [{{ url: 'http://127.0.0.1:9/' }}] }}")?;
    (0..responded).try_for_each(|workload| writeln!(text, "- {{name: w{workload}}}"))?;
    Ok(text)
}

fn people(documents: &mut Documents, team: usize) -> std::fmt::Result {
    let (first, second) = (2 * team, 2 * team + 1);
    for person in [first, second] {
        let phone = format!("contacts: [{{ name: phone, webhook: {{ url: 'http://127.0.0.1:9/{person}' }} }}]");
        documents.put("Person", &format!("p{person}"), &format!("timeZone: Etc/UTC, {phone}"))?;
    }
    documents.put("Team", &format!("t{team}"), &format!("members: [p{first}, p{second}], escalation: e{team}"))?;
    let steps = format!("{{ to: ['person:p{first}'], wait: 15m }}, {{ to: ['person:p{second}'], wait: 15m }}");
    documents.put("EscalationPolicy", &format!("e{team}, owner: 'team:t{team}'"), &format!("steps: [{steps}]"))
}

fn workload(documents: &mut Documents, workload: usize) -> std::fmt::Result {
    let owned = format!("w{workload}, owner: 'team:t{}'", team_of(workload));
    let impact = "impact: { who: somebody, what: something, customers: true }";
    // Each stands on the one before, in its own team's.
    let on = if workload.is_multiple_of(PER_TEAM) { String::new() } else { format!("w{}", workload - 1) };
    let spec = format!("tier: {}, {impact}, dependsOn: [{on}], environments: [production, staging]", 1 + workload % 4);
    documents.put("Workload", &owned, &spec)?;
    let hit = format!(
        "receivers: [w{workload}], workload: w{workload}, impact: outage, communication: customers, \
         procedure: runbooks/w{workload}.md"
    );
    if workload < RESPONDED_MAX {
        documents.put("ResponsePlan", &owned, &hit)?;
    }
    let metrics = "metrics: [{ name: requests_total, type: counter, labels: { code: [] } }]";
    documents.put("SignalContract", &owned, &format!("workload: w{workload}, {metrics}"))
}

/// What the registers say of a team and its workloads.
fn registers(documents: &mut Documents, team: usize, teams: usize, workloads: &[String]) -> std::fmt::Result {
    let owned = |letter: &str| format!("{letter}{team}, owner: 'team:t{team}'");
    let (all, other) = (format!("workloads: [{}]", workloads.join(", ")), (team + 1) % teams);
    let lead = format!("p{}", 2 * team);
    let mut put = |kind: &str, letter: &str, spec: String| documents.put(kind, &owned(letter), &spec);
    for of in ["metrics", "retrospective", "game-day", "operations"] {
        put("Cadence", &format!("{of}-"), format!("of: {of}, every: 30d, teams: [t{team}], people: [{lead}], {all}"))?;
    }
    let wanted = format!("sponsor: s{}, outcome: It is there, {all}", team % SPONSORS);
    put("Goal", "goal", format!("{wanted}, kpis: [answers], review: metrics-{team}"))?;
    put(
        "Need",
        "need",
        format!("customers: external, who: Shops, need: To sell, {all}, team: t{team}, goal: goal{team}, kpi: answers"),
    )?;
    put("Skill", "skill", format!("people: [{lead}, p{}], {all}", 2 * team + 1))?;
    put("Training", "training", format!("skill: skill{team}, course: A day, every: 90d"))?;
    let treated = format!("likelihood: low, impact: high, treatment: accept, decision: decision{team}");
    put("Risk", "risk", format!("threat: It breaks, {treated}, reviewBy: 2028-12-31, {all}"))?;
    let chosen = format!("options: [One, Two], chosen: One, expected: Peace, revisit: 2028-12-31, decider: {lead}");
    put("Decision", "decision", format!("question: Which?, {chosen}, teams: [t{team}], {all}"))?;
    let demanded = "kind: compliance, source: 'https://law.example/', version: '1', checks: [it]";
    put("Obligation", "obligation", format!("{demanded}, reviewBy: 2028-12-31, {all}"))?;
    put("DataClass", "data", format!("classification: internal, stores: [disk], policy: Keep it, {all}"))?;
    put(
        "SupportPlan",
        "support",
        format!("provider: Care, contact: 'https://care.example/', expires: 2028-12-31, {all}"),
    )?;
    let improved = "driver: reliability, measure: outages, target: none, effort: small, impact: high";
    put("Improvement", "improvement", format!("{improved}, until: 2028-12-31"))?;
    put("Lesson", "lesson", format!("learned: It matters, {all}, teams: [t{team}]"))?;
    let engineered = format!("applicationEngineering: t{team}, applicationOperations: t{team}");
    let below = format!("platformEngineering: t{other}, platformOperations: t{other}");
    put("OperatingModel", "model", format!("model: central-governance, {engineered}, {below}, {all}"))?;
    if other == team {
        return Ok(());
    }
    put("Request", "request", format!("to: t{other}, by: t{team}, wants: Help, dueBy: 2028-12-31"))?;
    let promised = "response: 1h, channel: '#help', reviewBy: 2028-12-31";
    put("Agreement", "agreement", format!("provider: t{team}, consumer: t{other}, {promised}, {all}"))
}
