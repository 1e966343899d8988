//! The forms of texts as patterns, in the dialect of ECMAScript that JSON Schema has.

use super::Form;

const DATE: &str = "[0-9]{4}-(?:(?:0[13578]|1[02])-(?:0[1-9]|[12][0-9]|3[01])|(?:0[469]|11)-(?:0[1-9]|[12][0-9]|30)\
                    |02-(?:0[1-9]|[12][0-9]))";
const MINUTE: &str = "(?:[01][0-9]|2[0-3]):[0-5][0-9]";
const OFFSET: &str = "(?:Z|[+-](?:[01][0-9]|2[0-3]):[0-5][0-9])";
const LENGTH: &str = "(?:[0-9]+y)?(?:[0-9]+w)?(?:[0-9]+d)?(?:[0-9]+h)?(?:[0-9]+m)?(?:[0-9]+s)?(?:[0-9]+ms)?";
const NAME: &str = "[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?";
const URL: &str = "[hH][tT][tT][pP][sS]?://(?:[^/?#\\s]*@)?(?:\\[[^\\]/?#\\s]+\\]|[^\\[:/?#\\s@][^:/?#\\s@]*)\
                   (?::[0-9]{0,5})?(?:[/?#]\\S*)?";
const PART: &str = "(?!\\.{1,2}(?:/|$))[^/\\\\\\u0000]+";

/// What a text of the form matches as a whole; `None`: anything, as far as a pattern can say.
pub(super) fn pattern(form: Form) -> Option<String> {
    Some(match form {
        Form::Any
        | Form::Prose(_)
        | Form::Named(_)
        | Form::LabelValue
        | Form::Zone
        | Form::Word(_)
        | Form::Secret
        | Form::Template
        | Form::Matcher => return None,
        Form::Name(_) => NAME.to_owned(),
        Form::Reference(kinds) => format!("(?:{}):[\\s\\S]+", kinds.join("|")),
        Form::Number => "[+-]?(?:[0-9]+\\.?[0-9]*|\\.[0-9]+)(?:[eE][+-]?[0-9]{1,2})?".to_owned(),
        Form::LabelName => "[a-zA-Z_][a-zA-Z0-9_]*".to_owned(),
        Form::Duration => format!("0|(?=[0-9]){LENGTH}"),
        Form::Period => format!("(?=[0-9a-z]*[1-9]){LENGTH}"),
        // Some unit of a second or more that is not zero, or a thousand milliseconds.
        Form::Patience => {
            format!("(?=(?:[0-9]+[a-z]+)*?(?:0*[1-9][0-9]*(?:[ywdhs]|m(?!s))|0*[1-9][0-9]{{3,}}ms)){LENGTH}")
        }
        Form::Civil => format!("{DATE}T{MINUTE}(?::00)?"),
        Form::CivilOrInstant => format!("{DATE}T{MINUTE}(?:(?::00)?|(?::[0-5][0-9](?:\\.[0-9]{{1,9}})?)?{OFFSET})"),
        Form::Instant => format!("{DATE}T{MINUTE}(?::[0-5][0-9](?:\\.[0-9]{{1,9}})?)?{OFFSET}"),
        Form::DayOrInstant => format!("{DATE}(?:T{MINUTE}(?::[0-5][0-9](?:\\.[0-9]{{1,9}})?)?{OFFSET})?"),
        Form::Times => format!("\\s*{MINUTE}\\s*-\\s*(?:{MINUTE}|24:00)\\s*"),
        Form::Weekday => format!("\\s*{0}\\s*(?::\\s*{0}\\s*)?", weekday()),
        Form::Url => URL.to_owned(),
        Form::SecretUrl => format!("(?![\\s\\S]*\\{{\\{{){URL}"),
        Form::Path => format!("{PART}(?:/{PART})*"),
        Form::PathOrUrl => format!("{URL}|{PART}(?:/{PART})*"),
    })
}

/// A day in any case of letters.
fn weekday() -> String {
    let days = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
    let any_case = |day: &str| day.chars().map(|c| format!("[{}{c}]", c.to_ascii_uppercase())).collect::<String>();
    format!("(?:{})", days.map(any_case).join("|"))
}
