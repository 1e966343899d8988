//! Commands that ask a running server: sends what they ask for, and prints what they make of the answer.

mod credential;
mod exchange;
pub(crate) mod failure;
pub(super) mod local_zone;
mod place;
#[cfg(test)]
mod tests;

use std::io::{ErrorKind, IsTerminal, Write, stderr, stdout};

use evenkeel_cli::args::Format;
use evenkeel_cli::client::{ClientCommand, Context, Refusal, Remote, Request, Shown, json};
use evenkeel_cli::exit::Exit;
use serde_json::Value;

use crate::environment::Environment;
use crate::serve::wall_now;
use credential::Credential;
use place::Place;

/// Runs a command to its end.
pub(crate) async fn run(
    command: &impl ClientCommand,
    remote: &Remote,
    environment: &Environment,
) -> anyhow::Result<Exit> {
    let cx = context(remote, environment);
    let (mut out, mut err) = (Vec::new(), Vec::new());
    let exit = converse(command, remote, environment, &cx, &mut Printer { out: &mut out, err: &mut err }).await?;
    written(stderr().write_all(&err))?;
    written(stdout().write_all(&out))?;
    Ok(exit)
}

/// What a command knows of its surroundings.
pub(crate) fn context(remote: &Remote, environment: &Environment) -> Context {
    let zone = remote.zone_or(|| local_zone::read(environment.zone.as_deref()));
    let color = stdout().is_terminal() && !environment.no_color;
    Context { now: wall_now(), zone, color, user: environment.user.clone() }
}

/// Whoever reads the output may have seen enough of it.
pub(crate) fn written(result: std::io::Result<()>) -> std::io::Result<()> {
    match result {
        Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
        other => other,
    }
}

/// Where results and the words beside them go.
pub(crate) struct Printer<'a> {
    pub(crate) out: &'a mut dyn Write,
    pub(crate) err: &'a mut dyn Write,
}

impl Printer<'_> {
    /// Prints an answer in the format that was asked for.
    pub(crate) fn print(&mut self, format: Format, answer: &Value, shown: &Shown) -> std::io::Result<()> {
        match format {
            Format::Json => write!(self.out, "{}", json(answer)),
            Format::Text => {
                write!(self.err, "{}", shown.err)?;
                write!(self.out, "{}", shown.out)
            }
        }
    }

    /// Says why something was not done.
    pub(crate) fn refuse(&mut self, format: Format, refusal: &Refusal) -> std::io::Result<()> {
        match format {
            Format::Json => writeln!(self.err, "{}", failure::json(refusal)),
            Format::Text => write!(self.err, "{}", failure::text(refusal)),
        }
    }
}

/// Asks all that the command asks, up to the first refusal.
async fn converse(
    command: &impl ClientCommand,
    remote: &Remote,
    environment: &Environment,
    cx: &Context,
    printer: &mut Printer<'_>,
) -> std::io::Result<Exit> {
    let requests = match command.requests(cx) {
        Ok(requests) => requests,
        Err(wrong) => return refused(printer, remote.format, &failure::usage(wrong)),
    };
    let mut exit = Exit::Good;
    for request in requests {
        let asked = async {
            let (place, credential) = prepare(&request, remote, environment)?;
            let answer = ask(command, request, &place, &credential, cx).await?;
            let shown = command.show(&answer, cx).map_err(|error| failure::unreadable(&place, &error))?;
            Ok((credential, answer, shown))
        };
        match asked.await {
            Ok((credential, answer, shown)) => {
                write!(printer.err, "{}", credential.warning())?;
                printer.print(remote.format, &answer, &shown)?;
                exit = shown.exit;
            }
            Err(refusal) => return refused(printer, remote.format, &refusal),
        }
    }
    Ok(exit)
}

fn refused(printer: &mut Printer<'_>, format: Format, refusal: &Refusal) -> std::io::Result<Exit> {
    printer.refuse(format, refusal).map(|()| refusal.exit)
}

/// Whom to ask, and with what.
fn prepare(request: &Request, remote: &Remote, environment: &Environment) -> Result<(Place, Credential), Refusal> {
    let place = Place::read(remote.server.as_deref().or(environment.server.as_deref()))?;
    let credential = credential::read(remote, environment.token_file.as_deref())?;
    if matches!(credential, Credential::None) && !(request.anonymous && place.loopback) {
        return Err(failure::no_token());
    }
    if credential.token().is_some() && !place.private && !remote.insecure_http {
        return Err(failure::in_clear(&place));
    }
    Ok((place, credential))
}

/// What `read` makes of the answers to several requests, or why there are none.
pub(crate) async fn answers<T>(
    requests: impl IntoIterator<Item = Request>,
    remote: &Remote,
    environment: &Environment,
    read: impl FnOnce(&[Value]) -> Result<T, serde_json::Error>,
) -> Result<T, Refusal> {
    let place = Place::read(remote.server.as_deref().or(environment.server.as_deref()))?;
    let mut answers = Vec::new();
    for request in requests {
        let (place, credential) = prepare(&request, remote, environment)?;
        answers.push(exchange::send(request, &place, &credential).await?);
    }
    read(&answers).map_err(|error| failure::unreadable(&place, &error))
}

/// The answer, or that to what follows from it.
async fn ask(
    command: &impl ClientCommand,
    request: Request,
    place: &Place,
    credential: &Credential,
    cx: &Context,
) -> Result<Value, Refusal> {
    let answer = exchange::send(request, place, credential).await?;
    let follow_up = command.follow_up(&answer, cx).map_err(|error| failure::unreadable(place, &error))?;
    let answer = match follow_up {
        Some(request) => exchange::send(request, place, credential).await?,
        None => answer,
    };
    Ok(command.select(answer, cx))
}
