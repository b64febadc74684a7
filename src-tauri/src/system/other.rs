//! Systems whose own words are not asked for yet: the agent's switches stand in for them.

use std::time::Duration;

use pop_wire::CanView;

/// Cannot tell: what would wait for a pause does not wait.
pub(crate) fn since_input() -> Option<Duration> {
    None
}

/// Cannot tell: the agent's own switch decides.
pub(crate) fn wants_quiet() -> Option<bool> {
    None
}

/// Cannot tell: a window without the keyboard counts as covered.
pub(crate) fn is_covered(_title: &str) -> Option<bool> {
    None
}

/// Cannot tell: the curtain has its key and its clock.
pub(crate) fn watch_lock(_heard: impl Fn(bool) + Clone + Send + 'static) {}

/// What this desktop can do.
pub(crate) fn can() -> CanView {
    CanView {
        tray: true,
        place: true,
        notice: true,
        capture: true,
        ..CanView::default()
    }
}
