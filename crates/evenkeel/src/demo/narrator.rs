//! Tells the play as it goes, with the time since its start in front.

use std::io::{IsTerminal, Write, stderr, stdout};
use std::time::{Duration, Instant};

/// A line that says what is waited for is drawn anew this often.
const DRAW_EVERY: Duration = Duration::from_millis(100);
/// So much of it fits a terminal of 80 columns beside the times: a line that wraps could not be drawn over.
const WAITING_CHARS_MAX: usize = 60;
/// Where the text behind a label begins, counted from the label.
const LABEL_CHARS: usize = 13;
/// With the times and the label in front, text of this length fits the same terminal.
const TEXT_CHARS: usize = 57;
const PLAIN: &str = "\x1b[0m";
const ERASE_LINE: &str = "\r\x1b[K";

/// How a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Tone {
    Plain,
    Bad,
    Good,
}

/// Where the telling goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    Stdout,
    Stderr,
    Nowhere,
}

/// Tells the play.
#[derive(Debug)]
pub(crate) struct Narrator {
    place: Place,
    /// Whether a person watches: colour, and lines that change.
    live: bool,
    began: Instant,
    drawn: Option<Instant>,
}

impl Narrator {
    /// Tells on stdout.
    pub(crate) fn on_stage() -> Self {
        Self::new(Place::Stdout, stdout().is_terminal())
    }

    /// Leaves stdout alone: tells on stderr if a person watches, and else nowhere.
    pub(crate) fn aside() -> Self {
        let live = stderr().is_terminal();
        Self::new(if live { Place::Stderr } else { Place::Nowhere }, live)
    }

    fn new(place: Place, live: bool) -> Self {
        Self { place, live, began: Instant::now(), drawn: None }
    }

    /// A line of its own at the left edge.
    pub(crate) fn line(&mut self, text: &str) {
        self.print(text);
    }

    /// What happens now.
    pub(crate) fn step(&mut self, tone: Tone, text: &str) {
        let color = match tone {
            Tone::Plain => "\x1b[1m",
            Tone::Bad => "\x1b[1;31m",
            Tone::Good => "\x1b[1;32m",
        };
        let (color, plain) = if self.live { (color, PLAIN) } else { ("", "") };
        let at = self.began.elapsed().as_secs_f64();
        self.print(&format!("{at:5.1} s  {color}{text}{plain}"));
    }

    /// More about it.
    pub(crate) fn detail(&mut self, text: &str) {
        self.print(&format!("         {text}"));
    }

    /// More about one side of it, over as many lines as it takes.
    pub(crate) fn about(&mut self, label: &str, text: &str) {
        for (number, line) in wrapped(text, TEXT_CHARS).iter().enumerate() {
            let label = if number == 0 { label } else { "" };
            self.detail(&format!("{label:LABEL_CHARS$}{line}"));
        }
    }

    /// What is waited for, and since when; gone with the next line.
    pub(crate) fn waiting(&mut self, text: &str, since: Instant) {
        if !self.live || self.drawn.is_some_and(|at| at.elapsed() < DRAW_EVERY) {
            return;
        }
        self.drawn = Some(Instant::now());
        let text: String = text.chars().take(WAITING_CHARS_MAX).collect();
        let (at, waited) = (self.began.elapsed().as_secs_f64(), since.elapsed().as_secs_f64());
        self.write(&format!("{ERASE_LINE}{at:5.1} s  \x1b[2m… {text}, {waited:.1} s{PLAIN}"));
    }

    fn print(&mut self, text: &str) {
        let erase = if self.drawn.take().is_some() { ERASE_LINE } else { "" };
        self.write(&format!("{erase}{text}\n"));
    }

    /// A terminal that is gone ends the telling, not the play.
    fn write(&self, text: &str) {
        let _ = match self.place {
            Place::Stdout => stdout().write_all(text.as_bytes()).and_then(|()| stdout().flush()),
            Place::Stderr => stderr().write_all(text.as_bytes()),
            Place::Nowhere => Ok(()),
        };
    }
}

/// Lines of at most so many characters, longer words apart.
fn wrapped(text: &str, chars: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split_whitespace() {
        match lines.last_mut() {
            Some(line) if line.chars().count() + 1 + word.chars().count() <= chars => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_wrapped_between_words() {
        assert_eq!(wrapped("ab cd  efg hijklmn o", 5), ["ab cd", "efg", "hijklmn", "o"]);
        assert_eq!(wrapped("", 5), Vec::<String>::new());
    }
}
