//! The templates of machine policy, made from the settings: ADMX and ADML for Windows, and a
//! configuration profile for macOS.
//!
//! Which settings there are and what may stand in them says `pop_core::settings::known`; how a policy
//! is read is `pop_core::settings::policy`'s, and the two agree on names and kinds of values.

use std::fmt::Write as _;

use pop_core::settings::{Known, KnownKind, known, policy};

/// The key of the registry.
const KEY: &str = r"Software\Policies\Screenpop";
/// What is another one for each person, or worded in every language: said by the whole text.
const NOT_SINGLE: [&str; 2] = ["agent.", "wording."];

/// Every file, by its name in the folder.
pub(crate) fn files() -> Vec<(&'static str, String)> {
    let known: Vec<_> = known().into_iter().filter(is_offered).collect();
    vec![
        ("screenpop.admx", admx(&known)),
        ("en-US/screenpop.adml", adml(&known)),
        ("app.screenpop.mobileconfig", profile(&known)),
    ]
}

fn is_offered(known: &Known) -> bool {
    !NOT_SINGLE.iter().any(|group| known.name.starts_with(group))
}

/// The name of a setting where dots may not stand.
fn id(name: &str) -> String {
    name.replace('.', "_")
}

fn group(name: &str) -> &str {
    name.split_once('.').map_or(name, |(group, _)| group)
}

fn groups(known: &[Known]) -> Vec<&str> {
    let mut groups: Vec<_> = known.iter().map(|it| group(&it.name)).collect();
    groups.dedup();
    groups
}

fn admx(known: &[Known]) -> String {
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?>
<policyDefinitions revision="1.0" schemaVersion="1.0" xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions">
  <policyNamespaces>
    <target prefix="screenpop" namespace="Screenpop.Policies" />
    <using prefix="windows" namespace="Microsoft.Policies.Windows" />
  </policyNamespaces>
  <resources minRequiredRevision="1.0" />
  <supportedOn>
    <definitions>
      <definition name="supported" displayName="$(string.supported)" />
    </definitions>
  </supportedOn>
  <categories>
    <category name="screenpop" displayName="$(string.screenpop)" />
"#,
    );
    for group in groups(known) {
        line(
            &mut text,
            format_args!(
                "    <category name=\"{group}\" displayName=\"$(string.group_{group})\">\n      <parentCategory ref=\"screenpop\" />\n    </category>"
            ),
        );
    }
    text.push_str("  </categories>\n  <policies>\n");
    for setting in known {
        line(&mut text, format_args!("{}", policy_of(setting)));
    }
    let whole = elements(policy::WHOLE, &KnownKind::List);
    let whole = entry(policy::WHOLE, "screenpop", &whole);
    line(&mut text, format_args!("{whole}"));
    text.push_str("  </policies>\n</policyDefinitions>\n");
    text
}

fn policy_of(setting: &Known) -> String {
    entry(
        &setting.name,
        group(&setting.name),
        &elements(&setting.name, &setting.kind),
    )
}

fn entry(name: &str, category: &str, elements: &str) -> String {
    let id = id(name);
    let (value, presentation) = if elements.contains("enabledValue") {
        (format!(" valueName=\"{name}\""), String::new())
    } else {
        (
            String::new(),
            format!(" presentation=\"$(presentation.{id})\""),
        )
    };
    format!(
        "    <policy name=\"{id}\" class=\"Machine\" displayName=\"$(string.{id})\" explainText=\"$(string.{id}_about)\" key=\"{KEY}\"{value}{presentation}>\n      \
         <parentCategory ref=\"{category}\" />\n      <supportedOn ref=\"supported\" />\n{elements}    </policy>"
    )
}

fn elements(name: &str, kind: &KnownKind) -> String {
    let id = id(name);
    match kind {
        KnownKind::Switch => {
            "      <enabledValue>\n        <decimal value=\"1\" />\n      </enabledValue>\n      \
             <disabledValue>\n        <decimal value=\"0\" />\n      </disabledValue>\n"
                .to_owned()
        }
        KnownKind::Number(from, to) => wrapped(&format!(
            "<decimal id=\"{id}\" valueName=\"{name}\" required=\"true\" minValue=\"{from}\" maxValue=\"{to}\" />"
        )),
        KnownKind::Text => wrapped(&format!(
            "<text id=\"{id}\" valueName=\"{name}\" required=\"true\" maxLength=\"2000\" />"
        )),
        KnownKind::List => wrapped(&format!(
            "<multiText id=\"{id}\" valueName=\"{name}\" required=\"true\" maxLength=\"65536\" />"
        )),
        KnownKind::Choice(words) => {
            let mut items = String::new();
            for word in words {
                line(
                    &mut items,
                    format_args!(
                        "          <item displayName=\"$(string.{id}_{word})\">\n            <value>\n              \
                     <string>{word}</string>\n            </value>\n          </item>"
                    ),
                );
            }
            wrapped(&format!(
                "<enum id=\"{id}\" valueName=\"{name}\" required=\"true\">\n{items}        </enum>"
            ))
        }
    }
}

fn wrapped(element: &str) -> String {
    format!("      <elements>\n        {element}\n      </elements>\n")
}

fn adml(known: &[Known]) -> String {
    let mut text = String::from(
        r#"<?xml version="1.0" encoding="utf-8"?>
<policyDefinitionResources revision="1.0" schemaVersion="1.0" xmlns="http://schemas.microsoft.com/GroupPolicy/2006/07/PolicyDefinitions">
  <displayName>Screenpop</displayName>
  <description>Settings of Screenpop that people cannot change.</description>
  <resources>
    <stringTable>
      <string id="supported">Screenpop on Windows 10 and later</string>
      <string id="screenpop">Screenpop</string>
"#,
    );
    for group in groups(known) {
        line(
            &mut text,
            format_args!("      <string id=\"group_{group}\">{group}</string>"),
        );
    }
    for Known { name, about, kind } in known {
        let id = id(name);
        line(
            &mut text,
            format_args!("      <string id=\"{id}\">{name}</string>"),
        );
        line(
            &mut text,
            format_args!(
                "      <string id=\"{id}_about\">{}</string>",
                escaped(about)
            ),
        );
        if let KnownKind::Choice(words) = kind {
            for word in words {
                line(
                    &mut text,
                    format_args!("      <string id=\"{id}_{word}\">{word}</string>"),
                );
            }
        }
    }
    let whole = policy::WHOLE;
    line(
        &mut text,
        format_args!("      <string id=\"{whole}\">A whole settings file</string>"),
    );
    line(
        &mut text,
        format_args!(
            "      <string id=\"{whole}_about\">JSON with comments, for what is no single setting: connections, rules, automatic, webhooks, wording. Single settings stand above it.</string>"
        ),
    );
    text.push_str("    </stringTable>\n    <presentationTable>\n");
    for Known { name, kind, .. } in known {
        if let Some(presentation) = presented(name, kind) {
            line(&mut text, format_args!("{presentation}"));
        }
    }
    if let Some(presentation) = presented(whole, &KnownKind::List) {
        line(&mut text, format_args!("{presentation}"));
    }
    text.push_str("    </presentationTable>\n  </resources>\n</policyDefinitionResources>\n");
    text
}

fn presented(name: &str, kind: &KnownKind) -> Option<String> {
    let id = id(name);
    let shown = match kind {
        KnownKind::Switch => return None,
        KnownKind::Number(from, _) => {
            format!(
                "<decimalTextBox refId=\"{id}\" defaultValue=\"{from}\">{name}</decimalTextBox>"
            )
        }
        KnownKind::Choice(_) => {
            format!("<dropdownList refId=\"{id}\" noSort=\"true\">{name}</dropdownList>")
        }
        KnownKind::Text => format!("<textBox refId=\"{id}\"><label>{name}</label></textBox>"),
        KnownKind::List => {
            format!("<multiTextBox refId=\"{id}\" defaultHeight=\"6\">{name}</multiTextBox>")
        }
    };
    Some(format!(
        "      <presentation id=\"{id}\">\n        {shown}\n      </presentation>"
    ))
}

/// A profile that sets where the bundle comes from, and lists every other setting as a comment.
fn profile(known: &[Known]) -> String {
    let mut comment = String::new();
    for it in known {
        let kind = match &it.kind {
            KnownKind::Switch => "true or false".to_owned(),
            KnownKind::Number(from, to) => format!("integer, {from} to {to}"),
            KnownKind::Choice(words) => words.join(" | "),
            KnownKind::Text => "string".to_owned(),
            KnownKind::List => "array of strings".to_owned(),
        };
        // Two dashes would end a comment.
        let about = escaped(&it.about.replace("--", "-"));
        line(
            &mut comment,
            format_args!("        {}: {kind}. {about}", it.name),
        );
    }
    format!(
        r#"<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE plist PUBLIC "-//Apple//DTD PLIST 1.0//EN" "http://www.apple.com/DTDs/PropertyList-1.0.dtd">
<plist version="1.0">
<dict>
  <key>PayloadContent</key>
  <array>
    <dict>
      <key>PayloadType</key>
      <string>app.screenpop</string>
      <key>PayloadIdentifier</key>
      <string>app.screenpop.settings</string>
      <key>PayloadUUID</key>
      <string>6E1A3B56-0A3F-4C55-9C0B-6E2C4C1B7D10</string>
      <key>PayloadVersion</key>
      <integer>1</integer>
      <key>PayloadDisplayName</key>
      <string>Screenpop</string>
      <!-- Where the organisation's bundle comes from, and whose key it bears. -->
      <key>distribution</key>
      <dict>
        <key>from</key>
        <string>https://config.example.com/screenpop.bundle</string>
        <key>keys</key>
        <array>
          <string>0000-0000-0000-0000-0000-0000-0000-0000</string>
        </array>
      </dict>
      <!-- Every other setting stands beside it, its group as a dict. `pop.open` is:
           <key>pop</key><dict><key>open</key><string>accept</string></dict>
{comment}      -->
    </dict>
  </array>
  <key>PayloadType</key>
  <string>Configuration</string>
  <key>PayloadIdentifier</key>
  <string>app.screenpop.profile</string>
  <key>PayloadUUID</key>
  <string>3D0F7C0E-5B2A-4E0E-8E6C-2B6C7E1F9A21</string>
  <key>PayloadVersion</key>
  <integer>1</integer>
  <key>PayloadScope</key>
  <string>System</string>
  <key>PayloadDisplayName</key>
  <string>Screenpop settings</string>
</dict>
</plist>
"#
    )
}

fn line(text: &mut String, what: std::fmt::Arguments<'_>) {
    // Writing into a text cannot fail.
    let _ = writeln!(text, "{what}");
}

fn escaped(text: &str) -> String {
    let text = text.replace('&', "&amp;").replace('<', "&lt;");
    text.replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_setting_of_the_template_has_its_text_and_its_control() {
        let known: Vec<_> = known().into_iter().filter(is_offered).collect();
        let (admx, adml) = (admx(&known), adml(&known));
        let named = |text: &str, open: &str| -> Vec<String> {
            let parts = text.split(open).skip(1);
            let names = parts.filter_map(|part| part.split(['"', ')']).next());
            names.map(str::to_owned).collect()
        };
        let (strings, shown) = (
            named(&adml, "<string id=\""),
            named(&adml, "<presentation id=\""),
        );
        for name in named(&admx, "$(string.") {
            assert!(strings.contains(&name), "no text for {name}");
        }
        for name in named(&admx, "$(presentation.") {
            assert!(shown.contains(&name), "no control for {name}");
        }
        // Each setting, and the one for a whole file.
        assert_eq!(named(&admx, "<policy name=\"").len(), known.len() + 1);
        assert!(admx.contains("valueName=\"pop.open\""));
        assert!(!admx.contains("wording.de.cases"));
    }
}
