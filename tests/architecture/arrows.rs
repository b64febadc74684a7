//! The arrows: shell → engine → crm, source, store → core; shell → wire → core.

use crate::{
    assert_none,
    graph::{Graph, Use, WORKSPACE},
};

const SHELL: &str = "screenpop";

/// Every member and the members that it may use. A new member is entered here with a reason to be.
const ARROWS: &[(&str, &[&str])] = &[
    ("pop-core", &[]),
    ("pop-crm", &["pop-core"]),
    ("pop-source", &["pop-core"]),
    ("pop-store", &["pop-core"]),
    ("pop-wire", &["pop-core"]),
    (
        "pop-engine",
        &["pop-core", "pop-crm", "pop-source", "pop-store"],
    ),
    // Somebody else's CRM: it shares no code with the program that asks it.
    ("pop-sandbox", &[]),
    // Somebody else's CRMs: they know the port that leads to them, and never our definitions.
    ("pop-doubles", &["pop-core"]),
    (
        "pop-gateway",
        &[
            "pop-core",
            "pop-crm",
            "pop-engine",
            "pop-source",
            "pop-store",
        ],
    ),
    (
        "pop-admin",
        &[
            "pop-core",
            "pop-crm",
            "pop-engine",
            "pop-sandbox",
            "pop-source",
            "pop-store",
        ],
    ),
    (
        "pop-tests",
        &[
            "pop-core",
            "pop-crm",
            "pop-doubles",
            "pop-engine",
            "pop-gateway",
            "pop-sandbox",
            "pop-source",
            "pop-store",
            "pop-wire",
        ],
    ),
    (
        "xtask",
        &["pop-core", "pop-source", "pop-tests", "pop-wire"],
    ),
    (
        SHELL,
        &[
            "pop-core",
            "pop-crm",
            "pop-engine",
            "pop-sandbox",
            "pop-source",
            "pop-store",
            "pop-wire",
        ],
    ),
];

/// Tests of a room may ask the sandbox and the doubles: they are real servers, not parts of the
/// product's code.
const ANY_TEST_MAY_USE: &[&str] = &["pop-core", "pop-doubles", "pop-sandbox"];

/// What decides takes everything as an argument: it has no clock, no socket and no disk.
const NOT_IN_THE_CORE: &[&str] = &["axum", "hyper", "reqwest", "rusqlite", "tokio"];

/// A webview, under any of the names that bring one.
const WEBVIEWS: &[&str] = &["gtk", "tauri", "tao", "webkit2gtk", "webview2-com", "wry"];

/// Doors to the world with one keeper each: (package, who may use it directly).
const KEEPERS: &[(&str, &[&str])] = &[
    ("keyring", &[SHELL]),
    ("open", &[SHELL]),
    ("tauri", &[SHELL]),
    ("rusqlite", &["pop-store", "pop-sandbox"]),
    ("axum", &["pop-source", "pop-sandbox", "pop-gateway"]),
];

#[test]
fn members_use_each_other_only_along_the_arrows() {
    let violations = against_the_arrows(&WORKSPACE);
    assert_none(
        &violations,
        "an arrow upward or sideways ties rooms together that change apart",
    );
}

#[test]
fn the_core_is_built_without_a_runtime_a_client_or_a_database() {
    let violations = built_from_any(&WORKSPACE, "pop-core", NOT_IN_THE_CORE);
    assert_none(
        &violations,
        "the core decides and never waits, so a whole shift can be simulated",
    );
}

#[test]
fn everything_but_the_shell_is_built_without_a_webview() {
    let rooms = WORKSPACE.members.iter().filter(|member| *member != SHELL);
    let violations: Vec<_> = rooms
        .flat_map(|member| built_from_any(&WORKSPACE, member, WEBVIEWS))
        .collect();
    assert_none(
        &violations,
        "plain `cargo test` must run where there is no webview and no display",
    );
}

#[test]
fn every_door_to_the_world_has_its_keeper() {
    let violations = past_the_keepers(&WORKSPACE);
    assert_none(&violations, "a door with two keepers has two sets of rules");
}

#[test]
fn a_made_up_violation_is_found() {
    let graph = made_up(&[("pop-crm", "pop-store"), ("pop-crm", "pop-core")]);
    assert_eq!(
        against_the_arrows(&graph),
        ["pop-crm uses pop-store"],
        "sideways is refused"
    );
    let graph = made_up(&[("pop-wire", SHELL)]);
    assert_eq!(
        against_the_arrows(&graph),
        ["pop-wire uses screenpop"],
        "nothing uses the shell"
    );
    let graph = made_up(&[("pop-annex", "pop-core")]);
    assert_eq!(
        against_the_arrows(&graph),
        ["pop-annex is not among the arrows"],
        "no squatters"
    );

    let graph = made_up(&[("pop-core", "bytes"), ("bytes", "tokio")]);
    let far = built_from_any(&graph, "pop-core", NOT_IN_THE_CORE);
    assert_eq!(
        far,
        ["pop-core is built from tokio"],
        "a far use counts like a near one"
    );

    let graph = made_up(&[("pop-crm", "keyring"), (SHELL, "keyring")]);
    assert_eq!(
        past_the_keepers(&graph),
        ["pop-crm uses keyring"],
        "the keeper itself may"
    );
}

#[test]
fn what_only_tests_use_is_judged_as_such() {
    let mut graph = made_up(&[]);
    let in_tests = |user: &str, used: &str| Use {
        user: user.to_owned(),
        used: used.to_owned(),
        in_tests: true,
    };
    graph.uses.insert(in_tests("pop-crm", "pop-sandbox"));
    graph.uses.insert(in_tests("pop-core", "tokio"));
    assert_none(
        &against_the_arrows(&graph),
        "a contract test asks the sandbox",
    );
    assert_none(
        &built_from_any(&graph, "pop-core", NOT_IN_THE_CORE),
        "tests are not built in",
    );

    graph.uses.insert(in_tests("pop-crm", "pop-store"));
    assert_eq!(
        against_the_arrows(&graph),
        ["pop-crm uses pop-store"],
        "not even in tests"
    );
}

fn against_the_arrows(graph: &Graph) -> Vec<String> {
    let allowed = |member: &str| ARROWS.iter().find(|(name, _)| *name == member);
    let unknown = graph
        .members
        .iter()
        .filter(|member| allowed(member).is_none());
    let unknown = unknown.map(|member| format!("{member} is not among the arrows"));
    let refused = graph.between_members().filter(|it| {
        let may = |list: &[&str]| list.contains(&it.used.as_str());
        let (_, arrows) = allowed(&it.user).unwrap_or(&("", &["pop-core"]));
        let may_in_tests = it.in_tests && may(ANY_TEST_MAY_USE);
        !may(arrows) && !may_in_tests
    });
    unknown
        .chain(refused.map(|it| format!("{} uses {}", it.user, it.used)))
        .collect()
}

fn built_from_any(graph: &Graph, member: &str, refused: &[&str]) -> Vec<String> {
    let built_from = graph.built_from(member);
    let found = refused
        .iter()
        .filter(|package| built_from.contains(*package));
    found
        .map(|package| format!("{member} is built from {package}"))
        .collect()
}

fn past_the_keepers(graph: &Graph) -> Vec<String> {
    let by_members = graph
        .uses
        .iter()
        .filter(|it| graph.members.contains(&it.user) && !it.in_tests);
    let refused = by_members.filter(|it| {
        let door = KEEPERS.iter().find(|(package, _)| *package == it.used);
        door.is_some_and(|(_, keepers)| !keepers.contains(&it.user.as_str()))
    });
    refused
        .map(|it| format!("{} uses {}", it.user, it.used))
        .collect()
}

/// Returns a workspace of the members whose names look like members', with these uses.
fn made_up(uses: &[(&str, &str)]) -> Graph {
    let known = [
        "pop-core",
        "pop-crm",
        "pop-store",
        "pop-sandbox",
        "pop-wire",
        SHELL,
    ];
    let users = uses
        .iter()
        .map(|(user, _)| *user)
        .filter(|user| user.starts_with("pop-"));
    Graph {
        members: known.into_iter().chain(users).map(str::to_owned).collect(),
        uses: uses
            .iter()
            .map(|(user, used)| Use {
                user: (*user).to_owned(),
                used: (*used).to_owned(),
                in_tests: false,
            })
            .collect(),
    }
}
