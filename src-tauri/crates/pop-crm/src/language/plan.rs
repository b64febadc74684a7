//! One definition with its variants and overlays laid over it, compiled: all that a connection
//! runs.

use std::collections::BTreeSet;
use std::sync::Arc;
use std::time::Duration;

use regex::Regex;
use serde_json::Value;

use crate::file::fault::Faults;
use crate::file::section::{Section, Spot};
use crate::file::tree::{Node, Table};
use crate::language::auth::AuthMethod;
use crate::language::dialect::Dialect;
use crate::language::errors::ErrorPart;
use crate::language::example::Example;
use crate::language::hostile;
use crate::language::link::LinkPart;
use crate::language::names::{Known, Reach};
use crate::language::parts::{FindPart, ListPart, MePart, Reader, RefPart, SearchPart, duration};
use crate::language::reading::Reading;
use crate::language::record::{ACTIVITY, CASE, CUSTOMER, RecordMap, kept_names};
use crate::language::request::{check_names, header_name, read_calcs, read_texts};
use crate::language::setting::Setting;
use crate::language::text::{Text, template};
use pop_core::template::Template;

/// What a connection runs.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) auth: Vec<AuthMethod>,
    pub(crate) http: HttpPart,
    pub(crate) ids: Ids,
    pub(crate) texts: Vec<(String, Text)>,
    pub(crate) calcs: Vec<(String, Arc<Reading>)>,
    pub(crate) tables: Value,
    pub(crate) names: BTreeSet<String>,
    pub(crate) me: Option<MePart>,
    pub(crate) refs: Vec<RefPart>,
    pub(crate) finds: Vec<FindPart>,
    pub(crate) searches: Vec<SearchPart>,
    pub(crate) customer: RecordMap,
    pub(crate) case: RecordMap,
    pub(crate) activity: RecordMap,
    pub(crate) cases: Vec<ListPart>,
    pub(crate) activities: Vec<ListPart>,
    pub(crate) link: LinkPart,
    pub(crate) error: ErrorPart,
    pub(crate) examples: Vec<Example>,
}

/// `[http]`.
#[derive(Debug)]
pub(crate) struct HttpPart {
    pub(crate) base: Template,
    pub(crate) within: Vec<Template>,
    pub(crate) headers: Vec<(String, Template)>,
    pub(crate) request_id: Vec<String>,
    pub(crate) at_once: Option<usize>,
    pub(crate) gap: Option<Duration>,
}

/// `[ids]`.
#[derive(Debug)]
pub(crate) struct Ids {
    pattern: Regex,
    same_first: Option<usize>,
}

impl Ids {
    pub(crate) fn accepts(&self, id: &str) -> bool {
        self.pattern.is_match(id)
    }

    pub(crate) fn same(&self, one: &str, other: &str) -> bool {
        match self.same_first {
            Some(length) => start(one, length) == start(other, length),
            None => one == other,
        }
    }

    fn read(section: Option<Section<'_>>, root: &Section<'_>) -> Option<Self> {
        let Some(section) = section else {
            root.missing("ids", "[ids] with the pattern of every record id");
            return None;
        };
        let pattern = section.need_text("pattern").and_then(|spot| {
            // The whole id must match, however the pattern is spelt.
            let Ok(pattern) = Regex::new(&format!("^(?:{})$", spot.text)) else {
                section.refuse(spot, "pattern", "a regular expression");
                return None;
            };
            let leak = hostile::VALUES
                .iter()
                .find(|value| !value.chars().all(|sign| sign == '.') && pattern.is_match(value));
            if let Some(value) = leak {
                let expected = format!("a pattern that refuses {value:?}: ids go in everywhere");
                section.refuse(spot, "pattern", &expected);
            }
            Some(pattern)
        });
        let same_first = section.count("same_first");
        section.finish();
        Some(Self {
            pattern: pattern?,
            same_first,
        })
    }
}

fn start(text: &str, length: usize) -> Option<&str> {
    text.get(..length)
}

impl Plan {
    /// Compiles a merged tree; `None` only together with faults.
    pub(crate) fn compile(tree: &Table, settings: &[Setting], faults: &Faults) -> Option<Self> {
        let root = Section::root(tree, faults);
        for key in ["language", "id", "name", "docs", "setting", "variant"] {
            root.node(key);
        }
        for key in ["batch", "action"] {
            if let Some(node) = root.node(key) {
                root.fault(node, key, "no such part: not supported by this version");
            }
        }
        let dialects = read_dialects(&root);
        let known = read_known(&root, settings, &dialects);
        let reach = Reach::new(&known, &[]);
        check_shared(&root, &known);
        let auth = AuthMethod::read_all(root.section("auth"), &known);
        if auth.is_empty() && !root.has("auth") {
            root.missing("auth", "[auth.<name>] with a way to sign in");
        }
        let ids = Ids::read(root.section("ids"), &root);
        let http = HttpPart::read(root.section("http"), &root, &known);
        let reader = read_maps(&root, &dialects, reach.clone());
        let me = root.section("me").and_then(|section| reader.me(section));
        let refs = family(&root, "ref", |name, section| {
            reader.reference(name, section)
        });
        let finds = family(&root, "find", |name, section| reader.find(name, section));
        check_if_none(&root, &finds);
        let searches = family(&root, "search", |name, section| {
            reader.search(name, section)
        });
        let cases = family(&root, "cases", |name, section| reader.cases(name, section));
        let activities = family(&root, "activities", |name, section| {
            reader.activities(name, section)
        });
        check_reference_circles(&root, me.as_ref(), &refs);
        let link = LinkPart::read(root.section("link"), &reach);
        let error = ErrorPart::read(root.section("error"), &reach);
        let examples = family(&root, "example", Example::read);
        let tables = root
            .node("table")
            .map_or_else(|| Value::Object(Default::default()), Node::json);
        let Reader {
            customer,
            case,
            activity,
            ..
        } = reader;
        root.finish();
        let names = settings
            .iter()
            .filter(|setting| setting.kind == crate::language::setting::SettingKind::Name)
            .map(|setting| format!("setting.{}", setting.name))
            .collect();
        let Known { texts, calcs, .. } = known;
        Some(Self {
            auth,
            http: http?,
            ids: ids?,
            texts,
            calcs,
            tables,
            names,
            me,
            refs,
            finds,
            searches,
            customer,
            case,
            activity,
            cases,
            activities,
            link,
            error,
            examples,
        })
    }

    pub(crate) fn find(&self, name: &str) -> Option<&FindPart> {
        self.finds.iter().find(|find| find.name == name)
    }
}

impl HttpPart {
    fn read(section: Option<Section<'_>>, root: &Section<'_>, known: &Known) -> Option<Self> {
        let Some(section) = section else {
            root.missing("http", "[http] with base and within");
            return None;
        };
        let reach = Reach {
            roots: BTreeSet::from(["setting", "token"]),
            ..Reach::new(known, &[])
        };
        let read = |key: &str, spot: Spot<'_>| {
            let template = template(&section, key, spot)?;
            check_names(&section, key, spot.place, &template, &reach);
            Some(template)
        };
        let base = section
            .need_text("base")
            .and_then(|spot| read("base", spot));
        if !section.has("within") {
            section.missing("within", "the only hosts that ever get a credential");
        }
        let within = section.texts("within").unwrap_or_default();
        let within = within
            .into_iter()
            .filter_map(|spot| read("within", spot))
            .collect();
        let mut headers = Vec::new();
        if let Some(section) = section.section("headers") {
            for (name, node) in section.members() {
                let Some(spot) = section.text(name) else {
                    continue;
                };
                match (header_name(name), template(&section, name, spot)) {
                    (Some(name), Some(template)) if template.names().next().is_none() => {
                        headers.push((name, template));
                    }
                    _ => section.fault(node, name, "a header with a fixed value"),
                }
            }
        }
        let request_id = section.texts("request_id").unwrap_or_default();
        let request_id = request_id
            .iter()
            .map(|spot| spot.text.to_ascii_lowercase())
            .collect();
        let at_once = section.count("at_once");
        let gap = section
            .text("gap")
            .and_then(|spot| duration(&section, "gap", spot));
        section.finish();
        Some(Self {
            base: base?,
            within,
            headers,
            request_id,
            at_once,
            gap,
        })
    }
}

fn read_dialects(root: &Section<'_>) -> Vec<Arc<Dialect>> {
    family(root, "dialect", |name, section| {
        if matches!(name, "path" | "query") {
            section.missing("…", "another name: path and query make an address");
        }
        Dialect::read(name, section).map(Arc::new)
    })
}

fn read_known(root: &Section<'_>, settings: &[Setting], dialects: &[Arc<Dialect>]) -> Known {
    let members = |key: &str| {
        let table = root.table.get(key).and_then(Node::table);
        table
            .into_iter()
            .flat_map(|table| table.iter())
            .map(|(name, _)| name.to_owned())
            .collect()
    };
    let me = root
        .table
        .get("me")
        .and_then(|me| me.table()?.get("map")?.table());
    Known {
        settings: settings.to_vec(),
        tables: members("table"),
        refs: members("ref"),
        me: me
            .into_iter()
            .flat_map(|map| map.iter())
            .map(|(name, _)| name.to_owned())
            .collect(),
        keep: kept_names(root.table),
        texts: read_texts(root, dialects),
        calcs: read_calcs(root),
    }
}

/// Shared texts and values may be placed anywhere, so here every name is in reach; whether it has
/// a value is checked again where they are placed.
fn check_shared(root: &Section<'_>, known: &Known) {
    let anywhere = Reach::new(
        known,
        &[&[
            "customer",
            "account",
            "case",
            "input",
            "item",
            "id",
            "external_id",
            "email",
            "phone",
            "words",
        ]],
    );
    let names = known.texts.iter().map(|(name, _)| ("text", name));
    for (kind, name) in names.chain(known.calcs.iter().map(|(name, _)| ("calc", name))) {
        let path = format!("{kind}.{name}");
        let node = root
            .table
            .get(kind)
            .and_then(|table| table.table()?.get(name));
        if let (Some(node), Err(expected)) = (node, anywhere.check_name(&path)) {
            root.faults.add(node.place, path, node.found(), expected);
        }
    }
}

fn read_maps<'r, 'k>(
    root: &Section<'_>,
    dialects: &'r [Arc<Dialect>],
    reach: Reach<'k>,
) -> Reader<'r, 'k> {
    let read = |key: &str, keys| match root.section(key) {
        Some(section) => RecordMap::default().with(section, keys, &reach),
        None => RecordMap::default(),
    };
    let customer = read("customer", CUSTOMER);
    let case = read("case", CASE);
    let activity = read("activity", ACTIVITY);
    let carries = |key: &str| customer.get(key).is_some();
    for (map, key, used) in [
        (
            &customer,
            "customer",
            root.has("find") || root.has("search"),
        ),
        (&case, "case", root.has("cases") || carries("cases")),
        (
            &activity,
            "activity",
            root.has("activities") || carries("activities"),
        ),
    ] {
        if used && map.get("id").is_none() {
            root.missing(
                &format!("{key}.id"),
                "where a hit has its id, such as it.id",
            );
        }
    }
    Reader {
        dialects,
        reach,
        customer,
        case,
        activity,
    }
}

fn family<T>(
    root: &Section<'_>,
    key: &str,
    mut read: impl FnMut(&str, Section<'_>) -> Option<T>,
) -> Vec<T> {
    let Some(section) = root.section(key) else {
        return Vec::new();
    };
    let members = section.sections();
    members
        .into_iter()
        .filter_map(|(name, section)| read(name, section))
        .collect()
}

/// `if_none` names finds of the same identifier, and leads nowhere in a circle.
fn check_if_none(root: &Section<'_>, finds: &[FindPart]) {
    for find in finds {
        let key = format!("find.{}.if_none", find.name);
        for name in &find.if_none {
            let named = finds.iter().find(|other| other.name == *name);
            if named.is_none_or(|other| other.by != find.by || other.name == find.name) {
                let expected = "another find of the same identifier";
                root.faults
                    .add(find.rows.asking.place, &key, format!("{name:?}"), expected);
            }
        }
    }
    let mut done = BTreeSet::new();
    while let Some(next) = finds.iter().find(|find| {
        !done.contains(find.name.as_str())
            && find.if_none.iter().all(|name| {
                done.contains(name.as_str()) || !finds.iter().any(|find| find.name == *name)
            })
    }) {
        done.insert(next.name.as_str());
    }
    for find in finds
        .iter()
        .filter(|find| !done.contains(find.name.as_str()))
    {
        let key = format!("find.{}.if_none", find.name);
        root.faults.add(
            find.rows.asking.place,
            key,
            "a circle",
            "finds that come to an end",
        );
    }
}

/// References and `me` may build on each other, but not in a circle.
fn check_reference_circles(root: &Section<'_>, me: Option<&MePart>, refs: &[RefPart]) {
    let mut done = BTreeSet::new();
    let mut me_done = me.is_none();
    loop {
        let before = (done.len(), me_done);
        let ready =
            |needs: &crate::language::names::Needs, done: &BTreeSet<&str>, me_done: bool| {
                needs.refs.iter().all(|name| done.contains(name.as_str())) && (me_done || !needs.me)
            };
        me_done = me_done || me.is_some_and(|me| ready(&me.needs, &done, true));
        for reference in refs {
            if ready(&reference.needs, &done, me_done) {
                done.insert(reference.name.as_str());
            }
        }
        if (done.len(), me_done) == before {
            break;
        }
    }
    for reference in refs
        .iter()
        .filter(|reference| !done.contains(reference.name.as_str()))
    {
        let key = format!("ref.{}", reference.name);
        root.faults.add(
            reference.asking.place,
            key,
            "a circle",
            "references that come to an end",
        );
    }
}
