//! The closed lists of the audit: what can be done, and how it can end.
//!
//! Their words are part of the file: one that is there once never changes.

/// What can be done that is audited.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditAction {
    /// A customer's profile was read.
    Read,
    /// A record was opened in the browser.
    Opened,
    /// Something was written to a CRM.
    Wrote,
    /// Somebody signed in.
    SignedIn,
    /// Somebody signed out.
    SignedOut,
    /// A setting or the configuration was changed.
    Configured,
    /// A customer's local data was erased.
    Erased,
    /// Something is to be sent; it was kept together with this line.
    Asked,
    /// What waited for a person was changed and waits for its turn again.
    Edited,
    /// What was to be sent was taken back or given up.
    Discarded,
}

impl AuditAction {
    /// Its word.
    pub fn word(self) -> &'static str {
        crate::history::word(&Self::ALL, self)
    }

    pub(crate) const ALL: [(Self, &'static str); 10] = [
        (Self::Read, "read"),
        (Self::Opened, "opened"),
        (Self::Wrote, "wrote"),
        (Self::SignedIn, "signed_in"),
        (Self::SignedOut, "signed_out"),
        (Self::Configured, "configured"),
        (Self::Erased, "erased"),
        (Self::Asked, "asked"),
        (Self::Edited, "edited"),
        (Self::Discarded, "discarded"),
    ];
}

/// How it ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuditOutcome {
    /// It was done.
    Done,
    /// It was refused, by us or by the CRM.
    Refused,
    /// It failed.
    Failed,
}

impl AuditOutcome {
    /// Its word.
    pub fn word(self) -> &'static str {
        crate::history::word(&Self::ALL, self)
    }

    pub(crate) const ALL: [(Self, &'static str); 3] = [
        (Self::Done, "done"),
        (Self::Refused, "refused"),
        (Self::Failed, "failed"),
    ];
}
