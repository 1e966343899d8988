//! What a route does, which decides who may call it.

/// What a route does, which decides who may call it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Action {
    /// Says whether the process lives and takes work. Open to everyone who can connect.
    Probe,
    /// Shows how the program is doing, in numbers. Open on this machine, and to every token.
    Health,
    /// Reads metrics. Open on this machine, where Grafana and promtool have no token to send.
    Measure,
    /// Looks after one's own access: who one is, one's tokens, a link to log in. Every token may.
    Access,
    /// Takes alerts and events in.
    Intake,
    /// Reports facts.
    Report,
    /// Shows something.
    Read,
    /// Acts on incidents and silences.
    Respond,
    /// Changes who is on call, and what goes to customers.
    Operate,
    /// Looks after everything, tokens of others too.
    Administer,
    /// Carries a signed link, which says itself what it allows.
    Link,
    /// Logs in with a signed link, or out.
    Login,
    /// Tells what happened elsewhere, under a signature of its own.
    Hook,
}

impl Action {
    /// Every action.
    pub const ALL: [Self; 13] = [
        Self::Probe,
        Self::Health,
        Self::Measure,
        Self::Access,
        Self::Intake,
        Self::Report,
        Self::Read,
        Self::Respond,
        Self::Operate,
        Self::Administer,
        Self::Link,
        Self::Login,
        Self::Hook,
    ];

    /// As printed.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Probe => "probe",
            Self::Health => "health",
            Self::Measure => "measure",
            Self::Access => "access",
            Self::Intake => "intake",
            Self::Report => "report",
            Self::Read => "read",
            Self::Respond => "respond",
            Self::Operate => "operate",
            Self::Administer => "administer",
            Self::Link => "link",
            Self::Login => "login",
            Self::Hook => "hook",
        }
    }
}
