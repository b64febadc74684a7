//! `screenpop-admin completions` and `man`: what a shell and a reader need, made from the commands
//! themselves.
//!
//! The packages install both; whoever installs by hand makes them here.

use std::fs;
use std::io::Write;
use std::path::PathBuf;

use clap::{Args, Command, ValueEnum as _};
use clap_complete::Shell;

use crate::fault::Fault;

/// The name under which the program is installed.
const NAME: &str = "screenpop-admin";

/// Prints what a shell needs to complete commands, options and values.
#[derive(Args)]
pub(crate) struct Completions {
    /// The shell.
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

/// Writes the manual pages, one for each command, and what every shell needs.
#[derive(Args)]
pub(crate) struct Man {
    /// The folder: `man1` for the pages and `completions` are made in it.
    #[arg(value_name = "FOLDER")]
    folder: PathBuf,
}

impl Completions {
    pub(crate) fn run(&self, mut command: Command, out: &mut impl Write) -> Result<(), Fault> {
        Ok(out.write_all(&completions(self.shell, &mut command))?)
    }
}

impl Man {
    pub(crate) fn run(&self, mut command: Command, out: &mut impl Write) -> Result<(), Fault> {
        let (pages, shells) = (self.folder.join("man1"), self.folder.join("completions"));
        let not_written = |path: &PathBuf| {
            let path = path.clone();
            move |source| Fault::NotWritten { path, source }
        };
        for folder in [&pages, &shells] {
            fs::create_dir_all(folder).map_err(not_written(folder))?;
        }
        let written = clap_mangen::generate_to(command.clone(), &pages);
        written.map_err(not_written(&pages))?;
        let count = fs::read_dir(&pages).map_err(not_written(&pages))?.count();
        for shell in Shell::value_variants() {
            let path = shells.join(file_of(*shell));
            fs::write(&path, completions(*shell, &mut command)).map_err(not_written(&path))?;
        }
        writeln!(out, "{}: {count} pages", pages.display())?;
        let shells = shells.display();
        Ok(writeln!(
            out,
            "{shells}: {} shells",
            Shell::value_variants().len()
        )?)
    }
}

fn completions(shell: Shell, command: &mut Command) -> Vec<u8> {
    let mut text = Vec::new();
    clap_complete::generate(shell, command, NAME, &mut text);
    text
}

/// The name under which a shell looks for it.
fn file_of(shell: Shell) -> String {
    match shell {
        Shell::Zsh => format!("_{NAME}"),
        Shell::Fish => format!("{NAME}.fish"),
        Shell::PowerShell => format!("{NAME}.ps1"),
        Shell::Elvish => format!("{NAME}.elv"),
        // Bash, and whatever comes: by the program's own name.
        Shell::Bash | _ => NAME.to_owned(),
    }
}
