//! `cargo xtask simulate`: shifts and interleavings by chance, more of them than a test run has.

use clap::Args;

use crate::{error::Result, sh, workspace::Workspace};

/// How much is tried.
#[derive(Debug, Args)]
pub(crate) struct SimulateArguments {
    /// Simulate so many shifts
    #[arg(long, value_name = "COUNT")]
    seeds: Option<u64>,
    /// Begin with this seed; alone: simulate this shift and tell its story
    #[arg(long, value_name = "SEED")]
    seed: Option<u64>,
    /// Try so many interleavings of events, answers and commands as well
    #[arg(long, value_name = "COUNT")]
    interleavings: Option<u64>,
    /// Have the compiler optimise first: worth its time from some thousand shifts on
    #[arg(long)]
    optimised: bool,
}

pub(crate) fn run(arguments: &SimulateArguments) -> Result {
    let workspace = Workspace::find()?;
    let wants_shifts = arguments.seeds.is_some() || arguments.interleavings.is_none();
    if wants_shifts {
        test(
            &workspace,
            arguments,
            "simulation",
            "whatever",
            arguments.seeds,
        )?;
    }
    if arguments.interleavings.is_some() {
        let count = arguments.interleavings;
        test(&workspace, arguments, "scenarios", "overlaps", count)?;
        test(&workspace, arguments, "scenarios", "interleavings", count)?;
    }
    Ok(())
}

fn test(
    workspace: &Workspace,
    arguments: &SimulateArguments,
    target: &str,
    name: &str,
    count: Option<u64>,
) -> Result {
    let mut test = workspace.cargo(&["test", "--locked"]);
    if arguments.optimised {
        test.args(["--profile", "proof"]);
    }
    // Features are resolved as in a test run, so that nothing is built twice.
    test.args(["--workspace", "--exclude", "screenpop", "--test", target]);
    test.args(["--", name, "--nocapture"]);
    let variables = if target == "simulation" {
        [
            ("SCREENPOP_SEEDS", count),
            ("SCREENPOP_SEED", arguments.seed),
        ]
    } else {
        [
            ("SCREENPOP_INTERLEAVINGS", count),
            ("SCREENPOP_SEED", arguments.seed),
        ]
    };
    for (name, value) in variables {
        if let Some(value) = value {
            test.env(name, value.to_string());
        }
    }
    sh::run(&mut test)
}
