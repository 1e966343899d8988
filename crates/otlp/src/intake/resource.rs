//! What sends the metrics, and which library measured them.

use std::borrow::Cow;

use evenkeel_metric::{Metadata, MetricType};
use evenkeel_protobuf::Fields;
use evenkeel_time::Timestamp;

use super::output::Output;
use crate::attribute::{key_value, text, value_text};
use crate::labels::{Attribute, Label, Labels, Shared, translated};
use crate::name::label_name;
use crate::{IntakeFault, Options};

/// The attributes that identify a resource: they become `job` and `instance`.
const IDENTIFYING: [&str; 3] = ["service.name", "service.namespace", "service.instance.id"];
/// Attributes of one resource or scope; the rest is not read.
const ATTRIBUTES_MAX: usize = 512;

/// What sends the metrics.
pub(super) struct Resource<'a> {
    /// `job` and `instance`.
    identity: Vec<Label<'a>>,
    promoted: Vec<Label<'a>>,
    /// The other attributes, for `target_info`.
    others: Vec<Attribute<'a>>,
}

impl<'a> Resource<'a> {
    /// The resource of a `ResourceMetrics`.
    pub(super) fn of_metrics(message: &'a [u8], options: &Options) -> Result<Self, IntakeFault> {
        let (mut fields, mut resource) = (Fields::of(message), &[][..]);
        while let Some((number, field)) = fields.field()? {
            if number == 1 {
                resource = field.bytes(1)?;
            }
        }
        let attributes = attributes(resource, 1)?;
        let find = |wanted: &str| attributes.iter().find(|(key, _)| *key == wanted).map(|(_, value)| value_text(value));
        let [name, namespace, instance] = IDENTIFYING.map(find);
        let mut identity = Vec::new();
        if let Some(name) = name.transpose()? {
            let job = match namespace.transpose()?.filter(|namespace| !namespace.is_empty()) {
                Some(namespace) => Cow::Owned(format!("{namespace}/{name}")),
                None => name,
            };
            identity.push((Cow::Borrowed("job"), job));
        }
        if let Some(instance) = instance.transpose()? {
            identity.push((Cow::Borrowed("instance"), instance));
        }
        let mut promoted: Vec<_> =
            attributes.iter().filter(|(key, _)| options.promoted.iter().any(|name| name == key)).copied().collect();
        let mut labels = Vec::new();
        translated(&mut promoted, options.naming, &mut labels)?;
        let mut others = attributes;
        others.retain(|(key, _)| !IDENTIFYING.contains(key));
        Ok(Self { identity, promoted: labels, others })
    }

    /// Adds the series that says what else is known of a resource. Without anything that identifies it, nothing could be
    /// joined to it.
    pub(super) fn target_info(
        &self,
        at: Timestamp,
        options: &Options,
        output: &mut Output<'_>,
    ) -> Result<(), IntakeFault> {
        if self.others.is_empty() || self.identity.is_empty() {
            return Ok(());
        }
        let shared = Shared { weak: Vec::new(), strong: self.identity.clone() };
        let (mut labels, mut others) = (Labels::default(), self.others.clone());
        if labels.make(&mut others, &shared, options.naming, &options.limits)?.is_err() {
            return Ok(());
        }
        let mut pairs = Vec::new();
        labels.series("target_info", None, &mut pairs);
        output.begin(&pairs)?;
        output.sample(at, 1.0)?;
        let metadata = Metadata { kind: MetricType::Gauge, help: "Target metadata".into(), unit: "".into() };
        output.describe("target_info", metadata)
    }
}

/// Which library measured.
pub(super) struct Scope<'a> {
    name: &'a str,
    version: &'a str,
    schema_url: &'a str,
    attributes: Vec<Attribute<'a>>,
}

impl<'a> Scope<'a> {
    /// The scope of a `ScopeMetrics`.
    pub(super) fn of_metrics(message: &'a [u8]) -> Result<Self, IntakeFault> {
        let mut scope = Self { name: "", version: "", schema_url: "", attributes: Vec::new() };
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            match number {
                1 => scope.read(field.bytes(1)?)?,
                3 => scope.schema_url = text(field.bytes(3)?)?,
                _ => {}
            }
        }
        Ok(scope)
    }

    fn read(&mut self, message: &'a [u8]) -> Result<(), IntakeFault> {
        let mut fields = Fields::of(message);
        while let Some((number, field)) = fields.field()? {
            match number {
                1 => self.name = text(field.bytes(1)?)?,
                2 => self.version = text(field.bytes(2)?)?,
                _ => {}
            }
        }
        self.attributes = attributes(message, 3)?;
        Ok(())
    }

    /// What every series of the scope has.
    pub(super) fn shared(self, resource: &Resource<'a>, options: &Options) -> Result<Shared<'a>, IntakeFault> {
        let mut strong = Vec::new();
        if options.scope_labels && !self.name.is_empty() {
            for (name, value) in [
                ("otel_scope_name", self.name),
                ("otel_scope_version", self.version),
                ("otel_scope_schema_url", self.schema_url),
            ] {
                strong.push((Cow::Borrowed(name), Cow::Borrowed(value)));
            }
            for (key, value) in &self.attributes {
                let key = format!("otel_scope_{key}");
                if let Some(name) = label_name(&key, options.naming) {
                    strong.push((Cow::Owned(name.into_owned()), value_text(value)?));
                }
            }
        }
        strong.retain(|(_, value)| !value.is_empty());
        strong.extend(resource.identity.iter().cloned());
        Ok(Shared { weak: resource.promoted.clone(), strong })
    }
}

/// The attributes of a message, each key once.
fn attributes(message: &[u8], field_number: u32) -> Result<Vec<Attribute<'_>>, IntakeFault> {
    let (mut fields, mut attributes) = (Fields::of(message), Vec::new());
    while let Some((number, field)) = fields.field()? {
        if number == field_number && attributes.len() < ATTRIBUTES_MAX {
            attributes.push(key_value(field.bytes(number)?)?);
        }
    }
    Ok(attributes)
}
