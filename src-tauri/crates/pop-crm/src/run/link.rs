//! The link of a record: the first template whose names all have a value, else the record's own.
//!
//! Every way ends in `pop_core::link`'s checks; there is no other way to a `RecordUrl`.

use pop_core::link::{
    HostPattern, LinkFault, LinkTemplate, LinkValue, RecordUrl, check_external_link,
};
use pop_core::profile::{Case, Customer, RecordKind};
use pop_core::template::Template;
use serde_json::Value;

use crate::language::link::{host_name, spelt_out, whole_link};
use crate::net::origin::is_host;
use crate::run::connection::Connection;
use crate::run::context::object;
use crate::run::learn::fill_calcs;
use crate::run::names::Names;
use crate::run::record::{value_of_case, value_of_customer};
use crate::run::write::Unwritten;

impl Connection {
    /// The address of a record in the CRM's own pages.
    pub fn link(
        &self,
        kind: RecordKind,
        customer: &Customer,
        case: Option<&Case>,
    ) -> Result<RecordUrl, LinkFault> {
        let names = self.names_of_link(customer, case);
        let within = self.hosts(&self.plan.link.within);
        let (templates, own) = match kind {
            RecordKind::Customer => (&self.plan.link.customer, customer.link.as_deref()),
            RecordKind::Case => (
                &self.plan.link.case,
                case.and_then(|case| case.link.as_deref()),
            ),
        };
        let mut first = None;
        for template in templates {
            match self.expand(template, &names, &within) {
                Err(fault @ LinkFault::Missing { .. }) => {
                    first.get_or_insert(fault);
                }
                other => return other,
            }
        }
        match own {
            Some(own) => check_external_link(own, &within),
            None => Err(first.unwrap_or(LinkFault::Missing {
                name: "link".to_owned(),
            })),
        }
    }

    fn names_of_link(&self, customer: &Customer, case: Option<&Case>) -> Names {
        let account = customer.account_id.clone().map(Value::String);
        let mut names = self
            .settled_names()
            .with("customer", value_of_customer(customer))
            .with("account", object([("id", account)]))
            .with("case", case.map_or_else(|| object([]), value_of_case));
        let learned = self
            .learned
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner);
        if let Some(me) = &learned.me {
            names.bind("me", me.clone());
        }
        for (name, (_, value)) in &learned.refs {
            names.bind_member("ref", name, value.clone());
        }
        drop(learned);
        fill_calcs(&mut names, &self.plan.link.needs, &[&self.plan.calcs]);
        names
    }

    fn expand(
        &self,
        template: &Template,
        names: &Names,
        within: &[HostPattern],
    ) -> Result<RecordUrl, LinkFault> {
        let writer = self.writer(names);
        let value = |path: &str| match writer.value_text(path) {
            Ok(text) => Ok(Some(text)),
            Err(Unwritten::Missing(_)) => Ok(None),
            Err(Unwritten::Unsafe) => Err(LinkFault::TplValue {
                name: path.to_owned(),
                reason: "it has no text that can be placed",
            }),
        };
        if let Some(name) = whole_link(template) {
            let link = value(name)?.ok_or_else(|| LinkFault::Missing {
                name: name.to_owned(),
            })?;
            return check_external_link(&link, within);
        }
        if let Some(name) = host_name(template) {
            let host = value(name)?.ok_or_else(|| LinkFault::Missing {
                name: name.to_owned(),
            })?;
            if !is_host(&host) {
                return Err(LinkFault::UrlHost);
            }
        }
        for name in template.names() {
            value(name.path())?;
        }
        let host = || value(host_name(template)?).ok().flatten();
        let (text, origins) = spelt_out(template, host).ok_or(LinkFault::UrlHost)?;
        let origins = origins.iter().map(String::as_str).collect::<Vec<_>>();
        let link = LinkTemplate::parse(&text, within, &origins)?;
        link.expand(|path| {
            let text = value(path).ok().flatten()?;
            Some(if origins.contains(&path) {
                LinkValue::Origin(text.trim_end_matches('/').to_owned())
            } else {
                typed(path, text)
            })
        })
    }
}

/// The type that a link's rules know a value by.
fn typed(path: &str, text: String) -> LinkValue {
    match path {
        // Each has passed `[ids].pattern` when the record was read.
        "customer.id" | "case.id" | "account.id" => LinkValue::CheckedId(text),
        _ => LinkValue::Text(text),
    }
}
