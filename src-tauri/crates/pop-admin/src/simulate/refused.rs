//! What the listener's refusals mean for somebody who simulates: it answers with a status alone.

/// An event that the app did not take.
#[derive(Debug)]
pub(crate) struct Refused {
    pub(crate) what: &'static str,
    pub(crate) status: u16,
    pub(super) retry_after: Option<u64>,
    pub(super) port: u16,
    pub(super) agent: String,
}

impl Refused {
    /// What the status says.
    pub(crate) fn meaning(&self) -> &'static str {
        match self.status {
            401 => "the signature does not count, or the event is for another agent",
            408 => "it did not come in time",
            409 => "its id was used before for something else",
            413 | 431 => "it is too large",
            422 => "the app does not understand it",
            429 => "too many events came in",
            503 => "the app could not keep it",
            _ => "this is not how the app's listener answers an event",
        }
    }

    /// What to do about it.
    pub(crate) fn hint(&self) -> String {
        match self.status {
            401 => format!(
                "Start Screenpop again if its file is left from an earlier run or the clock was \
                 changed since. If Screenpop is set up for another agent than {:?}, name that one \
                 with --agent.",
                self.agent
            ),
            408 => "This computer is very busy: try again.".to_owned(),
            409 => "Try again: a new id is made each time.".to_owned(),
            413 | 431 => "Shorten the texts.".to_owned(),
            422 => "Use the screenpop-admin that came with this version of Screenpop.".to_owned(),
            429 => match self.retry_after {
                Some(seconds) => format!("Try again in {seconds} s."),
                None => "Try again in a moment.".to_owned(),
            },
            503 => "Look at Health in Screenpop; the disk may be full.".to_owned(),
            _ => format!(
                "Another program may listen at 127.0.0.1:{}: start Screenpop again.",
                self.port
            ),
        }
    }
}
