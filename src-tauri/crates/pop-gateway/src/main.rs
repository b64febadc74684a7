//! `pop-gateway`: one program, one settings file.
//!
//! Here are only the way in and the way out; what it does is in the library beside it.

mod signals;

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use mimalloc::MiMalloc;
use pop_gateway::{Config, Running, Secrets, start};

use crate::signals::{Signals, Told};

const EXIT_CODES: &str = "\
Exit codes:
  0  it stopped in order; the settings are right
  1  it could not start
  2  the options are wrong
  3  the settings are wrong";

/// A program without libraries has the allocator of musl, which makes threads wait for each other.
#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;

/// Takes the webhooks of contact-centre platforms and brings them to agents' desktops through an
/// MQTT 5 broker.
#[derive(Parser)]
#[command(name = "pop-gateway", version, after_help = EXIT_CODES)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs until it is told to stop (SIGTERM or Ctrl-C).
    Run {
        /// The settings file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
    /// Reads the settings and the secrets they name, says everything that is wrong, and ends.
    Check {
        /// The settings file.
        #[arg(long, value_name = "FILE")]
        config: PathBuf,
    },
}

#[tokio::main]
async fn main() -> ExitCode {
    let (path, runs) = match Arguments::parse().command {
        Command::Run { config } => (config, true),
        Command::Check { config } => (config, false),
    };
    let config = match Config::load(&path, &Secrets::of_service()) {
        Ok(config) => config,
        Err(faults) => {
            for fault in faults {
                say(&fault.to_string());
            }
            return ExitCode::from(3);
        }
    };
    if !runs {
        return ExitCode::SUCCESS;
    }
    tracing_subscriber::fmt()
        .json()
        .with_writer(io::stderr)
        .with_env_filter("warn,pop_gateway=info,rumqttc=error,rumqttc_v5=error")
        .init();
    // Before anybody can know that it runs: a signal that nobody awaits would end it.
    let mut signals = match Signals::listen() {
        Ok(signals) => signals,
        Err(fault) => {
            say(&format!("signals: {fault}"));
            return ExitCode::from(1);
        }
    };
    let running = match start(config).await {
        Ok(running) => running,
        Err(fault) => {
            say(&fault.to_string());
            return ExitCode::from(1);
        }
    };
    tracing::info!(
        webhooks = %running.webhooks,
        operations = %running.operations,
        "the gateway listens"
    );
    while signals.next().await == Told::Reload {
        reload(&running, &path);
    }
    tracing::info!("the gateway stops");
    running.stop().await;
    ExitCode::SUCCESS
}

/// Reads the settings again; faulty ones are said, and the old ones stay.
fn reload(running: &Running, path: &Path) {
    let why = match Config::load(path, &Secrets::of_service()) {
        Ok(config) => match running.reload(config) {
            Ok(()) => {
                tracing::info!("the new settings count");
                return;
            }
            Err(not_reloaded) => vec![not_reloaded.to_string()],
        },
        Err(faults) => faults.iter().map(ToString::to_string).collect(),
    };
    for why in why {
        say(&why);
    }
    tracing::error!(
        code = "settings",
        "the new settings do not count: the old ones stay"
    );
}

fn say(text: &str) {
    // When not even this can be written, the exit code still says it.
    let _ = writeln!(io::stderr(), "{text}");
}
