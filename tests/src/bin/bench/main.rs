//! The numbers that the product lives by, measured on this machine: `cargo xtask bench`.
//!
//! The window is the true one in its release build. Numbers are compared within one run; a shared
//! machine is noisy, so the driver's own floor is measured in the same run and taken off.

mod app;
mod crms;
mod outbox;
mod report;
mod rooms;
mod window;

use std::error::Error;
use std::io;
use std::path::Path;

fn main() -> Result<(), Box<dyn Error>> {
    let runtime = tokio::runtime::Runtime::new()?;
    let mut measures = window::measure()?;
    measures.extend(runtime.block_on(rooms::measure())?);
    measures.extend(runtime.block_on(outbox::measure())?);
    measures.extend(runtime.block_on(crms::measure())?);
    report::write(
        &measures,
        Path::new("target/bench/report.json"),
        &mut io::stdout(),
    )?;
    Ok(())
}
