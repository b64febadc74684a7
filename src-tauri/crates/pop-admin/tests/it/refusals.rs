//! What is said when an event does not arrive, and how it is told apart by the exit code.

use std::path::Path;
use std::time::Duration;

use pop_core::interaction::What;
use pop_source::runtime_file::RuntimeFile;
use pop_source::signature::new_secret;
use pop_source::source::{Accepted, Source as _};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpListener;

use crate::support::{App, Outcome, outcome, program, simulate};

#[tokio::test]
async fn another_secret_is_refused_and_the_right_one_is_not() {
    let mut app = App::start().await;
    let right = app.secret.clone();
    let wrong = new_secret().expect("random bytes");
    app.publish(wrong.expose("a test publishes it"));
    let outcome = app.simulate(&["--customer", "12345"]).await;
    outcome.failed(
        4,
        &[
            "refused the offered event with 401",
            "signature",
            "earlier run",
        ],
    );
    assert!(
        outcome.out.contains("offered   refused (401)"),
        "{outcome:?}"
    );
    assert_eq!(app.whats(), [], "nothing came through");
    let counters = app.listener.counters();
    assert_eq!(
        counters.refused.get("signature_wrong"),
        Some(&1),
        "it tried once"
    );

    app.publish(&right);
    app.simulate(&["--customer", "12345"]).await.succeeded();
    assert_eq!(app.whats(), [What::Offered, What::Accepted]);
}

#[tokio::test]
async fn an_app_whose_clock_is_elsewhere_refuses() {
    let app = App::with(&[], Duration::from_mins(6)).await;
    app.simulate(&[]).await.failed(4, &["401", "clock"]);
    assert_eq!(app.whats(), [], "nothing came through");

    let app = App::with(&[], Duration::from_mins(4)).await;
    app.simulate(&[]).await.succeeded();
    assert_eq!(app.whats(), [What::Offered, What::Accepted]);
}

#[tokio::test]
async fn an_app_of_another_agent_refuses() {
    let app = App::with(&[Accepted::NotOurs], Duration::ZERO).await;
    let outcome = app.simulate(&["--agent", "agent44"]).await;
    outcome.failed(4, &["401", "another agent", r#""agent44""#, "--agent"]);
}

#[tokio::test]
async fn the_first_refusal_is_the_last_event_sent() {
    let app = App::with(&[Accepted::New, Accepted::Conflict], Duration::ZERO).await;
    let outcome = app.simulate(&["--until", "ended"]).await;
    outcome.failed(4, &["refused the accepted event with 409", "used before"]);
    assert!(outcome.out.contains("offered   taken (202)"), "{outcome:?}");
    assert_eq!(
        app.whats(),
        [What::Offered, What::Accepted],
        "no end is sent"
    );

    let app = App::with(&[Accepted::New, Accepted::Conflict], Duration::ZERO).await;
    let outcome = app.simulate(&["--json"]).await;
    outcome.failed(4, &["409"]);
    let last = outcome.out.lines().last().unwrap_or_default();
    assert!(last.ends_with(r#""status":409}"#), "{outcome:?}");
}

#[tokio::test]
async fn an_event_that_was_kept_before_is_taken() {
    let app = App::with(&[Accepted::Repeated], Duration::ZERO).await;
    app.simulate(&["--until", "offered"]).await.succeeded();
}

#[tokio::test]
async fn each_status_says_what_it_means() {
    let cases = [
        (408, "it did not come in time", "try again"),
        (409, "used before", "Try again"),
        (413, "too large", "Shorten"),
        (422, "does not understand", "this version"),
        (429, "too many", "Try again in 7 s."),
        (503, "could not keep it", "Health"),
        (200, "not how the app's listener answers", "Another program"),
        (307, "not how the app's listener answers", "Another program"),
        (404, "not how the app's listener answers", "Another program"),
    ];
    for (status, meaning, hint) in cases {
        let answer = format!(
            "HTTP/1.1 {status} Said\r\nContent-Length: 0\r\nRetry-After: 7\r\n\
             Location: http://127.0.0.1:1/\r\n\r\n"
        );
        let outcome = against(&answer).await;
        outcome.failed(4, &[&format!("with {status}: "), meaning, hint]);
    }
    against("HTTP/1.1 202 Said\r\nContent-Length: 0\r\n\r\n")
        .await
        .succeeded();
}

#[tokio::test]
async fn a_program_that_says_nothing_is_no_running_app() {
    against("")
        .await
        .failed(3, &["gave no answer", "Is it Screenpop"]);
    against("220 mail.example.com\r\n")
        .await
        .failed(3, &["gave no answer"]);
}

#[tokio::test]
async fn without_a_running_app_it_says_where_it_looked() {
    let app = App::start().await;
    let path = app.runtime_file();
    let path = path.to_str().expect("a plain path").to_owned();
    app.simulate(&[]).await.succeeded();

    drop(app);
    let outcome = simulate(&["--runtime-file", &path]).await;
    outcome.failed(
        3,
        &[
            "no running app",
            &path,
            r#""listener": { "enabled": true }"#,
        ],
    );
    assert_eq!(outcome.out, "", "nothing was begun");

    let outcome = outcome_without_folders().await;
    outcome.failed(3, &["no folder", "XDG_RUNTIME_DIR", "--runtime-file"]);
}

#[tokio::test]
async fn a_file_that_a_crash_left_behind_leads_to_nobody() {
    let app = App::start().await;
    app.simulate(&[]).await.succeeded();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run").join("listener.json");
    app.listener.stop().await;
    // Bound and not listening: nobody answers there, and no other test can be given the port.
    let held = tokio::net::TcpSocket::new_v4().expect("a socket");
    held.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let _left = publish(held.local_addr().expect("a port").port(), &path);
    let outcome = simulate(&["--runtime-file", path.to_str().expect("a plain path")]).await;
    outcome.failed(
        3,
        &["nobody listens at 127.0.0.1:", "Start Screenpop again"],
    );
}

#[cfg(unix)]
#[tokio::test]
async fn a_file_that_others_can_read_is_not_believed() {
    use std::os::unix::fs::PermissionsExt as _;
    let app = App::start().await;
    let rights = |mode| {
        let rights = std::fs::Permissions::from_mode(mode);
        std::fs::set_permissions(app.runtime_file(), rights).expect("our own file");
    };
    rights(0o644);
    app.simulate(&[])
        .await
        .failed(3, &["not for this user alone"]);
    assert_eq!(app.whats(), [], "nothing was sent");
    rights(0o600);
    app.simulate(&[]).await.succeeded();
}

#[tokio::test]
async fn what_no_event_can_hold_is_named_and_not_sent() {
    let app = App::start().await;
    let long = "x".repeat(1_025);
    let cases: [(&[&str], &str); 5] = [
        (&["--customer", ""], "data.customer.customerId"),
        (&["--reason", &long], "data.reason"),
        (&["--interaction", ""], "data.interactionId"),
        (&["--agent", ""], "data.agent.id"),
        (&["--summary", "Done"], "--until ended"),
    ];
    for (options, told) in cases {
        app.simulate(options).await.failed(2, &[told]);
    }
    for options in [
        ["--channel", "fax"],
        ["--until", "later"],
        ["--verified", "--unverified"],
    ] {
        app.simulate(&options).await.failed(2, &[options[0]]);
    }
    assert_eq!(app.whats(), [], "nothing was sent");
    app.simulate(&["--reason", &long[..1_024]])
        .await
        .succeeded();
}

#[tokio::test]
async fn the_help_explains_the_exit_codes() {
    for arguments in [&["--help"][..], &["simulate", "--help"]] {
        let outcome = outcome(program().args(arguments)).await;
        outcome.succeeded();
        assert!(outcome.out.contains("Exit codes:"), "{arguments:?}");
    }
}

/// Runs against a program that reads the event and says this.
async fn against(answer: &str) -> Outcome {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("run").join("listener.json");
    let _published = publish(port, &path);
    let speak = async {
        let (mut stream, _) = listener.accept().await.expect("somebody connects");
        let mut request = Vec::new();
        while !request.ends_with(b"}") {
            request.push(stream.read_u8().await.expect("the event comes"));
        }
        stream.write_all(answer.as_bytes()).await.expect("it reads");
    };
    let path = path.to_str().expect("a plain path");
    let options = ["--until", "offered", "--runtime-file", path];
    let ((), outcome) = tokio::join!(speak, simulate(&options));
    outcome
}

fn publish(port: u16, path: &Path) -> pop_source::runtime_file::Published {
    let secret = new_secret().expect("random bytes");
    RuntimeFile { port, secret }
        .publish(path)
        .expect("an empty folder")
}

async fn outcome_without_folders() -> Outcome {
    outcome(program().arg("simulate")).await
}
