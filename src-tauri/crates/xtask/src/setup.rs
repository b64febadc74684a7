//! Brings what the machine lacks: programs, libraries and fonts, from its own package manager.
//!
//! Each need says how it is recognised, the same everywhere, and what Debian calls it. Fedora's
//! manager takes the sign of recognition itself as a name, so that there is no second list.

use std::{env, fs, path::Path, process::Command};

use crate::{
    error::{Error, Result},
    sh,
};

/// A kind of work that needs something from the machine.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Work {
    /// Building the shell.
    Shell,
    /// Showing the window on a private desktop.
    Desktop,
    /// Drawing the page's states in a browser.
    Browser,
    /// Tests of the gateway, which ask a real broker.
    Broker,
    /// Making packages and looking at them.
    Packages,
    /// Tests of power loss, which record what a program writes.
    Recording,
}

/// How something is recognised.
#[derive(Debug, Clone, Copy)]
enum Sign {
    Program(&'static str),
    Library(&'static str),
    Font(&'static str),
    File(&'static str),
}

const NEEDS: &[(Work, Sign, &str)] = &[
    (Work::Shell, Sign::Program("pkg-config"), "pkg-config"),
    (
        Work::Shell,
        Sign::Library("webkit2gtk-4.1"),
        "libwebkit2gtk-4.1-dev",
    ),
    (
        Work::Shell,
        Sign::Library("ayatana-appindicator3-0.1"),
        "libayatana-appindicator3-dev",
    ),
    (Work::Shell, Sign::Library("librsvg-2.0"), "librsvg2-dev"),
    (Work::Shell, Sign::Library("dbus-1"), "libdbus-1-dev"),
    (
        Work::Desktop,
        Sign::Program("WebKitWebDriver"),
        "webkit2gtk-driver",
    ),
    (Work::Desktop, Sign::Program("Xvfb"), "xvfb"),
    (Work::Desktop, Sign::Program("openbox"), "openbox"),
    (Work::Desktop, Sign::Program("xdotool"), "xdotool"),
    (Work::Desktop, Sign::Program("xprop"), "x11-utils"),
    (Work::Desktop, Sign::Program("xev"), "x11-utils"),
    (Work::Desktop, Sign::Program("import"), "imagemagick"),
    (Work::Desktop, Sign::Program("dbus-daemon"), "dbus"),
    (Work::Desktop, Sign::Program("gdbus"), "libglib2.0-bin"),
    (
        Work::Desktop,
        Sign::Program("gnome-keyring-daemon"),
        "gnome-keyring",
    ),
    (
        Work::Desktop,
        Sign::Program("secret-tool"),
        "libsecret-tools",
    ),
    (Work::Desktop, Sign::Program("dunst"), "dunst"),
    (Work::Desktop, Sign::Program("fc-list"), "fontconfig"),
    (Work::Desktop, Sign::Font("Inter"), "fonts-inter"),
    (Work::Desktop, Sign::Font("Noto Sans"), "fonts-noto-core"),
    (
        Work::Desktop,
        Sign::Font("Noto Sans CJK JP"),
        "fonts-noto-cjk",
    ),
    (
        Work::Desktop,
        Sign::File("/usr/share/icons/Adwaita/index.theme"),
        "adwaita-icon-theme",
    ),
    (Work::Browser, Sign::Program("chromium"), "chromium"),
    (Work::Browser, Sign::Program("fc-list"), "fontconfig"),
    (
        Work::Browser,
        Sign::Font("Noto Sans Arabic"),
        "fonts-noto-core",
    ),
    (
        Work::Browser,
        Sign::Font("Noto Sans CJK JP"),
        "fonts-noto-cjk",
    ),
    (
        Work::Broker,
        // Not in everybody's path.
        Sign::File("/usr/sbin/mosquitto"),
        "mosquitto",
    ),
    (
        Work::Broker,
        Sign::Program("mosquitto_pub"),
        "mosquitto-clients",
    ),
    (Work::Packages, Sign::Program("dpkg-shlibdeps"), "dpkg-dev"),
    (Work::Packages, Sign::Program("readelf"), "binutils"),
    (Work::Packages, Sign::Program("musl-gcc"), "musl-tools"),
    (Work::Packages, Sign::Program("rpm2cpio"), "rpm2cpio"),
    (Work::Packages, Sign::Program("cpio"), "cpio"),
    (Work::Recording, Sign::Program("strace"), "strace"),
];

/// Installs what these kinds of work need and the machine does not have.
pub(crate) fn system(works: &[Work]) -> Result {
    let missing = missing(works);
    if missing.is_empty() {
        return Ok(());
    }
    println!("This machine lacks {}.", names(&missing));
    let calls = install_calls(&missing)?;
    let right = right_to_install(&calls)?;
    for call in &calls {
        let mut words = right.iter().copied().chain(call.iter().map(String::as_str));
        if let Some(program) = words.next() {
            sh::run(Command::new(program).args(words))?;
        }
    }
    let still = self::missing(works);
    if still.is_empty() {
        return Ok(());
    }
    Err(Error::Said(format!(
        "still missing after the installation: {}",
        names(&still)
    )))
}

fn missing(works: &[Work]) -> Vec<(Sign, &'static str)> {
    let needs = NEEDS.iter().filter(|(work, ..)| works.contains(work));
    let absent = needs.filter(|(_, sign, _)| !is_there(*sign));
    absent.map(|(_, sign, package)| (*sign, *package)).collect()
}

fn is_there(sign: Sign) -> bool {
    match sign {
        Sign::Program(name) => is_in_path(name),
        Sign::Library(name) => sh::succeeds(Command::new("pkg-config").args(["--exists", name])),
        Sign::Font(family) => sh::succeeds(Command::new("fc-list").args(["--quiet", family])),
        Sign::File(path) => Path::new(path).exists(),
    }
}

fn is_in_path(program: &str) -> bool {
    let path = env::var_os("PATH").unwrap_or_default();
    env::split_paths(&path).any(|folder| folder.join(program).is_file())
}

/// Returns the calls of the machine's package manager, each without the right to run it.
fn install_calls(missing: &[(Sign, &'static str)]) -> Result<Vec<Vec<String>>> {
    let words = |text: &str| text.split(' ').map(str::to_owned).collect::<Vec<_>>();
    if is_in_path("apt-get") {
        let mut packages: Vec<_> = missing.iter().map(|(_, name)| (*name).to_owned()).collect();
        packages.dedup();
        let mut install = words("env DEBIAN_FRONTEND=noninteractive apt-get install --yes");
        install.extend(words("--quiet --no-install-recommends"));
        install.extend(packages);
        return Ok(vec![words("apt-get update --quiet"), install]);
    }
    if is_in_path("dnf") {
        let mut install = words("dnf install --assumeyes --setopt=install_weak_deps=False");
        install.extend(missing.iter().map(|(sign, _)| provided_on_fedora(*sign)));
        return Ok(vec![install]);
    }
    Err(Error::Said(format!(
        "install by hand what is missing (there is neither apt-get nor dnf): {}",
        names(missing)
    )))
}

fn provided_on_fedora(sign: Sign) -> String {
    match sign {
        Sign::Program(name) => format!("/usr/bin/{name}"),
        Sign::Library(name) => format!("pkgconfig({name})"),
        Sign::Font(family) => format!("font({})", family.to_lowercase().replace(' ', "")),
        Sign::File(path) => path.to_owned(),
    }
}

/// Returns the words before a call that give it the right to install, or says what to type.
fn right_to_install(calls: &[Vec<String>]) -> Result<&'static [&'static str]> {
    if sh::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0") {
        return Ok(&[]);
    }
    if sh::succeeds(Command::new("sudo").args(["-n", "true"])) {
        return Ok(&["sudo", "-n"]);
    }
    let typed: Vec<_> = calls
        .iter()
        .map(|call| format!("sudo {}", call.join(" ")))
        .collect();
    Err(Error::Said(format!(
        "installing needs root; run:\n  {}",
        typed.join(" &&\n  ")
    )))
}

fn names(missing: &[(Sign, &'static str)]) -> String {
    let names = missing.iter().map(|(sign, _)| match sign {
        Sign::Program(name) | Sign::Library(name) | Sign::File(name) => (*name).to_owned(),
        Sign::Font(family) => format!("the font {family}"),
    });
    names.collect::<Vec<_>>().join(", ")
}

/// Returns whether `file` is missing or was written before `source`.
pub(crate) fn is_older(file: &Path, source: &Path) -> bool {
    let written = |path: &Path| fs::metadata(path).and_then(|it| it.modified()).ok();
    written(file).is_none_or(|file| written(source).is_some_and(|source| file < source))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_there_is_told_from_what_is_not() {
        assert!(is_there(Sign::Program("cargo")), "cargo runs this test");
        assert!(!is_there(Sign::Program("never-installed")));
        assert!(is_there(Sign::File(env!("CARGO_MANIFEST_DIR"))));
        assert!(!is_there(Sign::File("/never/installed")));
        assert!(!is_there(Sign::Library("never-installed")));
        assert!(!is_there(Sign::Font("Never Installed")));
    }

    #[test]
    fn the_sign_of_a_need_is_a_name_that_fedora_knows() {
        let names = [
            Sign::Program("xdotool"),
            Sign::Library("dbus-1"),
            Sign::Font("Noto Sans CJK JP"),
            Sign::File("/usr/share/icons/Adwaita/index.theme"),
        ]
        .map(provided_on_fedora);
        assert_eq!(
            names,
            [
                "/usr/bin/xdotool",
                "pkgconfig(dbus-1)",
                "font(notosanscjkjp)",
                "/usr/share/icons/Adwaita/index.theme"
            ]
        );
    }

    #[test]
    fn a_file_is_older_when_it_is_missing_or_was_written_before() {
        let folder = env::temp_dir().join(format!("is-older-{}", std::process::id()));
        fs::create_dir_all(&folder).unwrap();
        let (lock, installed) = (folder.join("lock"), folder.join("installed"));
        fs::write(&lock, "").unwrap();
        assert!(is_older(&installed, &lock), "what is missing must be made");

        let written = fs::metadata(&lock).unwrap().modified().unwrap();
        let second = std::time::Duration::from_secs(1);
        for (time, older) in [(written - second, true), (written + second, false)] {
            fs::File::create(&installed)
                .unwrap()
                .set_modified(time)
                .unwrap();
            assert_eq!(
                is_older(&installed, &lock),
                older,
                "the time of writing decides"
            );
        }
        fs::remove_dir_all(&folder).unwrap();
    }
}
