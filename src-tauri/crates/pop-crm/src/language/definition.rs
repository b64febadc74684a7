//! A definition file, loaded: what it is, what it asks of the person connecting, what it can do.
//!
//! Variants are laid over the file when the settings are known; the admin's overlays come last.
//! Everything is checked here once, so that a connection can only fail by its own settings.

use std::collections::{BTreeMap, BTreeSet};

use pop_core::action::ActionKind;
use pop_core::expr::Scope;
use pop_core::identifier::Kind;
use serde_json::{Map, Value};

use crate::file::fault::{Faults, LoadFault};
use crate::file::overlay::{self, Overlay};
use crate::file::section::{Section, Spot};
use crate::file::tree::{self, Data, Node, Table};
use crate::language::action::ActionPart;
use crate::language::auth::AuthMethod;
use crate::language::parts::KINDS;
use crate::language::plan::Plan;
use crate::language::setting::{Setting, accepted};
use crate::language::variant::{self, Variant};

/// A compiled definition of a CRM.
#[derive(Debug)]
pub struct Definition {
    id: String,
    name: String,
    docs: Option<String>,
    files: Vec<String>,
    base: Table,
    overlays: Vec<Table>,
    variants: Vec<Variant>,
    plan: Plan,
}

/// What connections of a definition can do; which of it an account may do shows when it is used.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is a part that is there or not"
)]
pub struct Capabilities {
    /// The identifiers by which customers can be found.
    pub finds: Vec<Kind>,
    /// Whether customers can be searched for by words.
    pub search: bool,
    /// Whether the cases of a customer can be listed.
    pub cases: bool,
    /// Whether the activities of a customer can be listed.
    pub activities: bool,
    /// Whether the company of a customer has a page that can be opened.
    pub accounts: bool,
    /// Whether there is a page that lists what is searched for.
    pub search_page: bool,
    /// Whether the connection can be tested.
    pub test: bool,
    /// What can be done; for which customers and cases, `Connection::actions` says.
    pub actions: Vec<ActionKind>,
}

/// The version of the language that is spoken here.
const LANGUAGE: i64 = 1;
/// What makes a definition that definition.
const FIXED_FOR_OVERLAYS: &[&str] = &["language", "id"];

impl Definition {
    /// Reads and checks a definition with the admin's overlays; all faults at once.
    pub fn load(file_name: &str, text: &str, overlays: &[Overlay]) -> Result<Self, Vec<LoadFault>> {
        let names = overlays.iter().map(|overlay| overlay.file.clone());
        let files = std::iter::once(file_name.to_owned())
            .chain(names)
            .collect::<Vec<_>>();
        let faults = Faults::new(files.clone());
        let definition = Self::read(text, overlays, files, &faults);
        match definition {
            Some(definition) if faults.is_empty() => Ok(definition),
            Some(_) | None => Err(faults.into_list()),
        }
    }

    fn read(text: &str, overlays: &[Overlay], files: Vec<String>, faults: &Faults) -> Option<Self> {
        let mut base = tree::read(0, text, faults);
        let mut late = Vec::new();
        for (at, overlay) in overlays.iter().enumerate() {
            let (early, rest) = split_overlay(tree::read(at + 1, &overlay.text, faults), faults);
            overlay::lay(&mut base, &early, faults);
            late.push(rest);
        }
        if !faults.is_empty() {
            return None;
        }
        let root = Section::root(&base, faults);
        let (id, name, docs) = read_title(&root);
        let settings = Setting::read_all(root.section("setting"));
        let variants = Variant::read_all(&root, &settings);
        let compose = |chosen: &BTreeSet<usize>| {
            let chosen = chosen.iter().filter_map(|at| variants.get(*at));
            let tree = merged(&base, chosen.map(|variant| &variant.tree), &late, faults);
            Plan::compile(&tree, faults)
        };
        for chosen in variant::meetings(&variants, &settings) {
            compose(&chosen);
        }
        let plan = compose(&BTreeSet::new());
        Some(Self {
            id: id?,
            name: name?,
            docs,
            plan: plan?,
            files,
            variants,
            base,
            overlays: late,
        })
    }

    /// The definition's id, such as `rest`.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The CRM's name for people.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// A page for people about connecting this CRM.
    pub fn docs(&self) -> Option<&str> {
        self.docs.as_deref()
    }

    /// The fields of the connect form, in the order of the file, while no variant is chosen.
    pub fn settings(&self) -> &[Setting] {
        &self.plan.settings
    }

    /// The ways to sign in, in the order of the file, while no variant is chosen.
    pub fn auth_methods(&self) -> &[AuthMethod] {
        &self.plan.auth
    }

    /// The fields and the ways to sign in once these are filled in: a variant may change both.
    pub fn form(
        &self,
        filled: &BTreeMap<String, Value>,
    ) -> Result<(Vec<Setting>, Vec<AuthMethod>), Vec<LoadFault>> {
        let settings = accepted(self.settings(), filled, &[], &mut Vec::new());
        let plan = self.plan_for(&settings)?;
        Ok((plan.settings, plan.auth))
    }

    /// What the definition can do with no optional setting filled in and no variant chosen.
    pub fn capabilities(&self) -> Capabilities {
        self.plan.capabilities(&Map::new())
    }

    pub(crate) fn files(&self) -> &[String] {
        &self.files
    }

    pub(crate) fn variants(&self) -> &[Variant] {
        &self.variants
    }

    pub(crate) fn plan(&self) -> &Plan {
        &self.plan
    }

    /// Compiles what runs with these settings: the variants they choose, then the overlays.
    pub(crate) fn plan_for(&self, settings: &Map<String, Value>) -> Result<Plan, Vec<LoadFault>> {
        let variants = self.variants.iter();
        let chosen = variants.filter(|variant| variant.is_chosen(settings));
        let faults = Faults::new(self.files.clone());
        let tree = merged(&self.base, chosen.map(|v| &v.tree), &self.overlays, &faults);
        match Plan::compile(&tree, &faults) {
            Some(plan) if faults.is_empty() => Ok(plan),
            Some(_) | None => Err(faults.into_list()),
        }
    }
}

impl Plan {
    /// What can be done with these settings.
    pub(crate) fn capabilities(&self, settings: &Map<String, Value>) -> Capabilities {
        let on = |rows: &crate::language::parts::Rows| {
            rows.settings.iter().all(|name| settings.contains_key(name))
        };
        let finds = KINDS
            .into_iter()
            .filter(|kind| {
                self.finds
                    .iter()
                    .any(|find| find.by == *kind && on(&find.rows))
            })
            .collect();
        Capabilities {
            finds,
            search: self.searches.iter().any(|search| on(&search.rows)),
            cases: self.cases.iter().any(|list| on(&list.rows))
                || self.customer.get("cases").is_some(),
            activities: self.activities.iter().any(|list| on(&list.rows))
                || self.customer.get("activities").is_some(),
            accounts: !self.link.account.is_empty(),
            search_page: !self.link.search.is_empty(),
            test: self.me.is_some(),
            actions: self.actions_with(settings),
        }
    }
}

impl Plan {
    /// The actions that are on: their settings are there, and a `when` that reads settings alone
    /// holds.
    fn actions_with(&self, settings: &Map<String, Value>) -> Vec<ActionKind> {
        let scope = Scope::new()
            .with("setting", &Value::Object(settings.clone()))
            .with("table", &self.tables);
        let is_on = |action: &&ActionPart| {
            action.fixed_when().is_none_or(|when| when.holds(&scope))
                && action
                    .settings
                    .iter()
                    .all(|name| settings.contains_key(name))
        };
        let actions = self.actions.iter().filter(is_on);
        actions.map(|action| action.kind).collect()
    }
}

fn read_title(root: &Section<'_>) -> (Option<String>, Option<String>, Option<String>) {
    match root.node("language") {
        Some(node) if matches!(node.data, Data::Whole(LANGUAGE)) => {}
        Some(node) => root.fault(node, "language", "1, the version this program speaks"),
        None => root.missing("language", "language = 1"),
    }
    let id = root.need_text("id");
    if let Some(spot) = id {
        let is_id = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
        if spot.text.is_empty() || !spot.text.bytes().all(is_id) {
            root.refuse(spot, "id", "small letters, digits and - alone");
        }
    }
    let owned = |spot: Option<Spot<'_>>| spot.map(|spot| spot.text.to_owned());
    (
        owned(id),
        owned(root.need_text("name")),
        owned(root.text("docs")),
    )
}

/// What of an overlay decides about variants is laid at once; the rest comes after them.
fn split_overlay(mut overlay: Table, faults: &Faults) -> (Table, Table) {
    let mut early = Table::default();
    for key in FIXED_FOR_OVERLAYS {
        if let Some(node) = overlay.remove(key) {
            faults.add(
                node.place,
                *key,
                node.found(),
                "no change of this key in an overlay",
            );
        }
    }
    // What it says of settings holds against the variants too.
    if let Some(node) = overlay.get("setting") {
        early.insert("setting", node.clone());
    }
    for key in ["name", "docs", "variant"] {
        if let Some(node) = overlay.remove(key) {
            early.insert(key, node);
        }
    }
    if let Some(Node {
        place,
        data: Data::List(items),
    }) = overlay.remove("remove")
    {
        let is_early = |item: &Node| {
            item.text()
                .is_some_and(|path| path.starts_with("setting.") || path.starts_with("variant."))
        };
        let (first, later): (Vec<_>, Vec<_>) = items.into_iter().partition(is_early);
        early.insert(
            "remove",
            Node {
                place,
                data: Data::List(first),
            },
        );
        overlay.insert(
            "remove",
            Node {
                place,
                data: Data::List(later),
            },
        );
    }
    (early, overlay)
}

fn merged<'v>(
    base: &Table,
    variants: impl Iterator<Item = &'v Table>,
    overlays: &'v [Table],
    faults: &Faults,
) -> Table {
    let mut tree = base.clone();
    for over in variants.chain(overlays) {
        overlay::lay(&mut tree, over, faults);
    }
    tree
}
