//! Gets the vault key out of the keychain without holding anybody up.
//!
//! A keychain call may stand for minutes, because the system asks the user something, or for ever,
//! because a service hangs. So the calls run on a thread of their own, one after the other, and
//! nobody waits longer than [`LIMIT`]. What a silent call means depends on what the keychain said
//! before: if it is locked, or cannot tell, a question is on the screen and the answer is still
//! wanted; if it said that it is open, it hangs.

use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::thread;
use std::time::{Duration, Instant};

use crate::keychain::{Key, KeyName, Keychain, KeychainError, Lock};

/// The longest that anybody waits for a keychain (security rule K4).
pub(crate) const LIMIT: Duration = Duration::from_secs(3);

/// Whether a locked keychain may put a question on the user's screen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Question {
    Allowed,
    Never,
}

/// Calls that are under way on their thread.
pub(crate) struct Attempt {
    answers: Receiver<Answer>,
    lock: Option<Lock>,
}

/// What came of waiting for an attempt.
pub(crate) enum Obtained {
    /// The self-test passed, and this is the key.
    Key(Key),
    /// The user is being asked; the same attempt will bring the answer.
    Asking(Attempt),
    /// It is locked, and nothing is under way.
    Locked,
    /// There is no keychain that can be used.
    Failed(KeychainError),
    /// It does not answer.
    Silent,
}

enum Answer {
    Looked(Lock),
    Ended(Result<Key, KeychainError>),
}

impl Attempt {
    /// Starts the self-test and the reading of the key on a thread of their own.
    pub(crate) fn begin(keychain: Arc<dyn Keychain>, name: KeyName, question: Question) -> Self {
        let (sender, answers) = mpsc::channel();
        on_thread(move || {
            let result = obtain(keychain.as_ref(), &name, question, &sender);
            // Nobody listens any more once the limit is over: the answer is of no use then.
            let _ = sender.send(Answer::Ended(result));
        });
        Self {
            answers,
            lock: None,
        }
    }

    /// Waits for the answer, but not longer than the limit.
    pub(crate) fn wait(mut self, limit: Duration) -> Obtained {
        let end = Instant::now() + limit;
        loop {
            match self
                .answers
                .recv_timeout(end.saturating_duration_since(Instant::now()))
            {
                Ok(Answer::Looked(lock)) => self.lock = Some(lock),
                Ok(Answer::Ended(Ok(key))) => return Obtained::Key(key),
                Ok(Answer::Ended(Err(KeychainError::Locked))) => return Obtained::Locked,
                Ok(Answer::Ended(Err(error))) => return Obtained::Failed(error),
                Err(RecvTimeoutError::Disconnected) => return Obtained::Failed(stopped()),
                Err(RecvTimeoutError::Timeout) => {
                    return match self.lock {
                        Some(Lock::Locked | Lock::CannotTell) => Obtained::Asking(self),
                        Some(Lock::Open) | None => Obtained::Silent,
                    };
                }
            }
        }
    }
}

/// Deletes a key, waiting no longer than the limit; `None` when the keychain does not answer.
pub(crate) fn delete(
    keychain: Arc<dyn Keychain>,
    name: KeyName,
    limit: Duration,
) -> Option<Result<(), KeychainError>> {
    let (sender, answer) = mpsc::channel();
    on_thread(move || {
        // Nobody listens any more once the limit is over.
        let _ = sender.send(keychain.delete(&name));
    });
    match answer.recv_timeout(limit) {
        Ok(Err(KeychainError::NotFound)) => Some(Ok(())),
        Ok(result) => Some(result),
        Err(RecvTimeoutError::Disconnected) => Some(Err(stopped())),
        Err(RecvTimeoutError::Timeout) => None,
    }
}

fn on_thread(work: impl FnOnce() + Send + 'static) {
    // A thread that cannot be started drops its sender, which the waiting side reports.
    let _ = thread::Builder::new()
        .name("keychain".to_owned())
        .spawn(work);
}

fn stopped() -> KeychainError {
    KeychainError::Broken("the call stopped without an answer".to_owned())
}

fn obtain(
    keychain: &dyn Keychain,
    name: &KeyName,
    question: Question,
    progress: &Sender<Answer>,
) -> Result<Key, KeychainError> {
    let lock = keychain.lock()?;
    let _ = progress.send(Answer::Looked(lock));
    match (lock, question) {
        (Lock::Locked | Lock::CannotTell, Question::Never) => return Err(KeychainError::Locked),
        (Lock::Open, _) | (Lock::Locked | Lock::CannotTell, Question::Allowed) => {}
    }
    test(keychain, &name.of_test())?;
    match keychain.read(name) {
        Err(KeychainError::NotFound) => keep_new(keychain, name),
        result => result,
    }
}

/// Writes, reads back and deletes a key of no meaning (security rule K3).
fn test(keychain: &dyn Keychain, name: &KeyName) -> Result<(), KeychainError> {
    keep_new(keychain, name)?;
    keychain.delete(name)?;
    match keychain.read(name) {
        Err(KeychainError::NotFound) => Ok(()),
        Err(error) => Err(error),
        Ok(_) => Err(KeychainError::Broken(
            "what was deleted is still there".to_owned(),
        )),
    }
}

fn keep_new(keychain: &dyn Keychain, name: &KeyName) -> Result<Key, KeychainError> {
    let key = Key::random()?;
    keychain.write(name, &key)?;
    match keychain.read(name) {
        Ok(read) if read.same_as(&key) => Ok(key),
        Ok(_) => Err(KeychainError::Broken(
            "it gives back something else".to_owned(),
        )),
        Err(KeychainError::NotFound) => Err(KeychainError::Broken(
            "it does not keep what it is given".to_owned(),
        )),
        Err(error) => Err(error),
    }
}
