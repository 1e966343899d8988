//! `ntfy`: a topic that phones subscribe to.

use evenkeel_model::{HttpOptions, NtfyReceiver};

use crate::alertmanager::secret::{credential, secret_url};
use crate::fields::{Cx, Fields};
use crate::shape::{Field, Form, Record, Rule, Sort};

/// `ntfy`.
pub(super) static NTFY: Record = Record {
    what: "`ntfy`",
    fields: &[
        Field::new("url", Sort::Text(Form::SecretUrl), "The address of server and topic; who knows it can read it."),
        Field::new("urlFile", Sort::Text(Form::Any), "A file with that address, on the machine that sends."),
        Field::new("token", Sort::Text(Form::Secret), "The token to publish with; better in a file."),
        Field::new("tokenFile", Sort::Text(Form::Any), "A file with the token, on the machine that sends."),
    ],
    rules: &[Rule::NotBoth("url", "urlFile"), Rule::NotBoth("token", "tokenFile"), Rule::Some(&["url", "urlFile"])],
};

/// Reads it. Who knows a topic can read it, so its address is blanked.
pub(super) fn ntfy(mut fields: Fields<'_>, cx: &mut Cx) -> Option<NtfyReceiver> {
    let url = secret_url(&mut fields, ["url", "urlFile"], false, cx);
    let token = credential(&mut fields, ["token", "tokenFile"], cx);
    let http = HttpOptions::default();
    Some(NtfyReceiver { url: url?.value, token, http })
}
