//! A parameter in a path or a query.

use serde_json::{Map, Value, json};

/// Where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Place {
    Path,
    Query,
}

/// What its values are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sort {
    /// A text of 1 to so many characters.
    Text(u32),
    /// A text of a certain form.
    Pattern(&'static str),
    /// One of these words.
    Word(&'static [&'static str]),
    /// `true` or `false`; `1`, `yes` and `on` are true as well.
    Flag,
    /// A whole number from and to these.
    Whole(u64, u64),
    /// A time, RFC 3339.
    Instant,
}

/// A parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Param {
    pub(crate) place: Place,
    pub(crate) name: &'static str,
    pub(crate) sort: Sort,
    pub(crate) about: &'static str,
    pub(crate) needed: bool,
    /// Whether it may be there several times.
    pub(crate) many: bool,
    /// What counts where it is not there; empty: nothing.
    pub(crate) usual: &'static str,
}

impl Param {
    pub(crate) const fn query(name: &'static str, sort: Sort, about: &'static str) -> Self {
        Self { place: Place::Query, name, sort, about, needed: false, many: false, usual: "" }
    }

    pub(crate) const fn path(name: &'static str, sort: Sort, about: &'static str) -> Self {
        Self { place: Place::Path, needed: true, ..Self::query(name, sort, about) }
    }

    pub(crate) const fn needed(self) -> Self {
        Self { needed: true, ..self }
    }

    pub(crate) const fn many(self) -> Self {
        Self { many: true, ..self }
    }

    pub(crate) const fn usual(self, usual: &'static str) -> Self {
        Self { usual, ..self }
    }

    /// As OpenAPI writes it.
    pub(crate) fn described(&self) -> Value {
        let place = match self.place {
            Place::Path => "path",
            Place::Query => "query",
        };
        let one = self.schema();
        let schema = if self.many { json!({"type": "array", "items": one, "maxItems": 100}) } else { one };
        let mut said = json!({
            "name": self.name, "in": place, "required": self.needed, "description": self.about, "schema": schema,
        });
        if self.many
            && let Some(said) = said.as_object_mut()
        {
            said.insert("explode".to_owned(), Value::Bool(true));
        }
        said
    }

    fn schema(&self) -> Value {
        let mut schema = Map::new();
        let mut say = |name: &str, value: Value| schema.insert(name.to_owned(), value);
        match self.sort {
            Sort::Text(max) => {
                say("type", json!("string"));
                say("minLength", json!(1));
                say("maxLength", json!(max));
            }
            Sort::Pattern(pattern) => {
                say("type", json!("string"));
                say("pattern", json!(pattern));
            }
            Sort::Word(words) => {
                say("type", json!("string"));
                say("enum", json!(words));
            }
            Sort::Flag => {
                say("type", json!("boolean"));
            }
            Sort::Whole(min, max) => {
                say("type", json!("integer"));
                say("minimum", json!(min));
                say("maximum", json!(max));
            }
            Sort::Instant => {
                say("type", json!("string"));
                say("format", json!("date-time"));
            }
        }
        if !self.usual.is_empty() {
            say("default", self.usual.parse::<u64>().map_or_else(|_| json!(self.usual), |number| json!(number)));
        }
        Value::Object(schema)
    }
}
