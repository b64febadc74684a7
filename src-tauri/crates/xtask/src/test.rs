//! `cargo xtask test`: everything that must hold before a change is ready.

use std::time::{Duration, Instant};

use clap::{Args, builder::PossibleValuesParser};

use crate::{
    error::{Error, Result},
    setup,
    setup::Work,
    sh,
    steps::{Care, STEPS, Step},
    workspace::Workspace,
};

/// Which steps run, and whether they may mend what they find.
#[derive(Debug, Args)]
pub(crate) struct TestArguments {
    /// Run this step alone (repeatable)
    #[arg(long, value_name = "STEP", value_parser = step_names())]
    only: Vec<String>,
    /// Leave this step out (repeatable)
    #[arg(long, value_name = "STEP", value_parser = step_names())]
    skip: Vec<String>,
    /// Mend what can be mended: format, lints, generated files
    #[arg(long)]
    fix: bool,
    /// Name the steps and run none
    #[arg(long)]
    list: bool,
}

struct Outcome {
    step: &'static Step,
    took: Duration,
    result: Result,
}

/// Runs the steps to the last one, so that one run names everything that is wrong.
pub(crate) fn run(arguments: &TestArguments) -> Result {
    let steps: Vec<_> = STEPS
        .iter()
        .filter(|step| arguments.wants(step.name))
        .collect();
    if arguments.list {
        for step in steps {
            println!("{:<10} {}", step.name, step.about);
        }
        return Ok(());
    }
    let workspace = Workspace::find()?;
    let works: Vec<Work> = steps.iter().flat_map(|step| step.needs).copied().collect();
    setup::system(&works)?;
    let care = if arguments.fix {
        Care::Fix
    } else {
        Care::Check
    };
    let outcomes: Vec<_> = steps
        .into_iter()
        .map(|step| take(step, &workspace, care))
        .collect();
    conclude(&outcomes)
}

impl TestArguments {
    fn wants(&self, name: &str) -> bool {
        let named = |list: &[String]| list.iter().any(|it| it == name);
        (self.only.is_empty() || named(&self.only)) && !named(&self.skip)
    }
}

fn take(step: &'static Step, workspace: &Workspace, care: Care) -> Outcome {
    println!("\n== {}: {} ==", step.name, step.about);
    let start = Instant::now();
    let result = (step.run)(workspace, care);
    if let Err(error) = &result {
        println!("{error}");
    }
    Outcome {
        step,
        took: start.elapsed(),
        result,
    }
}

fn conclude(outcomes: &[Outcome]) -> Result {
    // A long log is often cut where its cause stands.
    for Outcome { step, result, .. } in outcomes {
        let last = result.as_ref().err().map_or("", Error::last);
        if !last.is_empty() {
            println!("\n== what {} said last ==\n{}", step.name, last.trim());
        }
    }
    println!();
    for Outcome { step, took, result } in outcomes {
        let word = if result.is_ok() { "passed" } else { "FAILED" };
        println!(
            "{:<10} {word} {:>9}  {}",
            step.name,
            sh::seconds(*took),
            step.about
        );
    }
    let took: Duration = outcomes.iter().map(|outcome| outcome.took).sum();
    println!("{:<10} {:>16}", "all", sh::seconds(took));
    let failed: Vec<_> = outcomes
        .iter()
        .filter(|outcome| outcome.result.is_err())
        .collect();
    if let Some(first) = failed.first() {
        println!(
            "To run the first failed one again: cargo xtask test --only {}",
            first.step.name
        );
    }
    println!(
        "{} passed, {} failed",
        outcomes.len() - failed.len(),
        failed.len()
    );
    if failed.is_empty() {
        Ok(())
    } else {
        Err(Error::Told)
    }
}

fn step_names() -> PossibleValuesParser {
    PossibleValuesParser::new(STEPS.iter().map(|step| step.name))
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Door {
        #[command(flatten)]
        test: TestArguments,
    }

    #[test]
    fn only_and_skip_choose_among_the_steps() {
        for (line, chosen) in [
            (
                "test",
                STEPS.iter().map(|step| step.name).collect::<Vec<_>>(),
            ),
            ("test --only fmt --only ui", vec!["fmt", "ui"]),
            ("test --only fmt --only ui --skip ui", vec!["fmt"]),
        ] {
            let arguments = Door::try_parse_from(line.split(' '))
                .map(|door| door.test)
                .unwrap();
            let names = STEPS.iter().map(|step| step.name);
            let wanted: Vec<_> = names.filter(|name| arguments.wants(name)).collect();
            assert_eq!(wanted, chosen, "{line}");
        }
        assert!(
            Door::try_parse_from(["test", "--only", "nothing"]).is_err(),
            "a misspelt step must not pass by running none"
        );
    }

    #[test]
    fn one_failed_step_fails_the_whole() {
        let outcome = |result| Outcome {
            step: &STEPS[0],
            took: Duration::ZERO,
            result,
        };
        assert!(conclude(&[outcome(Ok(()))]).is_ok());
        assert!(conclude(&[outcome(Ok(())), outcome(Err(Error::Told))]).is_err());
    }
}
