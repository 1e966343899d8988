//! Asks on a terminal, line by line.

use std::io::{self, BufRead, Read, Write};

use evenkeel_import::Interview;

/// Longer lines are no answers.
const LINE_BYTES_MAX: u64 = 64 << 10;

/// Asks until nothing is left to ask; `false` when the answers end before that.
pub(super) fn ask(interview: &mut Interview, input: &mut impl BufRead, out: &mut impl Write) -> io::Result<bool> {
    while let Some(question) = interview.next() {
        match question.default.as_str() {
            "" => write!(out, "{}: ", question.text)?,
            default => write!(out, "{} [{default}]: ", question.text)?,
        }
        out.flush()?;
        let mut line = Vec::new();
        if input.by_ref().take(LINE_BYTES_MAX).read_until(b'\n', &mut line)? == 0 {
            writeln!(out)?;
            return Ok(false);
        }
        let line = String::from_utf8_lossy(&line);
        let answer = if line.trim().is_empty() { &question.default } else { line.trim() };
        if let Err(why) = interview.give(question.field, answer) {
            writeln!(out, "  {why}, please")?;
        }
    }
    Ok(true)
}

#[cfg(test)]
mod tests {
    use evenkeel_import::Guess;

    use super::*;

    fn asked(input: &str) -> (bool, String, Interview) {
        let guess = ["ada", "UTC", "operations", "service"].map(str::to_owned);
        let [person, time_zone, team, workload] = guess;
        let mut interview = Interview::new(Guess { person, time_zone, team, workload, mail_goes_out: false });
        let mut out = Vec::new();
        let whole = ask(&mut interview, &mut input.as_bytes(), &mut out).expect("no trouble");
        (whole, String::from_utf8(out).expect("text"), interview)
    }

    #[test]
    fn what_is_left_out_is_taken_from_the_brackets() {
        let (whole, said, interview) = asked(&"\n".repeat(7));
        assert!(whole && said.starts_with("Who are you [ada]: How are you paged"), "{said}");
        assert_eq!(interview.answers().workload, "service");
    }

    #[test]
    fn a_bad_answer_is_asked_for_again_with_the_reason() {
        let (whole, said, interview) = asked("\nfax\nmail\n\nada@example.com\n\nMars\nEurope/London\n\n\n\n\n");
        assert!(whole, "{said}");
        assert!(said.contains("  one of mail, ntfy, webhook, slack, file, please\nHow are you paged"), "{said}");
        assert!(said.contains("Your mail address:   something has to be written here, please\n"), "{said}");
        assert_eq!(interview.answers().time_zone, "Europe/London");
    }

    #[test]
    fn the_end_of_the_input_is_no_answer() {
        for input in ["", "\n\n", "Ada"] {
            assert!(!asked(input).0);
        }
    }
}
