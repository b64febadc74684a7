//! What a gateway's queue takes, keeps and gives back. How it is kept is in `relay`.

use pop_core::moment::Moment;

/// What one delivery brings.
#[derive(Clone, Debug, Default)]
pub struct Intake {
    /// When it came.
    pub at: Moment,
    /// What is to be delivered, in this order.
    pub messages: Vec<Outgoing>,
    /// What is to be remembered.
    pub notes: Vec<Note>,
    /// What has no addressee.
    pub dead: Vec<DeadLetter>,
}

/// A message on its way.
#[derive(Clone, Debug)]
pub struct Outgoing {
    /// What makes it the same message: a second one with this id is a repetition.
    pub id: Vec<u8>,
    /// After this it is of no use.
    pub expires: Moment,
    /// The message in the caller's own form, given back by [`crate::Relay::waiting`].
    pub message: Vec<u8>,
}

/// A change of what is remembered.
#[derive(Clone, Debug)]
pub struct Note {
    /// The key.
    pub key: String,
    /// What the change was made from.
    pub was: Option<String>,
    /// What stands there from now on.
    pub is: String,
}

/// A note that somebody could not be reached; the same id twice is one letter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DeadLetter {
    /// What makes it the same letter.
    pub id: Vec<u8>,
    /// The letter in the caller's own form.
    pub letter: Vec<u8>,
}

/// What came of an intake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It is on disk, as far as it was new.
    Kept {
        /// Messages that are new.
        new: usize,
        /// Messages that were taken before.
        repeated: usize,
    },
    /// Something remembered has changed since it was read. Nothing of it was kept: read again.
    Outdated,
}

/// What one commit took.
#[derive(Debug)]
pub struct Committed {
    /// What came of each intake.
    pub taken: Vec<Taken>,
    /// The messages that are new, in their order: what [`crate::Relay::waiting`] would give back.
    pub fresh: Vec<Waiting>,
}

/// A message that waits to be delivered.
#[derive(Clone, Debug)]
pub struct Waiting {
    /// Its place in the order.
    pub row: i64,
    /// After this it is of no use.
    pub expires: Moment,
    /// The message, in the form it was given; `None` when it does not open with this key.
    pub message: Option<Vec<u8>>,
}

/// What a pruning removed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Pruned {
    /// Messages that nobody got in time.
    pub expired: usize,
}
