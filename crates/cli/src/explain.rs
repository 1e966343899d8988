//! `evenkeel explain`: what a code means, and what to do about it.

use std::fmt::{self, Write};

use clap::Args;
use evenkeel_diagnostic::{Code, did_you_mean};
use serde_json::{Value, json};

use crate::args::Format;

/// `evenkeel explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// The code, as it stands in brackets before what `check` says; without one all are listed
    #[arg(value_name = "CODE")]
    pub code: Option<String>,
    /// How to print
    #[arg(long, value_enum, default_value_t = Format::Text)]
    pub format: Format,
}

/// A code with what is known of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Explained {
    /// The code.
    pub code: Code,
    /// What is wrong, in one line.
    pub meaning: &'static str,
    /// Its page in Markdown, where there is one.
    pub page: Option<&'static str>,
}

/// No code is called so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoSuchCode {
    code: String,
    nearest: Option<&'static str>,
}

impl fmt::Display for NoSuchCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "no code `{}`; ", self.code)?;
        match self.nearest {
            Some(nearest) => write!(f, "did you mean `{nearest}`?"),
            None => f.write_str("`evenkeel explain` lists all"),
        }
    }
}

impl std::error::Error for NoSuchCode {}

impl Explain {
    /// What is printed. Shape: `known` by code.
    ///
    /// # Errors
    /// [`NoSuchCode`] when the code is not among those known.
    pub fn answer(&self, known: &[Explained]) -> Result<String, NoSuchCode> {
        let Some(code) = &self.code else { return Ok(self.list(known)) };
        let Some(found) = known.iter().find(|known| known.code == code) else {
            let nearest = did_you_mean(code, known.iter().map(|known| known.code));
            return Err(NoSuchCode { code: code.chars().take(80).filter(|c| !c.is_control()).collect(), nearest });
        };
        Ok(match self.format {
            Format::Text => page(found),
            Format::Json => format!("{:#}\n", object(found)),
        })
    }

    fn list(&self, known: &[Explained]) -> String {
        match self.format {
            Format::Text => lines(known),
            Format::Json => format!("{:#}\n", known.iter().map(object).collect::<Value>()),
        }
    }
}

fn page(known: &Explained) -> String {
    known.page.map_or_else(|| format!("# {}\n\n{}.\n", known.code, known.meaning), str::to_owned)
}

fn lines(known: &[Explained]) -> String {
    let width = known.iter().map(|known| known.code.len()).max().unwrap_or(0);
    let mut out = String::new();
    for known in known {
        let _ = writeln!(out, "{:width$}  {}", known.code, known.meaning);
    }
    out
}

fn object(known: &Explained) -> Value {
    json!({ "code": known.code, "meaning": known.meaning, "page": known.page })
}

#[cfg(test)]
mod tests {
    use super::*;

    const KNOWN: [Explained; 2] = [
        Explained { code: "no-owner", meaning: "nobody owns it", page: Some("# no-owner\n") },
        Explained { code: "no-routing", meaning: "there is no tree", page: None },
    ];

    fn answer(code: Option<&str>) -> Result<String, String> {
        let explain = Explain { code: code.map(str::to_owned), format: Format::Text };
        explain.answer(&KNOWN).map_err(|wrong| wrong.to_string())
    }

    #[test]
    fn a_code_has_a_page_and_a_slip_has_the_nearest() {
        assert_eq!(answer(Some("no-owner")).as_deref(), Ok("# no-owner\n"));
        assert_eq!(answer(Some("no-routing")).as_deref(), Ok("# no-routing\n\nthere is no tree.\n"));
        assert_eq!(answer(Some("no-ownr")), Err("no code `no-ownr`; did you mean `no-owner`?".to_owned()));
        assert_eq!(answer(Some("xyz")), Err("no code `xyz`; `evenkeel explain` lists all".to_owned()));
    }

    #[test]
    fn without_a_code_all_are_listed() {
        let listed = "no-owner    nobody owns it\nno-routing  there is no tree\n";
        assert_eq!(answer(None).as_deref(), Ok(listed));
    }
}
