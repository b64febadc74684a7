//! The developer's one door: `cargo xtask <command>` prepares the machine and does the work.
//!
//! Each command has its own file. What they share: `setup` brings what the machine lacks, `sh`
//! runs other programs, `steps` names the checks. Nothing of the product is decided here.

#![expect(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a command line talks to its user"
)]

mod advisories;
mod bench;
mod error;
mod generate;
mod headless;
mod icons;
mod licences;
mod package;
mod setup;
mod sh;
mod shots;
mod simulate;
mod steps;
mod templates;
mod test;
mod tools;
mod tryout;
mod ui;
mod workspace;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

use error::Error;

#[derive(Debug, Parser)]
#[command(name = "cargo xtask", about = "The developer's one door")]
struct Door {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Start the app with its sandbox
    Try(tryout::TryArguments),
    /// Check everything that must hold before a change is ready
    Test(test::TestArguments),
    /// Measure the numbers that the product lives by
    Bench(bench::BenchArguments),
    /// Simulate whole shifts from seeds, and try interleavings by chance
    Simulate(simulate::SimulateArguments),
    /// Write what is made from the code: bindings, schemas, templates of policy, and the pages of CRMs and platforms
    Generate(generate::GenerateArguments),
    /// Draw every size of the icon anew
    Icons,
    /// Build what a Linux user installs
    Package,
    /// Take the pictures of the documentation
    Shots,
    /// Check for known weaknesses in what we use (needs the network)
    Advisories,
}

fn main() -> ExitCode {
    let result = match Door::parse().command {
        Command::Try(arguments) => tryout::run(&arguments),
        Command::Test(arguments) => test::run(&arguments),
        Command::Bench(arguments) => bench::run(&arguments),
        Command::Simulate(arguments) => simulate::run(&arguments),
        Command::Generate(arguments) => generate::command(&arguments),
        Command::Icons => icons::run(),
        Command::Package => package::run(),
        Command::Shots => shots::run(),
        Command::Advisories => advisories::run(),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        // Its last line is the summary, which must stay the last.
        Err(Error::Told) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
