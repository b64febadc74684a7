//! `[enrolment]`: who vouches for agents, and what a desktop is told.

use std::sync::Arc;

use pop_core::file::section::Section;
use pop_core::link::LoopbackOrigin;
use pop_crm::ReqwestHttp;

use crate::enrolment::oidc::Issuer;
use crate::enrolment::signature;
use crate::pace::Pace;

/// How many devices an agent may have.
const DEVICES: usize = 5;
/// How often one address may ask in a minute.
const PER_MINUTE: usize = 60;

/// How desktops are let in.
pub(crate) struct Enrolment {
    pub(crate) issuer: Issuer,
    pub(crate) scopes: Vec<String>,
    pub(crate) claim: Claim,
    /// Where desktops reach the broker.
    pub(crate) urls: Vec<String>,
    pub(crate) devices: usize,
    pub(crate) pace: Pace,
}

/// Which claim says who an agent is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Claim {
    /// The work e-mail address.
    Email,
    /// Another one; it holds an agent's `login`.
    Login(String),
}

/// Reads `[enrolment]`; `None` when desktops cannot sign in here, or when something is wrong.
pub(crate) fn read(root: &Section<'_>) -> Option<Enrolment> {
    let section = root.section("enrolment")?;
    let enrolment = enrolment(&section);
    section.finish();
    enrolment
}

fn enrolment(section: &Section<'_>) -> Option<Enrolment> {
    let issuer = issuer(section);
    let client_id = section.text("client_id");
    let client_id = client_id.map_or("screenpop-desktop", |spot| spot.text);
    let scopes = section.texts("scopes").map_or_else(
        || vec!["openid".to_owned(), "email".to_owned()],
        |scopes| scopes.iter().map(|spot| spot.text.to_owned()).collect(),
    );
    let claim = match section.text("claim").map(|spot| spot.text) {
        None | Some("email") => Claim::Email,
        Some(name) => Claim::Login(name.to_owned()),
    };
    let urls = urls(section);
    let devices = section.count("devices").unwrap_or(DEVICES);
    let rate = section.count("per_minute").unwrap_or(PER_MINUTE);
    let (url, http) = issuer?;
    signature::install();
    Some(Enrolment {
        issuer: Issuer {
            url,
            audience: client_id.to_owned(),
            http,
            keys: tokio::sync::Mutex::default(),
        },
        scopes,
        claim,
        urls: urls?,
        devices,
        pace: Pace::per_minute(u32::try_from(rate).unwrap_or(u32::MAX)),
    })
}

/// The issuer and the way to it; plain http to this computer only (security rules N1 and N5).
fn issuer(section: &Section<'_>) -> Option<(String, Arc<ReqwestHttp>)> {
    let spot = section.need_text("issuer")?;
    let near = near(spot.text);
    let fits = spot
        .text
        .strip_prefix("https://")
        .is_some_and(|rest| !rest.is_empty() && !rest.contains(['?', '#']));
    if !fits && near.is_none() {
        let expected = "the issuer's address as it names itself, such as https://login.example.com";
        section.refuse(spot, "issuer", expected);
        return None;
    }
    let http = ReqwestHttp::new(near.into_iter().collect());
    if http.is_err() {
        section.refuse(spot, "issuer", "a system with a trust store");
    }
    Some((spot.text.to_owned(), Arc::new(http.ok()?)))
}

/// The origin of an address on this computer.
pub(crate) fn near(text: &str) -> Option<LoopbackOrigin> {
    let rest = text.strip_prefix("http://")?;
    let host = rest.split('/').next().unwrap_or_default();
    LoopbackOrigin::permitted_by_machine_policy(&format!("http://{host}"))
}

fn urls(section: &Section<'_>) -> Option<Vec<String>> {
    if !section.has("urls") {
        section.missing("urls", "a list of the broker's addresses for desktops");
    }
    let spots = section.texts("urls")?;
    for spot in &spots {
        let near = ["mqtt://127.0.0.1:", "ws://127.0.0.1:"];
        let fits = ["mqtts://", "wss://"].iter().chain(&near);
        if !fits.into_iter().any(|prefix| spot.text.starts_with(prefix)) {
            let expected = "addresses such as mqtts://broker.example.com:8883 or \
                            wss://broker.example.com/mqtt";
            section.refuse(*spot, "urls", expected);
        }
    }
    Some(spots.iter().map(|spot| spot.text.to_owned()).collect())
}
