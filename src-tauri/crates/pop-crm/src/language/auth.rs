//! The ways to sign in that a definition offers, and the headers they make.
//!
//! Tokens that are fetched (`oauth_code`, `oauth_client`) are read and checked here; signing in
//! with them is not built yet, and a connection that chooses them says so.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use pop_core::http::HeaderValue;
use pop_core::secret::Secret;

use crate::file::section::Section;
use crate::file::tree::Data;
use crate::language::names::Known;
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
    /// Whether this version can sign in this way.
    pub supported: bool,
    pub(crate) kind: AuthKind,
}

/// One secret that a way to sign in needs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SecretField {
    /// Its name in [`AuthChoice::secrets`].
    pub name: &'static str,
    /// The label for people.
    pub label: &'static str,
    /// Whether it is shown while it is typed.
    pub hidden: bool,
}

/// The way to sign in that was chosen, with its secrets.
pub struct AuthChoice {
    /// The name of the method.
    pub method: String,
    /// The secrets by name: `secret`, or `username` and `password`.
    pub secrets: BTreeMap<String, Secret>,
}

#[derive(Clone, Debug)]
pub(crate) enum AuthKind {
    /// Headers with the secret in them.
    Secret(Vec<(String, Template)>),
    /// User name and password.
    Basic,
    /// A token that is fetched.
    Token,
}

const SECRET: SecretField = SecretField {
    name: "secret",
    label: "Token or key",
    hidden: true,
};
const USERNAME: SecretField = SecretField {
    name: "username",
    label: "User name",
    hidden: false,
};
const PASSWORD: SecretField = SecretField {
    name: "password",
    label: "Password",
    hidden: true,
};

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
            .filter_map(|(name, section)| Self::read(name, section, known))
            .collect()
    }

    fn read(name: &str, section: Section<'_>, known: &Known) -> Option<Self> {
        let spot = section.need_text("kind")?;
        let label = section.text("label").map(|spot| spot.text.to_owned());
        let (kind, usual_label, fields) = match spot.text {
            "secret" => (
                AuthKind::Secret(read_headers(&section, known)),
                "Token or key",
                vec![SECRET],
            ),
            "basic" => (
                AuthKind::Basic,
                "User name and password",
                vec![USERNAME, PASSWORD],
            ),
            "oauth_code" => {
                check_oauth(&section, known, &["authorize", "token"]);
                (AuthKind::Token, "Sign in with the browser", Vec::new())
            }
            "oauth_client" => {
                check_oauth(&section, known, &["token"]);
                (AuthKind::Token, "Client credentials", Vec::new())
            }
            _ => {
                section.refuse(spot, "kind", "secret, basic, oauth_code or oauth_client");
                return None;
            }
        };
        section.finish();
        Some(Self {
            name: name.to_owned(),
            label: label.unwrap_or_else(|| usual_label.to_owned()),
            fields,
            supported: !matches!(kind, AuthKind::Token),
            kind,
        })
    }

    /// The headers that carry the secrets; a name without a value is returned instead.
    pub(crate) fn headers(
        &self,
        secrets: &BTreeMap<String, Secret>,
        setting: impl Fn(&str) -> Option<String>,
    ) -> Result<Vec<(String, HeaderValue)>, String> {
        let secret = |name: &str| {
            let secret = secrets.get(name).filter(|secret| !secret.is_empty());
            secret.map(|secret| secret.expose("it goes into the header that signs us in"))
        };
        match &self.kind {
            AuthKind::Secret(headers) => {
                let mut list = Vec::new();
                for (name, template) in headers {
                    let mut text = String::new();
                    for part in template.parts() {
                        match part {
                            Part::Text(fixed) => text.push_str(fixed),
                            Part::Name(name) if name.path() == "secret" => {
                                text.push_str(secret("secret").ok_or("secret")?);
                            }
                            Part::Name(name) => {
                                let value =
                                    setting(name.path()).ok_or_else(|| name.path().to_owned())?;
                                text.push_str(&value);
                            }
                        }
                    }
                    list.push((name.clone(), HeaderValue::Secret(Secret::new(text))));
                }
                Ok(list)
            }
            AuthKind::Basic => {
                let username = secret("username").ok_or("username")?;
                let password = secret("password").ok_or("password")?;
                let pair = STANDARD.encode(format!("{username}:{password}"));
                let value = HeaderValue::Secret(Secret::new(format!("Basic {pair}")));
                Ok(vec![("authorization".to_owned(), value)])
            }
            // A connection that chooses it is refused; only examples get here.
            AuthKind::Token => Ok(Vec::new()),
        }
    }
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

/// OAuth's keys are checked now, so that a definition that is written today still loads later.
fn check_oauth(section: &Section<'_>, known: &Known, needed: &[&str]) {
    for key in ["authorize", "token", "revoke"] {
        let spot = if needed.contains(&key) {
            section.need_text(key)
        } else {
            section.text(key)
        };
        if let Some(spot) = spot {
            let template = check_setting_template(section, key, spot.text, known);
            if template.is_some() && !spot.text.starts_with("https://") {
                section.refuse(spot, key, "an https address");
            }
        }
    }
    for key in ["client_id", "client_secret", "scope"] {
        if let Some(spot) = section.text(key) {
            check_setting_template(section, key, spot.text, known);
        }
    }
    if let Some(extra) = section.section("extra") {
        for (name, _) in extra.members() {
            if let Some(spot) = extra.text(name) {
                check_setting_template(&extra, name, spot.text, known);
            }
        }
    }
    if let Some(node) = section.node("ports") {
        let is_port = |data: &Data| matches!(data, Data::Whole(1..=65_535));
        let all_ports =
            matches!(&node.data, Data::List(items) if items.iter().all(|item| is_port(&item.data)));
        if !all_ports {
            section.fault(node, "ports", "a list of ports");
        }
    }
    section.switch("rotates");
    section.text("lifetime");
}

fn check_setting_template(
    section: &Section<'_>,
    key: &str,
    text: &str,
    known: &Known,
) -> Option<Template> {
    let spot = section.text(key).filter(|spot| spot.text == text)?;
    let template = template(section, key, spot)?;
    for name in template.names() {
        let setting = name.path().strip_prefix("setting.");
        if setting.is_none_or(|setting| known.setting(setting).is_none()) {
            section.refuse(spot, key, "declared {setting.…} names alone");
        }
    }
    Some(template)
}
