//! The ops repo of the test, and the order of its steps as the documents say it.

use serde_json::Value;

use crate::place::Place;
use crate::sink::Sink;

/// Who is paged at each step of the incidents' own policy.
const STEPS: [&str; 3] = ["ann", "bea", "cid"];
/// So often its steps are gone through.
const ROUNDS: u64 = 2;
/// Who is paged when nobody of it answered, again and again.
const LAST: &str = "dot";

/// A place on the way through the policies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Rung {
    last_resort: bool,
    round: u64,
    step: u64,
}

impl Rung {
    pub(super) const FIRST: Self = Self { last_resort: false, round: 0, step: 0 };

    /// The one that a record of a step, or the API, names. The API counts steps from 1.
    pub(super) fn of(body: &Value, first_step: u64) -> Self {
        let number = |name: &str| body[name].as_u64().expect("a number");
        Self {
            last_resort: body["last_resort"].as_bool().unwrap_or(false),
            round: number("round"),
            step: number("step") - first_step,
        }
    }

    /// The one behind it.
    pub(super) fn next(self) -> Self {
        match self {
            Self { last_resort: true, round, .. } => Self { round: round + 1, ..self },
            Self { step, .. } if step + 1 < STEPS.len() as u64 => Self { step: step + 1, ..self },
            Self { round, .. } if round + 1 < ROUNDS => Self { round: round + 1, step: 0, ..self },
            Self { .. } => Self { last_resort: true, round: 0, step: 0 },
        }
    }

    /// Whoever is paged there.
    pub(super) fn person(self) -> &'static str {
        let step = usize::try_from(self.step).expect("small");
        if self.last_resort { LAST } else { STEPS[step] }
    }

    /// How a page says it.
    pub(super) fn because(self) -> String {
        let (policy, steps) = if self.last_resort { ("last-resort", 1) } else { ("ladder", STEPS.len()) };
        let round = if self.round > 0 { format!(", round {}", self.round + 1) } else { String::new() };
        let last_resort = if self.last_resort { ", the last resort" } else { "" };
        format!("policy {policy}, step {} of {steps}{round}{last_resort}", self.step + 1)
    }
}

/// Each alert becomes an incident of its own, and every step waits as short as steps may.
pub(super) fn place(sink: &Sink) -> Place {
    let place = Place::new(
        "route: { receiver: incidents, group_by: ['...'], group_wait: 0s, group_interval: 1s, repeat_interval: 4h }
receivers: [{ name: incidents }, { name: nobody }]
",
    );
    let people = [STEPS.as_slice(), &[LAST]].concat();
    let people: String = people.iter().map(|name| person(name, &sink.url(&format!("/{name}")))).collect();
    place.write("people.yml", &people);
    place.write("incidents.yml", &incidents());
    place
}

fn person(name: &str, url: &str) -> String {
    format!(
        "---
apiVersion: evenkeel/v1
kind: Person
metadata: {{ name: {name} }}
spec: {{ contacts: [{{ name: phone, webhook: {{ url: '{url}' }} }}] }}
"
    )
}

fn incidents() -> String {
    let steps: String = STEPS.iter().map(|name| format!("    - {{ to: [person:{name}], wait: 1s }}\n")).collect();
    format!(
        "apiVersion: evenkeel/v1
kind: Organization
metadata: {{ name: organization }}
spec: {{ lastResort: {{ receiver: nobody, policy: last-resort }} }}
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: {{ name: last-resort }}
spec: {{ steps: [{{ to: [person:{LAST}], wait: 2s }}] }}
---
apiVersion: evenkeel/v1
kind: EscalationPolicy
metadata: {{ name: ladder }}
spec:
  repeat: {}
  steps:
{steps}---
apiVersion: evenkeel/v1
kind: ResponsePlan
metadata: {{ name: trouble, owner: person:{LAST} }}
spec: {{ receivers: [incidents], escalation: ladder, procedure: https://example.com/procedure }}
",
        ROUNDS - 1
    )
}
