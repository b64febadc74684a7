//! Machine policy as this system keeps it: the registry of Windows, managed preferences of macOS.
//! Elsewhere, and where neither says anything, it is a file.
//!
//! What the values come to is `pop_core::settings::policy`'s; here they are read, each time anew.

use std::fs;
use std::io;
use std::path::Path;

use pop_core::settings::FileFault;

/// The most bytes of managed preferences.
const MOST_BYTES: u64 = 1 << 20;

/// What the system says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Kept {
    /// Where it lies, for messages.
    pub(crate) place: String,
    /// It as a settings file; or what is wrong with it.
    pub(crate) text: Result<String, Vec<FileFault>>,
}

/// What this system keeps of a policy; nothing where it has none.
#[cfg(target_os = "macos")]
pub(crate) fn kept() -> Option<Kept> {
    of_preferences(Path::new(
        "/Library/Managed Preferences/app.screenpop.plist",
    ))
}

/// What this system keeps of a policy; nothing where it has none.
#[cfg(windows)]
pub(crate) fn kept() -> Option<Kept> {
    windows::kept()
}

/// What this system keeps of a policy: it has files alone.
#[cfg(not(any(windows, target_os = "macos")))]
pub(crate) fn kept() -> Option<Kept> {
    None
}

/// Managed preferences: a property list that says what a settings file says.
#[cfg_attr(
    not(any(target_os = "macos", test)),
    expect(dead_code, reason = "other systems keep no preferences")
)]
fn of_preferences(path: &Path) -> Option<Kept> {
    let place = path.display().to_string();
    let fault = |found: String| {
        vec![FileFault {
            file: place.clone(),
            line: 0,
            key: String::new(),
            found,
            expected: "a property list".to_owned(),
        }]
    };
    let read = || -> io::Result<Vec<u8>> {
        if fs::metadata(path)?.len() > MOST_BYTES {
            return Err(io::Error::other("longer than 1 MiB"));
        }
        fs::read(path)
    };
    let text = match read() {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return None,
        Err(error) => Err(fault(error.to_string())),
        Ok(bytes) => plist::from_bytes::<serde_json::Value>(&bytes)
            .map(|value| value.to_string())
            .map_err(|error| fault(error.to_string())),
    };
    Some(Kept { place, text })
}

#[cfg(windows)]
mod windows {
    //! The registry key that administrators alone can write.

    use pop_core::settings::policy::{self, Kept as Value};
    use windows_registry::{LOCAL_MACHINE, Type};

    use super::Kept;

    const KEY: &str = r"Software\Policies\Screenpop";

    pub(super) fn kept() -> Option<Kept> {
        let key = LOCAL_MACHINE.open(KEY).ok()?;
        let values = key.values().ok()?;
        let values: Vec<_> = values.map(|(name, value)| (name, of(value))).collect();
        if values.is_empty() {
            return None;
        }
        let place = format!(r"HKEY_LOCAL_MACHINE\{KEY}");
        let text = policy::of_values(&place, &values);
        Some(Kept { place, text })
    }

    fn of(value: windows_registry::Value) -> Value {
        let other = |kind: &'static str| Value::Other(kind);
        match value.ty() {
            Type::U32 => u32::try_from(value).map_or(other("REG_DWORD"), Value::Number),
            Type::String => String::try_from(value).map_or(other("REG_SZ"), Value::Text),
            Type::MultiString => {
                Vec::<String>::try_from(value).map_or(other("REG_MULTI_SZ"), Value::List)
            }
            Type::U64 => other("REG_QWORD"),
            Type::ExpandString => other("REG_EXPAND_SZ"),
            Type::Bytes => other("REG_BINARY"),
            Type::Other(_) => other("another kind"),
        }
    }
}

#[cfg(test)]
mod tests {
    use pop_core::settings::{Layer, Open, load};

    use super::*;

    const PREFERENCES: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<plist version="1.0"><dict>
  <key>pop</key><dict><key>open</key><string>never</string></dict>
  <key>listener</key><dict><key>enabled</key><true/><key>port</key><integer>21720</integer></dict>
  <key>privacy</key><dict><key>mask</key><array><string>phone</string></array></dict>
</dict></plist>"#;

    fn preferences(text: &[u8]) -> Option<Kept> {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("app.screenpop.plist");
        fs::write(&path, text).expect("written");
        of_preferences(&path)
    }

    #[test]
    fn managed_preferences_are_a_policy_like_every_other() {
        let kept = preferences(PREFERENCES.as_bytes()).expect("there are some");
        let text = kept.text.expect("a right list");
        let layer = Layer {
            file: &kept.place,
            text: &text,
        };
        let loaded = load(None, Some(layer)).expect("a right policy");
        assert_eq!(loaded.settings.pop.open, Open::Never);
        assert_eq!(loaded.settings.listener.port, 21_720);
        assert!(loaded.locked.contains(&"privacy.mask".to_owned()));
    }

    #[test]
    fn the_profile_of_the_documentation_says_what_a_settings_file_says() {
        let profile = include_bytes!("../../../docs/policy/app.screenpop.mobileconfig");
        let profile: plist::Value = plist::from_bytes(profile).expect("a property list");
        let content = profile
            .as_dictionary()
            .and_then(|it| it.get("PayloadContent"));
        let content = content
            .and_then(plist::Value::as_array)
            .and_then(|it| it.first());
        let mut settings = content.and_then(plist::Value::as_dictionary).cloned();
        let settings = settings.as_mut().expect("a payload");
        // What the system itself reads is not handed on to the app.
        settings.retain(|key, _| !key.starts_with("Payload"));
        let mut bytes = Vec::new();
        let list = plist::Value::from(settings.clone());
        list.to_writer_xml(&mut bytes).expect("written");
        let kept = preferences(&bytes).expect("there are some");
        let text = kept.text.expect("a right list");
        let layer = Layer {
            file: "profile",
            text: &text,
        };
        let loaded = load(None, Some(layer)).expect("a right policy");
        assert!(loaded.settings.distribution.is_address());
    }

    #[test]
    fn what_is_no_property_list_is_told_and_what_is_not_there_is_nothing() {
        let kept = preferences(b"{}").expect("a file");
        assert!(kept.text.is_err());
        assert_eq!(of_preferences(Path::new("/nowhere/app.plist")), None);
    }
}
