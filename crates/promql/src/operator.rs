//! Binary operators.

/// A binary operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum BinaryOp {
    /// `+`
    Add,
    /// `-`
    Sub,
    /// `*`
    Mul,
    /// `/`
    Div,
    /// `%`
    Mod,
    /// `^`
    Pow,
    /// `atan2`
    Atan2,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<=`
    LessOrEqual,
    /// `<`
    Less,
    /// `>=`
    GreaterOrEqual,
    /// `>`
    Greater,
    /// `</`: what lies above a value is cut off a histogram.
    TrimUpper,
    /// `>/`: what lies below a value is cut off a histogram.
    TrimLower,
    /// `and`
    And,
    /// `unless`
    Unless,
    /// `or`
    Or,
}

impl BinaryOp {
    /// As written.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Add => "+",
            Self::Sub => "-",
            Self::Mul => "*",
            Self::Div => "/",
            Self::Mod => "%",
            Self::Pow => "^",
            Self::Atan2 => "atan2",
            Self::Equal => "==",
            Self::NotEqual => "!=",
            Self::LessOrEqual => "<=",
            Self::Less => "<",
            Self::GreaterOrEqual => ">=",
            Self::Greater => ">",
            Self::TrimUpper => "</",
            Self::TrimLower => ">/",
            Self::And => "and",
            Self::Unless => "unless",
            Self::Or => "or",
        }
    }

    /// The operator that a word is, in any case.
    pub(crate) fn from_word(word: &str) -> Option<Self> {
        [Self::And, Self::Or, Self::Unless, Self::Atan2].into_iter().find(|op| word.eq_ignore_ascii_case(op.as_str()))
    }

    /// How tightly it binds: larger binds tighter.
    pub(crate) const fn precedence(self) -> u8 {
        match self {
            Self::Or => 1,
            Self::And | Self::Unless => 2,
            Self::Equal
            | Self::NotEqual
            | Self::LessOrEqual
            | Self::Less
            | Self::GreaterOrEqual
            | Self::Greater
            | Self::TrimUpper
            | Self::TrimLower => 3,
            Self::Add | Self::Sub => 4,
            Self::Mul | Self::Div | Self::Mod | Self::Atan2 => 5,
            Self::Pow => 6,
        }
    }

    /// Whether `a OP b OP c` means `a OP (b OP c)`.
    pub(crate) const fn binds_right(self) -> bool {
        matches!(self, Self::Pow)
    }

    /// Whether it compares: filters, or gives 0 and 1 with `bool`.
    #[must_use]
    pub const fn is_comparison(self) -> bool {
        matches!(
            self,
            Self::Equal | Self::NotEqual | Self::LessOrEqual | Self::Less | Self::GreaterOrEqual | Self::Greater
        )
    }

    /// Whether it takes sets: `and`, `or`, `unless`.
    #[must_use]
    pub const fn is_set(self) -> bool {
        matches!(self, Self::And | Self::Or | Self::Unless)
    }
}
