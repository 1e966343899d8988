//! Documents of the ops repo, and facts that are told.

use std::collections::BTreeMap;

use evenkeel_evidence_sql::{Sort, Source, Table, tables};
use evenkeel_fact::{Sort as FactSort, kinds};
use evenkeel_ids::{DocumentRef, FactId, Seq};
use evenkeel_record::{Body, Declaration, DeclarationKey, DocumentsDeclared, FactReported, FactValue, Record};
use evenkeel_time::Timestamp;

use super::{Shape, Stream};

impl Stream {
    /// The documents that the organisation begins with.
    pub(crate) fn foundation(&mut self) -> Vec<Record> {
        let Shape { workloads, teams, people, .. } = self.shape;
        let mut all = Vec::new();
        for team in 0..teams {
            let members = (0..people).filter(|person| person % teams == team).map(|person| format!("person-{person}"));
            let attributes =
                [("members".into(), FactValue::list(members)), ("escalation".into(), FactValue::text("everyone"))];
            all.push(declaration("Team", &format!("team-{team}"), None, attributes.into()));
        }
        for person in 0..people {
            let attributes =
                [("time_zone".into(), FactValue::text("Europe/Berlin")), ("contacts".into(), FactValue::Whole(2))];
            all.push(declaration("Person", &format!("person-{person}"), None, attributes.into()));
        }
        for workload in 0..workloads {
            let owner = DocumentRef::Team(format!("team-{}", workload % teams).into());
            let attributes = [
                ("tier".into(), FactValue::Whole(1 + i64::try_from(workload % 4).expect("small"))),
                ("customers".into(), FactValue::Flag(workload % 2 == 0)),
                ("production".into(), FactValue::Flag(workload % 3 != 0)),
                ("environments".into(), FactValue::list(["staging", "production"])),
                (
                    "depends_on".into(),
                    FactValue::list((workload % 3 == 1).then(|| format!("workload-{}", workload / 2))),
                ),
                ("dependencies".into(), FactValue::Whole(i64::from(workload % 3 == 1))),
                ("components".into(), FactValue::Whole(1)),
            ];
            all.push(declaration("Workload", &format!("workload-{workload}"), Some(owner), attributes.into()));
        }
        let declared: Vec<Vec<Declaration>> = all.chunks(500).map(<[Declaration]>::to_vec).collect();
        declared
            .into_iter()
            .map(|declared| {
                for declaration in &declared {
                    self.declared.insert((declaration.kind.to_string(), declaration.name.to_string()), ());
                }
                self.record(Body::DocumentsDeclared(DocumentsDeclared { declared, withdrawn: Vec::new() }))
            })
            .collect()
    }

    pub(super) fn documents(&mut self) -> Body {
        let tables: Vec<&'static Table> =
            tables().iter().filter(|table| matches!(table.source, Source::Documents(_))).collect();
        let (mut declared, mut withdrawn) = (Vec::new(), Vec::new());
        for _ in 0..=self.below(3) {
            let known: Vec<(String, String)> = self.declared.keys().cloned().collect();
            if self.one_in(6) && !known.is_empty() {
                let at = usize::try_from(self.below(known.len() as u64)).expect("small");
                let Some(document) = known.get(at) else { continue };
                self.declared.remove(document);
                let (kind, name) = document;
                withdrawn.push(DeclarationKey { kind: kind.as_str().into(), name: name.as_str().into() });
                continue;
            }
            let table = self.pick(&tables);
            let Source::Documents([kind, ..]) = table.source else { continue };
            let kind = *kind;
            let name = match kind {
                "Workload" => self.workload().to_string(),
                "Team" => self.team().to_string(),
                "Person" => self.person().to_string(),
                _ => format!("d{}", self.below(self.shape.documents)),
            };
            let attributes = self.attributes(table);
            self.declared.insert((kind.to_owned(), name.clone()), ());
            declared.push(declaration(kind, &name, self.owner(), attributes));
        }
        Body::DocumentsDeclared(DocumentsDeclared { declared, withdrawn })
    }

    pub(super) fn attributes(&mut self, table: &'static Table) -> BTreeMap<Box<str>, FactValue> {
        let mut attributes = BTreeMap::new();
        for column in table.columns.iter().skip(7) {
            let value = match (column.name, column.sort) {
                ("workload", _) => FactValue::Text((*self.workload()).into()),
                (name, Sort::Text) if column.words.is_empty() => FactValue::text(name),
                (_, Sort::Text) => FactValue::text(self.pick(column.words)),
                (_, Sort::Whole | Sort::Real) => FactValue::Whole(i64::try_from(self.below(3)).expect("small")),
            };
            if !self.one_in(4) {
                attributes.insert(column.name.into(), value);
            }
        }
        for list in &table.lists {
            let values = self.values(list.name);
            attributes.insert(list.name.into(), FactValue::List(values));
        }
        attributes
    }

    pub(super) fn values(&mut self, list: &str) -> Vec<Box<str>> {
        let count = self.below(3);
        let one = |stream: &mut Self| match list {
            "teams" => stream.team(),
            "workloads" | "depends_on" => stream.workload(),
            "people" | "members" | "attendees" | "participants" => stream.person(),
            _ => format!("v{}", stream.below(3)).into(),
        };
        (0..count).map(|_| (*one(self)).into()).collect()
    }

    pub(super) fn fact(&mut self) -> Body {
        if self.one_in(10) && !self.facts.is_empty() {
            let at = usize::try_from(self.below(self.facts.len() as u64)).expect("small");
            let (first, kind, key) = self.facts.get(at).cloned().expect("one of them");
            return self.fact_of(kind, key, Some(FactId(Seq(first))));
        }
        let kind = usize::try_from(self.below(kinds().len() as u64)).expect("small");
        let key = format!("key-{}", self.seq);
        self.facts.push((self.seq + 1, kind, key.clone()));
        self.fact_of(kind, key, None)
    }

    pub(super) fn fact_of(&mut self, kind: usize, key: String, supersedes: Option<FactId>) -> Body {
        let kind = kinds().get(kind).expect("one of them");
        let mut fields = BTreeMap::new();
        for field in kind.fields {
            if !field.required && self.one_in(3) {
                continue;
            }
            let value = match field.sort {
                FactSort::Text => FactValue::Text(format!("d{}", self.below(self.shape.documents)).into()),
                FactSort::Whole => FactValue::Whole(i64::try_from(self.below(5)).expect("small")),
                FactSort::Flag => FactValue::Flag(self.one_in(2)),
                FactSort::Word(words) => FactValue::text(self.pick(words)),
                FactSort::Instant => FactValue::Whole(self.at),
                FactSort::List => FactValue::List(self.values(field.name)),
            };
            fields.insert(field.name.into(), value);
        }
        let ago = self.below(86_400_000 * 100);
        Body::FactReported(FactReported {
            kind: kind.name.into(),
            key: key.into(),
            source: "ci".into(),
            occurred_at: Timestamp(self.at - i64::try_from(ago).expect("small")),
            workload: self.maybe(Self::workload),
            team: if self.one_in(4) { Some(self.team()) } else { None },
            person: if self.one_in(4) { Some(self.person()) } else { None },
            fields,
            supersedes,
        })
    }
}

fn declaration(
    kind: &str,
    name: &str,
    owner: Option<DocumentRef>,
    attributes: BTreeMap<Box<str>, FactValue>,
) -> Declaration {
    Declaration { kind: kind.into(), name: name.into(), owner, attributes }
}
