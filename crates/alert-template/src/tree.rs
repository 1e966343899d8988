//! What a template is made of.

/// A piece of a template.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Node {
    /// As it stands.
    Text(Box<str>),
    /// `{{ pipeline }}`
    Action(Pipeline),
    /// `{{ if }}` or, where `with` is set, `{{ with }}`, with all its `else if`.
    Choice { with: bool, branches: Vec<(Pipeline, Vec<Node>)>, otherwise: Vec<Node> },
    /// `{{ range }}`
    Range { over: Pipeline, body: Vec<Node>, otherwise: Vec<Node> },
    /// `{{ break }}`
    Break,
    /// `{{ continue }}`
    Continue,
}

/// `$x := a | b`
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Pipeline {
    /// Variables that are declared or, where `assigns` is set, set.
    pub(crate) variables: Vec<Box<str>>,
    pub(crate) assigns: bool,
    pub(crate) commands: Vec<Command>,
}

/// A function with what it is given, or a value alone. Never empty.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Command(pub(crate) Vec<Operand>);

/// A value, and the fields of it that are asked for.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Operand {
    pub(crate) base: Base,
    pub(crate) fields: Vec<Box<str>>,
}

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Base {
    Dot,
    Variable(Box<str>),
    Text(Box<str>),
    Whole(i64),
    Number(f64),
    Bool(bool),
    Nil,
    Function(&'static str),
    Parenthesis(Box<Pipeline>),
}
