//! Contacts: people, escalation plans and on-call schedules share one shape in Incident Manager.

use evenkeel_diagnostic::{Diagnostic, Span, Spanned};
use evenkeel_formats::yaml::Node;
use evenkeel_model::codes::{INVALID_VALUE, MISSING_FIELD};
use evenkeel_model::quoted;

use crate::object::Object;
use crate::report::Report;

/// What a contact is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum ContactKind {
    Personal,
    Escalation,
    OncallSchedule,
}

/// What `get-contact` gives, and `list-contacts` without the plan.
#[derive(Debug)]
pub(super) struct Contact<'n> {
    pub(super) span: Span,
    pub(super) arn: Spanned<&'n str>,
    pub(super) alias: Spanned<&'n str>,
    pub(super) display_name: Option<&'n str>,
    pub(super) kind: ContactKind,
    pub(super) plan: Option<EngagementPlan<'n>>,
}

/// `Plan`.
#[derive(Debug, Default)]
pub(super) struct EngagementPlan<'n> {
    pub(super) stages: Vec<Stage<'n>>,
    pub(super) rotations: Vec<Spanned<&'n str>>,
}

/// One stage; the next begins after its minutes.
#[derive(Debug)]
pub(super) struct Stage<'n> {
    pub(super) minutes: u64,
    pub(super) targets: Vec<Target<'n>>,
}

/// Who or what a stage engages.
#[derive(Debug)]
pub(super) enum Target<'n> {
    Channel(Spanned<&'n str>),
    Contact(Spanned<&'n str>),
}

/// Longer than any stage that Incident Manager takes, which is 30 minutes.
const MINUTES_MAX: u64 = 24 * 60;

/// Reads one.
pub(super) fn contact<'n>(node: &'n Node, report: &mut Report) -> Option<Contact<'n>> {
    let mut fields = Object::of(node, "a contact", report)?;
    let arn = fields.required_text("ContactArn", report);
    let alias = fields.required_text("Alias", report);
    let name = fields.node("DisplayName");
    name.iter().for_each(|name| report.hide(name.span));
    let display_name = fields.text("DisplayName", report).map(|name| name.value);
    let kind = fields.required_text("Type", report).and_then(|kind| kind_of(kind, report));
    let plan = fields.object("Plan", "a plan", report).map(|fields| plan(fields, report));
    fields.ignore(&["ResponseMetadata"]);
    fields.finish(report);
    Some(Contact { span: fields.span, arn: arn?, alias: alias?, display_name, kind: kind?, plan })
}

fn kind_of(kind: Spanned<&str>, report: &mut Report) -> Option<ContactKind> {
    match kind.value {
        "PERSONAL" => Some(ContactKind::Personal),
        "ESCALATION" => Some(ContactKind::Escalation),
        "ONCALL_SCHEDULE" => Some(ContactKind::OncallSchedule),
        other => {
            let headline = format!("no type of contact is called {}", quoted(other));
            let diag = Diagnostic::error(INVALID_VALUE, kind.span, headline);
            report.push(diag.help("it is `PERSONAL`, `ESCALATION` or `ONCALL_SCHEDULE`"));
            None
        }
    }
}

fn plan<'n>(mut fields: Object<'n>, report: &mut Report) -> EngagementPlan<'n> {
    let nodes = fields.list("Stages", report);
    let stages = nodes.iter().filter_map(|node| stage(node, report)).collect();
    let rotations = fields.texts("RotationIds", report);
    fields.finish(report);
    EngagementPlan { stages, rotations }
}

fn stage<'n>(node: &'n Node, report: &mut Report) -> Option<Stage<'n>> {
    let mut fields = Object::of(node, "a stage", report)?;
    let minutes = fields.required_whole("DurationInMinutes", (0, MINUTES_MAX), report);
    let targets = fields.list("Targets", report).iter().filter_map(|node| target(node, report)).collect();
    fields.finish(report);
    Some(Stage { minutes: minutes?, targets })
}

fn target<'n>(node: &'n Node, report: &mut Report) -> Option<Target<'n>> {
    let mut fields = Object::of(node, "a target", report)?;
    let channel = fields.object("ChannelTargetInfo", "a channel's target", report);
    let contact = fields.object("ContactTargetInfo", "a contact's target", report);
    fields.finish(report);
    match (channel, contact) {
        (Some(fields), _) => channel_target(fields, report),
        (None, Some(fields)) => contact_target(fields, report),
        (None, None) => {
            let headline = "a target needs `ChannelTargetInfo` or `ContactTargetInfo`";
            report.push(Diagnostic::error(MISSING_FIELD, fields.span, headline));
            None
        }
    }
}

fn channel_target<'n>(mut fields: Object<'n>, report: &mut Report) -> Option<Target<'n>> {
    let id = fields.required_text("ContactChannelId", report);
    if let Some(retry) =
        fields.whole("RetryIntervalInMinutes", (0, MINUTES_MAX), report).filter(|retry| retry.value > 0)
    {
        let headline = "`RetryIntervalInMinutes` has no counterpart";
        let help = "a page that could not be delivered is tried again by itself";
        report.find_once(crate::codes::NOT_CARRIED_OVER, retry.span, headline, help);
    }
    fields.finish(report);
    id.map(Target::Channel)
}

fn contact_target<'n>(mut fields: Object<'n>, report: &mut Report) -> Option<Target<'n>> {
    let id = fields.required_text("ContactId", report);
    if let Some(essential) = fields.boolean("IsEssential", report).filter(|essential| !essential.value) {
        let headline = "`IsEssential: false` has no counterpart";
        let help = "whoever acknowledges stops the escalation; tell those who only want to know by a CommunicationPlan";
        report.find_once(crate::codes::APPROXIMATED, essential.span, headline, help);
    }
    fields.finish(report);
    id.map(Target::Contact)
}
