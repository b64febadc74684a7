//! What comes in files, and what is looked for in them.

use std::sync::LazyLock;

use pop_core::bundle::{Bundle, Signed};
use pop_core::evidence::{Canary, File, clean};
use pop_core::expr::{Expr, Scope};
use pop_core::link::{HostPattern, LinkTemplate, LinkValue};
use pop_core::settings::{self, Layer};
use pop_core::text;
use pop_crm::Definition;
use pop_source::mapping::Mapping;
use serde_json::{Value, json};

/// The file of a platform that somebody else wrote, with the samples in it.
pub(super) fn mapping(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(mapping) = Mapping::load("fuzz.toml", text) {
        // Its own samples may say anything, too.
        let _ = mapping.check();
    }
}

/// An expression, over what a CRM or a platform may have said.
pub(super) fn expression(bytes: &[u8]) {
    static SCOPE: LazyLock<Scope> = LazyLock::new(|| {
        let it = json!({
            "id": "12345", "name": "Ann O'Neil", "tags": ["a", "b"], "n": -1.5, "none": null,
            "deep": { "list": [{ "x": 1 }, { "x": "2" }], "text": "2026-01-02T03:04:05Z" },
        });
        Scope::new()
            .with("it", &it)
            .with("body", &json!([it, it]))
            .with("setting", &json!({ "server": "https://crm.example.com" }))
    });
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    if let Ok(expression) = Expr::compile(text) {
        // Whatever it comes to, it comes to an end.
        let _ = expression.eval(&SCOPE);
        let _ = expression.eval_list(&SCOPE);
    }
}

/// A link template in the first line, and the value of its names in the second: whatever comes out
/// stays on the host that was allowed.
pub(super) fn link(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let (template, value) = text.split_once('\n').unwrap_or((text, "12345"));
    let within: Vec<HostPattern> = ["crm.example.com", "*.crm.example"]
        .iter()
        .filter_map(|host| HostPattern::parse(host))
        .collect();
    let Ok(template) = LinkTemplate::parse(template, &within, &["setting.server"]) else {
        return;
    };
    let named = |name: &str| {
        Some(if name == "setting.server" {
            LinkValue::Origin("https://crm.example.com".to_owned())
        } else {
            LinkValue::Text(value.to_owned())
        })
    };
    let Ok(url) = template.expand(named) else {
        return;
    };
    let parsed = url::Url::parse(url.as_str()).expect("a link is an address");
    let host = parsed.host_str().unwrap_or_default();
    let is_allowed = host == "crm.example.com" || host.ends_with(".crm.example");
    assert!(is_allowed, "{} left the allowed hosts", url.as_str());
    assert_eq!(parsed.scheme(), "https");
    assert_eq!(
        parsed.as_str(),
        url.as_str(),
        "written again it is the same"
    );
    assert!(parsed.username().is_empty() && parsed.password().is_none());
}

/// The file of a CRM that somebody else wrote.
pub(super) fn definition(bytes: &[u8]) {
    if let Ok(text) = std::str::from_utf8(bytes)
        && let Ok(definition) = Definition::load("fuzz.toml", text, &[])
    {
        assert!(!definition.id().is_empty(), "a definition has a name");
    }
}

/// What somebody put where the organisation's bundle is fetched from: without a key that is trusted
/// nothing of it counts.
pub(super) fn bundle(bytes: &[u8]) {
    if let Ok(signed) = Signed::read(bytes) {
        assert!(signed.trusted(&[]).is_err(), "nobody is trusted");
        let _ = Bundle::read("fuzz.toml", signed.text_of_anybody());
    }
    // As an author has it before it is signed.
    if let Ok(text) = std::str::from_utf8(bytes) {
        let _ = Bundle::read("fuzz.toml", text);
    }
}

/// A settings file.
pub(super) fn settings(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let layer = Layer {
        file: "settings.jsonc",
        text,
    };
    if settings::load(Some(layer), None).is_ok() {
        // A file that is right stays right when the window changes a setting in it.
        let changed = settings::set(text, "pop.open", &Value::from("offer"));
        let changed = changed.expect("a setting is changed in a file that is right");
        let layer = Layer {
            file: "settings.jsonc",
            text: &changed,
        };
        assert!(settings::load(Some(layer), None).is_ok(), "{changed}");
    }
}

/// Evidence in which something stands that must not leave, whatever stands around it.
pub(super) fn redaction(bytes: &[u8]) {
    const NAME: &str = "Zoë Ångström";
    let around = String::from_utf8_lossy(bytes);
    let mut files = [File {
        name: "evidence.txt".to_owned(),
        text: format!("{around}{NAME}{around}"),
    }];
    let canary = Canary {
        what: "customer name",
        text: NAME.to_owned(),
    };
    let scan = clean(&mut files, &[canary]);
    assert!(!scan.found.is_empty(), "it stands there");
    let [file] = files;
    assert!(!file.text.contains(NAME), "it left: {}", file.text);
    // The marks of what cannot be seen leave nothing that cannot be seen, but the joiners and
    // variation selectors that names need and that reorder nothing.
    let joins = |sign| matches!(sign, '\u{200c}' | '\u{200d}' | '\u{fe00}'..='\u{fe0f}');
    let marked = text::with_marks(&around);
    let unseen = marked
        .chars()
        .any(|sign| text::is_format_char(sign) && !joins(sign));
    assert!(!unseen, "{marked:?}");
}
