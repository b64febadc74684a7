//! Asking the app to erase one customer, from the command line.

use std::path::Path;

use pop_store::erasing::{EraseAnswer, Erased, answer, requested};

use crate::support::{Outcome, outcome, program};

async fn erase(folder: &Path, more: &[&str]) -> Outcome {
    let mut command = program();
    command.args([
        "erase",
        "--connection",
        "crm",
        "--customer",
        "12345",
        "--data",
    ]);
    outcome(command.arg(folder).args(more)).await
}

fn profile() -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::write(folder.path().join("store.db"), "").expect("written");
    folder
}

#[tokio::test]
async fn what_the_app_erased_is_said_by_tables_and_what_waits_is_named() {
    let folder = profile();
    let path = folder.path().to_owned();
    let app = tokio::spawn(async move {
        let asked = loop {
            if let Some(asked) = requested(&path).expect("it is read") {
                break asked;
            }
            tokio::task::yield_now().await;
        };
        let erased = Erased {
            history: 3,
            waits: vec![("w-1".to_owned(), "create_case".to_owned())],
            ..Erased::default()
        };
        let told = EraseAnswer {
            id: asked.id.clone(),
            result: Ok(erased),
        };
        answer(&path, &told).expect("it is answered");
        asked
    });
    let said = erase(folder.path(), &[]).await;
    assert_eq!(said.code, 0, "{}", said.err);
    assert!(
        said.out.contains("3  interactions in the history"),
        "{}",
        said.out
    );
    assert!(said.out.contains("w-1  create_case"), "{}", said.out);
    let asked = app.await.expect("it ends");
    assert_eq!((asked.customer.as_str(), asked.unsent), ("12345", false));
}

#[tokio::test]
async fn without_a_running_app_nothing_is_erased_and_no_request_stays() {
    let folder = profile();
    let said = erase(folder.path(), &["--wait", "1"]).await;
    assert_eq!(said.code, 13, "{}", said.err);
    assert!(said.err.contains("no app answered"), "{}", said.err);
    assert_eq!(requested(folder.path()).expect("read"), None);
    let nowhere = erase(&folder.path().join("nowhere"), &[]).await;
    assert!(nowhere.err.contains("is no profile"), "{}", nowhere.err);
}
