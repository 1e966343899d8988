//! `ntfy`: a topic that phones subscribe to.

use evenkeel_model::{HttpOptions, NtfyReceiver};

use crate::alertmanager::secret::{credential, secret_url};
use crate::fields::{Cx, Fields};

/// Reads it. Who knows a topic can read it, so its address is blanked.
pub(super) fn ntfy(mut fields: Fields<'_>, cx: &mut Cx) -> Option<NtfyReceiver> {
    let url = secret_url(&mut fields, ["url", "urlFile"], false, cx);
    let token = credential(&mut fields, ["token", "tokenFile"], cx);
    if url.is_none() && fields.node("urlFile").is_none() {
        fields.require("url", cx);
    }
    fields.finish(cx);
    let http = HttpOptions::default();
    Some(NtfyReceiver { url: url?.value, token, http })
}
