//! The ways to sign in that a definition offers, and the headers they make.
//!
//! The keys of those whose token is fetched are in `oauth`; how it is fetched and renewed is in
//! `sign_in`.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pop_core::http::HeaderValue;
use pop_core::secret::Secret;
use pop_core::settings;

use crate::file::section::Section;
use crate::language::definition::Definition;
use crate::language::names::Known;
use crate::language::oauth::OAuth;
use crate::language::shared::header_name;
use crate::language::text::template;
use pop_core::template::{Part, Template};

/// One way to sign in, as the connect form shows it.
#[derive(Clone, Debug)]
pub struct AuthMethod {
    /// Its name in the definition.
    pub name: String,
    /// The label for people.
    pub label: String,
    /// The secrets it needs.
    pub fields: Vec<SecretField>,
    /// The open settings without which it cannot sign in, such as the client's id.
    pub settings: Vec<String>,
    /// What the person does.
    pub way: AuthWay,
    pub(crate) kind: AuthKind,
}

/// What the person who signs in does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AuthWay {
    /// Gives a token or key.
    Secret,
    /// Gives a user name and a password.
    Basic,
    /// Signs in with the system's browser.
    Browser,
    /// Gives the secret of a client that signs in as itself.
    Client,
}

/// One secret that a way to sign in needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SecretField {
    /// Its name in [`AuthChoice::secrets`].
    pub name: String,
    /// The label for people.
    pub label: String,
    /// Whether it is hidden while it is typed.
    pub hidden: bool,
    /// Whether it may stay empty.
    pub optional: bool,
}

/// The way to sign in that was chosen, with its secrets.
pub struct AuthChoice {
    /// The name of the method.
    pub method: String,
    /// The secrets by the names of the method's fields: `secret`, or `username` and `password`, or
    /// the setting with the client's secret.
    pub secrets: BTreeMap<String, Secret>,
}

impl AuthChoice {
    /// The way to sign in that the settings name, with the one secret that is kept for it.
    pub fn of(
        configured: &settings::Connection,
        definition: &Definition,
        mut secret: Option<Secret>,
    ) -> Self {
        let mut secrets = BTreeMap::new();
        let mut methods = definition.auth_methods().iter();
        let method = methods.find(|method| method.name == configured.method);
        for field in method.into_iter().flat_map(|method| &method.fields) {
            let given = if field.hidden {
                secret.take()
            } else {
                configured.user.clone().map(Secret::new)
            };
            secrets.extend(given.map(|given| (field.name.clone(), given)));
        }
        Self {
            method: configured.method.clone(),
            secrets,
        }
    }
}

#[derive(Clone, Debug)]
pub(crate) enum AuthKind {
    /// Headers with the secret in them.
    Secret(Vec<(String, Template)>),
    /// User name and password.
    Basic,
    /// A token that is fetched, and the headers with it in them.
    Token(Box<OAuth>, Vec<(String, Template)>),
}

fn field(name: &str, label: &str, hidden: bool) -> SecretField {
    SecretField {
        name: name.to_owned(),
        label: label.to_owned(),
        hidden,
        optional: false,
    }
}

impl AuthMethod {
    /// Reads `[auth]`.
    pub(crate) fn read_all(root: &Section<'_>, known: &Known) -> Vec<Self> {
        if !root.has("auth") {
            root.missing("auth", "[auth.<name>] with a way to sign in");
        }
        let Some(section) = root.section("auth") else {
            return Vec::new();
        };
        let methods = section.sections();
        methods
            .into_iter()
            .filter_map(|(name, section)| Self::read(name, section, root, known))
            .collect()
    }

    fn read(name: &str, section: Section<'_>, root: &Section<'_>, known: &Known) -> Option<Self> {
        let spot = section.need_text("kind")?;
        let label = section.text("label").map(|spot| spot.text.to_owned());
        let oauth = |in_browser: bool| {
            let oauth = OAuth::read(&section, root, known, in_browser);
            let headers = if section.has("header") {
                read_headers(&section, known)
            } else {
                bearer()
            };
            oauth.map(|oauth| AuthKind::Token(Box::new(oauth), headers))
        };
        let (kind, usual_label) = match spot.text {
            "secret" => (
                Some(AuthKind::Secret(read_headers(&section, known))),
                "Token or key",
            ),
            "basic" => (Some(AuthKind::Basic), "User name and password"),
            "oauth_code" => (oauth(true), "Sign in with the browser"),
            "oauth_client" => (oauth(false), "Client credentials"),
            _ => {
                section.refuse(spot, "kind", "secret, basic, oauth_code or oauth_client");
                return None;
            }
        };
        section.finish();
        let kind = kind?;
        Some(Self {
            name: name.to_owned(),
            label: label.unwrap_or_else(|| usual_label.to_owned()),
            fields: kind.fields(known),
            settings: kind.settings(),
            way: kind.way(),
            kind,
        })
    }

    /// What fetches its token, if one is fetched.
    pub(crate) fn oauth(&self) -> Option<&OAuth> {
        match &self.kind {
            AuthKind::Token(oauth, _) => Some(oauth),
            AuthKind::Secret(_) | AuthKind::Basic => None,
        }
    }

    /// The headers that carry the secrets, or the fetched token; a name without a value is
    /// returned instead.
    pub(crate) fn headers(
        &self,
        secrets: &BTreeMap<String, Secret>,
        token: Option<&Secret>,
        setting: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<(String, HeaderValue)>, String> {
        let secret = |name: &str| {
            let secret = secrets.get(name).filter(|secret| !secret.is_empty());
            secret.map(|secret| secret.expose("it goes into the header that signs us in"))
        };
        match &self.kind {
            AuthKind::Secret(headers) => fill(headers, secret("secret").ok_or("secret")?, setting),
            AuthKind::Basic => {
                let username = secret("username").ok_or("username")?;
                let password = secret("password").ok_or("password")?;
                let pair = STANDARD.encode(format!("{username}:{password}"));
                let value = HeaderValue::Secret(Secret::new(format!("Basic {pair}")));
                Ok(vec![("authorization".to_owned(), value)])
            }
            AuthKind::Token(_, headers) => match token {
                Some(token) => {
                    let token = token.expose("it goes into the header that signs us in");
                    fill(headers, token, setting)
                }
                // Only examples get here: nothing is asked before there is a token.
                None => Ok(Vec::new()),
            },
        }
    }
}

impl AuthKind {
    fn settings(&self) -> Vec<String> {
        let templates = match self {
            Self::Secret(headers) => headers.iter().map(|(_, template)| template).collect(),
            Self::Basic => Vec::new(),
            Self::Token(oauth, _) => oauth.needed(),
        };
        let parts = templates.into_iter().flat_map(Template::parts);
        let names = parts.filter_map(|part| match part {
            Part::Name(name) if !name.is_optional() => name.path().strip_prefix("setting."),
            Part::Name(_) | Part::Text(_) => None,
        });
        let mut settings: Vec<_> = names.map(str::to_owned).collect();
        settings.sort();
        settings.dedup();
        settings
    }

    fn way(&self) -> AuthWay {
        match self {
            Self::Secret(_) => AuthWay::Secret,
            Self::Basic => AuthWay::Basic,
            Self::Token(oauth, _) if oauth.browser.is_some() => AuthWay::Browser,
            Self::Token(..) => AuthWay::Client,
        }
    }

    fn fields(&self, known: &Known) -> Vec<SecretField> {
        match self {
            Self::Secret(_) => vec![field("secret", "Token or key", true)],
            Self::Basic => vec![
                field("username", "User name", false),
                field("password", "Password", true),
            ],
            Self::Token(oauth, _) => {
                let place = oauth.client_secret.iter();
                let fields = place.filter_map(|place| {
                    let setting = known.setting(&place.setting)?;
                    Some(SecretField {
                        optional: place.optional,
                        ..field(&setting.name, &setting.label, true)
                    })
                });
                fields.collect()
            }
        }
    }
}

fn fill(
    headers: &[(String, Template)],
    secret: &str,
    setting: impl Fn(&str) -> Option<String>,
) -> Result<Vec<(String, HeaderValue)>, String> {
    let mut list = Vec::new();
    for (name, template) in headers {
        let mut text = String::new();
        for part in template.parts() {
            match part {
                Part::Text(fixed) => text.push_str(fixed),
                Part::Name(name) if name.path() == "secret" => text.push_str(secret),
                Part::Name(name) => {
                    let value = setting(name.path()).ok_or_else(|| name.path().to_owned())?;
                    text.push_str(&value);
                }
            }
        }
        list.push((name.clone(), HeaderValue::Secret(Secret::new(text))));
    }
    Ok(list)
}

/// How a fetched token is carried where a definition does not say: RFC 6750.
fn bearer() -> Vec<(String, Template)> {
    let value = Template::parse("Bearer {secret}").ok();
    value
        .map(|value| ("authorization".to_owned(), value))
        .into_iter()
        .collect()
}

fn read_headers(section: &Section<'_>, known: &Known) -> Vec<(String, Template)> {
    let Some(headers) = section.section("header") else {
        section.missing(
            "header",
            "a header with {secret}, such as Authorization = \"Bearer {secret}\"",
        );
        return Vec::new();
    };
    let mut list = Vec::new();
    let mut has_secret = false;
    for (name, node) in headers.members() {
        let Some(spot) = headers.text(name) else {
            continue;
        };
        let Some(template) = template(&headers, name, spot) else {
            continue;
        };
        let Some(lower) = header_name(name) else {
            headers.fault(node, name, "the name of a header");
            continue;
        };
        for placed in template.names() {
            has_secret |= placed.path() == "secret";
            let setting = placed.path().strip_prefix("setting.");
            let is_known = setting.is_some_and(|name| known.setting(name).is_some());
            if placed.path() != "secret" && !is_known {
                headers.refuse(spot, name, "{secret} or a declared {setting.…}");
            }
        }
        list.push((lower, template));
    }
    if !has_secret && !list.is_empty() {
        headers.missing("…", "{secret} in one of the headers");
    }
    list
}
