//! The checks of an address that is to be opened: security rules U2 to U5 and U8.

use url::{ParseError, Url};

use super::{HostPattern, LinkFault, hosts};
use crate::text::is_format_char;

/// An address that may be opened. It can only be made by the checks of this module.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct RecordUrl(String);

impl RecordUrl {
    /// The address, as it is handed to the system.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Host and port, as they are shown beside a link.
    pub fn host(&self) -> &str {
        let (_, rest) = self.0.split_once("://").unwrap_or(("", &self.0));
        rest.split(['/', '?', '#']).next().unwrap_or(rest)
    }
}

/// The longest address (security rule U5).
const LONGEST: usize = 2_000;

/// Checks a link found in text of a CRM, before it becomes clickable.
pub fn check_external_link(text: &str, within: &[HostPattern]) -> Result<RecordUrl, LinkFault> {
    check(text, within)
}

/// Checks an address: scheme, then host, then form.
pub(super) fn check(text: &str, within: &[HostPattern]) -> Result<RecordUrl, LinkFault> {
    check_scheme(text, within)?;
    let url = Url::parse(text).map_err(host_or_form)?;
    check_host(text, &url, within)?;
    check_characters(text)?;
    if text.len() > LONGEST || url.as_str() != text {
        return Err(LinkFault::UrlForm);
    }
    Ok(RecordUrl(text.to_owned()))
}

/// Checks the value of a name that a link begins with: scheme, host and port, and nothing else.
pub(super) fn check_origin(origin: &str, within: &[HostPattern]) -> Result<(), LinkFault> {
    let url = check(&format!("{origin}/"), within)?;
    if url.as_str().matches('/').count() == 3 && !origin.contains(['?', '#']) {
        Ok(())
    } else {
        Err(LinkFault::UrlForm)
    }
}

fn check_scheme(text: &str, within: &[HostPattern]) -> Result<(), LinkFault> {
    let is_loopback = within
        .iter()
        .filter_map(HostPattern::loopback)
        .any(|origin| {
            text.strip_prefix(origin)
                .is_some_and(|rest| rest.starts_with('/'))
        });
    if is_loopback {
        return Ok(());
    }
    match text.strip_prefix("https:") {
        Some(rest) if rest.starts_with("//") && !rest.starts_with("///") => Ok(()),
        Some(_) => Err(LinkFault::UrlForm),
        None => Err(LinkFault::UrlScheme),
    }
}

fn check_characters(text: &str) -> Result<(), LinkFault> {
    let is_refused = |character: char| {
        character.is_control()
            || character.is_whitespace()
            || is_format_char(character)
            || matches!(
                character,
                '\\' | '"' | '\'' | '<' | '>' | '^' | '{' | '}' | '`'
            )
    };
    if text.chars().any(is_refused) {
        Err(LinkFault::UrlForm)
    } else {
        Ok(())
    }
}

/// The host as it stands in the text must be the host that was read: a number, another case, a
/// user name, a trailing dot or a port that goes without saying are other spellings.
fn check_host(text: &str, url: &Url, within: &[HostPattern]) -> Result<(), LinkFault> {
    let (_, rest) = text.split_once("://").ok_or(LinkFault::UrlScheme)?;
    let written = rest.split(['/', '\\', '?', '#']).next().unwrap_or(rest);
    let is_plain = hosts::authority(url).is_some_and(|read| read == written);
    if is_plain && within.iter().any(|pattern| pattern.allows(url)) {
        Ok(())
    } else {
        Err(LinkFault::UrlHost)
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "not our enum, and it may grow"
)]
fn host_or_form(error: ParseError) -> LinkFault {
    match error {
        ParseError::EmptyHost
        | ParseError::IdnaError
        | ParseError::InvalidDomainCharacter
        | ParseError::InvalidIpv4Address
        | ParseError::InvalidIpv6Address
        | ParseError::InvalidPort => LinkFault::UrlHost,
        _ => LinkFault::UrlForm,
    }
}

/// What values must not change about an address (security rule T6).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Shape {
    origin: String,
    segments: usize,
    query_keys: Option<Vec<String>>,
    has_fragment: bool,
}

/// The shape of an address, or nothing where it is none.
pub(super) fn shape(text: &str) -> Option<Shape> {
    let url = Url::parse(text).ok()?;
    let keys = url.query().map(|query| {
        let key = |pair: &str| pair.split('=').next().unwrap_or(pair).to_owned();
        query.split('&').map(key).collect()
    });
    Some(Shape {
        origin: url.origin().ascii_serialization(),
        segments: url.path_segments()?.count(),
        query_keys: keys,
        has_fragment: url.fragment().is_some(),
    })
}
