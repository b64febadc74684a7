//! This computer: keychain, disk, browser, settings and bundle, each broken under the running
//! engine, which then looks at itself.

use std::fs;
use std::os::unix::fs::symlink;
use std::sync::atomic::Ordering;

use pop_core::doctor::Report;
use pop_core::status::{Banner, ListenerStatus, Status};
use serde_json::json;

use crate::Row;
use crate::keychain::Mood;
use crate::office::{Office, Run};
use crate::training::serve;

pub(crate) const GROUP: &str = "This computer, its events and what is written";

pub(crate) const TOKEN: &str = "token-of-the-bank";

pub(crate) fn row<F>(fault: &str, expected: &'static [&'static str], inject: F) -> Row
where
    F: Future<Output = Report> + Send + 'static,
{
    Row {
        group: GROUP,
        fault: fault.to_owned(),
        expected,
        inject: Box::pin(inject),
    }
}

/// The engine's own look at its computer. It ends then.
pub(crate) async fn looked(run: Run) -> Report {
    let report = run.engine.diagnose(None).await.expect("it looks");
    run.stop().await;
    report
}

/// Waits until the engine has noticed something.
pub(crate) async fn until(run: &Run, what: &str, is: impl Fn(&Status) -> bool) {
    let seen = |shown: &crate::screen::Shown| is(shown.status.as_ref()?).then_some(());
    run.screen.until(what, seen).await;
}

/// An office that has run once, with a CRM and its secret in the vault.
async fn used() -> Office {
    let (office, crm) = (Office::new(), serve(TOKEN).await);
    office.permit_plain_http();
    let run = office.start().await;
    run.connect(&crm, "The Bank", TOKEN).await;
    let report = run.engine.diagnose(None).await.expect("it looks");
    assert!(
        report.main().is_none(),
        "nothing is wrong before: {report:?}"
    );
    run.stop().await;
    office
}

async fn keychain_locked() -> Report {
    let office = used().await;
    office.keychain.turn(Mood::Locked);
    let run = office.start().await;
    run.banner(&Banner::KeychainLocked).await;
    looked(run).await
}

async fn keychain_absent() -> Report {
    let office = Office::with_sandbox();
    office.keychain.turn(Mood::Absent);
    let run = office.start().await;
    let forgets = |banner: &Banner| matches!(banner, Banner::MemoryOnly(_));
    until(&run, "memory only", |it| it.banners.iter().any(forgets)).await;
    looked(run).await
}

async fn secrets_lost() -> Report {
    let office = used().await;
    let vault = office.data().join("vault");
    let mut bytes = fs::read(&vault).expect("it was made");
    let last = bytes.len() - 1;
    bytes[last] ^= 1;
    fs::write(&vault, bytes).expect("written");
    let run = office.start().await;
    run.banner(&Banner::SecretsRefused).await;
    looked(run).await
}

async fn outbox_filling() -> Report {
    let office = used().await;
    office.swell_store(430 << 20);
    let run = office.start().await;
    run.banner(&Banner::OutboxFilling(86)).await;
    looked(run).await
}

/// Whatever is written into the profile's folder to try it lands in a place of the system's, which
/// refuses it as a disk would.
async fn lands(place: &str) -> Report {
    let office = used().await;
    symlink(place, office.data().join(".doctor")).expect("a link");
    looked(office.start().await).await
}

/// What is kept is of a newer version of the program.
async fn newer_file() -> Report {
    let office = used().await;
    let store = office.data().join("store.db");
    let mut bytes = fs::read(&store).expect("it was made");
    // The number of the format, in the head of the file.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    fs::write(&store, bytes).expect("written");
    let run = office.start().await;
    let unkept = |banner: &Banner| matches!(banner, Banner::NothingKept(_));
    until(&run, "nothing kept", |it| it.banners.iter().any(unkept)).await;
    looked(run).await
}

async fn no_browser() -> Report {
    let office = used().await;
    let run = office.start().await;
    run.screen.no_browser.store(true, Ordering::SeqCst);
    looked(run).await
}

async fn port_taken() -> Report {
    let taken = tokio::net::TcpListener::bind("127.0.0.1:0").await;
    let taken = taken.expect("a free port");
    let port = taken.local_addr().expect("it has an address").port();
    let office = Office::new();
    office.set_policy(&json!({ "listener": { "port": port } }));
    let run = office.begin();
    let failed = |it: &Status| matches!(it.listener, ListenerStatus::Failed(_));
    until(&run, "the listener's failure", failed).await;
    looked(run).await
}

async fn no_source() -> Report {
    let office = Office::new();
    office.set_policy(&json!({ "listener": { "enabled": false } }));
    let run = office.begin();
    until(&run, "no listener", |it| it.listener == ListenerStatus::Off).await;
    looked(run).await
}

async fn setting() -> Report {
    let office = Office::new();
    office.set(&json!({ "phone": { "default_region": 7 } }));
    let run = office.begin();
    until(&run, "a mistake", |it| !it.file_faults.is_empty()).await;
    looked(run).await
}

async fn bundle() -> Report {
    let office = Office::new();
    let file = office.define("organisation.bundle", "half of a bund");
    let key = "A0".repeat(16);
    office.set_policy(&json!({ "distribution": { "from": file, "keys": [key] } }));
    let run = office.start().await;
    let refused = |it: &Status| it.bundle.as_ref().is_some_and(|it| it.trouble.is_some());
    until(&run, "a refused bundle", refused).await;
    looked(run).await
}

pub(crate) fn rows() -> Vec<Row> {
    vec![
        row("Keychain locked", &["keychain_locked"], keychain_locked()),
        row("No keychain", &["keychain_absent"], keychain_absent()),
        row(
            "The kept sign-ins cannot be opened",
            &["secrets_lost"],
            secrets_lost(),
        ),
        row(
            "The outbox is nearly full",
            &["outbox_filling"],
            outbox_filling(),
        ),
        row("The disk is full", &["disk_full"], lands("/dev/full")),
        row(
            "The profile's folder cannot be written to",
            &["disk_read_only"],
            lands("/proc/sys/kernel/ostype"),
        ),
        row(
            "What is kept is of a newer version",
            &["store_broken"],
            newer_file(),
        ),
        row(
            "Screen pop: no browser is set",
            &["no_browser"],
            no_browser(),
        ),
        row(
            "The listener's port is taken",
            &["listener_down"],
            port_taken(),
        ),
        row("No source of events is set up", &["no_source"], no_source()),
        row(
            "Settings: a value that is not accepted",
            &["file_wrong"],
            setting(),
        ),
        row("Bundle: the file is cut off", &["bundle_refused"], bundle()),
    ]
}
