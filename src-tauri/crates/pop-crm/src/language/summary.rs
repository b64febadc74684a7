//! What a definition comes to, for an admin to read before anybody signs in with it: first where
//! its credentials go, then what it can do, and why a part of it is off.
//!
//! It is told with every setting at its default and the optional ones left empty, as a new
//! connection begins.

use std::collections::BTreeMap;

use pop_core::expr::Scope;
use pop_core::template::Template;
use serde_json::{Map, Value};

use crate::file::fault::LoadFault;
use crate::language::auth::AuthMethod;
use crate::language::definition::Definition;
use crate::language::parts::Rows;
use crate::language::plan::Plan;
use crate::language::setting::accepted;

/// A definition as an admin reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Summary {
    /// What decides where credentials go: keys of the file with what they say.
    pub credentials: Vec<(String, String)>,
    /// The hosts whose pages may be opened.
    pub opens: Vec<String>,
    /// What is asked and done, in the order of the language.
    pub parts: Vec<PartSummary>,
    /// The variants, each with its condition.
    pub variants: Vec<VariantSummary>,
}

/// One part that asks or does something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartSummary {
    /// Its key, such as `find.email`.
    pub key: String,
    /// Why it is off; empty when it is on.
    pub off: Vec<String>,
}

/// One variant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VariantSummary {
    /// Its name in the definition.
    pub name: String,
    /// Its condition.
    pub when: String,
    /// Whether the defaults choose it.
    pub chosen: bool,
}

impl Definition {
    /// What the definition comes to, with the variants that the defaults choose and the overlays.
    pub fn summary(&self) -> Result<Summary, Vec<LoadFault>> {
        let settings = accepted(self.settings(), &BTreeMap::new(), &[], &mut Vec::new());
        let plan = self.plan_for(&settings)?;
        let variants = self.variants().iter().map(|variant| VariantSummary {
            name: variant.name.clone(),
            when: variant.when.expr.source().to_owned(),
            chosen: variant.is_chosen(&settings),
        });
        Ok(Summary {
            credentials: plan.credentials(),
            opens: sources(&plan.link.within),
            parts: plan.parts(&settings),
            variants: variants.collect(),
        })
    }
}

impl Plan {
    fn credentials(&self) -> Vec<(String, String)> {
        let base = ("http.base".to_owned(), self.http.base.source().to_owned());
        let within = (
            "http.within".to_owned(),
            sources(&self.http.within).join(", "),
        );
        let mut all = vec![base, within];
        all.extend(self.auth.iter().flat_map(endpoints));
        all
    }

    fn parts(&self, settings: &Map<String, Value>) -> Vec<PartSummary> {
        let rows = |key: String, rows: &Rows| part(key, &rows.settings, settings);
        let mut parts = Vec::new();
        parts.extend(self.me.iter().map(|_| part("me".to_owned(), &[], settings)));
        for find in &self.finds {
            parts.push(rows(format!("find.{}", find.name), &find.rows));
        }
        for search in &self.searches {
            parts.push(rows(format!("search.{}", search.name), &search.rows));
        }
        let carried = ["cases", "activities"].into_iter();
        for key in carried.filter(|key| self.customer.get(key).is_some()) {
            parts.push(part(format!("customer.{key}"), &[], settings));
        }
        for list in &self.cases {
            parts.push(rows(format!("cases.{}", list.name), &list.rows));
        }
        for list in &self.activities {
            parts.push(rows(format!("activities.{}", list.name), &list.rows));
        }
        let scope = Scope::new()
            .with("setting", &Value::Object(settings.clone()))
            .with("table", &self.tables);
        for action in &self.actions {
            let key = format!("action.{}", action.kind.word());
            let mut told = part(key, &action.settings, settings);
            if let Some(when) = action.fixed_when().filter(|when| !when.holds(&scope)) {
                told.off.push(format!("not so: {}", when.expr.source()));
            }
            parts.push(told);
        }
        parts
    }
}

fn part(key: String, needed: &[String], settings: &Map<String, Value>) -> PartSummary {
    let missing = needed.iter().filter(|name| !settings.contains_key(*name));
    PartSummary {
        key,
        off: missing
            .map(|name| format!("setting.{name} is not filled in"))
            .collect(),
    }
}

/// Where a way to sign in sends what it is given, beside the CRM itself.
fn endpoints(method: &AuthMethod) -> Vec<(String, String)> {
    let Some(oauth) = method.oauth() else {
        return Vec::new();
    };
    let browser = oauth.browser.as_ref();
    let addresses = [
        ("authorize", browser.map(|browser| &browser.authorize)),
        ("token", Some(&oauth.token)),
        ("revoke", oauth.revoke.as_ref().map(|(_, address)| address)),
    ];
    let told = addresses.into_iter().filter_map(|(key, address)| {
        let key = format!("auth.{}.{key}", method.name);
        Some((key, address?.source().to_owned()))
    });
    told.collect()
}

fn sources(templates: &[Template]) -> Vec<String> {
    let sources = templates.iter().map(Template::source);
    sources.map(str::to_owned).collect()
}
