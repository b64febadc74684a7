//! The link of a record: the first template whose names all have a value, else the record's own.
//!
//! Every way ends in `pop_core::link`'s checks; there is no other way to a `RecordUrl`.

use pop_core::action::ActionKind;
use pop_core::link::{
    HostPattern, LinkFault, LinkTemplate, LinkValue, RecordUrl, check_external_link,
};
use pop_core::profile::{Case, Customer, RecordKind};
use pop_core::template::Template;
use serde_json::{Map, Value};
use url::Url;

use crate::language::link::{host_name, spelt_out, whole_link};
use crate::language::names::Needs;
use crate::net::origin::is_host;
use crate::run::about::About;
use crate::run::connection::Connection;
use crate::run::learn::fill_calcs;
use crate::run::names::Names;
use crate::run::write::Unwritten;

/// A record that is filled in on a page of the CRM.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NewRecord {
    /// A case.
    Case,
    /// A customer.
    Customer,
}

impl Connection {
    /// The address of a record in the CRM's own pages.
    pub fn link(
        &self,
        kind: RecordKind,
        customer: &Customer,
        case: Option<&Case>,
    ) -> Result<RecordUrl, LinkFault> {
        self.numbered_link(kind, customer, case).map(|(_, url)| url)
    }

    /// The same, with the number of the template that made it, from 1; 0: the record's own page,
    /// as the CRM sent it.
    pub fn numbered_link(
        &self,
        kind: RecordKind,
        customer: &Customer,
        case: Option<&Case>,
    ) -> Result<(u32, RecordUrl), LinkFault> {
        let about = About {
            customer: Some(customer.clone()),
            case: case.cloned(),
            ..About::default()
        };
        let names = self.names_about(&about, &self.plan.link.needs);
        let within = self.hosts(&self.plan.link.within);
        let (templates, own) = match kind {
            RecordKind::Customer => (&self.plan.link.customer, customer.link.as_deref()),
            RecordKind::Case => (
                &self.plan.link.case,
                case.and_then(|case| case.link.as_deref()),
            ),
            RecordKind::Account => (&self.plan.link.account, None),
        };
        match (self.first(templates, &names, &within), own) {
            (Err(LinkFault::Missing { .. }), Some(own)) => {
                check_external_link(own, &within).map(|url| (0, url))
            }
            (link, _) => link,
        }
    }

    /// The address of the CRM's own page that lists what is searched for.
    pub fn link_to_search(&self, words: &str) -> Result<RecordUrl, LinkFault> {
        let mut names = self.names_about(&About::default(), &Needs::default());
        names.bind("words", Value::String(words.trim().to_owned()));
        fill_calcs(&mut names, &self.plan.link.needs, &[&self.plan.calcs]);
        let within = self.hosts(&self.plan.link.within);
        let first = self.first(&self.plan.link.search, &names, &within);
        first.map(|(_, url)| url)
    }

    /// The address of a page where a new record is filled in, with what is known already.
    pub fn link_to_new(
        &self,
        new: NewRecord,
        about: &About,
        input: &Map<String, Value>,
    ) -> Result<RecordUrl, LinkFault> {
        let kind = match new {
            NewRecord::Case => ActionKind::CreateCase,
            NewRecord::Customer => ActionKind::CreateCustomer,
        };
        let mut names = self.names_about(about, &self.plan.link.needs);
        names.bind("input", Value::Object(input.clone()));
        fill_calcs(&mut names, &self.plan.link.needs, &[&self.plan.calcs]);
        let within = self.hosts(&self.plan.link.within);
        let links = self.plan.link.new.iter();
        let templates = links.filter(|(known, _)| *known == kind);
        let templates = templates.flat_map(|(_, templates)| templates);
        let first = self.first(templates, &names, &within);
        first.map(|(_, url)| url)
    }

    /// The templates of records that could never open, because they lead to a host that may not be
    /// opened; none where not every host is known yet.
    pub(crate) fn foreign_links(&self) -> Vec<&str> {
        let links = &self.plan.link;
        let within = self.hosts(&links.within);
        if within.len() < links.within.len() {
            return Vec::new();
        }
        let all = links
            .customer
            .iter()
            .chain(&links.case)
            .chain(&links.account)
            .chain(&links.search);
        let leads_elsewhere = |template: &&str| {
            let host = template.strip_prefix("https://");
            let host = host.and_then(|rest| rest.split(['/', '?', '#']).next());
            let url = host
                .filter(|host| !host.contains('{'))
                .and_then(|host| Url::parse(&format!("https://{host}/")).ok());
            url.is_some_and(|url| !within.iter().any(|pattern| pattern.allows(&url)))
        };
        all.map(Template::source).filter(leads_elsewhere).collect()
    }

    /// The first template whose names all have a value, with its number.
    fn first<'t>(
        &self,
        templates: impl IntoIterator<Item = &'t Template>,
        names: &Names,
        within: &[HostPattern],
    ) -> Result<(u32, RecordUrl), LinkFault> {
        let mut first = None;
        for (number, template) in (1..).zip(templates) {
            match self.expand(template, names, within) {
                Err(fault @ LinkFault::Missing { .. }) => {
                    first.get_or_insert(fault);
                }
                other => return other.map(|url| (number, url)),
            }
        }
        Err(first.unwrap_or(LinkFault::Missing {
            name: "link".to_owned(),
        }))
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
        writer
            .check_within_texts(template.names())
            .map_err(|name| LinkFault::TplValue {
                name,
                reason: "it holds a character that may not be placed",
            })?;
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
        // A text of the definition; each value in it has been checked and escaped by itself.
        _ if path.starts_with("text.") => LinkValue::Composed(text),
        // Each has passed `[ids].pattern` when the record was read.
        "customer.id" | "case.id" | "account.id" => LinkValue::CheckedId(text),
        _ => LinkValue::Text(text),
    }
}
