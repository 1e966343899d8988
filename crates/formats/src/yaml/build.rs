//! Events become trees: aliases are expanded within a budget, merge keys applied, duplicate keys reported.

use std::collections::HashMap;

use evenkeel_diagnostic::{Diagnostic, SourceId, Span, Spanned};
use evenkeel_model::{codes, quoted};

use super::steps::{Kind, Step};
use super::{DEPTH_MAX, EXPANDED_MAX, Node, Value, scalar};

type Fault = Box<Diagnostic>;
type Entries = Vec<(Spanned<String>, Node)>;

/// Builds every document that is not empty.
pub(super) fn documents(source: SourceId, steps: &[Step<'_>], diags: &mut Vec<Diagnostic>) -> Result<Vec<Node>, Fault> {
    let mut builder = Builder { source, steps, diags, anchors: HashMap::new(), expanded: 0, aliases: Vec::new() };
    let (mut at, mut found) = (0, Vec::new());
    while let Some(step) = steps.get(at) {
        if matches!(step.kind, Kind::End) {
            at += 1;
            continue;
        }
        let node = builder.node(&mut at, 0)?;
        found.extend((node.value != Value::Null).then_some(node));
    }
    Ok(found)
}

struct Builder<'a, 's> {
    source: SourceId,
    steps: &'a [Step<'s>],
    diags: &'a mut Vec<Diagnostic>,
    /// Where each anchored value begins, once it has been read to its end.
    anchors: HashMap<u32, usize>,
    /// How many values aliases have made so far.
    expanded: usize,
    /// The aliases being expanded, outermost first.
    aliases: Vec<Span>,
}

impl Builder<'_, '_> {
    fn span(&self, step: &Step<'_>) -> Span {
        Span { source: self.source, start: step.start, end: step.end }
    }

    fn node(&mut self, at: &mut usize, depth: usize) -> Result<Node, Fault> {
        let steps = self.steps;
        let start = *at;
        let end = Span { source: self.source, start: 0, end: 0 };
        let Some(step) = steps.get(start) else { return Ok(Node { span: end, value: Value::Null }) };
        *at += 1;
        let span = self.span(step);
        self.spend(span, depth)?;
        let node = match &step.kind {
            Kind::Plain(text) => Node { span, value: scalar::plain(text) },
            Kind::Text(text) => Node { span, value: Value::String(text.as_ref().into()) },
            Kind::Seq => self.seq(at, span, depth)?,
            Kind::Map => self.map(at, span, depth)?,
            Kind::Alias => return self.alias(step.anchor, span, depth),
            Kind::SeqEnd | Kind::MapEnd | Kind::End => Node { span, value: Value::Null },
        };
        if step.anchor != 0 && self.aliases.is_empty() {
            self.anchors.insert(step.anchor, start);
        }
        Ok(node)
    }

    fn spend(&mut self, span: Span, depth: usize) -> Result<(), Fault> {
        let place = self.aliases.first().copied().unwrap_or(span);
        if depth > DEPTH_MAX {
            let diag = Diagnostic::error(codes::TOO_DEEP, place, "values are nested more than 64 deep")
                .help("nothing that is read here is nested so deep: look for a bracket too many");
            return Err(Box::new(diag));
        }
        if self.aliases.is_empty() {
            return Ok(());
        }
        self.expanded += 1;
        if self.expanded > EXPANDED_MAX {
            let headline = "aliases make this file larger than 100,000 values";
            let diag = Diagnostic::error(codes::ALIAS_EXPANSION, place, headline);
            return Err(Box::new(diag.help("write out what is meant, without aliases inside of aliases")));
        }
        Ok(())
    }

    fn alias(&mut self, anchor: u32, span: Span, depth: usize) -> Result<Node, Fault> {
        let Some(mut at) = self.anchors.get(&anchor).copied() else {
            let diag = Diagnostic::error(codes::ALIAS_EXPANSION, span, "an alias stands inside the value it means");
            return Err(Box::new(diag.help("it would never end: write out what is meant here")));
        };
        self.aliases.push(span);
        let node = self.node(&mut at, depth)?;
        self.aliases.pop();
        Ok(node)
    }

    fn seq(&mut self, at: &mut usize, span: Span, depth: usize) -> Result<Node, Fault> {
        let mut items: Vec<Node> = Vec::new();
        while let Some(step) = self.steps.get(*at) {
            if matches!(step.kind, Kind::SeqEnd) {
                *at += 1;
                break;
            }
            items.push(self.node(at, depth + 1)?);
        }
        let end = self.last_end(*at, span);
        Ok(Node { span: Span { end, ..span }, value: Value::Seq(items) })
    }

    fn map(&mut self, at: &mut usize, span: Span, depth: usize) -> Result<Node, Fault> {
        let (mut entries, mut merges): (Entries, Vec<Node>) = (Vec::new(), Vec::new());
        let mut seen: HashMap<String, Span> = HashMap::new();
        while let Some(step) = self.steps.get(*at) {
            if matches!(step.kind, Kind::MapEnd) {
                *at += 1;
                break;
            }
            let is_merge = matches!(&step.kind, Kind::Plain(text) if text == "<<");
            let key = self.node(at, depth + 1)?;
            let value = self.node(at, depth + 1)?;
            if is_merge {
                merges.push(value);
                continue;
            }
            let Some(name) = self.key(&key) else { continue };
            if let Some(first) = seen.get(&name) {
                self.duplicate(&name, key.span, *first);
                continue;
            }
            seen.insert(name.clone(), key.span);
            entries.push((Spanned::new(name, key.span), value));
        }
        for merge in merges {
            self.merge(merge, &mut entries, &mut seen);
        }
        let end = self.last_end(*at, span);
        Ok(Node { span: Span { end, ..span }, value: Value::Map(entries) })
    }

    /// A collection ends with its last value, not where the next one begins.
    fn last_end(&self, after: usize, span: Span) -> u32 {
        let closing = after.checked_sub(1).and_then(|index| self.steps.get(index));
        let inside = self.steps.get(..after.saturating_sub(1)).unwrap_or(&[]);
        let closed = closing.filter(|step| step.end > step.start).map(|step| step.end);
        let last = inside.last().map_or(span.end, |step| step.end);
        closed.unwrap_or(last).max(span.end)
    }

    fn key(&mut self, key: &Node) -> Option<String> {
        if key.value == Value::Null {
            return Some("null".to_owned());
        }
        let name = key.as_text().map(str::to_owned);
        if name.is_none() {
            let headline = format!("a key has to be text, not {}", key.sort());
            let help = if matches!(key.value, Value::Map(_)) {
                "fill in a placeholder such as `{{ name }}` first; put text that begins so in quotes"
            } else {
                "put it in quotes if it is meant as text"
            };
            self.diags.push(Diagnostic::error(codes::COMPLEX_KEY, key.span, headline).help(help));
        }
        name
    }

    fn duplicate(&mut self, name: &str, again: Span, first: Span) {
        let diag = Diagnostic::error(codes::DUPLICATE_KEY, again, format!("the key {} is there twice", quoted(name)));
        self.diags.push(diag.related(first, "first here").help("remove one of the two"));
    }

    /// Own keys win over merged ones, and of several merged mappings the first one wins.
    fn merge(&mut self, value: Node, entries: &mut Entries, seen: &mut HashMap<String, Span>) {
        match value.value {
            Value::Map(merged) => {
                for (key, node) in merged {
                    if !seen.contains_key(&key.value) {
                        seen.insert(key.value.clone(), key.span);
                        entries.push((key, node));
                    }
                }
            }
            Value::Seq(items) if items.iter().all(|item| matches!(item.value, Value::Map(_))) => {
                items.into_iter().for_each(|item| self.merge(item, entries, seen));
            }
            Value::Null | Value::Bool(_) | Value::Int(..) | Value::Float(..) | Value::String(_) | Value::Seq(_) => {
                let headline = "a merge key `<<` takes a mapping or a list of mappings";
                let diag = Diagnostic::error(codes::MERGE_VALUE, value.span, headline);
                self.diags.push(diag.help("an alias has an asterisk, as in `<<: *defaults`"));
            }
        }
    }
}
