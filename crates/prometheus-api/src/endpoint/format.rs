//! `format_query`.

use crate::ApiFault;
use crate::answer::{Success, data};
use crate::form::Params;
use crate::parameter::expression;

/// Answers `format_query`: the expression in the one form in which it is printed.
pub(crate) fn format(params: &Params) -> Result<Success, ApiFault> {
    let expr = expression(params.text("query"))?;
    let mut json = data();
    json.text(&expr.to_string());
    Ok(Success::plain(json))
}
