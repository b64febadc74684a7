//! Mapping files, checked and tried from the command line.

use std::path::PathBuf;

use serde_json::Value;
use tempfile::TempDir;

use crate::support::{Outcome, outcome, program};

const RING: &str = r#"{"event":"chat_offered","id":"e1","interactionId":"i1","agent":"agent01",
                       "customerId":"12345","phone":"030 901820"}"#;

/// A folder with a copy of a file that comes with the program, and bodies.
struct Folder(TempDir);

impl Folder {
    async fn with(mapping: &str) -> Self {
        let folder = Self(TempDir::new().expect("a folder"));
        let shown = run(&["show", mapping]).await;
        shown.succeeded();
        folder.write("mine.toml", &shown.out);
        folder
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.path(name), text).expect("a file");
    }

    fn change(&self, from: &str, to: &str) {
        let text = std::fs::read_to_string(self.path("mine.toml")).expect("the file");
        assert!(text.contains(from), "{from}");
        self.write("mine.toml", &text.replacen(from, to, 1));
    }

    async fn run(&self, arguments: &[&str]) -> Outcome {
        let mut command = program();
        command.current_dir(self.0.path());
        outcome(command.arg("mapping").args(arguments)).await
    }
}

async fn run(arguments: &[&str]) -> Outcome {
    outcome(program().arg("mapping").args(arguments)).await
}

#[tokio::test]
async fn every_file_that_comes_along_is_listed_shown_and_right() {
    let names = run(&["show"]).await;
    names.succeeded();
    assert!(names.out.lines().count() >= 10, "{names:?}");
    for name in ["glia", "twilio-event-streams"] {
        assert!(names.out.lines().any(|line| line == name), "{names:?}");
        let folder = Folder::with(name).await;
        let checked = folder.run(&["check", "mine.toml"]).await;
        checked.succeeded();
        assert!(checked.out.contains("samples met"), "{checked:?}");
    }
    run(&["show", "nobody"])
        .await
        .failed(2, &["nobody", "mapping show"]);
}

#[tokio::test]
async fn a_wrong_file_says_every_place_and_its_exit_code_says_it_too() {
    let folder = Folder::with("simple").await;
    folder.write("right.toml", &run(&["show", "zendesk"]).await.out);
    folder.change("body.queue", "body.queue +");
    folder.change("\"body.reason\"", "true");
    let checked = folder.run(&["check", "mine.toml", "right.toml"]).await;
    checked.failed(5, &["2 faults", "docs/mappings.md"]);
    let machine = folder
        .run(&["check", "--json", "mine.toml", "right.toml"])
        .await;
    machine.failed(5, &["2 faults"]);
    let lines: Vec<Value> = machine
        .out
        .lines()
        .filter_map(|line| line.parse().ok())
        .collect();
    let line = |at: usize| {
        (
            lines[at]["faults"].as_array().map(Vec::len),
            &lines[at]["samples"],
        )
    };
    assert_eq!(line(0).0, Some(2), "{lines:?}");
    assert_eq!(lines[0]["faults"][0]["key"], "event.queue");
    assert_eq!(line(1), (Some(0), &Value::from(4)));
    for told in [
        "mine.toml:25: event.queue: found",
        "mine.toml:26: event.reason: found true, expected text in quotes",
        "right.toml: Zendesk webhook, 4 samples met",
    ] {
        assert!(checked.out.contains(told), "{told}\n{}", checked.out);
    }
    folder
        .run(&["check", "none.toml"])
        .await
        .failed(2, &["none.toml"]);
}

#[tokio::test]
async fn what_a_try_prints_is_what_a_sample_expects() {
    let folder = Folder::with("simple").await;
    folder.write("ring.json", RING);
    let tried = folder
        .run(&["try", "mine.toml", "ring.json", "--region", "DE"])
        .await;
    tried.succeeded();
    for line in [
        "[[sample.events]]",
        r#"what = "offered""#,
        r#"interaction = "i1""#,
        r#"agent = { id = "agent01" }"#,
        r#"identifiers = ["id 12345 (claimed)", "phone +4930901820 (claimed)"]"#,
    ] {
        assert!(
            tried.out.lines().any(|told| told == line),
            "{line}\n{}",
            tried.out
        );
    }
    let events: Vec<_> = tried
        .out
        .lines()
        .filter(|line| !line.starts_with("at = "))
        .collect();
    let body = RING.replace("030 901820", "+49 30 901820");
    let sample = format!(
        "\n[[sample]]\nname = \"mine\"\nbody = '''{body}'''\n{}\nat = \"2026-01-06T15:57:42.000Z\"\n",
        events.join("\n")
    );
    let text = std::fs::read_to_string(folder.path("mine.toml")).expect("the file");
    folder.write("mine.toml", &format!("{text}{sample}"));
    folder.run(&["check", "mine.toml"]).await.succeeded();

    let json = folder
        .run(&["try", "mine.toml", "ring.json", "--json"])
        .await;
    json.succeeded();
    assert!(
        json.out.starts_with(r#"{"what":"offered","id":"e1""#),
        "{json:?}"
    );
    assert!(
        json.out
            .contains(r#""refused":["030 901820: it has no country code"#),
        "{json:?}"
    );
}

#[tokio::test]
async fn bodies_are_read_one_after_the_other_with_what_is_remembered() {
    let folder = Folder::with("glia").await;
    let start = r#"{"export_type":"engagement_start","engagement_id":"e1","site_id":"s1",
                    "operator":{"id":"o1"},"visitor":{"email":"ann@example.com"}}"#;
    folder.write("start.json", start);
    let options = ["try", "mine.toml", "start.json", "start.json", "--set"];
    let tried = folder
        .run(&[&options[..], &["visitors=authenticated"]].concat())
        .await;
    tried.succeeded();
    assert_eq!(
        tried.out.matches("[[sample.events]]").count(),
        1,
        "{tried:?}"
    );
    assert!(
        tried
            .out
            .contains("# nothing for us: engagement_start: repeat"),
        "{tried:?}"
    );
    assert!(tried.out.contains("authenticated = true"), "{tried:?}");
    let unset = folder
        .run(&[&options[..], &["visitors=anybody"]].concat())
        .await;
    unset.failed(2, &["one of claimed, authenticated"]);
}

#[tokio::test]
async fn a_body_that_means_nothing_is_said_without_repeating_it() {
    let folder = Folder::with("simple").await;
    folder.write("odd.json", r#"{"event":"secret_offered","agent":"a"}"#);
    let tried = folder.run(&["try", "mine.toml", "odd.json"]).await;
    tried.failed(6, &["event.channel", "expected one of voice"]);
    assert!(!tried.err.contains("secret"), "{tried:?}");
}
