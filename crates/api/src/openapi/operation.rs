//! One operation: what it takes, what it answers, with what it refuses.

use schemars::{JsonSchema, Schema, SchemaGenerator};

use super::{Code, Param};
use crate::Method;

/// Gives the schema of a type.
pub(crate) type SchemaOf = fn(&mut SchemaGenerator) -> Schema;

/// What an operation is about; operations are listed by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Tag {
    Overview,
    Incidents,
    Problems,
    Updates,
    Alerts,
    Silences,
    OnCall,
    Catalogue,
    Plan,
    Records,
    Facts,
    Practices,
    Access,
    Meta,
}

/// One operation, declared beside what answers it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Operation {
    pub(crate) method: Method,
    pub(crate) path: &'static str,
    /// Unique, in camel case.
    pub(crate) id: &'static str,
    pub(crate) tag: Tag,
    /// One line.
    pub(crate) summary: &'static str,
    /// What one has to know besides; may be empty.
    pub(crate) about: &'static str,
    pub(crate) params: &'static [Param],
    pub(crate) body: Option<Body>,
    pub(crate) answers: &'static [Given],
    /// What it refuses with, besides what follows from its method, body and place.
    pub(crate) refusals: &'static [&'static [Code]],
    /// Whether it hands an input in.
    pub(crate) changes: bool,
    /// Whether it heeds `If-Match`.
    pub(crate) matched: bool,
}

/// What is sent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Body {
    pub(crate) type_name: fn() -> &'static str,
    pub(crate) schema: SchemaOf,
    pub(crate) example: &'static str,
    pub(crate) media: &'static [&'static str],
    /// Whether an empty body is not taken.
    pub(crate) needed: bool,
}

/// What comes back when it is done.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Given {
    pub(crate) status: u16,
    pub(crate) media: &'static str,
    /// Nothing: any text.
    pub(crate) schema: Option<SchemaOf>,
    pub(crate) about: &'static str,
}

const JSON: &[&str] = &["application/json"];

impl Operation {
    pub(crate) const fn new(method: Method, path: &'static str, id: &'static str, tag: Tag) -> Self {
        Self {
            method,
            path,
            id,
            tag,
            summary: "",
            about: "",
            params: &[],
            body: None,
            answers: &[],
            refusals: &[],
            changes: false,
            matched: false,
        }
    }

    pub(crate) const fn get(path: &'static str, id: &'static str, tag: Tag) -> Self {
        Self::new(Method::Get, path, id, tag)
    }

    /// A POST that hands an input in.
    pub(crate) const fn post(path: &'static str, id: &'static str, tag: Tag) -> Self {
        Self { changes: true, ..Self::new(Method::Post, path, id, tag) }
    }

    /// A DELETE that hands an input in.
    pub(crate) const fn delete(path: &'static str, id: &'static str, tag: Tag) -> Self {
        Self { changes: true, ..Self::new(Method::Delete, path, id, tag) }
    }

    /// A POST that changes nothing that is recorded.
    pub(crate) const fn asks(self) -> Self {
        Self { changes: false, ..self }
    }

    pub(crate) const fn says(self, summary: &'static str, about: &'static str) -> Self {
        Self { summary, about, ..self }
    }

    pub(crate) const fn params(self, params: &'static [Param]) -> Self {
        Self { params, ..self }
    }

    /// A body that has to be there, and one such.
    pub(crate) const fn takes<T: JsonSchema>(self, example: &'static str) -> Self {
        Self { body: Some(Body::of::<T>(example, true)), ..self }
    }

    /// A body of which nothing has to be there, and one such.
    pub(crate) const fn may_take<T: JsonSchema>(self, example: &'static str) -> Self {
        Self { body: Some(Body::of::<T>(example, false)), ..self }
    }

    /// A body of other media types.
    pub(crate) const fn sent_as(self, media: &'static [&'static str]) -> Self {
        match self.body {
            Some(body) => Self { body: Some(Body { media, ..body }), ..self },
            None => self,
        }
    }

    pub(crate) const fn answers(self, answers: &'static [Given]) -> Self {
        Self { answers, ..self }
    }

    pub(crate) const fn refuses(self, refusals: &'static [&'static [Code]]) -> Self {
        Self { refusals, ..self }
    }

    /// Heeds `If-Match`.
    pub(crate) const fn if_match(self) -> Self {
        Self { matched: true, ..self }
    }
}

impl Body {
    const fn of<T: JsonSchema>(example: &'static str, needed: bool) -> Self {
        Self { type_name: std::any::type_name::<T>, schema: schema_of::<T>, example, media: JSON, needed }
    }
}

impl Given {
    /// 200, as JSON.
    pub(crate) const fn json<T: JsonSchema>(about: &'static str) -> Self {
        Self { status: 200, media: "application/json", schema: Some(schema_of::<T>), about }
    }

    /// 200, as JSON under another media type.
    pub(crate) const fn json_as<T: JsonSchema>(media: &'static str, about: &'static str) -> Self {
        Self { media, ..Self::json::<T>(about) }
    }

    /// 200, as a text of that media type.
    pub(crate) const fn text(media: &'static str, about: &'static str) -> Self {
        Self { status: 200, media, schema: None, about }
    }

    /// With another status.
    pub(crate) const fn status(self, status: u16) -> Self {
        Self { status, ..self }
    }
}

impl Tag {
    pub(crate) const ALL: [Self; 14] = [
        Self::Overview,
        Self::Incidents,
        Self::Problems,
        Self::Updates,
        Self::Alerts,
        Self::Silences,
        Self::OnCall,
        Self::Catalogue,
        Self::Plan,
        Self::Records,
        Self::Facts,
        Self::Practices,
        Self::Access,
        Self::Meta,
    ];

    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Overview => "Overview",
            Self::Incidents => "Incidents",
            Self::Problems => "Problems",
            Self::Updates => "Updates",
            Self::Alerts => "Alerts",
            Self::Silences => "Silences",
            Self::OnCall => "On call",
            Self::Catalogue => "Catalogue",
            Self::Plan => "Plan",
            Self::Records => "Records",
            Self::Facts => "Facts",
            Self::Practices => "Practices",
            Self::Access => "Access",
            Self::Meta => "Meta",
        }
    }

    pub(crate) const fn about(self) -> &'static str {
        match self {
            Self::Overview => "How operation stands, and a search over all of it.",
            Self::Incidents => "What is wrong, who has it, and what people do about it.",
            Self::Problems => "Causes of incidents that are not removed.",
            Self::Updates => "What stakeholders and customers are told.",
            Self::Alerts => "What fires, grouped as it is told, and why it is or is not told.",
            Self::Silences => "What is not told for a while.",
            Self::OnCall => "Who is on call, now and later, and who stands in.",
            Self::Catalogue => "Workloads, teams, people and procedures, as the adopted plan has them.",
            Self::Plan => "What the ops repo says that is lived by now, and what is wrong in it.",
            Self::Records => "The journal: what happened, chained by hashes.",
            Self::Facts => "What happened outside, told by others.",
            Self::Practices => "Reviews of practices by the record, what persons sign and set out for.",
            Self::Access => "Who calls, tokens, and logging in.",
            Self::Meta => "Whether the server lives and takes work, and this description.",
        }
    }
}

pub(crate) fn schema_of<T: JsonSchema>(generator: &mut SchemaGenerator) -> Schema {
    generator.subschema_for::<T>()
}
