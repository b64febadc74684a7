//! A secret and a customer who stand nowhere else go through a whole run of the window; afterwards
//! they are looked for wherever they must not be, in every spelling.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::sync::{Arc, Mutex};

use pop_core::evidence::{Canary, File, clean};
use pop_tests::desktop::{Desktop, Keychain, wait_until};
use pop_tests::signed::call;
use pop_tests::site::{Seen, Site};
use serde_json::{Value, json};

use crate::app::{Open, Place, SETTINGS, SHOWN_LIMIT};

const TOKEN: &str = "tok-Kz7Qx9VwLm2RtY5pBn8c";
const NAME: &str = "Quillon Braxwythe";
const EMAIL: &str = "quillon.b@canary.example";
const PHONE: &str = "+34600987123";
const NOTE: &str = "His zebrafinch swallowed the card";

/// Keeps what the core tells the window: answers of commands, and what comes by the channel.
const RECORD: &str = "const done = arguments[0]; window.record = []; \
    const { fetch: ask } = window; \
    window.fetch = async (...asked) => { \
      const answer = await ask(...asked); \
      window.record.push(await answer.clone().text()); \
      return answer; \
    }; \
    done();";

/// What was kept, and what the page itself holds.
const HELD: &str = "const fields = [...document.querySelectorAll('input, textarea')]; \
    arguments[0]([...window.record, document.documentElement.outerHTML, \
      ...fields.map((it) => it.value), JSON.stringify({ ...localStorage, ...sessionStorage })]);";

fn secret() -> Vec<Canary> {
    vec![canary("the secret", TOKEN)]
}

fn all() -> Vec<Canary> {
    let mut all = secret();
    all.extend([
        canary("the name", NAME),
        canary("the e-mail address", EMAIL),
        canary("the number", PHONE),
        canary("the note", NOTE),
    ]);
    all
}

fn canary(what: &'static str, text: &str) -> Canary {
    Canary {
        what,
        text: text.to_owned(),
    }
}

/// Something that was looked at.
struct Looked {
    place: String,
    bytes: Vec<u8>,
}

/// Where something stands, and which. UTF-16 is found because all of it is ASCII: what is between
/// the letters is left out.
fn found(looked: &[Looked], canaries: &[Canary]) -> Vec<String> {
    let spelt = |name: &str, bytes: &[u8]| File {
        name: name.to_owned(),
        text: String::from_utf8_lossy(bytes).into_owned(),
    };
    let mut files = Vec::new();
    for Looked { place, bytes } in looked {
        let narrow: Vec<u8> = bytes.iter().copied().filter(|byte| *byte != 0).collect();
        files.push(spelt(place, bytes));
        files.push(spelt(place, &narrow));
    }
    let scan = clean(&mut files, canaries);
    assert_eq!(scan.looked_for, canaries.len());
    let found = scan.found.into_iter();
    found
        .map(|find| format!("{} in {}", find.what, find.file))
        .collect()
}

/// Every file below a folder, but those of the made-up CRM that comes along.
fn files(folder: &Path) -> Vec<Looked> {
    let mut looked = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name());
            let kind = entry.file_type().unwrap();
            if kind.is_dir() {
                folders.push(path);
            } else if kind.is_file() && !name.to_string_lossy().starts_with("sandbox.db") {
                // A file may have been taken away meanwhile.
                let bytes = fs::read(&path).unwrap_or_default();
                looked.push(Looked {
                    place: path.display().to_string(),
                    bytes,
                });
            }
        }
    }
    looked
}

/// Arguments and environment of every process of the desktop.
fn processes(desktop: &Desktop) -> Vec<Looked> {
    let home = format!("HOME={}", desktop.home().display()).into_bytes();
    let folders = fs::read_dir("/proc").unwrap().flatten().map(|it| it.path());
    let of_desktop = folders.filter(|folder| {
        fs::read(folder.join("environ"))
            .is_ok_and(|environ| environ.split(|byte| *byte == 0).any(|line| line == home))
    });
    let parts = |folder: PathBuf| ["cmdline", "environ"].map(|part| folder.join(part));
    of_desktop
        .flat_map(parts)
        .map(|path| Looked {
            bytes: fs::read(&path).unwrap_or_default(),
            place: path.display().to_string(),
        })
        .collect()
}

fn text(place: &str, text: String) -> Looked {
    Looked {
        place: place.to_owned(),
        bytes: text.into_bytes(),
    }
}

/// A CRM that knows the one customer, and keeps what it was asked.
fn crm(heard: Arc<Mutex<Vec<Seen>>>) -> Site {
    let customer = json!({
        "customerId": "c-77", "name": NAME, "email": EMAIL, "phone": PHONE, "status": "gold",
    });
    let list = |items: &[Value]| json!({ "items": items, "total": items.len() });
    Site::answering(move |asked| {
        heard.lock().unwrap().push(asked.clone());
        let path = asked.path.split('?').next()?;
        let answer = match (asked.method.as_str(), path) {
            (_, "/api/me") => json!({ "id": "a1", "name": "Jordan", "email": "j@example.com" }),
            ("POST", "/api/cases") => json!({ "caseId": "n1", "number": "CS-1" }),
            (_, "/api/customers") => list(std::slice::from_ref(&customer)),
            (_, "/api/customers/c-77") => customer.clone(),
            _ => list(&[]),
        };
        Some(("application/json", answer.to_string()))
    })
    .unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_secret_and_a_customer_stand_nowhere_but_where_they_belong() {
    let place = Place::with(Keychain::Unlocked, SETTINGS);
    place.set_policy(&json!({ "security": { "allow_loopback_http": true } }));
    let app = place.open().await;
    app.run(RECORD, Vec::new()).await;
    let heard = Arc::new(Mutex::new(Vec::new()));
    let server = crm(Arc::clone(&heard));
    app.connect(&server.url(), TOKEN).await;
    work(&place, &app, &heard).await;
    let told = app.run(HELD, Vec::new()).await;
    let evidence = evidence(&app).await;

    let desktop = &place.desktop;
    let ipc = [text("what the window was told", told.to_string())];
    assert_eq!(found(&ipc, &secret()), [""; 0]);
    assert!(
        found(&ipc, &all()).len() >= 3,
        "the control: the window was told of the customer"
    );
    let notices = [text("notices", format!("{:?}", desktop.notices().unwrap()))];
    assert_eq!(
        found(&notices, &all()),
        [""; 0],
        "unless settings say so, a notice names nobody"
    );
    let opened = [text(
        "opened",
        format!("{:?}", desktop.opener().calls().unwrap()),
    )];
    assert_eq!(found(&opened, &all()), [""; 0], "an address names nobody");
    assert_eq!(found(&[evidence], &all()), [""; 0]);
    assert_eq!(found(&processes(desktop), &all()), [""; 0]);
    app.close().await;
    let kept = files(desktop.home());
    for part in ["data/vault", "data/store", "logs/"] {
        let looked = kept.iter().any(|it| it.place.contains(part));
        assert!(
            looked,
            "{part} was looked at: {:?}",
            kept.iter().map(|it| &it.place).collect::<Vec<_>>()
        );
    }
    assert_eq!(found(&kept, &all()), [""; 0]);
    whatever_is_there_is_found(&place);
}

/// A call comes in, the customer is shown and opened, and a case is made.
async fn work(place: &Place, app: &Open, heard: &Mutex<Vec<Seen>>) {
    let accepted = call("i-1", "accepted", PHONE);
    assert_eq!(app.sender.post(&accepted).unwrap(), 202);
    app.read("main h1", NAME).await;
    app.click("button[aria-label='New case']").await;
    let subject = ".pane:not([hidden]) form input[type=text]";
    let field = app.see(subject).await;
    field.clear().await.unwrap();
    field.send_keys(NOTE).await.unwrap();
    app.holds(subject, NOTE).await;
    app.click(".pane:not([hidden]) button[type=submit]").await;
    let made = wait_until("the case to be made", SHOWN_LIMIT, || {
        let heard = heard.lock().unwrap();
        Ok(heard.iter().find(|it| it.body.contains(NOTE)).cloned())
    });
    let made = made.unwrap();
    assert!(
        made.authorization.contains(TOKEN),
        "the CRM is where both belong"
    );
    place.desktop.opener().wait_for_calls(1).unwrap();
    let panel = place.desktop.wait_for_window("Screenpop").unwrap();
    place.desktop.minimise(&panel).unwrap();
    let offered = call("i-2", "offered", PHONE);
    assert_eq!(app.sender.post(&offered).unwrap(), 202);
    // Its title is what other programs can see of it.
    place.desktop.wait_for_window("Screenpop notice").unwrap();
}

/// What the window would hand on to whoever looks into it.
async fn evidence(app: &Open) -> Looked {
    let request = json!({
        "of": { "pop": null, "past": null }, "remark": "It was slow.",
        "parts": { "timeline": true, "requests": true, "versions": true, "diagnosis": true },
    });
    let made = app.command("evidence", &request).await;
    let files = made["files"].as_array().unwrap_or_else(|| panic!("{made}"));
    assert!(
        files.len() >= 4,
        "the control: there is something in it: {made}"
    );
    assert!(
        made["scan"]["lookedFor"].as_u64().unwrap() >= 4,
        "and it was looked through: {made}"
    );
    let saved = app
        .command("save_evidence", &json!({ "number": made["number"] }))
        .await;
    assert!(
        saved["path"].is_string(),
        "it is among the files that are looked at: {saved}"
    );
    text("evidence", made.to_string())
}

/// The control: in each kind of place, and in each spelling, what is there is found.
fn whatever_is_there_is_found(place: &Place) {
    let utf16: Vec<u8> = NAME.encode_utf16().flat_map(u16::to_le_bytes).collect();
    let spelt: [(&str, &[u8]); 6] = [
        ("plain", NAME.as_bytes()),
        ("utf16", &utf16),
        ("hex", b"746F6B2D4B7A3751783956774C6D325274593570426E3863"),
        ("percent", b"Quillon%20Braxwythe"),
        ("base64", b"eyJ1IjoiUXVpbGxvbiBCcmF4d3l0aGUifQ=="),
        ("grouped", b"+34 600 987 123"),
    ];
    let folders = [
        place.profile().join("data"),
        place.profile().join("logs"),
        place.temporary(),
    ];
    for (folder, (name, bytes)) in folders.iter().cycle().zip(spelt) {
        fs::create_dir_all(folder).unwrap();
        let file = folder.join(name);
        fs::write(&file, bytes).unwrap();
        let looked: Vec<_> = files(place.desktop.home())
            .into_iter()
            .filter(|it| it.place == file.display().to_string())
            .collect();
        assert!(
            !found(&looked, &all()).is_empty(),
            "{name} in {}",
            folder.display()
        );
    }
    for (argument, variable) in [(TOKEN, "nothing"), ("600", TOKEN)] {
        let mut command = place.desktop.command("sh");
        command
            .args(["-c", "read -r _", argument])
            .env("SAID", variable);
        let mut child = place.desktop.spawn(command.stdin(Stdio::piped())).unwrap();
        let seen = wait_until("a process to be found", SHOWN_LIMIT, || {
            Ok((!found(&processes(&place.desktop), &all()).is_empty()).then_some(()))
        });
        child.kill().unwrap();
        child.wait().unwrap();
        seen.unwrap();
    }
}
