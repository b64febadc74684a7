//! Which names can be read where, and what has to be known before they can.
//!
//! A name that is misspelt, or that has no value in that place, is a fault when the definition is
//! loaded, because later it would look like an answer that lacks something.

use std::collections::BTreeSet;
use std::sync::Arc;

use pop_core::template::Name;

use crate::language::reading::Reading;
use crate::language::setting::{Setting, SettingKind};
use crate::language::text::Text;

/// What a definition declares.
#[derive(Default)]
pub(crate) struct Known {
    pub(crate) settings: Vec<Setting>,
    pub(crate) tables: Vec<String>,
    pub(crate) texts: Vec<(String, Text)>,
    pub(crate) calcs: Vec<(String, Arc<Reading>)>,
    pub(crate) refs: Vec<String>,
    pub(crate) me: Vec<String>,
    pub(crate) keep: Vec<String>,
}

impl Known {
    pub(crate) fn setting(&self, name: &str) -> Option<&Setting> {
        self.settings.iter().find(|setting| setting.name == name)
    }
}

/// The names that can be read everywhere.
pub(crate) const EVERYWHERE: &[&str] = &[
    "setting",
    "token",
    "me",
    "agent",
    "interaction",
    "ref",
    "calc",
    "table",
    "text",
    "now",
];
/// What an answer consists of.
pub(crate) const ANSWER: &[&str] = &["status", "headers", "body"];

const AGENT: &[&str] = &["id", "platform_id", "email", "name", "extension"];
const INTERACTION: &[&str] = &[
    "id",
    "source",
    "channel",
    "direction",
    "queue",
    "at",
    "date",
    "title",
    "reason",
    "language",
    "summary",
    "seconds",
    "name",
];
const CUSTOMER: &[&str] = &[
    "id",
    "type",
    "name",
    "emails",
    "phones",
    "company",
    "tier",
    "vip",
    "language",
    "region",
    "owner",
    "link",
    "open_cases",
    "also",
    "keep",
];
const CASE: &[&str] = &[
    "id", "number", "subject", "status", "open", "priority", "owner", "link", "stamp",
];
const PART: &[&str] = &["name", "method", "url", "json"];
const PHONE: &[&str] = &["e164", "digits", "national", "last7", "last10", "spellings"];

/// What can be read in one place.
#[derive(Clone)]
pub(crate) struct Reach<'k> {
    pub(crate) known: &'k Known,
    pub(crate) roots: BTreeSet<&'static str>,
    pub(crate) steps: Vec<String>,
    pub(crate) texts: Vec<(String, Text)>,
    pub(crate) calcs: Vec<(String, Arc<Reading>)>,
    /// The fields that `input` has, and whether there must be a value; any, where nobody says.
    pub(crate) inputs: Option<Vec<(String, bool)>>,
}

impl<'k> Reach<'k> {
    pub(crate) fn new(known: &'k Known, roots: &[&[&'static str]]) -> Self {
        let roots = EVERYWHERE
            .iter()
            .chain(roots.iter().copied().flatten())
            .copied()
            .collect();
        Self {
            known,
            roots,
            steps: Vec::new(),
            texts: Vec::new(),
            calcs: Vec::new(),
            inputs: None,
        }
    }

    /// This reach and more.
    pub(crate) fn and(&self, roots: &[&'static str]) -> Self {
        let mut more = self.clone();
        more.roots.extend(roots);
        more
    }

    pub(crate) fn text(&self, name: &str) -> Option<&Text> {
        find(&self.texts, name).or_else(|| find(&self.known.texts, name))
    }

    pub(crate) fn calc(&self, name: &str) -> Option<&Reading> {
        find(&self.calcs, name)
            .or_else(|| find(&self.known.calcs, name))
            .map(Arc::as_ref)
    }

    /// Checks a name that a template places.
    pub(crate) fn check_placed(&self, name: &Name) -> Result<(), String> {
        self.check_name(name.path())?;
        self.check_input(name)
    }

    /// Checks a name as a template spells it: texts may stand there, whole objects may not.
    pub(crate) fn check_name(&self, path: &str) -> Result<(), String> {
        self.check(path, true, &mut Vec::new())
    }

    /// Checks a path that an expression reads.
    pub(crate) fn check_path(&self, path: &str) -> Result<(), String> {
        self.check(path, false, &mut Vec::new())
    }

    fn check(&self, path: &str, template: bool, above: &mut Vec<String>) -> Result<(), String> {
        let (root, rest) = path.split_once('.').unwrap_or((path, ""));
        if !self.roots.contains(root) {
            let roots = self.roots.iter().copied().collect::<Vec<_>>().join(", ");
            return Err(format!("a name that has a value here: {roots}"));
        }
        let member = rest.split('.').next().unwrap_or_default();
        match root {
            "text" if !template => Err("a name other than text, which only templates place".into()),
            "text" => {
                let names = self
                    .texts
                    .iter()
                    .chain(&self.known.texts)
                    .map(|(name, _)| name.as_str());
                let text = self.text(rest).ok_or_else(|| one_of("text", names))?;
                for name in text.names() {
                    self.check_input(name)?;
                }
                self.below(path, text.names().map(|name| (name.path(), true)), above)
            }
            "calc" => {
                let names = self
                    .calcs
                    .iter()
                    .chain(&self.known.calcs)
                    .map(|(name, _)| name.as_str());
                let calc = self.calc(member).ok_or_else(|| one_of("calc", names))?;
                let key = format!("calc.{member}");
                self.below(&key, calc.paths().map(|path| (path, false)), above)
            }
            "setting" => match self.known.setting(member) {
                Some(setting) if setting.kind != SettingKind::Secret => Ok(()),
                Some(_) => Err("a setting that is no secret: secrets are for [auth] alone".into()),
                None => {
                    let names = self
                        .known
                        .settings
                        .iter()
                        .map(|setting| setting.name.as_str());
                    Err(one_of("setting", names))
                }
            },
            "table" => declared("table", member, &self.known.tables),
            "ref" => declared("ref", member, &self.known.refs),
            "me" => declared("me", member, &self.known.me),
            "step" => declared("step", member, &self.steps),
            "agent" => fixed("agent", member, AGENT, template),
            "interaction" => fixed("interaction", member, INTERACTION, template),
            "phone" => fixed("phone", member, PHONE, template),
            "account" => fixed("account", member, &["id"], template),
            "case" => fixed("case", member, CASE, template),
            "part" => fixed("part", member, PART, template),
            "item" => fixed("item", member, &["id", "uuid"], template),
            "input" => match &self.inputs {
                Some(inputs) if !member.is_empty() => {
                    let names = inputs.iter().map(|(name, _)| name.clone());
                    declared("input", member, &names.collect::<Vec<_>>())
                }
                Some(_) | None => Ok(()),
            },
            "customer" => {
                fixed("customer", member, CUSTOMER, template)?;
                match rest.split_once('.') {
                    Some(("keep", kept)) => {
                        let kept = kept.split('.').next().unwrap_or_default();
                        declared("customer.keep", kept, &self.known.keep)
                    }
                    Some(_) | None => Ok(()),
                }
            }
            _ => Ok(()),
        }
    }

    /// Checks what a shared text or value reads in turn; coming back to itself is a circle.
    fn below<'n>(
        &self,
        key: &str,
        names: impl Iterator<Item = (&'n str, bool)>,
        above: &mut Vec<String>,
    ) -> Result<(), String> {
        if above.iter().any(|name| name == key) {
            return Err(format!(
                "no circle: {} leads back to {key}",
                above.join(" → ")
            ));
        }
        above.push(key.to_owned());
        for (name, template) in names {
            self.check(name, template, above)
                .map_err(|expected| format!("{expected} ({key} reads {name})"))?;
        }
        above.pop();
        Ok(())
    }

    /// What must be known before these names have values.
    pub(crate) fn needs<'n>(&self, names: impl Iterator<Item = &'n str>) -> Needs {
        let mut needs = Needs::default();
        for name in names {
            self.gather(name, &mut needs, 0);
        }
        needs
    }

    fn gather(&self, path: &str, needs: &mut Needs, depth: usize) {
        // Circles are reported by `check`; here they must only not be endless.
        if depth > 32 {
            return;
        }
        let mut parts = path.split('.');
        let (root, member) = (
            parts.next().unwrap_or_default(),
            parts.next().unwrap_or_default(),
        );
        match root {
            "text" => {
                if let Some(text) = self.text(member) {
                    for name in text.names() {
                        self.gather(name.path(), needs, depth + 1);
                    }
                }
            }
            "calc" if !needs.calcs.iter().any(|calc| calc == member) => {
                if let Some(calc) = self.calc(member) {
                    for path in calc.paths() {
                        self.gather(path, needs, depth + 1);
                    }
                    needs.calcs.push(member.to_owned());
                }
            }
            "ref" => {
                needs.refs.insert(member.to_owned());
            }
            "me" => needs.me = true,
            "agent" | "interaction" => needs.around = true,
            "step" => {
                needs.steps.insert(member.to_owned());
            }
            _ => {}
        }
    }
}

/// What must be known before something can be read or written.
#[derive(Clone, Debug, Default)]
pub(crate) struct Needs {
    pub(crate) me: bool,
    /// Whether it depends on who asks, or for which interaction.
    pub(crate) around: bool,
    pub(crate) refs: BTreeSet<String>,
    pub(crate) steps: BTreeSet<String>,
    /// In the order in which they can be computed.
    pub(crate) calcs: Vec<String>,
}

impl Needs {
    pub(crate) fn join(&mut self, other: &Self) {
        self.me |= other.me;
        self.around |= other.around;
        self.refs.extend(other.refs.iter().cloned());
        self.steps.extend(other.steps.iter().cloned());
        for calc in &other.calcs {
            if !self.calcs.contains(calc) {
                self.calcs.push(calc.clone());
            }
        }
    }
}

fn find<'l, T>(list: &'l [(String, T)], name: &str) -> Option<&'l T> {
    list.iter()
        .find(|(known, _)| known == name)
        .map(|(_, value)| value)
}

fn one_of<'n>(root: &str, names: impl Iterator<Item = &'n str>) -> String {
    let names = names
        .map(|name| format!("{root}.{name}"))
        .collect::<Vec<_>>();
    if names.is_empty() {
        return format!("a [{root}] that is declared (there is none)");
    }
    format!("one of {}", names.join(", "))
}

fn declared(root: &str, member: &str, names: &[String]) -> Result<(), String> {
    if names.iter().any(|name| name == member) {
        return Ok(());
    }
    Err(one_of(root, names.iter().map(String::as_str)))
}

fn fixed(root: &str, member: &str, names: &[&str], template: bool) -> Result<(), String> {
    if names.contains(&member) || (member.is_empty() && !template) {
        return Ok(());
    }
    Err(one_of(root, names.iter().copied()))
}
