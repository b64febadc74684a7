//! The contract that every connection keeps, whatever CRM is behind it: the same checks against
//! the embedded CRM and against a double of each vendor, over real HTTP.
//!
//! A check is left out only where the connection says that it cannot do the thing, never because
//! of a vendor's name; it then counts as ignored. What is checked for whom is the page `docs/crms.md`; with
//! `SCREENPOP_WRITE_PAGE` naming a file, it is written there in place of running the checks.
#![expect(
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "this is a test program with a harness of its own"
)]

mod checks;
mod errors;
mod finding;
mod links;
mod offers;
mod outbox;
mod profile;
mod sign_in;
mod table;
mod tenants;
mod writes;

use std::process::ExitCode;

use checks::Check;
use libtest_mimic::{Arguments, Failed, Trial};
use pop_tests::connections::Vendor;
use tokio::runtime::{Builder, Runtime};

fn main() -> ExitCode {
    if let Some(file) = std::env::var_os("SCREENPOP_WRITE_PAGE") {
        let written = table::write(file.as_ref());
        written.expect("the page can be written");
        return ExitCode::SUCCESS;
    }
    let runtime = Runtime::new().expect("the system has threads");
    let trials = offers::all(&runtime).into_iter().flat_map(|offer| {
        let vendor = offer.vendor;
        let trial = move |(check, applies): (Check, bool)| {
            let name = format!("{}::{}", vendor.id, check.name);
            Trial::test(name, move || run(&check, vendor)).with_ignored_flag(!applies)
        };
        offer.checks.into_iter().map(trial)
    });
    let trials = trials.chain([tenants::trial()]);
    libtest_mimic::run(&Arguments::from_args(), trials.collect()).exit_code()
}

/// One check against a server and a connection of its own.
fn run(check: &Check, vendor: &Vendor) -> Result<(), Failed> {
    let runtime = Builder::new_multi_thread()
        .worker_threads(1)
        .enable_all()
        .build()?;
    runtime.block_on(async { (check.run)(check.start(vendor)().await).await });
    Ok(())
}
