//! The keys of `[auth.<name>]` whose token is fetched: `oauth_code` and `oauth_client`.
//!
//! Security rules O1 and O2: the addresses come from the definition and its settings, never from
//! an answer, and their hosts are written out in the file or bounded by it. What is done with
//! these keys is in `sign_in`.

use std::time::Duration;

use pop_core::http::Method;
use pop_core::template::{Part, Template};
use url::{Host, Url};

use crate::file::section::{Section, Spot};
use crate::file::tree::Data;
use crate::language::names::Known;
use crate::language::parts::duration;
use crate::language::setting::{Setting, SettingKind};
use crate::language::text::template;

/// A way to sign in whose token is fetched.
#[derive(Clone, Debug)]
pub(crate) struct OAuth {
    /// The browser's part; `None` for client credentials.
    pub(crate) browser: Option<BrowserPart>,
    pub(crate) token: Template,
    pub(crate) revoke: Option<(Method, Template)>,
    pub(crate) client_id: Template,
    pub(crate) client_secret: Option<SecretPlace>,
    pub(crate) scope: Option<Template>,
    /// What else the token endpoint is told.
    pub(crate) token_extra: Vec<(String, Template)>,
    /// Whether the token endpoint reads JSON in place of a form.
    pub(crate) json: bool,
    /// How long an access token lives where the server does not say.
    pub(crate) lifetime: Option<Duration>,
    /// Whether a refresh token dies when it is used.
    pub(crate) rotates: bool,
}

/// What the browser is sent to, and where it comes back.
#[derive(Clone, Debug)]
pub(crate) struct BrowserPart {
    pub(crate) authorize: Template,
    pub(crate) issuer: Option<Template>,
    pub(crate) extra: Vec<(String, Template)>,
    pub(crate) redirect: Redirect,
    /// The registered ports, tried in this order; empty where the server ignores the port.
    pub(crate) ports: Vec<u16>,
}

/// The secret setting that makes the client confidential.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SecretPlace {
    pub(crate) setting: String,
    pub(crate) optional: bool,
}

/// The address that the browser comes back to, without its port.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Redirect {
    /// `localhost`, or the literal address.
    pub(crate) by_name: bool,
    pub(crate) path: String,
}

impl Redirect {
    fn parse(text: &str) -> Option<Self> {
        let url = Url::parse(text).ok()?;
        let by_name = match url.host()? {
            Host::Domain("localhost") => true,
            Host::Ipv4(address) if address == std::net::Ipv4Addr::LOCALHOST => false,
            Host::Domain(_) | Host::Ipv4(_) | Host::Ipv6(_) => return None,
        };
        let path = url.path().to_owned();
        let redirect = Self { by_name, path };
        let bare = format!("http://{}{}", redirect.host(), redirect.path);
        (redirect.path.len() > 1 && bare == text).then_some(redirect)
    }

    pub(crate) fn host(&self) -> &'static str {
        if self.by_name {
            "localhost"
        } else {
            "127.0.0.1"
        }
    }
}

impl OAuth {
    /// The texts without which nobody can be signed in.
    pub(crate) fn needed(&self) -> Vec<&Template> {
        let browser = self.browser.iter().map(|browser| &browser.authorize);
        [&self.token, &self.client_id]
            .into_iter()
            .chain(browser)
            .collect()
    }

    /// Reads the keys of either kind.
    pub(crate) fn read(
        section: &Section<'_>,
        root: &Section<'_>,
        known: &Known,
        in_browser: bool,
    ) -> Option<Self> {
        let keys = Keys {
            section,
            root,
            known,
        };
        let token = section
            .need_text("token")
            .and_then(|spot| keys.address("token", spot, spot.text));
        let browser = in_browser.then(|| keys.browser());
        let client_id = section
            .need_text("client_id")
            .and_then(|spot| keys.settings_in(section, "client_id", spot));
        let json = match section.text("body") {
            None => false,
            Some(spot) => {
                if !matches!(spot.text, "form" | "json") {
                    section.refuse(spot, "body", "form or json");
                }
                spot.text == "json"
            }
        };
        let client_secret = keys.client_secret(in_browser);
        let lifetime = section
            .text("lifetime")
            .and_then(|spot| duration(section, "lifetime", spot));
        Some(Self {
            token: token?,
            revoke: keys.revoke(),
            client_id: client_id?,
            client_secret,
            scope: keys.optional("scope"),
            token_extra: keys.table("token_extra"),
            json,
            lifetime,
            rotates: section.switch("rotates").unwrap_or(true),
            browser: match browser {
                Some(browser) => Some(browser?),
                None => None,
            },
        })
    }
}

struct Keys<'k, 'a> {
    section: &'k Section<'a>,
    root: &'k Section<'a>,
    known: &'k Known,
}

impl Keys<'_, '_> {
    fn browser(&self) -> Option<BrowserPart> {
        let section = self.section;
        let authorize = section
            .need_text("authorize")
            .and_then(|spot| self.address("authorize", spot, spot.text));
        let redirect = match section.text("redirect") {
            None => Some(Redirect {
                by_name: true,
                path: "/callback".to_owned(),
            }),
            Some(spot) => {
                let redirect = Redirect::parse(spot.text);
                if redirect.is_none() {
                    let expected =
                        "http://localhost/… or http://127.0.0.1/… with a path and without a port";
                    section.refuse(spot, "redirect", expected);
                }
                redirect
            }
        };
        Some(BrowserPart {
            issuer: self.optional("issuer"),
            extra: self.table("extra"),
            ports: self.ports(),
            authorize: authorize?,
            redirect: redirect?,
        })
    }

    fn optional(&self, key: &str) -> Option<Template> {
        let spot = self.section.text(key)?;
        self.settings_in(self.section, key, spot)
    }

    fn table(&self, key: &str) -> Vec<(String, Template)> {
        let Some(table) = self.section.section(key) else {
            return Vec::new();
        };
        let mut list = Vec::new();
        for (name, _) in table.members() {
            let written = table
                .text(name)
                .and_then(|spot| self.settings_in(&table, name, spot));
            list.extend(written.map(|template| (name.to_owned(), template)));
        }
        list
    }

    fn ports(&self) -> Vec<u16> {
        let Some(node) = self.section.node("ports") else {
            return Vec::new();
        };
        let port = |data: &Data| {
            let Data::Whole(number @ 1..) = data else {
                return None;
            };
            u16::try_from(*number).ok()
        };
        let ports = if let Data::List(items) = &node.data {
            items.iter().map(|item| port(&item.data)).collect()
        } else {
            None
        };
        ports.unwrap_or_else(|| {
            self.section.fault(node, "ports", "a list of ports");
            Vec::new()
        })
    }

    /// An address of RFC 7009, or `DELETE` and an address that ends the token it is asked with.
    fn revoke(&self) -> Option<(Method, Template)> {
        let spot = self.section.text("revoke")?;
        let (method, address) = match spot.text.strip_prefix("DELETE ") {
            Some(address) => (Method::Delete, address),
            None => (Method::Post, spot.text),
        };
        Some((method, self.address("revoke", spot, address)?))
    }

    fn client_secret(&self, in_browser: bool) -> Option<SecretPlace> {
        let section = self.section;
        if !in_browser && !section.has("client_secret") {
            section.missing("client_secret", "{setting.…} of a setting of kind secret");
        }
        let spot = section.text("client_secret")?;
        let written = template(section, "client_secret", spot)?;
        let place = written.only_name().and_then(|name| {
            let setting = name.path().strip_prefix("setting.")?;
            let is_secret = self.known.setting(setting)?.kind == SettingKind::Secret;
            is_secret.then(|| SecretPlace {
                setting: setting.to_owned(),
                optional: name.is_optional(),
            })
        });
        if place.is_none() {
            let expected = "{setting.…} of a setting of kind secret, alone";
            section.refuse(spot, "client_secret", expected);
        }
        place
    }

    /// A template of settings alone; secrets have a place of their own.
    fn settings_in(&self, section: &Section<'_>, key: &str, spot: Spot<'_>) -> Option<Template> {
        let written = template(section, key, spot)?;
        let is_open = |name: &str| {
            self.setting(name)
                .is_some_and(|setting| setting.kind != SettingKind::Secret)
        };
        if written.names().all(|name| is_open(name.path())) {
            return Some(written);
        }
        let expected = "declared {setting.…} names alone, and no secret";
        section.refuse(spot, key, expected);
        None
    }

    fn setting(&self, path: &str) -> Option<&Setting> {
        self.known.setting(path.strip_prefix("setting.")?)
    }

    fn address(&self, key: &str, spot: Spot<'_>, text: &str) -> Option<Template> {
        let spot = Spot { text, ..spot };
        let written = self.settings_in(self.section, key, spot)?;
        if let Err(expected) = self.check_host(&written) {
            self.section.refuse(spot, key, expected);
            return None;
        }
        Some(written)
    }

    /// The host is spelt out in the file, has a fixed end, or is a setting that the file bounds.
    fn check_host(&self, address: &Template) -> Result<(), &'static str> {
        const ADDRESS: &str = "an https address, or one that begins with a setting of kind origin";
        const BOUNDED: &str = "a host setting that stands in http.within or has a within";
        let bounded = |path: &str, kind: SettingKind| match self.setting(path) {
            Some(setting) if setting.kind == kind => {
                let entry = format!("{{{path}}}");
                (setting.is_bounded() || self.within().any(|known| known == entry))
                    .then_some(())
                    .ok_or(BOUNDED)
            }
            // Its values are spelt out in the file.
            Some(setting) if setting.kind == SettingKind::Choice => Ok(()),
            Some(_) | None => Err(ADDRESS),
        };
        match address.parts() {
            [Part::Name(name), rest @ ..] => {
                let is_whole = match rest.first() {
                    None => true,
                    Some(Part::Text(next)) => next.starts_with('/'),
                    Some(Part::Name(_)) => false,
                };
                if !is_whole {
                    return Err(ADDRESS);
                }
                bounded(name.path(), SettingKind::Origin)
            }
            [Part::Text(start), rest @ ..] => {
                let host = start.strip_prefix("https://").ok_or(ADDRESS)?;
                if host.contains('/') || rest.is_empty() {
                    return Ok(());
                }
                let [Part::Name(name), next @ ..] = rest else {
                    return Err(ADDRESS);
                };
                match next.first() {
                    Some(Part::Text(end)) if end.starts_with('.') => Ok(()),
                    Some(Part::Text(end)) if host.is_empty() && end.starts_with('/') => {
                        bounded(name.path(), SettingKind::Host)
                    }
                    None if host.is_empty() => bounded(name.path(), SettingKind::Host),
                    Some(Part::Text(_) | Part::Name(_)) | None => Err(ADDRESS),
                }
            }
            [] => Err(ADDRESS),
        }
    }

    fn within(&self) -> impl Iterator<Item = &str> {
        let http = self.root.table.get("http").and_then(|node| node.table());
        let items = match http.and_then(|http| http.get("within")).map(|n| &n.data) {
            Some(Data::List(items)) => items.as_slice(),
            Some(_) | None => &[],
        };
        items.iter().filter_map(|item| item.text())
    }
}
