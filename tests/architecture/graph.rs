//! Who uses whom, read from `cargo metadata`.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::LazyLock,
};

use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, Node, PackageId};

use crate::sources::root;

/// The workspace as it is; reading it takes a second.
pub(crate) static WORKSPACE: LazyLock<Graph> = LazyLock::new(Graph::of_workspace);

/// One package uses another.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Use {
    pub(crate) user: String,
    pub(crate) used: String,
    /// Only its tests do.
    pub(crate) in_tests: bool,
}

/// All packages that take part in a build of the workspace.
#[derive(Debug, Default)]
pub(crate) struct Graph {
    pub(crate) members: BTreeSet<String>,
    pub(crate) uses: BTreeSet<Use>,
}

impl Graph {
    fn of_workspace() -> Self {
        let metadata = MetadataCommand::new()
            .manifest_path(root().join("Cargo.toml"))
            .other_options(["--locked".to_owned()])
            .exec()
            .expect("the workspace's manifests and its lock file fit together");
        Self {
            members: metadata
                .workspace_packages()
                .iter()
                .map(|it| it.name.to_string())
                .collect(),
            uses: uses(&metadata),
        }
    }

    /// Returns the uses among members.
    pub(crate) fn between_members(&self) -> impl Iterator<Item = &Use> {
        self.uses
            .iter()
            .filter(|it| self.members.contains(&it.used) && it.user != it.used)
    }

    /// Returns all that the product code of a member is built from, near and far.
    pub(crate) fn built_from(&self, member: &str) -> BTreeSet<&str> {
        let mut direct: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for it in self.uses.iter().filter(|it| !it.in_tests) {
            direct.entry(&it.user).or_default().push(&it.used);
        }
        let mut found = BTreeSet::new();
        let mut open = vec![member];
        while let Some(package) = open.pop() {
            for used in direct.get(package).into_iter().flatten() {
                if found.insert(*used) {
                    open.push(used);
                }
            }
        }
        found
    }
}

fn uses(metadata: &Metadata) -> BTreeSet<Use> {
    let name = |id: &PackageId| metadata[id].name.to_string();
    let resolve = metadata
        .resolve
        .as_ref()
        .expect("metadata was asked for with dependencies");
    let of_node = |node: &Node| {
        let user = name(&node.id);
        let used = node.deps.iter().flat_map(|dependency| {
            let used = name(&dependency.pkg);
            dependency
                .dep_kinds
                .iter()
                .map(move |kind| (used.clone(), kind.kind))
        });
        used.map(|(used, kind)| Use {
            user: user.clone(),
            used,
            in_tests: kind == DependencyKind::Development,
        })
        .collect::<Vec<_>>()
    };
    resolve.nodes.iter().flat_map(of_node).collect()
}
