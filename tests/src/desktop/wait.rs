//! Waiting for something that another process does, always with a limit.

use std::{
    thread,
    time::{Duration, Instant},
};

use super::DesktopError;

/// Short against what a person or a limit would notice, long against the cost of one look.
const PAUSE: Duration = Duration::from_millis(20);

/// Looks again and again until `look` finds something, at most for `limit`.
pub fn wait_until<T>(
    what: &str,
    limit: Duration,
    mut look: impl FnMut() -> Result<Option<T>, DesktopError>,
) -> Result<T, DesktopError> {
    let start = Instant::now();
    loop {
        if let Some(found) = look()? {
            return Ok(found);
        }
        if start.elapsed() >= limit {
            return Err(DesktopError::TimedOut {
                what: what.to_owned(),
                limit,
            });
        }
        pause();
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "another process tells nobody when it is ready; this is the one place that looks again"
)]
fn pause() {
    thread::sleep(PAUSE);
}
