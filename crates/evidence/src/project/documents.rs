//! What the ops repo declares: a row a document in its kind's table and in the catalogue, one in `owners` where it has
//! an owner, and one in `links` for each value of its lists.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_evidence_sql::table_of_documents;
use evenkeel_ids::DocumentRef;
use evenkeel_record::{Declaration, DeclarationKey, DocumentsDeclared};

use super::standing::{Document, document_kind};
use super::{Cx, team_of};
use crate::error::Trouble;
use crate::key::Key;
use crate::rows::Row;
use crate::value::Value;

/// How many columns every document has before its own.
const HEAD: usize = 7;

impl Cx<'_> {
    pub(super) fn documents_declared(&mut self, body: &DocumentsDeclared) -> Result<(), Trouble> {
        let mut moved = BTreeSet::new();
        for key in &body.withdrawn {
            self.withdraw(key, &mut moved)?;
        }
        for declaration in &body.declared {
            self.declare(declaration, &mut moved)?;
        }
        for owner in moved {
            self.owner_moved(&owner)?;
        }
        Ok(())
    }

    fn declare(&mut self, declaration: &Declaration, moved: &mut BTreeSet<Document>) -> Result<(), Trouble> {
        let Declaration { kind, name, owner, attributes } = declaration;
        let document: Document = ((**kind).into(), (**name).into());
        let id: Arc<str> = format!("{kind}:{name}").into();
        let key = Key::Document(Arc::clone(&id));
        let (seq, now) = (self.number(), self.now());
        let owner_text = owner.as_ref().map(ToString::to_string);
        let team = team_of(owner.as_ref());
        let head = |row: &mut Row| {
            row.set("id", &id);
            row.set("name", &document.1);
            row.set("owner", owner_text.as_deref());
            row.set("team", team.clone());
            // Declared once, however often it is changed.
            row.set_first("declared_at", now);
            row.set_first("record", seq);
            row.set("origin", "observed");
        };
        let fresh = !self.rows.has("catalogue", &key)?;
        self.rows.put(seq, "catalogue", key.clone(), |row| {
            head(row);
            row.set("kind", &document.0);
        })?;
        if let Some(table) = table_of_documents(kind) {
            self.rows.put(seq, table.name, key, |row| {
                head(row);
                row.say(attributes, HEAD);
            })?;
        }
        self.own(&document, owner.as_ref())?;
        self.link(&id, super::facts::lists(attributes), fresh)?;
        if &**kind == "Workload" {
            match team.text() {
                Some(team) => self.standing.teams.insert(document.1, Arc::clone(team)),
                None => self.standing.teams.remove(&document.1),
            };
        } else if ["Team", "Person"].contains(&&**kind) && self.standing.declared.insert(document.clone()) {
            moved.insert(document);
        }
        Ok(())
    }

    fn withdraw(&mut self, key: &DeclarationKey, moved: &mut BTreeSet<Document>) -> Result<(), Trouble> {
        let document: Document = ((*key.kind).into(), (*key.name).into());
        let id: Arc<str> = format!("{}:{}", key.kind, key.name).into();
        let seq = self.number();
        self.rows.remove(seq, "catalogue", Key::Document(Arc::clone(&id)))?;
        if let Some(table) = table_of_documents(&key.kind) {
            self.rows.remove(seq, table.name, Key::Document(Arc::clone(&id)))?;
        }
        self.own(&document, None)?;
        self.link(&id, Vec::new(), false)?;
        if &*key.kind == "Workload" {
            self.standing.teams.remove(&document.1);
        }
        if self.standing.declared.remove(&document) {
            moved.insert(document);
        }
        Ok(())
    }

    /// Notes who owns a document; `None`: nobody.
    fn own(&mut self, document: &Document, owner: Option<&DocumentRef>) -> Result<(), Trouble> {
        let seq = self.number();
        let key = Key::Named(Arc::clone(&document.0), Some(Arc::clone(&document.1)));
        let before = self.rows.read("owners", &key, |row| {
            Some((document_kind(row.get("owner_kind").text()?), row.get("owner_name").text()?.clone()))
        })?;
        if let Some(owned) = before.flatten().and_then(|before| self.standing.owned.get_mut(&before)) {
            owned.remove(document);
        }
        let Some(owner) = owner else {
            return self.rows.remove(seq, "owners", key);
        };
        let of = (document_kind(owner.kind()), Arc::clone(owner.name()));
        let live = self.standing.declared.contains(&of);
        self.standing.owned.entry(of).or_default().insert(document.clone());
        self.rows.put(seq, "owners", key, |row| {
            row.set("kind", &document.0);
            row.set("name", &document.1);
            row.set("owner_kind", owner.kind());
            row.set("owner_name", owner.name());
            row.set("live", live);
            row.set_first("record", seq);
        })
    }

    /// A team or a person came or went, and with it whether what it owns has somebody who is there.
    fn owner_moved(&mut self, owner: &Document) -> Result<(), Trouble> {
        let seq = self.number();
        let live = self.standing.declared.contains(owner);
        let owned = self.standing.owned.get(owner).cloned().unwrap_or_default();
        for (kind, name) in owned {
            self.rows.patch(seq, "owners", Key::Named(kind, Some(name)), |row| row.set("live", live))?;
        }
        Ok(())
    }

    /// Makes the lists of a row what they are now; a fresh row has none yet.
    pub(super) fn link(
        &mut self,
        owner: &Arc<str>,
        lists: Vec<(&str, &[Box<str>])>,
        fresh: bool,
    ) -> Result<(), Trouble> {
        let seq = self.number();
        let mut wanted: BTreeSet<(Arc<str>, Arc<str>)> = BTreeSet::new();
        for (field, values) in lists {
            let field: Arc<str> = field.into();
            for value in values {
                if let Some(value) = Value::from(&**value).text() {
                    wanted.insert((Arc::clone(&field), Arc::clone(value)));
                }
            }
        }
        let before = if fresh { BTreeSet::new() } else { self.rows.links(owner)? };
        for (field, value) in before.difference(&wanted) {
            let key = Key::Link(Arc::clone(owner), Arc::clone(field), Arc::clone(value));
            self.rows.remove(seq, "links", key)?;
        }
        for (field, value) in wanted.difference(&before) {
            let key = Key::Link(Arc::clone(owner), Arc::clone(field), Arc::clone(value));
            self.insert("links", key, |row| {
                row.set("owner_id", owner);
                row.set("field", field);
                row.set("value", value);
            });
        }
        if !wanted.is_empty() || !before.is_empty() {
            self.rows.keep_links(owner, wanted);
        }
        Ok(())
    }
}
