//! A way to sign in with its settings filled in: who we are to the server, and where it is.

use std::time::Duration;

use pop_core::http::Method;
use pop_core::link::LoopbackOrigin;
use pop_core::template::{Part, Template, encode_into};
use url::Url;

use crate::language::oauth::{BrowserPart, OAuth, Redirect, SecretPlace};
use crate::net::origin::Origin;

/// What the token endpoint and the browser need to know.
pub(crate) struct Registration {
    pub(crate) browser: Option<Browser>,
    pub(crate) token: Url,
    pub(crate) revoke: Option<(Method, Url)>,
    pub(crate) client_id: String,
    pub(crate) client_secret: Option<SecretPlace>,
    pub(crate) scope: Vec<String>,
    pub(crate) token_extra: Vec<(String, String)>,
    pub(crate) json: bool,
    pub(crate) lifetime: Option<Duration>,
    pub(crate) rotates: bool,
}

/// The browser's part.
pub(crate) struct Browser {
    pub(crate) authorize: Url,
    pub(crate) issuer: Option<String>,
    pub(crate) extra: Vec<(String, String)>,
    pub(crate) redirect: Redirect,
    pub(crate) ports: Vec<u16>,
}

/// Where the values of the settings come from, and which plain-http origins are vouched for.
pub(crate) struct Filling<'f, S> {
    pub(crate) setting: S,
    pub(crate) loopback: &'f [LoopbackOrigin],
}

impl<S: Fn(&str) -> Option<String>> Filling<'_, S> {
    /// Fills in the settings; what is expected instead is returned.
    pub(crate) fn registration(&self, oauth: &OAuth) -> Result<Registration, String> {
        let browser = oauth.browser.as_ref().map(|part| self.browser(part));
        let revoke = oauth.revoke.as_ref();
        let revoke = match revoke {
            Some((method, address)) => Some((*method, self.address(address)?)),
            None => None,
        };
        let scope = match &oauth.scope {
            Some(scope) => self.text(scope)?.unwrap_or_default(),
            None => String::new(),
        };
        Ok(Registration {
            browser: browser.transpose()?,
            token: self.address(&oauth.token)?,
            revoke,
            client_id: self
                .text(&oauth.client_id)?
                .ok_or("a value for client_id")?,
            client_secret: oauth.client_secret.clone(),
            scope: scope.split_whitespace().map(str::to_owned).collect(),
            token_extra: self.pairs(&oauth.token_extra)?,
            json: oauth.json,
            lifetime: oauth.lifetime,
            rotates: oauth.rotates,
        })
    }

    fn browser(&self, part: &BrowserPart) -> Result<Browser, String> {
        let issuer = part.issuer.as_ref().map(|issuer| self.text(issuer));
        Ok(Browser {
            authorize: self.address(&part.authorize)?,
            issuer: issuer.transpose()?.flatten(),
            extra: self.pairs(&part.extra)?,
            redirect: part.redirect.clone(),
            ports: part.ports.clone(),
        })
    }

    fn pairs(&self, pairs: &[(String, Template)]) -> Result<Vec<(String, String)>, String> {
        let mut list = Vec::new();
        for (name, template) in pairs {
            list.extend(self.text(template)?.map(|value| (name.clone(), value)));
        }
        Ok(list)
    }

    /// A text; `None` when an optional setting in it is not filled in.
    fn text(&self, template: &Template) -> Result<Option<String>, String> {
        let mut text = String::new();
        for part in template.parts() {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Name(name) => match (self.setting)(name.path()) {
                    Some(value) => text.push_str(&value),
                    None if name.is_optional() => return Ok(None),
                    None => return Err(format!("a value for {}", name.path())),
                },
            }
        }
        Ok(Some(text))
    }

    /// An address whose host is what the file and its settings say: rules N3 and O1.
    fn address(&self, template: &Template) -> Result<Url, String> {
        let mut text = String::new();
        for part in template.parts() {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Name(name) => {
                    let value = (self.setting)(name.path())
                        .ok_or_else(|| format!("a value for {}", name.path()))?;
                    let is_host = text.is_empty() || is_in_host(&text);
                    if !is_host {
                        encode_into(&mut text, &value);
                    } else if text.is_empty() || value.bytes().all(is_host_sign) {
                        text.push_str(&value);
                    } else {
                        return Err(format!("a part of a host's name in {}", name.path()));
                    }
                }
            }
        }
        let url = Url::parse(&text).ok();
        url.filter(|url| Origin::of(url, self.loopback).is_some() && url.as_str() == text)
            .ok_or_else(|| format!("an address to sign in at, not {text}"))
    }
}

/// Whether what comes next still belongs to the host.
fn is_in_host(text: &str) -> bool {
    text.strip_prefix("https://")
        .is_some_and(|host| !host.contains('/'))
}

fn is_host_sign(byte: u8) -> bool {
    byte.is_ascii_lowercase() || byte.is_ascii_digit() || matches!(byte, b'-' | b'.')
}
