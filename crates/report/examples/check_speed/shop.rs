//! A large organisation: 200 teams of ten people, each with a schedule, a policy, workloads with response plans and
//! procedures, entities of a catalogue, routes, receivers, and rules.

use std::fmt::Write as _;
use std::fs;
use std::path::Path;

const TEAMS: usize = 200;
const PEOPLE: usize = 10;
const WORKLOADS: usize = 10;
const ENTITIES: usize = 14;
const PAGES: usize = 4;
const RULES: usize = 25;

/// Writes it; says how many documents and rules there are.
pub(crate) fn write(dir: &Path) -> (usize, usize) {
    for folder in ["teams", "workloads", "catalog", "procedures", "rules"] {
        fs::create_dir_all(dir.join(folder)).expect("a folder to write into");
    }
    let put = |path: String, text: String| fs::write(dir.join(path), text).expect("a file to write");
    put("alertmanager.yml".to_owned(), alertmanager());
    put("organization.yml".to_owned(), organization());
    for team in 0..TEAMS {
        put(format!("teams/team-{team}.yml"), people(team));
        put(format!("workloads/team-{team}.yml"), workloads(team));
        put(format!("catalog/team-{team}.yaml"), entities(team));
        put(format!("rules/team-{team}.yml"), rules(team));
        (0..PAGES).for_each(|page| put(format!("procedures/team-{team}-{page}.md"), procedure(team, page)));
    }
    let documents = TEAMS * (3 + PEOPLE + 2 * WORKLOADS + ENTITIES + 2 + PAGES) + 3;
    (documents, TEAMS * RULES)
}

fn organization() -> String {
    "apiVersion: evenkeel/v1\nkind: Organization\nmetadata: { name: shop }\nspec:\n  lastResort: { receiver: everybody, \
     policy: policy-0 }\n"
        .to_owned()
}

fn alertmanager() -> String {
    let mut text = "route:\n  receiver: everybody\n  group_by: [alertname, workload]\n  routes:\n".to_owned();
    let mut receivers =
        "receivers:\n  - name: everybody\n    webhook_configs: [{ url_file: /etc/evenkeel/hook }]\n".to_owned();
    for team in 0..TEAMS {
        let _ = writeln!(text, "    - matchers: [team=\"team-{team}\"]\n      routes:");
        for workload in 0..WORKLOADS {
            let name = format!("w-{team}-{workload}");
            let _ = writeln!(text, "        - {{ receiver: {name}, matchers: [workload=~\"{name}|{name}-canary\"] }}");
            let _ = writeln!(receivers, "  - name: {name}");
        }
    }
    text + &receivers
}

fn people(team: usize) -> String {
    let names: Vec<String> = (0..PEOPLE).map(|person| format!("p-{team}-{person}")).collect();
    let all = names.join(", ");
    let mut text = format!(
        "apiVersion: evenkeel/v1\nkind: Team\nmetadata: {{ name: team-{team} }}\nspec: {{ members: [{all}], escalation: \
         policy-{team} }}\n---\napiVersion: evenkeel/v1\nkind: Schedule\nmetadata: {{ name: schedule-{team}, owner: \
         team:team-{team} }}\nspec:\n  timeZone: Europe/Copenhagen\n  layers:\n    - {{ name: days, start: \
         2026-01-05T08:00, turns: [{all}], restrictions: [{{ times: \"08:00-20:00\" }}] }}\n    - {{ name: nights, \
         start: 2026-01-05T20:00, turns: [{all}] }}\n---\napiVersion: evenkeel/v1\nkind: EscalationPolicy\nmetadata: {{ \
         name: policy-{team}, owner: team:team-{team} }}\nspec:\n  steps:\n    - {{ to: schedule:schedule-{team}, wait: \
         5m }}\n    - {{ to: team:team-{team}, wait: 10m }}\n  repeat: 1\n"
    );
    for name in names {
        let _ = write!(
            text,
            "---\napiVersion: evenkeel/v1\nkind: Person\nmetadata: {{ name: {name} }}\nspec:\n  fullName: {name}\n  \
             timeZone: Europe/Copenhagen\n  contacts:\n    - {{ name: phone, ntfy: {{ urlFile: /etc/evenkeel/{name} }} \
             }}\n  quietHours:\n    - {{ times: \"22:00-07:00\", severities: [sev5] }}\n"
        );
    }
    text
}

fn workloads(team: usize) -> String {
    let mut text = String::new();
    for workload in 0..WORKLOADS {
        let name = format!("w-{team}-{workload}");
        // On one of the same team and one of another; always of a smaller number, so that there is no circle.
        let below = match (team, workload) {
            (0, _) => String::new(),
            (_, 0) => format!("w-{}-{workload}", team / 2),
            _ => format!("w-{team}-{}, w-{}-{workload}", workload - 1, team / 2),
        };
        let _ = write!(
            text,
            "---\napiVersion: evenkeel/v1\nkind: Workload\nmetadata: {{ name: {name}, owner: team:team-{team} \
             }}\nspec:\n  tier: 2\n  impact: {{ who: everybody, what: \"{name} stands still\", customers: true \
             }}\n  dependsOn: [{below}]\n  environments: [production, staging]\n---\napiVersion: \
             evenkeel/v1\nkind: ResponsePlan\nmetadata: {{ name: {name} }}\nspec:\n  receivers: [{name}]\n  \
             workload: {name}\n  environment: production\n  procedure: procedures/team-{team}-{}.md\n",
            workload % PAGES
        );
    }
    text
}

fn entities(team: usize) -> String {
    let mut text = format!(
        "apiVersion: backstage.io/v1alpha1\nkind: Group\nmetadata: {{ name: squad-{team} }}\nspec: {{ type: team, \
         children: [], members: [dev-{team}] }}\n---\napiVersion: backstage.io/v1alpha1\nkind: User\nmetadata: {{ name: \
         dev-{team} }}\nspec: {{ profile: {{ email: dev-{team}@shop.example }}, memberOf: [squad-{team}] }}\n"
    );
    for entity in 0..ENTITIES {
        let _ = write!(
            text,
            "---\napiVersion: backstage.io/v1alpha1\nkind: Component\nmetadata:\n  name: c-{team}-{entity}\n  \
             description: Does one thing\n  annotations: {{ github.com/project-slug: shop/c-{team}-{entity} }}\n  links: \
             [{{ url: \"https://shop.example/c-{team}-{entity}\", title: Dashboard }}]\nspec:\n  type: service\n  \
             lifecycle: production\n  owner: squad-{team}\n  dependsOn: [component:c-{}-{entity}]\n",
            team / 2
        );
    }
    text
}

fn procedure(team: usize, page: usize) -> String {
    format!(
        "---\nkind: Runbook\nname: restart-{team}-{page}\nowner: team:team-{team}\nparameters: {{ host: {{ type: string, \
         required: true }} }}\n---\n# Restart it\n\nUse it when the queue stops draining. See also [the other \
         page](team-{team}-{}.md#restart-it) and <https://shop.example/{team}>.\n\n## Make sure that it is \
         stuck\n\n```promql step=confirm expect=\"> 100\"\nqueue_depth{{host=\"{{{{ host }}}}\"}}\n```\n\n## Restart \
         it\n\n```sh step=restart timeout=60s idempotent\nsystemctl restart worker\n```\n",
        (page + 1) % PAGES
    )
}

fn rules(team: usize) -> String {
    let mut text = format!("groups:\n  - name: team-{team}\n    rules:\n");
    for rule in 0..RULES {
        let workload = format!("w-{team}-{}", rule % WORKLOADS);
        if rule % 5 == 0 {
            let _ = writeln!(
                text,
                "      - record: workload:requests_{rule}:rate5m\n        expr: sum by (workload, code) \
                 (rate(http_requests_{rule}_total{{workload=\"{workload}\", code!~\"4..\"}}[5m]))\n        labels: {{ \
                 team: team-{team} }}"
            );
            continue;
        }
        let recorded = rule - rule % 5;
        let _ = writeln!(
            text,
            "      - alert: Errors{rule}Of{team}\n        expr: |\n          sum by (workload) \
             (workload:requests_{recorded}:rate5m{{team=\"team-{team}\", code=~\"5..\"}})\n            / on (workload) \
             group_left () sum by (workload) (rate(http_requests_{rule}_total{{workload=\"{workload}\"}}[5m])) > \
             0.05\n        for: 10m\n        labels: {{ severity: critical, team: team-{team}, workload: {workload} \
             }}\n        annotations:\n          summary: \"{{{{ $labels.workload }}}} fails {{{{ $value | \
             humanizePercentage }}}}\"\n          runbook: procedures/team-{team}-{}.md",
            rule % PAGES
        );
    }
    text
}
