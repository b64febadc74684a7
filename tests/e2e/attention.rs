//! Calling for the agent's eyes without taking the keyboard, and hiding what is nobody else's.

use pop_tests::desktop::{Desktop, Keychain, Window, wait_until};
use pop_tests::signed::chat;

use crate::app::{Open, Place, SETTINGS, SHOWN_LIMIT};

/// The customer whom the guide knows.
const CESAR: &str = "12345";

const KEYS: &str =
    "{ \"show\": \"Ctrl+Alt+P\", \"curtain\": \"Ctrl+Alt+H\", \"copy_id\": \"Ctrl+Alt+I\" }";

/// The panel's own title; the notice has another.
const PANEL: &str = "Screenpop";

fn with_keys() -> Place {
    let settings = SETTINGS.replacen('{', &format!("{{\n  \"shortcuts\": {KEYS},"), 1);
    Place::with(Keychain::Unlocked, &settings)
}

#[tokio::test]
async fn a_notice_stands_over_the_chat_tool_while_every_key_goes_there() {
    let place = with_keys();
    let app = place.open().await;
    let desktop = &place.desktop;
    let panel = desktop.wait_for_window(PANEL).unwrap();
    desktop.minimise(&panel).unwrap();
    let chat_tool = desktop.open_bystander("Chat tool").unwrap();
    desktop.type_text("Dear cust").unwrap();
    let offered = chat("i-1", "offered", CESAR);
    assert_eq!(app.sender.post(&offered).unwrap(), 202);
    let notice = desktop.wait_for_window("Screenpop notice").unwrap();
    desktop.type_text("omer, hello").unwrap();
    chat_tool.wait_for_text("Dear customer, hello").unwrap();
    let active = desktop.active_window().unwrap();
    assert_eq!(active.as_ref(), Some(chat_tool.window()));
    fits(&app, desktop, &notice).await;
    let (left, _) = desktop.position(&notice).unwrap();
    assert!(left > 800, "where reading ends: {left}");

    desktop.press("ctrl+alt+p").unwrap();
    let shown = wait_until("the panel to have the keyboard", SHOWN_LIMIT, || {
        Ok((desktop.active_window()?.as_ref() == Some(&panel)).then_some(()))
    });
    shown.expect("the control: the agent's own key brings the panel");
    app.close().await;
}

#[tokio::test]
async fn a_key_draws_the_curtain_over_the_customer_and_takes_it_away_again() {
    let place = with_keys();
    let app = place.open().await;
    let accepted = chat("i-1", "accepted", CESAR);
    assert_eq!(app.sender.post(&accepted).unwrap(), 202);
    app.read("main h1", "Cesar Gonzalez").await;
    let other = place.desktop.open_bystander("Chat tool").unwrap();
    place.desktop.press("ctrl+alt+h").unwrap();
    app.see("main.curtain").await;
    let text = app.text("body").await;
    assert!(!text.contains("Gonzalez"), "{text}");
    let title = app.browser.client().title().await.unwrap();
    assert!(!title.contains("Gonzalez"), "{title}");
    let active = place.desktop.active_window().unwrap();
    assert_eq!(active.as_ref(), Some(other.window()));

    place.desktop.press("ctrl+alt+h").unwrap();
    app.read("main h1", "Cesar Gonzalez").await;
    app.close().await;
}

#[tokio::test]
async fn the_compact_bar_is_one_row_and_the_window_comes_back_as_it_was() {
    let place = with_keys();
    let app = place.open().await;
    let accepted = chat("i-1", "accepted", CESAR);
    assert_eq!(app.sender.post(&accepted).unwrap(), 202);
    app.read("main h1", "Cesar Gonzalez").await;
    let desktop = &place.desktop;
    let panel = desktop.wait_for_window(PANEL).unwrap();
    desktop.activate(&panel).unwrap();
    let before = desktop.size(&panel).unwrap();
    desktop.press("ctrl+m").unwrap();
    app.read("main.bar", "Cesar Gonzalez").await;
    let low = wait_until("the window to be a bar", SHOWN_LIMIT, || {
        Ok((desktop.size(&panel)?.1 < 120).then_some(()))
    });
    low.unwrap();
    desktop.press("ctrl+m").unwrap();
    app.see("footer.actions").await;
    let back = wait_until("the window to be as it was", SHOWN_LIMIT, || {
        Ok((desktop.size(&panel)? == before).then_some(()))
    });
    let now = desktop.size(&panel).unwrap();
    assert!(back.is_ok(), "it was {before:?} and is {now:?}");
    app.close().await;
}

#[tokio::test]
async fn a_case_is_made_without_a_pointer() {
    let place = with_keys();
    let app = place.open().await;
    let accepted = chat("i-1", "accepted", CESAR);
    assert_eq!(app.sender.post(&accepted).unwrap(), 202);
    app.read("main h1", "Cesar Gonzalez").await;
    app.read(".cases", "proof of income").await;
    let desktop = &place.desktop;
    let panel = desktop.wait_for_window(PANEL).unwrap();
    desktop.activate(&panel).unwrap();
    desktop.press("ctrl+n").unwrap();
    let subject = ".pane:not([hidden]) form input[type=text]:focus";
    app.see(subject).await;
    desktop.press("ctrl+a").unwrap();
    desktop.type_text("Card lost on a train").unwrap();
    app.holds(subject, "Card lost on a train").await;
    desktop.press("ctrl+Return").unwrap();
    app.read(".cases", "Card lost on a train").await;
    app.close().await;
}

#[tokio::test]
async fn a_notice_speaks_arabic_from_the_side_where_reading_ends() {
    let settings = SETTINGS.replacen('{', "{\n  \"appearance\": { \"language\": \"ar\" },", 1);
    let place = Place::with(Keychain::Unlocked, &settings);
    let app = place.open().await;
    let desktop = &place.desktop;
    let panel = desktop.wait_for_window(PANEL).unwrap();
    desktop.minimise(&panel).unwrap();
    let offered = chat("i-1", "offered", CESAR);
    assert_eq!(app.sender.post(&offered).unwrap(), 202);
    let notice = desktop.wait_for_window("Screenpop notice").unwrap();
    let text = fits(&app, desktop, &notice).await;
    assert!(text.contains("محادثة معروضة"), "{text}");
    let (left, _) = desktop.position(&notice).unwrap();
    assert!(left < 800, "where reading ends: {left}");
    app.close().await;
}

/// Waits until the notice's window is as high as what it says, and returns that.
async fn fits(app: &Open, desktop: &Desktop, notice: &Window) -> String {
    const SAID: &str = "const box = document.querySelector('.window'); \
        return [Math.ceil(box?.getBoundingClientRect().height ?? 0), box?.innerText ?? ''];";
    let client = app.browser.client();
    let own = client.window().await.unwrap();
    let mut said = None;
    for window in client.windows().await.unwrap() {
        client.switch_to_window(window).await.unwrap();
        if client.current_url().await.unwrap().path() == "/notice.html" {
            said = Some(client.execute(SAID, Vec::new()).await.unwrap());
        }
    }
    client.switch_to_window(own).await.unwrap();
    let (height, text): (u32, String) = serde_json::from_value(said.unwrap()).unwrap();
    assert!((60..200).contains(&height), "{height}: {text}");
    let as_high = wait_until(
        "the window to be as high as the notice",
        SHOWN_LIMIT,
        || Ok((desktop.size(notice)? == (376, height)).then_some(())),
    );
    let now = desktop.size(notice).unwrap();
    assert!(
        as_high.is_ok(),
        "the notice is {height} high, its window {now:?}"
    );
    text
}
