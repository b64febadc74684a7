//! Showing a record: in the CRM's own window where it is open already, by its link otherwise.

use std::time::Duration;

use pop_core::action::ActionKind;
use pop_core::link::{LinkFault, RecordUrl};
use pop_core::profile::{Case, Customer, RecordKind};

use crate::run::about::About;
use crate::run::act::Write;
use crate::run::connection::Connection;
use crate::run::context::Context;

/// Where a record is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shown {
    /// In the CRM's own window; nothing is to be opened.
    InCrm,
    /// Nowhere yet: this is to be opened.
    Link(RecordUrl),
}

/// A person is waiting to see it, and the link is always there.
const PATIENCE: Duration = Duration::from_secs(2);

impl Connection {
    /// Asks the CRM to show a record in its own window; where it cannot, or nobody has that window
    /// open, the link is given.
    pub async fn show(
        &self,
        kind: RecordKind,
        customer: &Customer,
        case: Option<&Case>,
        context: &Context,
    ) -> Result<Shown, LinkFault> {
        let about = About {
            customer: Some(customer.clone()),
            case: case.filter(|_| kind == RecordKind::Case).cloned(),
            ..About::default()
        };
        // No action shows a company, and its customer is not what was asked for.
        let can_show = kind != RecordKind::Account;
        if can_show && self.actions(&about).contains(&ActionKind::ShowInCrm) {
            let latest = self.now().after(PATIENCE);
            let context = Context {
                deadline: Some(context.deadline.map_or(latest, |at| at.min(latest))),
                ..context.clone()
            };
            let write = Write {
                // It makes nothing, so nothing ever asks for it by its id.
                item_id: "show".to_owned(),
                about,
                ..Write::default()
            };
            let shown = self.act(ActionKind::ShowInCrm, &write, &context).await;
            if shown.is_ok() {
                return Ok(Shown::InCrm);
            }
        }
        self.link(kind, customer, case).map(Shown::Link)
    }
}
