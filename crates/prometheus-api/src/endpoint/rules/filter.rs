//! Which rules are asked for, and how many groups at a time.

use evenkeel_labels::Matcher;

use crate::form::Params;
use crate::parameter::{selections, whole};
use crate::{ApiFault, Rule, RuleGroup};

/// Which rules are asked for.
#[derive(Debug)]
pub(super) struct Filter {
    alerting: bool,
    recording: bool,
    names: Vec<String>,
    groups: Vec<String>,
    files: Vec<String>,
    matchers: Vec<Vec<Matcher>>,
    pub(super) with_alerts: bool,
}

impl Filter {
    pub(super) fn of(params: &Params) -> Result<Self, ApiFault> {
        let kind = params.text("type").to_lowercase();
        if !matches!(&*kind, "" | "alert" | "record") {
            return Err(ApiFault::parameter("type", format!("not supported value {kind:?}")));
        }
        let all = |name| params.all(name).map(str::to_owned).collect();
        let without = match params.text("exclude_alerts") {
            "" | "0" | "f" | "F" | "false" | "FALSE" | "False" => false,
            "1" | "t" | "T" | "true" | "TRUE" | "True" => true,
            other => {
                let why =
                    format!("error converting exclude_alerts: strconv.ParseBool: parsing {other:?}: invalid syntax");
                return Err(ApiFault::parameter("exclude_alerts", why));
            }
        };
        Ok(Self {
            alerting: kind != "record",
            recording: kind != "alert",
            names: all("rule_name[]"),
            groups: all("rule_group[]"),
            files: all("file[]"),
            matchers: selections(params)?.into_iter().map(|selection| selection.matchers).collect(),
            with_alerts: !without,
        })
    }

    /// The rules of a group that are asked for.
    pub(super) fn rules<'g>(&self, group: &'g RuleGroup) -> Vec<&'g Rule> {
        let named = |names: &[String], name: &str| names.is_empty() || names.iter().any(|known| known == name);
        if !named(&self.groups, &group.name) || !named(&self.files, &group.file) {
            return Vec::new();
        }
        let fits = |rule: &&Rule| {
            let kind = match rule {
                Rule::Alerting(_) => self.alerting,
                Rule::Recording(_) => self.recording,
            };
            let labels = rule.labels();
            let fit = |set: &Vec<Matcher>| set.iter().all(|matcher| matcher.matches(labels));
            kind && named(&self.names, rule.name()) && (self.matchers.is_empty() || self.matchers.iter().any(fit))
        };
        group.rules.iter().filter(fits).collect()
    }
}

/// How many groups are asked for, and from which on.
#[derive(Debug)]
pub(super) struct Page {
    most: Option<usize>,
    from: Option<String>,
}

impl Page {
    pub(super) fn of(params: &Params) -> Result<Self, ApiFault> {
        let most = match params.get("group_limit") {
            None => None,
            Some(text) => {
                let number = whole(text).map_err(|why| ApiFault::parameter("group_limit", why))?;
                let most = usize::try_from(number).ok().filter(|most| *most > 0);
                Some(most.ok_or_else(|| ApiFault::parameter("group_limit", "group_limit needs to be greater than 0"))?)
            }
        };
        let from = params.get("group_next_token").map(str::to_owned);
        if from.is_some() && most.is_none() {
            let why = "group_limit needs to be present in order to paginate over the groups";
            return Err(ApiFault::parameter("group_next_token", why));
        }
        Ok(Self { most, from })
    }

    /// The groups of this page, and what asks for the next one.
    pub(super) fn cut<'g, T>(
        &self,
        all: &'g [T],
        group: impl Fn(&T) -> &RuleGroup,
    ) -> Result<(&'g [T], Option<String>), ApiFault> {
        let rest = match &self.from {
            None => all,
            Some(asked) => {
                let place = all.iter().position(|each| token(group(each)) == *asked);
                let why = || ApiFault::parameter("group_next_token", format!("no group has the token {asked:?}"));
                place.and_then(|at| all.get(at..)).ok_or_else(why)?
            }
        };
        let (page, later) = self.most.and_then(|most| rest.split_at_checked(most)).unwrap_or((rest, &[]));
        Ok((page, later.first().map(|next| token(group(next)))))
    }
}

/// What asks for a page that begins with a group. Clients only hand it back.
fn token(group: &RuleGroup) -> String {
    let text = format!("{};{}", group.file, group.name);
    text.bytes().map(|byte| format!("{byte:02x}")).collect()
}
