//! The admin guide is true: every command in its consoles is run, in the guide's order, and says what
//! stands there. Keys, fingerprints and times differ from run to run; what stands for a key in the guide
//! stands for the same key throughout.

use std::collections::HashMap;

use pop_core::clock::Clock as _;
use serde_json::json;

use crate::folder::Folder;
use crate::support::{outcome, program};

const GUIDE: &str = include_str!("../../../../docs/admin-guide.md");
/// Where the guide puts what others read, and where the machine policy is.
const SHARE: &str = "/srv/share";
const POLICY: &str = "/etc/screenpop/settings.jsonc";
/// In place of lines that the guide leaves out.
const LEFT_OUT: &str = "…";

/// One command, and the lines that it prints.
#[derive(Default)]
struct Step {
    command: String,
    told: Vec<String>,
}

/// The commands of all consoles, in order.
fn steps(text: &str) -> Vec<Step> {
    let mut steps: Vec<Step> = Vec::new();
    let mut console = false;
    let mut goes_on = false;
    for line in text.lines() {
        if line.starts_with("```") {
            console = line == "```console";
            continue;
        }
        if !console {
            continue;
        }
        let (part, more) = line
            .strip_suffix('\\')
            .map_or((line, false), |it| (it, true));
        if let Some(command) = part.strip_prefix("$ ") {
            steps.push(Step {
                command: command.to_owned(),
                told: Vec::new(),
            });
        } else if let Some(step) = steps.last_mut() {
            if goes_on {
                step.command.push_str(part.trim_start());
            } else {
                step.told.push(line.to_owned());
            }
        }
        goes_on = more;
    }
    steps
}

/// The words of a command, as a shell takes them: single quotes keep spaces.
fn words(command: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut quoted = false;
    for letter in command.trim().chars() {
        match letter {
            '\'' => quoted = !quoted,
            ' ' if !quoted => words.push(String::new()),
            _ => words.last_mut().expect("begun with one").push(letter),
        }
    }
    words.retain(|it| !it.is_empty());
    words
}

fn is_key(word: &str) -> bool {
    let hex = |part: &str| part.len() == 4 && part.bytes().all(|it| it.is_ascii_hexdigit());
    word.starts_with("ed25519:") || word.split('-').count() == 8 && word.split('-').all(hex)
}

fn is_time(word: &str) -> bool {
    word.len() == 20 && word.ends_with('Z') && word.as_bytes().get(10) == Some(&b'T')
}

/// What the guide's keys are here.
#[derive(Default)]
struct Meant(HashMap<String, String>);

impl Meant {
    /// Whether a line of the guide is what was told.
    fn is(&mut self, guide: &str, told: &str) -> bool {
        let indent = |line: &str| line.len() - line.trim_start().len();
        let (ours, theirs) = (guide.split_whitespace(), told.split_whitespace());
        indent(guide) == indent(told)
            && ours.clone().count() == theirs.clone().count()
            && ours.zip(theirs).all(|(ours, theirs)| {
                if is_key(ours) && is_key(theirs) {
                    let meant = self.0.entry(ours.to_owned());
                    return *meant.or_insert_with(|| theirs.to_owned()) == theirs;
                }
                ours == theirs || is_time(ours) && is_time(theirs)
            })
    }

    /// Whether lines of the guide are what was told, but for what is left out.
    fn are(&mut self, guide: &[String], told: &[&str]) -> bool {
        let left_out = guide.iter().position(|it| it.trim() == LEFT_OUT);
        let Some(at) = left_out else {
            return guide.len() == told.len()
                && guide
                    .iter()
                    .zip(told)
                    .all(|(ours, theirs)| self.is(ours, theirs));
        };
        let (head, tail) = (&guide[..at], &guide[at + 1..]);
        told.len() >= head.len() + tail.len()
            && self.are(head, &told[..head.len()])
            && self.are(tail, &told[told.len() - tail.len()..])
    }
}

/// What somebody did between two commands, as the guide's text says.
async fn done_before(command: &str, folder: &Folder) {
    if command.starts_with("screenpop-admin diff v7.bundle") {
        next_versions(folder).await;
    } else if command.starts_with("screenpop-admin fleet") {
        reports(folder);
    } else if command.starts_with("screenpop-admin connect crm") {
        folder.write(
            "answer.json",
            r#"{"people": [{"id": 7, "first_name": "Ann", "last_name": "Smith", "email": "ann@example.com",
                "phone": "+14155550100", "company": {"name": "Northwind"}, "tier": "gold",
                "owner": "Kim"}]}"#,
        );
    } else if command.starts_with("screenpop-admin connect webhook") {
        folder.write(
            "ring.json",
            r#"{"type": "ringing", "call": {"id": "c1", "from": "+14155550100", "direction": "inbound"},
                "queue": "Billing", "caller_name": "Ann", "agent": {"email": "jordan@example.com"}}"#,
        );
    }
}

/// Version 7, which is served, and version 8, which is not yet; a second admin's key.
async fn next_versions(folder: &Folder) {
    let toml = folder
        .read("ours.toml")
        .replace("version = 1", "version = 7");
    let toml = toml.replace("crm.example.com", "crm.meridian.example");
    folder.write("v7.toml", &toml);
    let rule = "\n[[rules]]\nname = \"complaints\"\nwhen = \"interaction.queue == 'Complaints'\"\n\
                priority = \"high\"\n";
    let next = toml
        .replace("version = 7", "version = 8")
        .replace("ring    = 100", "ring    = 10")
        .replace("/customers/{customer.id}", "/people/{customer.id}");
    folder.write("v8.toml", &format!("{next}{rule}"));
    for version in ["v7", "v8"] {
        let sign = format!("sign {version}.toml --key ours.key --out {version}.bundle");
        folder.run(&sign).await.succeeded();
    }
    folder.run("keys new second.key").await.succeeded();
    let key = folder.fingerprint("ours.key").await;
    let publish = format!("publish v7.bundle --to share/screenpop.bundle --key {key}");
    folder.run(&publish).await.succeeded();
}

fn reports(folder: &Folder) {
    let now = pop_crm::SystemClock.now().rfc3339();
    let now = format!("{}Z", &now[..19]);
    std::fs::create_dir(folder.path("share/fleet")).expect("a folder");
    for (desktop, version, ring, at, more) in [
        ("1f0c7a52d9e3b684", 8, 10, now.as_str(), json!({})),
        ("5b2e90aa13cf7d40", 7, 100, &now, json!({ "waits_for": 8 })),
        ("9d41c6e8f7720b35", 7, 100, &now, json!({})),
        (
            "c83b5f1e02a9d467",
            7,
            100,
            "2026-11-19T16:40:12Z",
            json!({}),
        ),
    ] {
        let ill = desktop.starts_with('9');
        let mut report = json!({
            "protocol": 1, "desktop": desktop, "at": at, "app": "0.1.0", "system": "windows",
            "bundle": { "tenant": "meridian", "version": version, "ring": ring },
            "health": { "crms": 2, "gateway": "heard", "listener": "on",
                "failing": if ill { json!({ "unavailable": 1 }) } else { json!({}) },
                "waiting_writes": if ill { 3 } else { 0 } },
        });
        if let Some(waits_for) = more.get("waits_for") {
            report["bundle"]["waits_for"] = waits_for.clone();
        }
        let name = format!("share/fleet/{desktop}.json");
        folder.write(&name, &report.to_string());
    }
}

#[tokio::test]
async fn every_command_of_the_admin_guide_says_what_stands_there() {
    let folder = Folder::new();
    std::fs::create_dir(folder.path("share")).expect("a folder");
    let place = |name: &str| folder.path(name).to_str().expect("a plain path").to_owned();
    let (share, policy) = (place("share"), place("policy.jsonc"));
    let mut meant = Meant::default();
    let steps = steps(GUIDE);
    assert!(steps.len() > 12, "the guide's consoles are read");
    for step in steps {
        done_before(&step.command, &folder).await;
        let plain = step.command.strip_prefix("sudo ").unwrap_or(&step.command);
        let words = words(plain);
        let (name, arguments) = words.split_first().expect("a command");
        assert_eq!(name, "screenpop-admin", "{}", step.command);
        let mut command = program();
        command.current_dir(folder.path(""));
        for word in arguments {
            let word = meant.0.get(word).unwrap_or(word);
            command.arg(word.replace(SHARE, &share));
        }
        if arguments.first().is_some_and(|it| it == "enrol") {
            command.args(["--policy", &policy]);
        }
        let ended = outcome(&mut command).await;
        assert_eq!(ended.code, 0, "{}: {}", step.command, ended.err);
        let told = ended.out.replace(&policy, POLICY).replace(&share, SHARE);
        let lines: Vec<&str> = told.lines().collect();
        assert!(
            meant.are(&step.told, &lines),
            "{}\n-- the guide says\n{}\n-- it says\n{told}",
            step.command,
            step.told.join("\n"),
        );
    }
}

#[test]
fn a_line_that_differs_is_noticed() {
    let mut meant = Meant::default();
    let (one, other) = ["0123-4567-89AB-CDEF", "0123-4567-89AB-CDE0"]
        .map(|half| format!("{half}-{half}"))
        .into();
    assert!(meant.is(&format!("Signed by {one}"), &format!("Signed by {other}")));
    assert!(meant.is(&format!("{one} approves"), &format!("{other} approves")));
    assert!(!meant.is(&format!("{one} approves"), &format!("{one} approves")));
    assert!(!meant.is("138 come to the same", "139 come to the same"));
    assert!(!meant.is("  opens", "opens"));
    let guide = ["a", "  …", "z"].map(str::to_owned);
    assert!(meant.are(&guide, &["a", "b", "c", "z"]));
    assert!(!meant.are(&guide, &["a", "b", "c"]));
}
