//! Ids as people write them: `17`, or `incident:17` as everything prints them.

use evenkeel_ids::{
    AttestationId, ImprovementId, IncidentId, OverrideId, ProblemId, Seq, SilenceId, TokenId, UpdateId,
};

/// Alertmanager's clients demand UUIDs for silences; the server puts the number behind this.
const SILENCE_UUID: &str = "00000000-0000-8000-8000-";

fn seq(kind: &str, text: &str) -> Result<Seq, String> {
    let number = text.strip_prefix(kind).and_then(|rest| rest.strip_prefix(':')).unwrap_or(text);
    let digits = number.bytes().all(|byte| byte.is_ascii_digit());
    let number = number.parse().ok().filter(|number| digits && *number > 0);
    number.map(Seq).ok_or_else(|| format!("neither a number such as `17` nor an id such as `{kind}:17`"))
}

/// Reads an incident's id.
pub(crate) fn incident_id(text: &str) -> Result<IncidentId, String> {
    seq(IncidentId::KIND, text).map(IncidentId)
}

/// Reads an attestation's id.
pub(crate) fn attestation_id(text: &str) -> Result<AttestationId, String> {
    seq(AttestationId::KIND, text).map(AttestationId)
}

/// Reads an improvement's id.
pub(crate) fn improvement_id(text: &str) -> Result<ImprovementId, String> {
    seq(ImprovementId::KIND, text).map(ImprovementId)
}

/// Reads a problem's id.
pub(crate) fn problem_id(text: &str) -> Result<ProblemId, String> {
    seq(ProblemId::KIND, text).map(ProblemId)
}

/// Reads an update's id.
pub(crate) fn update_id(text: &str) -> Result<UpdateId, String> {
    seq(UpdateId::KIND, text).map(UpdateId)
}

/// Reads an override's id.
pub(crate) fn override_id(text: &str) -> Result<OverrideId, String> {
    seq(OverrideId::KIND, text).map(OverrideId)
}

/// Reads a token's id. A secret in its place is not repeated.
pub(crate) fn token_id(text: &str) -> Result<TokenId, String> {
    if text.starts_with("ek_") {
        return Err("the id of a token is wanted, such as `token:17`, not its secret".to_owned());
    }
    seq(TokenId::KIND, text).map(TokenId)
}

/// Reads a silence's id, also in the form Alertmanager's tools print.
pub(crate) fn silence_id(text: &str) -> Result<SilenceId, String> {
    let digits = text.strip_prefix(SILENCE_UUID).filter(|digits| digits.len() == 12);
    let number = digits.and_then(|digits| u64::from_str_radix(digits, 16).ok());
    number.map_or_else(|| seq(SilenceId::KIND, text), |number| Ok(Seq(number))).map(SilenceId)
}

/// A silence's id as the server's Alertmanager API has it.
pub(crate) fn silence_uuid(id: SilenceId) -> String {
    format!("{SILENCE_UUID}{:012x}", id.seq().0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_is_a_number_with_or_without_its_kind() {
        assert_eq!(incident_id("17"), Ok(IncidentId(Seq(17))));
        assert_eq!(incident_id("incident:17"), Ok(IncidentId(Seq(17))));
        for wrong in ["", "0", "-1", "+1", "incident:", "incident:0", "problem:17", "incident17", "17a", "٣"] {
            let error = incident_id(wrong).expect_err(wrong);
            assert_eq!(error, "neither a number such as `17` nor an id such as `incident:17`");
        }
    }

    #[test]
    fn a_silence_is_also_named_by_its_uuid() {
        let id = SilenceId(Seq(42));
        assert_eq!(silence_id(&silence_uuid(id)), Ok(id));
        assert_eq!(silence_id("silence:42"), Ok(id));
        assert!(silence_id("6f2c5d1e-0000-4000-8000-00000000002a").is_err());
    }

    #[test]
    fn a_secret_given_for_an_id_is_not_repeated() {
        let error = token_id("ek_c2VjcmV0").expect_err("a secret");
        assert!(!error.contains("c2VjcmV0"), "{error}");
    }
}
