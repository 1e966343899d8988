//! What makes a check fail.

use std::fmt;
use std::str::FromStr;

use evenkeel_diagnostic::{Code, Diagnostic, did_you_mean};
use evenkeel_model::codes;

/// What makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FailOn {
    /// Only what keeps the plan from being taken.
    Error,
    /// Anything.
    Finding,
    /// This code.
    Code(Code),
}

impl FailOn {
    /// Whether the diagnostic is of that sort.
    #[must_use]
    pub fn takes(self, diagnostic: &Diagnostic) -> bool {
        match self {
            Self::Error => diagnostic.blocks(),
            Self::Finding => true,
            Self::Code(code) => diagnostic.code == code,
        }
    }
}

/// No code is called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchCode {
    nearest: Option<&'static str>,
}

impl fmt::Display for NoSuchCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("not `error`, `finding` or a code; ")?;
        match self.nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => f.write_str("`evenkeel explain` lists all codes"),
        }
    }
}

impl std::error::Error for NoSuchCode {}

impl FromStr for FailOn {
    type Err = NoSuchCode;

    fn from_str(text: &str) -> Result<Self, NoSuchCode> {
        let known: Vec<Code> = codes::all().into_iter().map(|(code, _)| code).collect();
        match text {
            "error" => Ok(Self::Error),
            "finding" => Ok(Self::Finding),
            code => match known.iter().find(|known| **known == code) {
                Some(code) => Ok(Self::Code(code)),
                None => {
                    let all = known.into_iter().chain(["error", "finding"]);
                    Err(NoSuchCode { nearest: did_you_mean(code, all) })
                }
            },
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_that_is_none_is_refused_with_the_nearest() {
        assert_eq!("no-owner".parse(), Ok(FailOn::Code(codes::NO_OWNER)));
        let refused = |text: &str| text.parse::<FailOn>().expect_err("no code").to_string();
        assert_eq!(refused("no-ownr"), "not `error`, `finding` or a code; did you mean `no-owner`?");
        assert_eq!(refused("findings"), "not `error`, `finding` or a code; did you mean `finding`?");
        assert_eq!(refused("xyz"), "not `error`, `finding` or a code; `evenkeel explain` lists all codes");
    }
}
