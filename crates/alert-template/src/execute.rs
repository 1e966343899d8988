//! Fills a template in.
//!
//! Source: Go, `text/template/exec.go`, with the option `missingkey=zero`.

use std::sync::Arc;

use crate::function::call;
use crate::tree::{Base, Command, Node, Operand, Pipeline};
use crate::{Given, Value};

/// So many steps one text may take.
const STEPS_MAX: usize = 100_000;
/// So many bytes one text may become.
const BYTES_MAX: usize = 256 * 1024;

/// Fills in the nodes.
pub(crate) fn execute(nodes: &[Node], given: &Given<'_>) -> Result<String, String> {
    let text = |text: &str| Value::text(text);
    let variables = vec![
        (Box::from(""), Value::Root),
        (Box::from("labels"), Value::Labels(given.labels.clone())),
        (Box::from("externalLabels"), Value::Labels(given.external_labels.clone())),
        (Box::from("externalURL"), text(given.external_url)),
        (Box::from("value"), given.value.clone()),
    ];
    let mut run = Run { given, variables, out: String::new(), steps: 0 };
    run.nodes(nodes, &Value::Root)?;
    Ok(run.out)
}

struct Run<'a> {
    given: &'a Given<'a>,
    variables: Vec<(Box<str>, Value)>,
    out: String,
    steps: usize,
}

/// What comes after a node.
#[derive(PartialEq, Eq)]
enum Flow {
    On,
    Break,
    Continue,
}

impl Run<'_> {
    fn nodes(&mut self, nodes: &[Node], dot: &Value) -> Result<Flow, String> {
        for node in nodes {
            self.steps += 1;
            if self.steps > STEPS_MAX || self.out.len() > BYTES_MAX {
                return Err("the text does not come to an end".to_owned());
            }
            let flow = match node {
                Node::Text(text) => {
                    self.out.push_str(text);
                    Flow::On
                }
                Node::Action(pipeline) => {
                    let value = self.pipeline(pipeline, dot)?;
                    if pipeline.variables.is_empty() {
                        self.out.push_str(&value.print());
                    }
                    Flow::On
                }
                Node::Choice { with, branches, otherwise } => self.choice(*with, branches, otherwise, dot)?,
                Node::Range { over, body, otherwise } => self.range(over, body, otherwise, dot)?,
                Node::Break => Flow::Break,
                Node::Continue => Flow::Continue,
            };
            if flow != Flow::On {
                return Ok(flow);
            }
        }
        Ok(Flow::On)
    }

    fn choice(
        &mut self,
        with: bool,
        branches: &[(Pipeline, Vec<Node>)],
        otherwise: &[Node],
        dot: &Value,
    ) -> Result<Flow, String> {
        let declared = self.variables.len();
        for (condition, body) in branches {
            let value = self.pipeline(condition, dot)?;
            if value.is_true() {
                let flow = self.nodes(body, if with { &value } else { dot });
                self.variables.truncate(declared);
                return flow;
            }
        }
        let flow = self.nodes(otherwise, dot);
        self.variables.truncate(declared);
        flow
    }

    fn range(&mut self, over: &Pipeline, body: &[Node], otherwise: &[Node], dot: &Value) -> Result<Flow, String> {
        let declared = self.variables.len();
        let plain = Pipeline { commands: over.commands.clone(), ..Pipeline::default() };
        let value = self.pipeline(&plain, dot)?;
        let items = items(&value)?;
        if items.is_empty() {
            return self.nodes(otherwise, dot);
        }
        for (key, item) in items {
            match over.variables.as_slice() {
                [one] => self.set(one, over.assigns, item.clone()),
                [one, two] => {
                    self.set(one, over.assigns, key);
                    self.set(two, over.assigns, item.clone());
                }
                _ => {}
            }
            let flow = self.nodes(body, &item)?;
            self.variables.truncate(declared);
            if flow == Flow::Break {
                break;
            }
        }
        Ok(Flow::On)
    }

    fn set(&mut self, name: &str, assigns: bool, value: Value) {
        let known = self.variables.iter_mut().rev().find(|(known, _)| assigns && **known == *name);
        match known {
            Some((_, place)) => *place = value,
            None => self.variables.push((name.into(), value)),
        }
    }

    fn pipeline(&mut self, pipeline: &Pipeline, dot: &Value) -> Result<Value, String> {
        let mut value = None;
        for command in &pipeline.commands {
            value = Some(self.command(command, value, dot)?);
        }
        let value = value.unwrap_or(Value::Nil);
        if let [name] = pipeline.variables.as_slice() {
            self.set(name, pipeline.assigns, value.clone());
        }
        Ok(value)
    }

    fn command(&mut self, command: &Command, before: Option<Value>, dot: &Value) -> Result<Value, String> {
        let Some((first, rest)) = command.0.split_first() else { return Ok(Value::Nil) };
        let Base::Function(name) = first.base else {
            if !rest.is_empty() {
                return Err("a value that is no function is given arguments".to_owned());
            }
            return self.operand(first, dot);
        };
        let value = self.function(name, rest, before, dot)?;
        self.fields(value, &first.fields)
    }

    fn function(
        &mut self,
        name: &'static str,
        operands: &[Operand],
        before: Option<Value>,
        dot: &Value,
    ) -> Result<Value, String> {
        // The rest is not looked at once it is clear what comes out.
        if matches!(name, "and" | "or") {
            let mut last = Value::Nil;
            for operand in operands {
                last = self.operand(operand, dot)?;
                if last.is_true() == (name == "or") {
                    return Ok(last);
                }
            }
            return Ok(before.unwrap_or(last));
        }
        let mut args = Vec::with_capacity(operands.len() + 1);
        for operand in operands {
            args.push(self.operand(operand, dot)?);
        }
        args.extend(before);
        call(name, &args, self.given)
    }

    fn operand(&mut self, operand: &Operand, dot: &Value) -> Result<Value, String> {
        let value = match &operand.base {
            Base::Dot => dot.clone(),
            Base::Variable(name) => {
                let known = self.variables.iter().rev().find(|(known, _)| known == name);
                known.map_or(Value::Nil, |(_, value)| value.clone())
            }
            Base::Text(text) => Value::Text(Arc::from(&**text)),
            Base::Whole(whole) => Value::Whole(*whole),
            Base::Number(number) => Value::Number(*number),
            Base::Bool(yes) => Value::Bool(*yes),
            Base::Nil => Value::Nil,
            Base::Function(name) => self.function(name, &[], None, dot)?,
            Base::Parenthesis(pipeline) => self.pipeline(pipeline, dot)?,
        };
        self.fields(value, &operand.fields)
    }

    fn fields(&self, mut value: Value, fields: &[Box<str>]) -> Result<Value, String> {
        for field in fields {
            value = self.field(&value, field)?;
        }
        Ok(value)
    }

    fn field(&self, value: &Value, field: &str) -> Result<Value, String> {
        match (value, field) {
            (Value::Root, "Labels") => Ok(Value::Labels(self.given.labels.clone())),
            (Value::Root, "ExternalLabels") => Ok(Value::Labels(self.given.external_labels.clone())),
            (Value::Root, "ExternalURL") => Ok(Value::text(self.given.external_url)),
            (Value::Root, "Value") => Ok(self.given.value.clone()),
            (Value::Labels(labels), name) => Ok(Value::text(labels.get(name))),
            (Value::Args(args), name) => Ok(args.get(name).cloned().unwrap_or(Value::Nil)),
            (Value::Sample(sample), "Labels") => Ok(Value::Labels(sample.labels.clone())),
            (Value::Sample(sample), "Value") => Ok(Value::Number(sample.value)),
            (Value::Nil, _) => Err(format!("nil has no field `{field}`")),
            (_, _) => Err(format!("a value of type {} has no field `{field}`", value.type_name())),
        }
    }
}

/// What `range` goes through, each with its key.
fn items(value: &Value) -> Result<Vec<(Value, Value)>, String> {
    let count = |index: usize| Value::Whole(i64::try_from(index).unwrap_or(i64::MAX));
    Ok(match value {
        Value::Samples(samples) => samples
            .iter()
            .enumerate()
            .map(|(index, sample)| (count(index), Value::Sample(Arc::clone(sample))))
            .collect(),
        Value::Labels(labels) => labels.iter().map(|(name, value)| (Value::text(name), Value::text(value))).collect(),
        Value::Args(args) => args.iter().map(|(name, value)| (Value::text(name.as_str()), value.clone())).collect(),
        Value::Whole(whole) => {
            (0..(*whole).min(10_000)).map(|index| (Value::Whole(index), Value::Whole(index))).collect()
        }
        Value::Nil => Vec::new(),
        Value::Bool(_) | Value::Number(_) | Value::Text(_) | Value::Sample(_) | Value::Instant(_) | Value::Root => {
            return Err(format!("range cannot go through a value of type {}", value.type_name()));
        }
    })
}
