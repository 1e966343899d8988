//! A tree as PromQL again, in one form: what is printed reads back as the same tree.

use std::fmt::{self, Display, Formatter};

use crate::label_name::{is_plain_label, is_plain_metric};
use crate::{
    Aggregate, At, Binary, Expr, ExprKind, Extension, Grouping, LabelMatcher, Located, METRIC_NAME, Matching, Selector,
    Side, Timing, WindowKind,
};

impl Display for Expr {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match &self.kind {
            ExprKind::Number(number) => write!(f, "{number}"),
            ExprKind::Text(text) => write!(f, "{}", Quoted(text)),
            ExprKind::Selector(selector) => write!(f, "{selector}{}", selector.timing),
            ExprKind::Range { selector, window } => {
                write!(f, "{selector}[{}]{}", window.value, selector.timing)
            }
            ExprKind::Subquery { expr, window, step, timing } => {
                write!(f, "{expr}[{}:", window.value)?;
                if let Some(step) = step {
                    write!(f, "{}", step.value)?;
                }
                write!(f, "]{timing}")
            }
            ExprKind::Paren(inner) => write!(f, "({inner})"),
            ExprKind::Unary { negative, expr } => write!(f, "{}{expr}", if *negative { "-" } else { "+" }),
            ExprKind::Binary(binary) => write!(f, "{binary}"),
            ExprKind::Aggregate(aggregate) => write!(f, "{aggregate}"),
            ExprKind::Call(call) => {
                write!(f, "{}(", call.name.value)?;
                separated(f, &call.args)?;
                f.write_str(")")
            }
        }
    }
}

/// The name and the braces; timing stands behind the range.
impl Display for Selector {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(name) = &self.name {
            f.write_str(&name.value)?;
        }
        if self.name.is_none() || !self.matchers.is_empty() {
            f.write_str("{")?;
            separated(f, &self.matchers)?;
            f.write_str("}")?;
        }
        Ok(())
    }
}

impl Display for LabelMatcher {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let value = Quoted(&self.value.value);
        let names_metric = self.name.value == METRIC_NAME && self.op.as_str() == "=";
        if names_metric && !is_plain_metric(&self.value.value) {
            return write!(f, "{value}");
        }
        write!(f, "{}{}{value}", Label(&self.name.value), self.op.as_str())
    }
}

impl Display for Timing {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self.extension {
            Some(Extension::Anchored) => f.write_str(" anchored")?,
            Some(Extension::Smoothed) => f.write_str(" smoothed")?,
            None => {}
        }
        match self.at {
            Some(At::Seconds(number)) => write!(f, " @ {number}")?,
            Some(At::Start) => f.write_str(" @ start()")?,
            Some(At::End) => f.write_str(" @ end()")?,
            None => {}
        }
        match &self.offset {
            Some(offset) => write!(f, " offset {}", offset.value),
            None => Ok(()),
        }
    }
}

impl Display for WindowKind {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            Self::Literal(number) => write!(f, "{number}"),
            Self::Step => f.write_str("step()"),
            Self::Range => f.write_str("range()"),
            Self::MinOf(a, b) => write!(f, "min_of({}, {})", a.value, b.value),
            Self::MaxOf(a, b) => write!(f, "max_of({}, {})", a.value, b.value),
            Self::Signed(negative, inner) => write!(f, "{}{}", if *negative { "-" } else { "+" }, inner.value),
            Self::Arithmetic(op, a, b) => write!(f, "{} {} {}", a.value, op.as_str(), b.value),
            Self::Paren(inner) => write!(f, "({})", inner.value),
        }
    }
}

impl Display for Binary {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.left, self.op.value.as_str())?;
        if self.returns_bool {
            f.write_str(" bool")?;
        }
        write!(f, "{} {}", self.matching, self.right)
    }
}

impl Display for Matching {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if let Some(labels) = &self.labels {
            write!(f, " {} ({})", if self.on { "on" } else { "ignoring" }, Labels(labels))?;
        }
        // The parentheses are there even when empty, or those of the right side would be taken for them.
        match self.many {
            Some(Side::Left) => write!(f, " group_left ({})", Labels(&self.include))?,
            Some(Side::Right) => write!(f, " group_right ({})", Labels(&self.include))?,
            None => {}
        }
        for (name, value) in [("fill_left", &self.fill_left), ("fill_right", &self.fill_right)] {
            if let Some(value) = value {
                write!(f, " {name} ({})", value.value)?;
            }
        }
        Ok(())
    }
}

impl Display for Aggregate {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.op.value.as_str())?;
        if let Some(Grouping { without, labels }) = &self.grouping {
            write!(f, " {} ({}) ", if *without { "without" } else { "by" }, Labels(labels))?;
        }
        f.write_str("(")?;
        if let Some(parameter) = &self.parameter {
            write!(f, "{parameter}, ")?;
        }
        write!(f, "{})", self.expr)
    }
}

struct Labels<'a>(&'a [Located<String>]);

impl Display for Labels<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let labels: Vec<_> = self.0.iter().map(|label| Label(&label.value)).collect();
        separated(f, &labels)
    }
}

struct Label<'a>(&'a str);

impl Display for Label<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        if is_plain_label(self.0) { f.write_str(self.0) } else { write!(f, "{}", Quoted(self.0)) }
    }
}

struct Quoted<'a>(&'a str);

impl Display for Quoted<'_> {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for c in self.0.chars() {
            match c {
                '"' => f.write_str("\\\"")?,
                '\\' => f.write_str("\\\\")?,
                '\n' => f.write_str("\\n")?,
                c if c.is_control() => write!(f, "\\u{:04x}", u32::from(c))?,
                c => write!(f, "{c}")?,
            }
        }
        f.write_str("\"")
    }
}

fn separated(f: &mut Formatter<'_>, parts: &[impl Display]) -> fmt::Result {
    for (index, part) in parts.iter().enumerate() {
        let comma = if index == 0 { "" } else { ", " };
        write!(f, "{comma}{part}")?;
    }
    Ok(())
}
