//! A case that somebody else has changed since the agent saw it is not changed over their head.
//!
//! The case is read again right before its status is set; a person decides where it is neither what
//! the agent saw nor what it is to become. Stamps are not compared: a note of the agent's own
//! changes them too.

use pop_core::action::{Next, Outcome};
use pop_core::fault::FaultKind;

use crate::run::act::{Act, ActFault};
use crate::run::context::Context;

/// What the agent saw of a case when its status was chosen, in the CRM's labels.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeenStatus {
    /// The status as it was read.
    pub was: String,
    /// The status that was chosen.
    pub becomes: Option<String>,
}

impl Act<'_> {
    /// Reads the case again; a case that the CRM does not list says nothing.
    pub(crate) async fn unchanged(&self, context: &Context) -> Result<(), ActFault> {
        let about = &self.write.about;
        let known = self.write.seen.as_ref().zip(about.case.as_ref());
        let Some(((seen, case), customer)) = known.zip(about.customer.as_ref()) else {
            return Ok(());
        };
        let listed = self.connection.cases(customer, context).await;
        let listed = listed.map_err(|fault| self.unsent(fault.into()))?;
        let now = listed.items.iter().find(|listed| listed.id == case.id);
        let Some(now) = now.and_then(|now| now.status.as_deref()) else {
            return Ok(());
        };
        if now == seen.was || Some(now) == seen.becomes.as_deref() {
            return Ok(());
        }
        let outcome = match self.write.sent {
            Some(_) => Outcome::Unknown,
            None => Outcome::NotDone,
        };
        let fault = Box::new(self.connection.fault(FaultKind::Conflict));
        Err(ActFault::of(fault, outcome, Next::Park))
    }
}
