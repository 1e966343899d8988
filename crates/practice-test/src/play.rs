//! Plays the script of a practice, and holds its verdicts against what the script says.

use std::collections::BTreeSet;
use std::sync::Arc;

use evenkeel_lens::{Lens, Practice, Standing};
use evenkeel_scenario::{Line, World, lines};

use crate::Record;

/// Verdicts that a script reached.
pub type Reached = BTreeSet<Standing>;

/// What came of a script.
#[derive(Debug, Default)]
pub struct Played {
    /// The verdicts that it reached, as it said that it would.
    pub reached: Reached,
    /// The same in order, each as often as it was asked for.
    pub way: Vec<Standing>,
    /// Every line in which something else came out, with its number.
    pub wrong: Vec<String>,
    /// Everything that happened.
    pub transcript: String,
}

/// Plays a script: what `crates/scenario` plays, and lines `verdict SUBJECT VERDICT` of the practice.
#[must_use]
pub fn play(lens: &Lens, practice: &Arc<Practice>, script: &str) -> Played {
    let only = Lens { practices: vec![Arc::clone(practice)], ..lens.clone() };
    let mut played = Played::default();
    let lines = match lines(script) {
        Ok(lines) => lines,
        Err(why) => {
            played.wrong.push(why);
            return played;
        }
    };
    let mut world = World::new(&lines).unattended().of_practice(&practice.key);
    match Record::new() {
        Ok(mut record) => {
            for line in &lines {
                if let Err(why) = step(&mut world, &mut record, &only, line, &mut played) {
                    played.wrong.push(format!("{}: {why}", line.number));
                    break;
                }
            }
        }
        Err(why) => played.wrong.push(why),
    }
    played.transcript = world.into_transcript();
    played
}

fn step(world: &mut World, record: &mut Record, lens: &Lens, line: &Line, played: &mut Played) -> Result<(), String> {
    let Some(said) = line.text.strip_prefix("verdict ") else { return world.play(line) };
    if let Some(at) = line.at {
        world.advance(at)?;
    }
    let (subject, wanted) = said.split_once(' ').ok_or("`verdict SUBJECT VERDICT`")?;
    let wanted: Standing = wanted.trim().parse().map_err(|()| format!("`{wanted}` is no verdict"))?;
    record.follow(world)?;
    let review = record.review(lens, world.present())?;
    let practice = review.practices.first().ok_or("the lens has no practice")?;
    let judged = practice.judged(subject).ok_or_else(|| format!("`{subject}` is not judged"))?;
    let is = judged.standing();
    if is == wanted {
        played.reached.insert(is);
        played.way.push(is);
    } else {
        played.wrong.push(format!("{}: {subject} is {is}, not {wanted}: {}", line.number, judged.why));
    }
    Ok(())
}
