//! Telephone addresses (`tel:`, `callto:`) that are clicked anywhere, handed to us by the system.
//!
//! Off unless a setting switches it on, because it takes such addresses away from the softphone.
//! What was chosen before is kept in the entry itself and put back when the setting goes off. On
//! Linux it is a desktop entry of its own, so that a clicked number differs from a caller that a
//! softphone hands over. Elsewhere a person chooses the program in the system's own settings.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const ENTRY: &str = "app.screenpop.look-up.desktop";
const SCHEMES: [&str; 2] = ["tel", "callto"];
const BEFORE: &str = "X-Screenpop-Before-";

/// Where the system keeps which program takes which address.
pub(crate) struct Addresses {
    /// `$XDG_DATA_HOME`.
    pub(crate) data: PathBuf,
    /// `$XDG_CONFIG_HOME`.
    pub(crate) config: PathBuf,
    /// The program that the system starts.
    pub(crate) program: PathBuf,
}

impl Addresses {
    /// Takes the addresses, or gives them back.
    ///
    /// # Errors
    /// What the system did not do, in words.
    pub(crate) fn follow(&self, wanted: bool) -> Result<(), String> {
        let entry = self.data.join("applications").join(ENTRY);
        let kept = fs::read_to_string(&entry).ok();
        match (wanted, kept) {
            (true, None) => self.take(&entry),
            (false, Some(kept)) => self.give_back(&entry, &kept),
            (true, Some(_)) | (false, None) => Ok(()),
        }
    }

    fn take(&self, entry: &Path) -> Result<(), String> {
        let mut text = format!(
            "[Desktop Entry]\nType=Application\nName=Screenpop\nNoDisplay=true\nTerminal=false\n\
             Exec={} --look-up %u\nMimeType=x-scheme-handler/tel;x-scheme-handler/callto;\n",
            quoted(&self.program)?
        );
        for scheme in SCHEMES {
            let before = self.tool(&["query", "default", &kind(scheme)])?;
            for part in [BEFORE, scheme, "=", before.trim(), "\n"] {
                text.push_str(part);
            }
        }
        let folder = entry.parent().ok_or("the entry has no folder")?;
        fs::create_dir_all(folder).map_err(|error| error.to_string())?;
        fs::write(entry, text).map_err(|error| error.to_string())?;
        for scheme in SCHEMES {
            self.tool(&["default", ENTRY, &kind(scheme)])?;
        }
        Ok(())
    }

    fn give_back(&self, entry: &Path, kept: &str) -> Result<(), String> {
        for scheme in SCHEMES {
            let is_ours = self.tool(&["query", "default", &kind(scheme)])?.trim() == ENTRY;
            let key = format!("{BEFORE}{scheme}=");
            let before = kept.lines().find_map(|line| line.strip_prefix(&key));
            if let Some(before) = before.filter(|before| is_ours && !before.is_empty()) {
                self.tool(&["default", before, &kind(scheme)])?;
            }
        }
        // An entry that is named as the program of an address and does not exist is passed over.
        fs::remove_file(entry).map_err(|error| error.to_string())
    }

    fn tool(&self, arguments: &[&str]) -> Result<String, String> {
        let output = Command::new("xdg-mime")
            .args(arguments)
            .env("XDG_DATA_HOME", &self.data)
            .env("XDG_CONFIG_HOME", &self.config)
            .stdin(Stdio::null())
            .output()
            .map_err(|error| format!("xdg-mime: {error}"))?;
        let asked = arguments.first() == Some(&"query");
        if output.status.success() || asked {
            return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
        }
        let said = String::from_utf8_lossy(&output.stderr).trim().to_owned();
        Err(format!("xdg-mime ended with {}: {said}", output.status))
    }
}

fn kind(scheme: &str) -> String {
    format!("x-scheme-handler/{scheme}")
}

/// A path as the `Exec` key writes it: quoted as an argument, and once more as a text.
fn quoted(program: &Path) -> Result<String, String> {
    let path = program.to_str().ok_or("the program's path is not UTF-8")?;
    if path.contains(|sign: char| sign.is_control()) {
        return Err("the program's path holds signs that no entry can hold".to_owned());
    }
    let mut argument = String::from("\"");
    for sign in path.chars() {
        match sign {
            '\\' | '"' | '`' | '$' => argument.extend(['\\', sign]),
            '%' => argument.push_str("%%"),
            _ => argument.push(sign),
        }
    }
    argument.push('"');
    Ok(argument.replace('\\', "\\\\"))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A home of its own, in which a softphone takes the addresses already.
    struct Home {
        _folder: tempfile::TempDir,
        addresses: Addresses,
    }

    impl Home {
        fn new(program: &str) -> Self {
            let folder = tempfile::tempdir().expect("a folder");
            let (data, config) = (folder.path().join("data"), folder.path().join("config"));
            fs::create_dir_all(data.join("applications")).expect("a folder");
            fs::create_dir_all(&config).expect("a folder");
            let softphone = "[Desktop Entry]\nType=Application\nName=Phone\nExec=true %u\n\
                             MimeType=x-scheme-handler/tel;\n";
            fs::write(data.join("applications/phone.desktop"), softphone).expect("an entry");
            let addresses = Addresses {
                data,
                config,
                program: program.into(),
            };
            addresses
                .tool(&["default", "phone.desktop", "x-scheme-handler/tel"])
                .expect("the softphone is chosen");
            Self {
                _folder: folder,
                addresses,
            }
        }

        fn taken_by(&self, scheme: &str) -> String {
            let asked = self.addresses.tool(&["query", "default", &kind(scheme)]);
            asked.expect("an answer").trim().to_owned()
        }

        fn entry(&self) -> Option<String> {
            fs::read_to_string(self.addresses.data.join("applications").join(ENTRY)).ok()
        }
    }

    #[test]
    fn clicked_numbers_stay_with_the_softphone_unless_the_setting_is_on() {
        let home = Home::new("/usr/bin/screenpop");
        home.addresses.follow(false).expect("nothing to do");
        assert_eq!(home.taken_by("tel"), "phone.desktop");
        assert_eq!(home.entry(), None, "nothing is written");

        home.addresses.follow(true).expect("it is taken");
        assert_eq!(home.taken_by("tel"), ENTRY);
        assert_eq!(home.taken_by("callto"), ENTRY);
        let entry = home.entry().expect("an entry");
        assert!(
            entry.contains("Exec=\"/usr/bin/screenpop\" --look-up %u\n"),
            "{entry}"
        );
        home.addresses.follow(true).expect("it is ours already");
        assert_eq!(
            home.entry().as_ref(),
            Some(&entry),
            "what was before is not forgotten"
        );

        home.addresses.follow(false).expect("it is given back");
        assert_eq!(home.taken_by("tel"), "phone.desktop");
        assert_eq!(home.taken_by("callto"), "", "nobody had it");
        assert_eq!(home.entry(), None);
    }

    #[test]
    fn what_a_person_chose_meanwhile_is_left_alone() {
        let home = Home::new("/usr/bin/screenpop");
        home.addresses.follow(true).expect("it is taken");
        let other = home.addresses.data.join("applications/other.desktop");
        let entry = "[Desktop Entry]\nType=Application\nName=Other\nExec=true %u\n\
                     MimeType=x-scheme-handler/tel;\n";
        fs::write(other, entry).expect("an entry");
        let chosen = ["default", "other.desktop", "x-scheme-handler/tel"];
        home.addresses.tool(&chosen).expect("another is chosen");
        home.addresses.follow(false).expect("it is given back");
        assert_eq!(home.taken_by("tel"), "other.desktop");
    }

    #[test]
    fn a_strange_path_is_one_argument_of_the_entry() {
        for (path, written) in [
            (
                "/opt/Screen pop/screenpop",
                r#""/opt/Screen pop/screenpop""#,
            ),
            ("/opt/a$b`c\"d\\e%f", r#""/opt/a\\$b\\`c\\"d\\\\e%%f""#),
        ] {
            assert_eq!(quoted(Path::new(path)).as_deref(), Ok(written));
        }
        assert!(quoted(Path::new("/opt/a\nExec=evil")).is_err());
    }
}
