//! `[link]`: the templates of record links, tried at load with the hosts they may lead to.
//!
//! The rules of links are `pop_core::link`'s. Only what a definition adds is here: the host may
//! come from a setting or a token, and so is not known before there is a connection.

use pop_core::action::ActionKind;
use pop_core::link::{HostPattern, LinkTemplate};
use pop_core::template::{Name, Part, Template};

use crate::file::section::{Section, Spot};
use crate::file::tree::join;
use crate::language::action::{ABOUT, ActionPart};
use crate::language::names::{Needs, Reach};
use crate::language::shared::check_names;
use crate::language::text::template;

/// The links of a definition.
#[derive(Debug, Default)]
pub(crate) struct LinkPart {
    pub(crate) within: Vec<Template>,
    pub(crate) customer: Vec<Template>,
    pub(crate) case: Vec<Template>,
    /// The company of a person.
    pub(crate) account: Vec<Template>,
    /// The page that lists what is searched for.
    pub(crate) search: Vec<Template>,
    /// Pages where a new record is filled in, by what would make it.
    pub(crate) new: Vec<(ActionKind, Vec<Template>)>,
    /// What must be known before they can be written.
    pub(crate) needs: Needs,
}

/// A host that stands in for one from a setting while a template is tried.
const TRIAL: &str = "trial.invalid";

impl LinkPart {
    pub(crate) fn read(
        section: Option<Section<'_>>,
        reach: &Reach<'_>,
        actions: &[ActionPart],
    ) -> Self {
        let Some(section) = section else {
            return Self::default();
        };
        let mut within = Vec::new();
        if !section.has("within") {
            section.missing("within", "the hosts that may be opened");
        }
        for spot in section.texts("within").unwrap_or_default() {
            if let Some(template) = template(&section, "within", spot) {
                check_names(&section, "within", spot.place, &template, reach);
                within.push(template);
            }
        }
        let customer = reach.and(&["customer", "account"]);
        let case = customer.and(&["case"]);
        let new = NEW.map(|(key, kind)| {
            let reach = reach_of_new(reach, kind, actions);
            (kind, read_links(&section, key, &reach))
        });
        let of_customer = read_links(&section, "customer", &customer);
        let of_case = read_links(&section, "case", &case);
        let of_account = read_links(&section, "account", &customer);
        let records = of_customer.iter().chain(&of_case).chain(&of_account);
        let search = reach.and(&["words"]);
        let of_search = read_links(&section, "search", &search);
        let names = records.chain(&of_search).flat_map(Template::names);
        let names = names.chain(
            new.iter()
                .flat_map(|(_, links)| links)
                .flat_map(Template::names),
        );
        let needs = case.and(&["words"]).needs(names.map(Name::path));
        section.finish();
        Self {
            within,
            customer: of_customer,
            case: of_case,
            account: of_account,
            search: of_search,
            new: new.into(),
            needs,
        }
    }
}

/// The links to a page for a new record.
const NEW: [(&str, ActionKind); 2] = [
    ("new_case", ActionKind::CreateCase),
    ("new_customer", ActionKind::CreateCustomer),
];
/// What can be filled in beforehand where there is no form that says so.
const USUAL_INPUTS: [&str; 2] = ["subject", "description"];

/// Nothing need be filled in yet, so whatever the form has may be missing.
fn reach_of_new<'k>(reach: &Reach<'k>, kind: ActionKind, actions: &[ActionPart]) -> Reach<'k> {
    let action = actions.iter().find(|action| action.kind == kind);
    let inputs = match action {
        Some(action) => action.form.iter().map(|field| field.name.clone()).collect(),
        None => USUAL_INPUTS.map(str::to_owned).to_vec(),
    };
    Reach {
        inputs: Some(inputs.into_iter().map(|name| (name, false)).collect()),
        ..reach.and(ABOUT).and(&["input"])
    }
}

fn read_links(section: &Section<'_>, key: &str, reach: &Reach<'_>) -> Vec<Template> {
    let spots = section.texts(key).unwrap_or_default();
    let read = |spot: Spot<'_>| {
        let template = template(section, key, spot)?;
        check_names(section, key, spot.place, &template, reach);
        try_out(section, key, spot, &template);
        Some(template)
    };
    spots.into_iter().filter_map(read).collect()
}

/// Tries a template with a host in place of one that is not known yet.
fn try_out(section: &Section<'_>, key: &str, spot: Spot<'_>, template: &Template) {
    if whole_link(template).is_some() {
        return;
    }
    let host = match template.parts() {
        [Part::Text(start), ..] => start
            .strip_prefix("https://")
            .and_then(|rest| rest.split(['/', '?', '#']).next())
            .filter(|host| !host.is_empty()),
        [Part::Name(_), ..] | [] => None,
    };
    let pattern = HostPattern::parse(host.unwrap_or(TRIAL))
        .into_iter()
        .collect::<Vec<_>>();
    let (text, origins) = spelt_out(template, || Some(TRIAL.to_owned()))
        .unwrap_or_else(|| (spot.text.to_owned(), Vec::new()));
    let origins = origins.iter().map(String::as_str).collect::<Vec<_>>();
    if let Err(fault) = LinkTemplate::parse(&text, &pattern, &origins) {
        let found = format!("{:?}", spot.text);
        section.faults.add(
            spot.place,
            join(&section.path, key),
            found,
            format!("a link: {fault}"),
        );
    }
}

/// The name, if the whole link is one: the record's own link.
pub(crate) fn whole_link(template: &Template) -> Option<&str> {
    let name = template.only_name()?.path();
    matches!(name, "customer.link" | "case.link").then_some(name)
}

/// The template's text with the host in place of the name that stands for it, and the names that
/// may stand for a whole origin; `None` when the host has no value.
pub(crate) fn spelt_out(
    template: &Template,
    host: impl FnOnce() -> Option<String>,
) -> Option<(String, Vec<String>)> {
    let source = template.source();
    match template.parts() {
        [Part::Text(start), Part::Name(name), ..] if start == "https://" => {
            let spelt = format!("https://{{{}}}", name.path());
            let rest = source.strip_prefix(&spelt)?;
            Some((format!("https://{}{rest}", host()?), Vec::new()))
        }
        [Part::Name(name), ..] => Some((source.to_owned(), vec![name.path().to_owned()])),
        [Part::Text(_), ..] | [] => Some((source.to_owned(), Vec::new())),
    }
}

/// The name that stands for the host of a template, if one does.
pub(crate) fn host_name(template: &Template) -> Option<&str> {
    match template.parts() {
        [Part::Text(start), Part::Name(name), ..] if start == "https://" => Some(name.path()),
        _ => None,
    }
}
