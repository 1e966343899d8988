//! `http_config` and `tls_config`.
//!
//! Source: prometheus/common, `config/http_config.go`.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_model::document::HttpDocument;
use evenkeel_model::{HttpAuth, HttpOptions, TlsOptions, codes};

use super::secret::credential;
use crate::fields::{Cx, Fields};
use crate::yaml::Value;

/// Options that somebody relies on and we do not have.
pub(super) type Unsupported = Vec<Spanned<Box<str>>>;

/// Reads `http_config`.
pub(super) fn http(fields: &mut Fields<'_>, cx: &mut Cx) -> Option<HttpDocument> {
    let mut fields = fields.mapping("http_config", "`http_config`", cx)?;
    let mut unsupported = Unsupported::new();
    let not_ours =
        ["oauth2", "proxy_url", "proxy_from_environment", "proxy_connect_header", "no_proxy", "http_headers"];
    refuse(&mut fields, &not_ours, &mut unsupported, cx);
    let auth = auth(&mut fields, &mut unsupported, cx);
    let tls = tls(&mut fields, "tls_config", &mut unsupported, cx).unwrap_or_default();
    let follow_redirects = fields.boolean("follow_redirects", cx).unwrap_or(true);
    fields.ignored(&["enable_http2"], cx);
    fields.finish(cx);
    Some(HttpDocument { options: HttpOptions { auth, tls, follow_redirects }, unsupported })
}

/// Reads a `tls_config`.
pub(super) fn tls(
    fields: &mut Fields<'_>,
    name: &'static str,
    unsupported: &mut Unsupported,
    cx: &mut Cx,
) -> Option<TlsOptions> {
    let mut fields = fields.mapping(name, "`tls_config`", cx)?;
    refuse(&mut fields, &["ca", "cert", "key", "ca_ref", "cert_ref", "key_ref"], unsupported, cx);
    fields.not_used(&["min_version", "max_version"], cx);
    let mut path = |name| fields.text(name, cx).map(|path| Box::<str>::from(path.value));
    let (ca_file, cert_file, key_file) = (path("ca_file"), path("cert_file"), path("key_file"));
    let server_name = path("server_name");
    let insecure_skip_verify = fields.boolean("insecure_skip_verify", cx).unwrap_or(false);
    let inline = fields.node("cert").is_some() || fields.node("key").is_some();
    if cert_file.is_some() != key_file.is_some() && !inline {
        fields.missing(if cert_file.is_some() { "key_file" } else { "cert_file" }, cx);
    }
    fields.finish(cx);
    Some(TlsOptions { ca_file, cert_file, key_file, server_name, insecure_skip_verify })
}

/// Remembers options that are set and that we do not have; whoever resolves says what that means.
fn refuse(fields: &mut Fields<'_>, names: &[&'static str], unsupported: &mut Unsupported, cx: &mut Cx) {
    for name in names {
        let Some((key, node)) = fields.entry(name) else { continue };
        cx.blank(node);
        if node.value != Value::Bool(false) && node.as_text() != Some("") {
            unsupported.push(Spanned::new((*name).into(), key));
        }
    }
}

fn auth(fields: &mut Fields<'_>, unsupported: &mut Unsupported, cx: &mut Cx) -> Option<HttpAuth> {
    one_way_in(fields, cx);
    if let Some(credentials) = credential(fields, ["bearer_token", "bearer_token_file"], cx) {
        return Some(HttpAuth::Authorization { scheme: "Bearer".into(), credentials });
    }
    basic(fields, unsupported, cx).or_else(|| authorization(fields, unsupported, cx))
}

/// Of the ways to give credentials only one may be used.
fn one_way_in(fields: &mut Fields<'_>, cx: &mut Cx) {
    let ways = ["basic_auth", "authorization", "bearer_token", "bearer_token_file", "oauth2"];
    let used: Vec<(Span, &str)> =
        ways.iter().filter_map(|name| fields.entry(name).map(|(key, _)| (key, *name))).collect();
    if let [(first, one), (second, other), ..] = used.as_slice() {
        // The pair of a token and its file is reported where the token is read.
        if !(one.starts_with("bearer") && other.starts_with("bearer")) {
            let headline = format!("`{one}` and `{other}` exclude each other");
            let diag = Diagnostic::error(codes::CONFLICTING_FIELDS, *second, headline);
            cx.push(diag.related(*first, "the other one").help("keep the one that the other side asks for"));
        }
    }
}

fn basic(fields: &mut Fields<'_>, unsupported: &mut Unsupported, cx: &mut Cx) -> Option<HttpAuth> {
    let mut fields = fields.mapping("basic_auth", "`basic_auth`", cx)?;
    refuse(&mut fields, &["username_file", "username_ref", "password_ref"], unsupported, cx);
    let username = fields.text("username", cx).map_or("".into(), |name| name.value.into());
    let password = credential(&mut fields, ["password", "password_file"], cx);
    fields.finish(cx);
    Some(HttpAuth::Basic { username, password })
}

fn authorization(fields: &mut Fields<'_>, unsupported: &mut Unsupported, cx: &mut Cx) -> Option<HttpAuth> {
    let mut fields = fields.mapping("authorization", "`authorization`", cx)?;
    refuse(&mut fields, &["credentials_ref"], unsupported, cx);
    let scheme = fields.text("type", cx);
    if let Some(scheme) = scheme.filter(|scheme| scheme.value.trim().eq_ignore_ascii_case("basic")) {
        let diag = Diagnostic::error(codes::INVALID_VALUE, scheme.span, "`authorization` is not for basic credentials");
        cx.push(diag.help("use `basic_auth`"));
    }
    let credentials = credential(&mut fields, ["credentials", "credentials_file"], cx);
    if credentials.is_none() && fields.node("credentials_ref").is_none() {
        fields.missing("credentials", cx);
    }
    fields.finish(cx);
    Some(HttpAuth::Authorization {
        scheme: scheme.map_or("Bearer", |scheme| scheme.value.trim()).into(),
        credentials: credentials?,
    })
}
