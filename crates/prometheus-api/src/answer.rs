//! What a request is answered with, and the envelope round it.

use crate::ApiFault;
use crate::json::Json;

/// What a request is answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ApiAnswer {
    /// The status.
    pub status: u16,
    /// The value of `Content-Type`.
    pub content_type: &'static str,
    /// The body.
    pub body: Vec<u8>,
}

/// Data that is written into the envelope, and what is remarked on it.
pub(crate) struct Success {
    pub(crate) json: Json,
    pub(crate) warnings: Vec<String>,
    pub(crate) infos: Vec<String>,
}

/// Remarks of a kind that are sent. Source: Prometheus, `web/api/v1` (`AsStrings(query, 10, 10)`).
const REMARKS_MAX: usize = 10;

/// Begins an answer: what is written next is its data.
pub(crate) fn data() -> Json {
    let mut json = Json::default();
    json.raw("{\"status\":\"success\",\"data\":");
    json
}

impl Success {
    /// Data without remarks.
    pub(crate) const fn plain(json: Json) -> Self {
        Self { json, warnings: Vec::new(), infos: Vec::new() }
    }

    /// Data that may have been cut to a limit.
    pub(crate) fn cut(json: Json, truncated: bool) -> Self {
        let warnings = if truncated { vec!["results truncated due to limit".to_owned()] } else { Vec::new() };
        Self { json, warnings, infos: Vec::new() }
    }

    pub(crate) fn into_answer(self) -> ApiAnswer {
        let mut json = self.json;
        remarks(&mut json, "warnings", "warning", &self.warnings);
        remarks(&mut json, "infos", "info", &self.infos);
        json.raw("}");
        ApiAnswer { status: 200, content_type: "application/json", body: json.into_bytes() }
    }
}

fn remarks(json: &mut Json, field: &str, kind: &str, texts: &[String]) {
    if texts.is_empty() {
        return;
    }
    json.raw(",");
    json.key(field);
    let more = texts.len().saturating_sub(REMARKS_MAX);
    let rest = (more > 0).then(|| format!("{more} more {kind} annotations omitted"));
    json.list(texts.iter().take(REMARKS_MAX).chain(&rest), |json, text| json.text(text));
}

impl From<ApiFault> for ApiAnswer {
    fn from(fault: ApiFault) -> Self {
        let mut json = Json::default();
        json.raw("{\"status\":\"error\",");
        json.field("errorType", |json| json.text(fault.kind.as_str()));
        json.raw(",");
        json.field("error", |json| json.text(&fault.text));
        json.raw("}");
        Self { status: fault.kind.status(), content_type: "application/json", body: json.into_bytes() }
    }
}

/// An answer that is no JSON.
pub(crate) fn plain(status: u16, text: &str) -> ApiAnswer {
    ApiAnswer { status, content_type: "text/plain; charset=utf-8", body: text.as_bytes().to_vec() }
}
