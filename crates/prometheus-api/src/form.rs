//! A request without its server, and its parameters.

use percent_encoding::percent_decode;

/// A request.
#[derive(Debug, Clone, Copy)]
pub struct ApiRequest<'a> {
    /// How it was made.
    pub method: Method,
    /// Its path below the place where the API is mounted, still escaped: `/api/v1/query`.
    pub path: &'a str,
    /// What follows the question mark, still escaped.
    pub query: &'a str,
    /// The body of a form; empty when there is none.
    pub form: &'a [u8],
}

/// How a request was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Method {
    /// `GET` or `HEAD`
    Get,
    /// `POST`
    Post,
    /// `OPTIONS`
    Options,
    /// Any other.
    Other,
}

/// The parameters of a request: those of the form before those of the address.
#[derive(Debug, Default)]
pub(crate) struct Params(Vec<(String, String)>);

impl Params {
    pub(crate) fn of(request: &ApiRequest<'_>) -> Self {
        let form = if request.method == Method::Post { request.form } else { &[] };
        Self([form, request.query.as_bytes()].into_iter().flat_map(pairs).collect())
    }

    /// The first value of a parameter; `None` when it is missing or empty, which is the same to Prometheus.
    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        let first = self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str());
        first.filter(|value| !value.is_empty())
    }

    /// The value of a parameter; empty when it is missing.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.get(name).unwrap_or_default()
    }

    /// All values of a parameter.
    pub(crate) fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(known, _)| known == name).map(|(_, value)| value.as_str())
    }
}

fn pairs(text: &[u8]) -> impl Iterator<Item = (String, String)> {
    text.split(|byte| *byte == b'&').filter(|pair| !pair.is_empty()).map(|pair| {
        let split = pair.iter().position(|byte| *byte == b'=');
        let (name, value) = split.and_then(|at| pair.split_at_checked(at)).unwrap_or((pair, &[]));
        (unescaped(name, true), unescaped(value.get(1..).unwrap_or_default(), true))
    })
}

/// Text of which `%` says bytes, and in forms `+` a blank.
pub(crate) fn unescaped(text: &[u8], form: bool) -> String {
    let blanks: Vec<u8> = text.iter().map(|byte| if form && *byte == b'+' { b' ' } else { *byte }).collect();
    percent_decode(&blanks).decode_utf8_lossy().into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_form_comes_before_the_address() {
        let request = ApiRequest {
            method: Method::Post,
            path: "/api/v1/query",
            query: "query=2&match%5B%5D=b&a&empty=",
            form: b"query=sum+by(x)%20%2B1&match[]=a",
        };
        let params = Params::of(&request);
        assert_eq!(params.text("query"), "sum by(x) +1");
        assert_eq!(params.all("match[]").collect::<Vec<_>>(), ["a", "b"]);
        assert_eq!((params.get("a"), params.get("empty"), params.get("b")), (None, None, None));
        assert_eq!(Params::of(&ApiRequest { method: Method::Get, ..request }).text("query"), "2");
    }
}
