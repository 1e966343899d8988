//! The playbook to begin with: what to look at, whatever it is that fails.

use super::TRIAGE;
use crate::ImportedFile;
use crate::answers::Answers;
use crate::emit::Map;

pub(super) fn file(answers: &Answers) -> ImportedFile {
    let matter = Map::new()
        .with("kind", "Playbook")
        .with("name", "triage")
        .with("owner", format!("team:{}", answers.team))
        .with("workload", answers.workload.as_str())
        .to_text();
    let workload = &answers.workload;
    let text = format!(
        "---\n{matter}---\n\
# Something is wrong with {workload}

Use it when an alert has no page of its own. Write that page afterwards, and name it in the alert's annotation `runbook_url`
or in a response plan of its own.

## What do people notice?

1. Use {workload} yourself, as they do. If it answers, look at what the alert measures before you do anything else.
2. Say what you see on the incident's page, so that others need not ask.

## What changed?

1. Was something deployed, configured or scaled in the last hour? Roll it back.
2. Is it there, and does it have disk, memory and connections left? The machine's graphs say so, and so does its log.
3. Does what it depends on answer? Begin with the one that nothing else explains.

## What makes it bearable?

1. Start {workload} again, and use it as people do.
2. Still wrong after ten minutes: escalate, and write down what you tried.
"
    );
    ImportedFile { path: TRIAGE.to_owned(), text }
}
