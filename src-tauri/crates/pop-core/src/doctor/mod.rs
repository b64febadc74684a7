//! What is wrong, why, and who can mend it: the vocabulary of the doctor and its judgement.
//!
//! A [`Report`] is a list of [`Check`]s in the nine steps of the integration guide; a check that
//! fails names its [`Cause`]. Nothing here asks anything: the way to a server is walked in
//! `pop-crm`, the computer is looked at by `pop-engine`, and both hand in what they saw.

mod cause;
mod check;
mod local;
mod report;
mod seen;
mod words;

pub use cause::{Cause, Part};
pub use check::{Check, CheckName, Detail, Skip, Step, Verdict};
pub use local::{look, of_refusals, of_write};
pub use report::Report;
pub use seen::{Asked, Spent, clock, customer, slow};
pub use words::{CauseWords, Effect, Fixer, HandStep};

#[cfg(test)]
mod tests;
