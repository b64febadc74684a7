//! `cargo xtask try --headless --gateway --shot FILE`: Glia's webhooks come to the true window by
//! the whole way: gateway, Mosquitto, and an issuer at which the agent signs in.
//!
//! What is printed is the gateway's own measure: from the webhook until the desktop says that it
//! has kept the event, and that its card is on screen. The tests check; this shows.

use std::error::Error;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::time::{Duration, Instant, SystemTime};

use fantoccini::Locator;
use pop_core::moment::Moment;
use pop_tests::browser::{App, Browser};
use pop_tests::desktop::{Desktop, wait_until};
use pop_tests::gateway::{Relay, agree};
use pop_tests::glia::{alerting, ended, started};
use pop_tests::programs::built;
use serde_json::{Value, json};

type Done<T> = Result<T, Box<dyn Error>>;

/// A customer of the embedded CRM.
const CUSTOMER: (&str, &str) = ("12345", "Cesar Gonzalez");
/// A start fills the embedded CRM with thousands of customers, on a machine that is busy.
const SHOWN: Duration = Duration::from_mins(1);
/// The narrow panel.
const SIZE: (u32, u32) = (420, 780);

#[tokio::main]
#[expect(clippy::print_stdout, reason = "it shows what happened")]
async fn main() -> Done<()> {
    let shot = std::env::args_os()
        .nth(1)
        .ok_or("which file is the picture's?")?;
    let relay = Relay::start().await?;
    let desktop = Desktop::start()?;
    let open = open(&desktop, &relay).await?;
    println!("The agent has signed in at the gateway, and the broker is heard.");

    println!(
        "\n{:<34}{:>9}{:>14}{:>14}",
        "webhook", "answered", "kept there", "on screen"
    );
    let (id, name) = CUSTOMER;
    let first = delivered(&relay, &started("eng-1", id, name), true)?;
    println!("{:<34}{first}", "engagement_start");
    see(&open, &format!("//h1[contains(., '{name}')]")).await?;
    see(&open, "//*[@role='tab']").await?;
    is_still(&open, "//*[@role='tab']").await?;
    let window = desktop.wait_for_window("Screenpop.*")?;
    desktop.picture_window(&window, Path::new(&shot))?;
    let now = Moment::default().after(SystemTime::UNIX_EPOCH.elapsed()?);
    for (what, body, pops) in [
        (
            "engagement_start, repeated",
            started("eng-1", id, name),
            false,
        ),
        ("engagement (its end)", ended("eng-1", name), false),
        (
            "engagement_start, the next",
            started("eng-2", id, name),
            true,
        ),
        (
            "user_presence_update (alerting)",
            alerting("ring-1", now),
            true,
        ),
    ] {
        let line = delivered(&relay, &body, pops)?;
        println!("{what:<34}{line}");
    }
    println!("\nThe window's picture: {}", shot.to_string_lossy());
    open.close().await?;
    Ok(())
}

/// Posts a webhook, and waits until the gateway has heard what became of it; the times in a line.
fn delivered(relay: &Relay, body: &Value, pops: bool) -> Done<String> {
    let acks = |what: &str| {
        relay
            .gateway
            .metric(&format!("acks_total{{what=\"{what}\"}}"))
    };
    let took = |what: &str| {
        let sum = format!("delivery_seconds_sum{{what=\"{what}\"}}");
        relay.gateway.metric(&sum)
    };
    let new = |outcome: &str| {
        let name = format!("events_total{{source=\"glia\",outcome=\"{outcome}\"}}");
        relay.gateway.metric(&name)
    };
    let before = [
        acks("received")?,
        acks("popped")?,
        took("received")?,
        took("popped")?,
    ];
    let known = new("new")?;
    let begun = Instant::now();
    let status = relay.post(body)?;
    let answered = begun.elapsed().as_secs_f64() * 1_000.0;
    if status != 202 {
        return Err(format!("the gateway answered {status}").into());
    }
    let mut line = format!("{answered:>6.1} ms");
    if new("new")? <= known {
        line.push_str("  (no event: nothing is published)");
        return Ok(line);
    }
    let [received, popped, kept_before, shown_before] = before;
    wait_until("the desktop to keep it", SHOWN, || {
        Ok((acks("received")? > received).then_some(()))
    })?;
    let kept = (took("received")? - kept_before) * 1_000.0;
    write!(line, "{kept:>11.1} ms")?;
    if pops {
        wait_until("its card", SHOWN, || {
            Ok((acks("popped")? > popped).then_some(()))
        })?;
        let shown = (took("popped")? - shown_before) * 1_000.0;
        write!(line, "{shown:>11.1} ms")?;
    }
    Ok(line)
}

/// Opens the app, and signs in at the gateway as an agent does.
async fn open(desktop: &Desktop, relay: &Relay) -> Done<Browser> {
    let profile = desktop.home().join("profile");
    fs::create_dir_all(&profile)?;
    let settings = json!({
        "sandbox": { "enabled": true },
        "source": relay.source(),
        "pop": { "open": "accept" },
    });
    let policy = profile.join("policy.jsonc");
    fs::write(profile.join("settings.jsonc"), settings.to_string())?;
    fs::write(
        &policy,
        r#"{ "security": { "allow_loopback_http": true } }"#,
    )?;
    let app = App {
        binary: built("screenpop", "-p screenpop --features automation")?,
        arguments: Vec::new(),
        environment: vec![
            ("SCREENPOP_PROFILE".into(), profile.into()),
            ("SCREENPOP_POLICY".into(), policy.into()),
        ],
    };
    let browser = Browser::open(desktop, &app).await?;
    see(&browser, "//h1").await?;
    let window = desktop.wait_for_window("Screenpop.*")?;
    desktop.resize(&window, SIZE.0, SIZE.1)?;
    desktop.activate(&window)?;
    desktop.press("ctrl+d")?;
    let sign_in = "//*[@data-state='broken']//button[contains(., 'Sign in')]";
    is_still(&browser, sign_in).await?;
    see(&browser, sign_in).await?.click().await?;
    let calls = desktop.opener().wait_for_calls(1)?;
    let address = calls.first().and_then(|call| call.first());
    agree(address.ok_or("nothing was opened")?).await?;
    see(&browser, "//*[@data-state='connected']").await?;
    desktop.press("Escape")?;
    Ok(browser)
}

/// Waits until an element stays where it is: the window is still taking its size.
async fn is_still(browser: &Browser, xpath: &str) -> Done<()> {
    let mut last = None;
    for _ in 0..100 {
        let now = see(browser, xpath).await?.rectangle().await?;
        if last.replace(now) == Some(now) {
            return Ok(());
        }
        tokio::time::sleep(Duration::from_millis(300)).await;
    }
    Err(format!("it never stays where it is: {xpath}").into())
}

async fn see(browser: &Browser, xpath: &str) -> Done<fantoccini::elements::Element> {
    let wait = browser.client().wait().at_most(SHOWN);
    Ok(wait.for_element(Locator::XPath(xpath)).await?)
}
