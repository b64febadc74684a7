//! `screenpop-admin`: the command line of admins and supporters.
//!
//! It speaks to the app from outside, by the doors that any other program has, and tries files as the
//! app or the gateway would read them. What a command does stands in its own module; here are only
//! the way in and the way out.

mod approve;
mod audit;
mod bundle;
mod connect;
mod connected;
mod crm;
mod doctor;
mod erase;
mod explain;
mod fault;
mod fleet;
mod import;
mod layers;
mod manual;
mod mapping;
mod place;
mod progress;
mod recorded;
mod rehearse;
mod simulate;

use std::io::{self, Write as _};
use std::process::ExitCode;

use clap::{CommandFactory as _, Parser, Subcommand};

use approve::Approve;
use audit::Audit;
use bundle::check::Check;
use bundle::diff::Diff;
use bundle::enrol::Enrol;
use bundle::keys::Keys;
use bundle::new::New;
use bundle::publish::Publish;
use bundle::sign::Sign;
use bundle::verify::Verify;
use connect::Connect;
use crm::Crms;
use doctor::Doctor;
use erase::Erase;
use explain::Explain;
use fleet::Fleet;
use import::Import;
use manual::{Completions, Man};
use mapping::Mappings;
use recorded::Recordings;
use rehearse::Rehearse;
use simulate::Simulate;

/// Stands below the help of every command.
const EXIT_CODES: &str = "\
Exit codes:
  0  every event was taken; the files are right
  1  this computer refused something: random bytes, or the output
  2  the options are wrong, or no event can hold what they say
  3  no running app was reached
  4  the app refused an event; those before it were taken
  5  a settings, mapping, definition or bundle file is wrong, or does not do what its samples or
     examples say
  6  nobody, or more than one mapping, reads an event from a body
  7  a line of the audit was changed or is missing
  8  a bundle is not signed by a key that is trusted, or may not be taken
  9  a rehearsal with --strict shows pops that fail or vanish
  10 a check of the doctor failed
  11 no card would come up from the event
  12 a CRM that was asked did not answer
  13 nothing was erased of a customer";

/// Tries and looks after Screenpop from the command line.
#[derive(Parser)]
#[command(name = "screenpop-admin", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    #[command(after_help = EXIT_CODES)]
    Simulate(Simulate),
    #[command(after_help = EXIT_CODES)]
    Mapping(Mappings),
    #[command(after_help = EXIT_CODES)]
    Crm(Crms),
    #[command(after_help = EXIT_CODES)]
    Doctor(Doctor),
    #[command(after_help = EXIT_CODES)]
    Explain(Explain),
    #[command(after_help = EXIT_CODES)]
    Audit(Audit),
    #[command(after_help = EXIT_CODES)]
    Erase(Erase),
    #[command(after_help = EXIT_CODES)]
    New(New),
    #[command(after_help = EXIT_CODES)]
    Check(Check),
    #[command(after_help = EXIT_CODES)]
    Sign(Sign),
    #[command(after_help = EXIT_CODES)]
    Verify(Verify),
    #[command(after_help = EXIT_CODES)]
    Publish(Publish),
    #[command(after_help = EXIT_CODES)]
    Diff(Diff),
    #[command(after_help = EXIT_CODES)]
    Fleet(Fleet),
    #[command(after_help = EXIT_CODES)]
    Connect(Connect),
    #[command(after_help = EXIT_CODES)]
    Completions(Completions),
    #[command(after_help = EXIT_CODES)]
    Man(Man),
    #[command(after_help = EXIT_CODES)]
    Import(Import),
    #[command(after_help = EXIT_CODES)]
    Rehearse(Rehearse),
    #[command(after_help = EXIT_CODES)]
    Recorded(Recordings),
    #[command(after_help = EXIT_CODES)]
    Approve(Approve),
    #[command(after_help = EXIT_CODES)]
    Keys(Keys),
    #[command(after_help = EXIT_CODES)]
    Enrol(Enrol),
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let outcome = match Arguments::parse().command {
        Command::Simulate(simulate) => simulate.run(&mut io::stdout().lock()).await,
        Command::Doctor(doctor) => doctor.run(&mut io::stdout().lock()).await,
        Command::Explain(explain) => explain.run(&mut io::stdout().lock()).await,
        Command::Audit(audit) => audit.run(&mut io::stdout().lock()),
        Command::Erase(erase) => erase.run(&mut io::stdout().lock()).await,
        Command::Crm(crms) => crms.run(&mut io::stdout().lock()),
        Command::Mapping(mappings) => mappings.run(&mut io::stdout().lock()),
        Command::New(new) => new.run(&mut io::stdout().lock()),
        Command::Check(check) => check.run(&mut io::stdout().lock()),
        Command::Sign(sign) => sign.run(&mut io::stdout().lock()),
        Command::Verify(verify) => verify.run(&mut io::stdout().lock()),
        Command::Publish(publish) => publish.run(&mut io::stdout().lock()).await,
        Command::Diff(diff) => diff.run(&mut io::stdout().lock()),
        Command::Enrol(enrol) => enrol.run(&mut io::stdout().lock()).await,
        Command::Fleet(fleet) => fleet.run(&mut io::stdout().lock()).await,
        Command::Connect(connect) => connect.run(&mut io::stdout().lock()),
        Command::Completions(shell) => shell.run(Arguments::command(), &mut io::stdout().lock()),
        Command::Man(man) => man.run(Arguments::command(), &mut io::stdout().lock()),
        Command::Import(import) => import.run(&mut io::stdout().lock()),
        Command::Rehearse(rehearse) => rehearse.run(&mut io::stdout().lock()).await,
        Command::Recorded(recordings) => recordings.run(&mut io::stdout().lock()).await,
        Command::Approve(approve) => approve.run(&mut io::stdout().lock()),
        Command::Keys(keys) => keys.run(&mut io::stdout().lock()),
    };
    let Err(fault) = outcome else {
        return ExitCode::SUCCESS;
    };
    // When not even this can be written, the exit code still says it.
    let _ = write!(io::stderr(), "{}", fault.report());
    ExitCode::from(fault.exit_code())
}
