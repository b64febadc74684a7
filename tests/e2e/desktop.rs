//! The private desktop proves itself: what later tests lean on is real.

use std::{fs, process::Stdio};

use pop_tests::{
    browser::{App, Browser},
    desktop::{Desktop, Keychain},
};

#[test]
fn the_keychain_gives_a_secret_only_while_it_is_unlocked() {
    let desktop = Desktop::start().unwrap();
    store_secret(&desktop, "open sesame");
    assert_eq!(
        lookup_secret(&desktop).as_deref(),
        Some("open sesame"),
        "what was stored is there"
    );

    desktop.lock_keychain().unwrap();
    assert_eq!(
        lookup_secret(&desktop),
        None,
        "a locked keychain gives nothing away"
    );
}

#[test]
fn a_desktop_without_a_keychain_has_none_and_starts_none() {
    let desktop = Desktop::start_with(Keychain::Absent).unwrap();
    assert_eq!(
        lookup_secret(&desktop),
        None,
        "nothing answers, and nothing is started on demand"
    );
}

#[test]
fn a_notice_reaches_the_notification_daemon() {
    let desktop = Desktop::start().unwrap();
    assert!(
        desktop.notices().unwrap().is_empty(),
        "nobody has sent a notice yet"
    );

    let sent = desktop
        .command("gdbus")
        .args([
            "call",
            "--session",
            "--dest",
            "org.freedesktop.Notifications",
        ])
        .args(["--object-path", "/org/freedesktop/Notifications"])
        .args(["--method", "org.freedesktop.Notifications.Notify"])
        .args([
            "Self-test",
            "0",
            "",
            "Chat offered",
            "Cesar Gonzalez",
            "[]",
            "{}",
            "2000",
        ])
        .stdout(Stdio::null())
        .status()
        .unwrap();
    assert!(sent.success(), "the daemon takes the notice");

    let notice = desktop.wait_for_notices(1).unwrap().remove(0);
    assert_eq!(
        (
            notice.app.as_str(),
            notice.summary.as_str(),
            notice.body.as_str()
        ),
        ("Self-test", "Chat offered", "Cesar Gonzalez"),
        "the record holds what the agent would read"
    );
}

#[test]
fn keys_go_to_the_window_that_has_the_focus_and_to_no_other() {
    let desktop = Desktop::start().unwrap();
    let first = desktop.open_bystander("First").unwrap();
    desktop.type_text("hello ").unwrap();
    first.wait_for_text("hello ").unwrap();

    let second = desktop.open_bystander("Second").unwrap();
    desktop.type_text("world").unwrap();
    second.wait_for_text("world").unwrap();
    assert_eq!(
        first.received().unwrap(),
        "hello ",
        "the window behind receives nothing"
    );

    desktop.activate(first.window()).unwrap();
    assert_eq!(
        desktop.active_window().unwrap().as_ref(),
        Some(first.window())
    );
    desktop.type_text("again").unwrap();
    assert_eq!(
        first.wait_for_text("again").unwrap(),
        "hello again",
        "no key is lost"
    );
}

#[test]
fn the_opener_records_what_a_browser_would_have_been_given() {
    let desktop = Desktop::start().unwrap();
    assert!(
        desktop.opener().calls().unwrap().is_empty(),
        "nothing was opened yet"
    );

    let url = "https://crm.example.com/customers/12345?from=a%20b&c=d";
    assert!(
        desktop
            .command("xdg-open")
            .arg(url)
            .status()
            .unwrap()
            .success()
    );

    assert_eq!(
        desktop.opener().wait_for_calls(1).unwrap(),
        [[url]],
        "one call, byte for byte"
    );
}

#[test]
fn a_picture_shows_the_window_alone() {
    let desktop = Desktop::start().unwrap();
    let bystander = desktop.open_bystander("Pictured").unwrap();
    let (one, all) = (
        desktop.home().join("one.png"),
        desktop.home().join("all.png"),
    );
    desktop.picture_window(bystander.window(), &one).unwrap();
    desktop.picture_screen(&all).unwrap();

    assert_eq!(
        png_size(&fs::read(all).unwrap()),
        (1600, 1000),
        "the whole screen"
    );
    let (width, height) = png_size(&fs::read(one).unwrap());
    assert!(
        width < 1600 && height < 1000,
        "one window is smaller than the screen"
    );
}

#[test]
fn everything_ends_with_the_desktop() {
    let desktop = Desktop::start().unwrap();
    let mut sleeper = desktop.spawn(desktop.command("sleep").arg("600")).unwrap();
    assert!(
        sleeper.try_wait().unwrap().is_none(),
        "it runs while the desktop does"
    );

    let home = desktop.home().to_owned();
    drop(desktop);
    assert!(
        !sleeper.wait().unwrap().success(),
        "it was ended, it did not finish"
    );
    assert!(!home.exists(), "nothing of the desktop stays on disk");
}

/// WebKit's own small browser stands in for the app: the driver is proven before the app is.
#[tokio::test]
async fn the_driver_opens_a_real_webview_and_reads_its_page() {
    let desktop = Desktop::start().unwrap();
    let app = App {
        binary: "/usr/lib/x86_64-linux-gnu/webkit2gtk-4.1/MiniBrowser".into(),
        arguments: vec!["--automation".into()],
        ..App::default()
    };
    let browser = Browser::open(&desktop, &app).await.unwrap();
    let client = browser.client();
    client
        .goto("data:text/html,<title>Pop</title><h1>Cesar</h1>")
        .await
        .unwrap();

    let heading = client.find(fantoccini::Locator::Css("h1")).await.unwrap();
    assert_eq!(
        heading.text().await.unwrap(),
        "Cesar",
        "the page is drawn and can be read"
    );
    let shot = client.screenshot().await.unwrap();
    assert!(png_size(&shot) > (100, 100), "the page has pixels");
    browser.close().await.unwrap();
}

fn store_secret(desktop: &Desktop, secret: &str) {
    let mut command = desktop.command("secret-tool");
    command.args(["store", "--label=Self-test", "purpose", "self-test"]);
    let mut child = desktop.spawn(command.stdin(Stdio::piped())).unwrap();
    std::io::Write::write_all(&mut child.stdin.take().unwrap(), secret.as_bytes()).unwrap();
    assert!(
        child.wait().unwrap().success(),
        "the keychain takes a secret"
    );
}

fn lookup_secret(desktop: &Desktop) -> Option<String> {
    let mut command = desktop.command("timeout");
    command.args(["10", "secret-tool", "lookup", "purpose", "self-test"]);
    let output = command.output().unwrap();
    output
        .status
        .success()
        .then(|| String::from_utf8(output.stdout).unwrap())
}

/// Reads width and height from a PNG's first chunk.
fn png_size(png: &[u8]) -> (u32, u32) {
    let number = |at: usize| u32::from_be_bytes(png[at..at + 4].try_into().unwrap());
    (number(16), number(20))
}
