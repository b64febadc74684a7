//! One definition with its variants and overlays laid over it, compiled: all that a connection
//! runs.

use std::collections::BTreeSet;
use std::sync::Arc;

use pop_core::action::ActionKind;
use serde_json::Value;

use crate::file::fault::Faults;
use crate::file::section::Section;
use crate::file::tree::{Node, Table};
use crate::language::action::ActionPart;
use crate::language::auth::AuthMethod;
use crate::language::batch::BatchPart;
use crate::language::circles::{check_if_none, check_reference_circles};
use crate::language::dialect::Dialect;
use crate::language::errors::ErrorPart;
use crate::language::example::Example;
use crate::language::http::{HttpPart, Ids};
use crate::language::link::LinkPart;
use crate::language::names::{Known, Reach};
use crate::language::parts::{FindPart, ListPart, MePart, Reader, RefPart, SearchPart};
use crate::language::reading::Reading;
use crate::language::record::{ACTIVITY, CASE, CUSTOMER, RecordMap, kept_names};
use crate::language::setting::{Setting, SettingKind};
use crate::language::shared::{read_calcs, read_texts};
use crate::language::text::Text;

/// What a connection runs.
#[derive(Debug)]
pub(crate) struct Plan {
    pub(crate) settings: Vec<Setting>,
    pub(crate) auth: Vec<AuthMethod>,
    pub(crate) http: HttpPart,
    pub(crate) batch: Option<BatchPart>,
    pub(crate) ids: Ids,
    pub(crate) texts: Vec<(String, Text)>,
    pub(crate) calcs: Vec<(String, Arc<Reading>)>,
    pub(crate) tables: Value,
    /// The settings that are names of fields.
    pub(crate) fields: BTreeSet<String>,
    pub(crate) me: Option<MePart>,
    pub(crate) refs: Vec<RefPart>,
    pub(crate) finds: Vec<FindPart>,
    pub(crate) searches: Vec<SearchPart>,
    pub(crate) customer: RecordMap,
    pub(crate) case: RecordMap,
    pub(crate) activity: RecordMap,
    pub(crate) cases: Vec<ListPart>,
    pub(crate) activities: Vec<ListPart>,
    pub(crate) actions: Vec<ActionPart>,
    pub(crate) link: LinkPart,
    pub(crate) error: ErrorPart,
    pub(crate) examples: Vec<Example>,
}

impl Plan {
    /// Compiles a merged tree; `None` only together with faults.
    pub(crate) fn compile(tree: &Table, faults: &Faults) -> Option<Self> {
        let root = Section::root(tree, faults);
        pass_over(&root);
        let dialects = read_dialects(&root);
        let settings = Setting::read_all(root.section("setting"));
        let known = read_known(&root, &settings, &dialects);
        let reach = Reach::new(&known, &[]);
        check_shared(&root, &known);
        let auth = AuthMethod::read_all(&root, &known);
        let ids = Ids::read(root.section("ids"), &root);
        let http = HttpPart::read(root.section("http"), &root, &known);
        let batch = root.section("batch").and_then(|section| {
            let batch = BatchPart::read(&section, &known);
            section.finish();
            batch
        });
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
        let actions = family(&root, "action", |name, section| {
            ActionPart::read(&reader, name, section)
        });
        let link = LinkPart::read(root.section("link"), &reach, &actions);
        let error = ErrorPart::read(root.section("error"), &reach);
        let examples = family(&root, "example", Example::read);
        let tables = root
            .node("table")
            .map_or_else(|| Value::Object(serde_json::Map::default()), Node::json);
        let Reader {
            customer,
            case,
            activity,
            ..
        } = reader;
        root.finish();
        let fields = settings
            .iter()
            .filter(|setting| setting.kind == SettingKind::Name);
        let fields = fields
            .map(|setting| format!("setting.{}", setting.name))
            .collect();
        let Known { texts, calcs, .. } = known;
        Some(Self {
            settings,
            auth,
            http: http?,
            batch,
            ids: ids?,
            texts,
            calcs,
            tables,
            fields,
            me,
            refs,
            finds,
            searches,
            customer,
            case,
            activity,
            cases,
            activities,
            actions,
            link,
            error,
            examples,
        })
    }

    pub(crate) fn action(&self, kind: ActionKind) -> Option<&ActionPart> {
        self.actions.iter().find(|action| action.kind == kind)
    }

    pub(crate) fn find(&self, name: &str) -> Option<&FindPart> {
        self.finds.iter().find(|find| find.name == name)
    }
}

/// The keys that are read elsewhere, and those that this version refuses.
fn pass_over(root: &Section<'_>) {
    for key in ["language", "id", "name", "docs", "variant"] {
        root.node(key);
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
            .flat_map(Table::iter)
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
            .flat_map(Table::iter)
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
