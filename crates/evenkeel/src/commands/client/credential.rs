//! The token to show. It comes from a file, so that it is on no command line and in no list of processes.

use std::fs::File;
use std::io::{self, Read};
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use evenkeel_cli::client::{Refusal, Remote};

use super::failure;

/// In a data folder, the file with the owner's token.
const OWNER_TOKEN: &str = "owner-token";
/// No token is longer than that.
const TOKEN_BYTES_MAX: u64 = 4096;

/// What is shown to the server.
pub(crate) enum Credential {
    /// Nothing.
    None,
    /// A token.
    Token {
        token: String,
        /// The file it is from, where others on this machine can read it, too.
        open_to_others: Option<PathBuf>,
    },
}

impl Credential {
    pub(crate) fn token(&self) -> Option<&str> {
        match self {
            Self::None => None,
            Self::Token { token, .. } => Some(token),
        }
    }

    /// A line for whoever should close the file, or nothing.
    pub(crate) fn warning(&self) -> String {
        match self {
            Self::Token { open_to_others: Some(file), .. } => {
                let file = file.display();
                format!("warning: others on this machine can read the token in `{file}`; run `chmod 600 {file}`\n")
            }
            Self::None | Self::Token { open_to_others: None, .. } => String::new(),
        }
    }
}

/// Reads the token that the command line names, else the one the environment names.
pub(crate) fn read(remote: &Remote, from_environment: Option<&str>) -> Result<Credential, Refusal> {
    match (&remote.token_file, &remote.data, from_environment) {
        (Some(file), _, _) => from_file(file),
        (None, Some(data), _) => {
            let file = data.join(OWNER_TOKEN);
            if file.exists() { from_file(&file) } else { Err(failure::no_owner_token(data)) }
        }
        (None, None, Some(file)) => from_file(Path::new(file)),
        (None, None, None) => Ok(Credential::None),
    }
}

fn from_file(path: &Path) -> Result<Credential, Refusal> {
    let (text, mode) = contents(path).map_err(|error| failure::unreadable_token(path, &error.to_string()))?;
    let token = text.trim();
    if token.is_empty() || !token.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Err(failure::unreadable_token(path, "it holds no token, which is one line of letters and digits"));
    }
    let open_to_others = (mode & 0o077 != 0).then(|| path.to_owned());
    Ok(Credential::Token { token: token.to_owned(), open_to_others })
}

fn contents(path: &Path) -> io::Result<(String, u32)> {
    let file = File::open(path)?;
    let mode = file.metadata()?.permissions().mode();
    let mut text = String::new();
    file.take(TOKEN_BYTES_MAX).read_to_string(&mut text)?;
    Ok((text, mode))
}

#[cfg(test)]
mod tests {
    use std::fs::{self, Permissions};

    use super::*;

    fn check(text: &[u8], mode: u32, expect: &str) {
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("token");
        fs::write(&file, text).expect("a file");
        fs::set_permissions(&file, Permissions::from_mode(mode)).expect("permissions");
        let shown = match from_file(&file) {
            Ok(credential) => {
                format!("{:?}{}", credential.token(), if credential.warning().is_empty() { "" } else { " open" })
            }
            Err(refusal) => refusal.message,
        };
        assert_eq!(shown.replace(&file.display().to_string(), "FILE"), expect);
    }

    #[test]
    fn a_token_is_the_one_line_of_its_file() {
        check(b"ek_abc\n", 0o600, r#"Some("ek_abc")"#);
        check(b"ek_abc\n", 0o644, r#"Some("ek_abc") open"#);
        let none = "no token in `FILE`: it holds no token, which is one line of letters and digits";
        check(b"\n", 0o600, none);
        check(b"ek_a\nek_b\n", 0o600, none);
        check("ek_ä".as_bytes(), 0o600, none);
        check(b"\xff", 0o600, "no token in `FILE`: stream did not contain valid UTF-8");
    }
}
