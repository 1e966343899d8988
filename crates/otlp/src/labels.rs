//! The labels of a series, made of the attributes of a point, its scope and its resource.
//!
//! What a resource says of itself (`job`, `instance`) and its scope win over attributes of a point; attributes whose names
//! become one label share it, their values joined by `;`. Source: prometheus `otlptranslator`, `createAttributes`.

use std::borrow::Cow;

use evenkeel_labels::METRIC_NAME;

use crate::name::label_name;
use crate::{IntakeFault, Limits, Naming, attribute};

pub(crate) type Label<'a> = (Cow<'a, str>, Cow<'a, str>);

/// An attribute: its key, and its value not looked into yet.
pub(crate) type Attribute<'a> = (&'a str, &'a [u8]);

/// Labels sorted by name, each once.
#[derive(Debug, Default)]
pub(crate) struct Labels<'a>(Vec<Label<'a>>);

/// What every series of a scope has, sorted by name.
#[derive(Debug, Default)]
pub(crate) struct Shared<'a> {
    /// They give way to attributes of the point.
    pub(crate) weak: Vec<Label<'a>>,
    /// Attributes of the point give way to them.
    pub(crate) strong: Vec<Label<'a>>,
}

/// Attributes as labels: those whose names become one are joined in the order of their keys. `None` of a name that nothing is
/// left of.
pub(crate) fn translated<'a>(
    attributes: &mut [Attribute<'a>],
    naming: Naming,
    into: &mut Vec<Label<'a>>,
) -> Result<(), IntakeFault> {
    attributes.sort_by_key(|(key, _)| *key);
    for (key, value) in attributes.iter() {
        let Some(name) = label_name(key, naming) else { continue };
        let value = attribute::value_text(value)?;
        match into.iter_mut().find(|(known, _)| *known == name) {
            Some((_, before)) => {
                let joined = before.to_mut();
                joined.push(';');
                joined.push_str(&value);
            }
            None => into.push((name, value)),
        }
    }
    Ok(())
}

impl<'a> Labels<'a> {
    /// Makes the labels of a point; why they cannot be kept otherwise.
    pub(crate) fn make(
        &mut self,
        attributes: &mut [Attribute<'a>],
        shared: &'a Shared<'_>,
        naming: Naming,
        limits: &Limits,
    ) -> Result<Result<(), String>, IntakeFault> {
        self.0.clear();
        translated(attributes, naming, &mut self.0)?;
        let borrowed = |label: &'a Label<'_>| (Cow::Borrowed(&*label.0), Cow::Borrowed(&*label.1));
        for (name, value) in shared.weak.iter().map(borrowed) {
            if self.0.iter().all(|(known, _)| *known != name) {
                self.0.push((name, value));
            }
        }
        for (name, value) in shared.strong.iter().map(borrowed) {
            match self.0.iter_mut().find(|(known, _)| *known == name) {
                Some((_, before)) => *before = value,
                None => self.0.push((name, value)),
            }
        }
        self.0.sort_by(|(a, _), (b, _)| a.cmp(b));
        Ok(self.check(limits))
    }

    fn check(&self, limits: &Limits) -> Result<(), String> {
        // The metric's name, and `le` or `quantile`, come on top.
        let (found, most) = (self.0.len() + 2, limits.labels_max);
        if found > most {
            return Err(format!("a point has {found} labels; at most {most} are taken"));
        }
        for (name, value) in &self.0 {
            let (found, most) = (name.len(), limits.label_name_bytes_max);
            if found > most {
                let begin: String = name.chars().take(40).collect();
                return Err(format!("label name `{begin}…` has {found} bytes; at most {most} are taken"));
            }
            let (found, most) = (value.len(), limits.label_value_bytes_max);
            if found > most {
                return Err(format!("label `{name}` has a value of {found} bytes; at most {most} are taken"));
            }
        }
        Ok(())
    }

    /// The labels of one series: these, the metric's name, and another one.
    pub(crate) fn series<'s>(
        &'s self,
        metric: &'s str,
        extra: Option<(&'s str, &'s str)>,
        into: &mut Vec<(&'s str, &'s str)>,
    ) {
        into.clear();
        let own = [Some((METRIC_NAME, metric)), extra];
        let taken = |name: &str| own.iter().flatten().any(|(own, _)| *own == name);
        into.extend(self.0.iter().filter(|(name, _)| !taken(name)).map(|(name, value)| (&**name, &**value)));
        into.extend(own.into_iter().flatten());
        into.sort_unstable_by_key(|(name, _)| *name);
    }
}
