//! `cargo xtask try --headless [--gateway] --shot FILE`: interactions pop on a private desktop.
//!
//! The true app receives a truly signed event, and what is written down is what its window shows.
//! Every wait has a limit, and what was waited for is said when it ends.

use std::{
    io::{BufRead, BufReader},
    path::Path,
    process::{ChildStdout, Stdio},
    sync::mpsc::{self, Receiver},
    thread,
    time::{Duration, Instant},
};

use pop_tests::desktop::{Desktop, DesktopError, wait_until};
use serde_json::Value;

use crate::{
    error::{Error, Result},
    setup,
    setup::Work,
    sh, steps,
    tryout::{self, PROFILE},
    workspace::Workspace,
};

/// Makes the app print what happened to a pop, and when, as lines of JSON.
const TIMELINE: &str = "SCREENPOP_TIMELINE";
/// A cold start with a sandbox of thousands of customers to fill, on a machine that is busy.
const START_LIMIT: Duration = Duration::from_mins(1);
/// A pop takes milliseconds; a lookup ends by itself after ten seconds.
const POP_LIMIT: Duration = Duration::from_secs(30);
/// The event that ends our waiting: the card stands with all that the customer's CRM said.
const LAST_MARK: &str = "painted";

pub(crate) fn run(workspace: &Workspace, shot: &Path) -> Result {
    setup::system(&[Work::Shell, Work::Desktop])?;
    steps::build_driven(workspace)?;

    let desktop = Desktop::start()?;
    let profile = tryout::fresh_profile(&workspace.target("try-headless"))?;
    let mut app = desktop.command(workspace.built("screenpop"));
    app.env(PROFILE, profile)
        .env(TIMELINE, "1")
        .stdin(Stdio::null())
        .stdout(Stdio::piped());
    let start = Instant::now();
    let mut app = desktop.spawn(&mut app)?;
    let lines = app.stdout.take().map(lines_of);

    let listener = desktop.runtime().join("screenpop/listener.json");
    wait_until("the app to listen", START_LIMIT, || {
        match app.try_wait()? {
            Some(status) => Err(DesktopError::Failed {
                call: "screenpop".into(),
                output: status.to_string(),
            }),
            None => Ok(listener.exists().then_some(())),
        }
    })?;
    println!("Listening after {}.", sh::seconds(start.elapsed()));
    let window = desktop.wait_for_window("Screenpop.*")?;

    let mut simulate = desktop.command(workspace.built("screenpop-admin"));
    simulate.args([
        "simulate",
        "--customer",
        "12345",
        "--channel",
        "chat",
        "--until",
        "accepted",
        "--reason",
        "Asked about loan status",
        "--quote",
        "Hola, ¿hay novedades sobre mi préstamo?",
        "--queue",
        "Loans",
        "--language",
        "es",
    ]);
    sh::run(&mut simulate)?;
    let timeline = lines.map_or_else(|| Err(silent()), |lines| painted_pop(&lines))?;

    desktop.picture_window(&window, shot)?;
    print_timeline(&timeline);
    println!("The window's picture: {}", shot.display());
    Ok(())
}

/// The same with a gateway and its broker, at which the agent signs in.
pub(crate) fn run_by_gateway(workspace: &Workspace, shot: &Path) -> Result {
    setup::system(&[Work::Shell, Work::Desktop, Work::Broker])?;
    steps::build_driven(workspace)?;
    sh::run(&mut workspace.cargo(&["build", "--locked", "-p", "pop-gateway"]))?;
    let mut relay = workspace.cargo(&["run", "--locked", "-p", "pop-tests", "--bin", "relay"]);
    sh::run(relay.arg("--").arg(shot))
}

/// Passes on what the app prints, line by line, as it prints it.
fn lines_of(output: ChildStdout) -> Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        for line in BufReader::new(output)
            .lines()
            .map_while(std::result::Result::ok)
        {
            if sender.send(line).is_err() {
                return;
            }
        }
    });
    receiver
}

/// Waits for the line that says that the pop has been painted, and returns its marks.
fn painted_pop(lines: &Receiver<String>) -> Result<Vec<(String, u64)>> {
    let end = Instant::now() + POP_LIMIT;
    loop {
        let left = end.saturating_duration_since(Instant::now());
        let line = lines.recv_timeout(left).map_err(|_| silent())?;
        let marks = marks_of(&line).unwrap_or_default();
        if marks.iter().any(|(mark, _)| mark == LAST_MARK) {
            return Ok(marks);
        }
    }
}

/// Reads the timeline from a line of the app, if that is what the line is.
fn marks_of(line: &str) -> Option<Vec<(String, u64)>> {
    let line: Value = serde_json::from_str(line).ok()?;
    let timeline = line.get("pop")?.get("timeline")?.as_array()?;
    timeline
        .iter()
        .map(|mark| {
            Some((
                mark.get("mark")?.as_str()?.to_owned(),
                mark.get("at_us")?.as_u64()?,
            ))
        })
        .collect()
}

fn silent() -> Error {
    Error::Said(format!(
        "the app ended or did not report a painted pop within {} s",
        POP_LIMIT.as_secs()
    ))
}

fn print_timeline(marks: &[(String, u64)]) {
    let first = marks.iter().map(|(_, at)| *at).min().unwrap_or_default();
    println!("\n{:>10}  what", "µs");
    for (mark, at) in marks {
        println!("{:>10}  {mark}", at - first);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAINTED: &str = r#"{"pop":{"interaction":"i-1","timeline":[
        {"at_us":1000,"mark":"received"},{"at_us":9500,"mark":"painted"}]}}"#;

    #[test]
    fn the_marks_of_a_pop_are_read_and_other_lines_are_not() {
        let marks = marks_of(PAINTED).unwrap();
        assert_eq!(
            marks,
            [("received".to_owned(), 1000), ("painted".to_owned(), 9500)]
        );
        for other in ["", "starting", "{}", r#"{"pop":{}}"#] {
            assert_eq!(marks_of(other), None, "{other:?} is no timeline");
        }
    }

    #[test]
    fn the_wait_ends_with_the_pop_that_was_painted() {
        let (sender, lines) = mpsc::channel();
        for line in [
            "starting",
            &PAINTED.replace("painted", "looked up"),
            PAINTED,
        ] {
            sender.send(line.to_owned()).unwrap();
        }
        assert_eq!(
            painted_pop(&lines).unwrap().len(),
            2,
            "the last line is the one"
        );

        drop(sender);
        let error = painted_pop(&lines).unwrap_err().to_string();
        assert!(
            error.contains("did not report a painted pop"),
            "an app that ended: {error}"
        );
    }
}
