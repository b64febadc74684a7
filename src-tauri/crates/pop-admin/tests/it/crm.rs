//! Definitions of CRMs, listed, shown and checked from the command line.

use std::path::PathBuf;

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{Outcome, outcome, program};

/// A CRM of an admin's own.
const HARBOUR: &str = r#"language = 1
id   = "harbour"
name = "Harbour Desk"
[setting]
host  = { kind = "host", label = "Server", example = "acme.harbour.example" }
field = { kind = "name", label = "Field with the number", optional = true }
write = { kind = "switch", label = "May write", default = false }
[auth.key]
kind   = "secret"
header = { X-Api-Key = "{secret}" }
[http]
base   = "https://{setting.host}/api"
within = ["{setting.host}"]
[ids]
pattern = '[0-9]{1,12}'
[find.id]
by    = "id"
call  = "GET /people/{id}"
each  = "[body]"
check = ["it.id"]
[find.number]
by    = "external_id"
call  = "GET /people"
query = { field = "{setting.field}", is = "{external_id}" }
each  = "body.rows"
check = ["it[setting.field]"]
[customer]
id   = "it.id"
name = "it.name"
[action.add_note]
when   = "setting.write"
form.text = { label = "Note", required = true }
call   = "POST /people/{customer.id}/notes"
json   = { text = "{input.text}" }
[link]
within   = ["*.harbour.example"]
customer = ["https://desk.harbour.example/people/{customer.id}"]
[example.id]
find   = "id"
given  = { id = "7" }
sends  = "GET /people/7"
answer = { status = 200, body = '{"id":7,"name":"Ann"}' }
gives  = { customer = { id = "7", name = "Ann" } }
[example.note]
action = "add_note"
given  = { customer = { id = "7" }, setting = { write = true }, input = { text = "Hello" } }
sends  = { call = "POST /people/7/notes", json = { text = "Hello" } }
answer = { status = 204 }
gives  = { done = true }
"#;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        let folder = Self(TempDir::new().expect("a folder"));
        folder.write("harbour.toml", HARBOUR);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    async fn run(&self, arguments: &[&str]) -> Outcome {
        let mut command = program();
        command.current_dir(self.0.path());
        outcome(command.arg("crm").args(arguments)).await
    }
}

#[track_caller]
fn tells(outcome: &Outcome, lines: &[&str]) {
    for line in lines {
        let is_told = outcome.out.lines().any(|told| told == *line);
        assert!(is_told, "{line}\n{}", outcome.out);
    }
}

#[tokio::test]
async fn every_crm_that_comes_along_is_listed_with_what_it_can_do() {
    let listed = Folder::new().run(&["list"]).await;
    listed.succeeded();
    let rest: Vec<_> = listed.out.lines().collect();
    let at = rest.iter().position(|line| *line == "rest: REST CRM");
    let at = at.expect("the CRM of the guide comes along");
    assert_eq!(
        rest[at + 1..at + 3],
        [
            "  finds by   id, external_id, email, phone",
            "  shows      search, cases, activities, test",
        ]
    );
    assert!(rest[at + 3].starts_with("  does       create_case"));
    assert_eq!(rest[at + 4], "  signs in   token, key, password");
    assert!(rest.len() >= 30, "six of them, five lines each");
    let ids = rest.iter().filter(|line| !line.starts_with(' '));
    let ids: Vec<_> = ids.filter_map(|line| line.split(':').next()).collect();
    let checked = Folder::new().run(&[&["check"], &ids[..]].concat()).await;
    checked.succeeded();
    assert_eq!(checked.out.lines().count(), ids.len(), "each is right");

    let listed = Folder::new().run(&["list", "--json"]).await;
    let listed: Vec<Value> = listed
        .out
        .lines()
        .filter_map(|line| line.parse().ok())
        .collect();
    let rest = listed.iter().find(|told| told["id"] == "rest");
    let finds = rest.map(|told| &told["finds_by"]);
    assert_eq!(finds, Some(&json!(["id", "external_id", "email", "phone"])));
    let checked = Folder::new().run(&["check", "--json", "rest"]).await;
    let told = json!({ "file": "rest.toml", "faults": [], "changed": [] });
    assert_eq!(checked.out.trim(), told.to_string());
}

#[tokio::test]
async fn what_is_shown_begins_with_where_credentials_go_and_says_why_a_part_is_off() {
    let folder = Folder::new();
    let shown = folder.run(&["show", "harbour.toml"]).await;
    shown.succeeded();
    let lines: Vec<_> = shown.out.lines().take(5).collect();
    assert_eq!(
        lines,
        [
            "harbour: Harbour Desk",
            "",
            "Where credentials go:",
            "  http.base = https://{setting.host}/api",
            "  http.within = {setting.host}",
        ]
    );
    tells(
        &shown,
        &[
            "  *.harbour.example",
            "  field: name, \"Field with the number\", optional",
            "  find.id",
            "  find.number is off: setting.field is not filled in",
            "  action.add_note is off: not so: setting.write",
        ],
    );
    let ours = folder.run(&["show", "salesforce"]).await;
    ours.succeeded();
    assert!(
        ours.out.contains("  auth.browser.token = https://"),
        "{ours:?}"
    );
    folder
        .run(&["show", "nobody"])
        .await
        .failed(2, &["nobody", "crm list"]);
}

#[tokio::test]
async fn an_overlay_that_moves_the_credentials_is_marked() {
    let folder = Folder::new();
    folder.write(
        "over.toml",
        "[http]\nwithin = [\"*.elsewhere.example\"]\n[setting]\nwrite.default = true\n",
    );
    let shown = folder
        .run(&["show", "harbour.toml", "--overlay", "over.toml"])
        .await;
    shown.succeeded();
    tells(
        &shown,
        &[
            "! http.within = *.elsewhere.example   (was {setting.host})",
            "  http.base = https://{setting.host}/api",
            "  action.add_note",
        ],
    );
    let bare = folder.run(&["show", "harbour.toml"]).await;
    assert!(!bare.out.contains('!'), "the control: nothing was changed");
}

#[tokio::test]
async fn a_wrong_file_says_every_place_and_its_exit_code_says_it_too() {
    let folder = Folder::new();
    let right = folder.run(&["check", "harbour.toml"]).await;
    right.succeeded();
    tells(&right, &["harbour.toml: right, and its examples come out"]);

    let wrong = HARBOUR.replacen("within = [\"{setting.host}\"]\n", "", 1);
    folder.write(
        "wrong.toml",
        &wrong.replacen("by    = \"id\"", "by    = \"name\"", 1),
    );
    let checked = folder.run(&["check", "wrong.toml", "harbour.toml"]).await;
    checked.failed(5, &["3 faults", "docs/definitions.md"]);
    for told in [
        "wrong.toml:2: id: found \"harbour\", expected \"wrong\", as the file is called",
        "wrong.toml:11: http.within: found ",
        "wrong.toml:16: find.id.by: found \"name\", expected id, ",
        "harbour.toml: right",
    ] {
        assert!(checked.out.contains(told), "{told}\n{}", checked.out);
    }

    folder.write(
        "harbour.toml",
        &HARBOUR.replacen("\"Ann\" }", "\"Bob\" }", 1),
    );
    let checked = folder.run(&["check", "harbour.toml"]).await;
    checked.failed(5, &["1 fault"]);
    assert!(
        checked.out.contains(":38: example.id: found customer"),
        "{checked:?}"
    );

    folder.write("zendesk.toml", &HARBOUR.replacen("harbour", "zendesk", 1));
    let taken = folder.run(&["check", "./zendesk.toml"]).await;
    taken.failed(5, &[]);
    assert!(
        taken.out.contains("belongs to a built-in definition"),
        "{taken:?}"
    );
    folder
        .run(&["check", "none.toml"])
        .await
        .failed(2, &["none.toml"]);
}

#[tokio::test]
async fn an_overlay_is_checked_over_a_definition_that_comes_along() {
    let folder = Folder::new();
    folder.write("link.toml", "[http]\nat_once = 2\n");
    let checked = folder
        .run(&["check", "rest", "--overlay", "link.toml"])
        .await;
    checked.succeeded();
    tells(
        &checked,
        &["rest.toml with link.toml: right, and its examples come out"],
    );

    folder.write("path.toml", "[find.id]\ncall = \"GET /elsewhere/{id}\"\n");
    let changed = folder
        .run(&["check", "harbour.toml", "--overlay", "path.toml"])
        .await;
    changed.succeeded();
    assert!(
        changed
            .out
            .contains("# changed by the overlay: harbour.toml:"),
        "it is said, and no fault: {changed:?}"
    );

    folder.write(
        "bad.toml",
        "remove = [\"find.nobody\"]\n[http]\nat_once = \"two\"\n",
    );
    let checked = folder
        .run(&["check", "rest", "--overlay", "bad.toml"])
        .await;
    checked.failed(5, &["2 faults"]);
    assert!(checked.out.contains("bad.toml:1: remove: "), "{checked:?}");
    assert!(
        checked.out.contains("bad.toml:3: http.at_once: "),
        "{checked:?}"
    );
}
