//! Exit codes.

/// What a command's exit says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Exit {
    /// All is well.
    Good = 0,
    /// Something was found.
    Findings = 1,
    /// The command line is wrong.
    Usage = 2,
    /// The world does not play along: disk, network, a peer.
    Environment = 3,
    /// A bug of ours.
    Bug = 4,
}

impl From<Exit> for std::process::ExitCode {
    fn from(exit: Exit) -> Self {
        Self::from(exit as u8)
    }
}
