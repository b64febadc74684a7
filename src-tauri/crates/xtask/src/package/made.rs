//! What packages hold that is made from the code or from the documentation: manual pages,
//! completions, the gateway's unit and its example of settings; and the gateway, wherever it was built.

use std::{fs, path::Path, process::Command};

use crate::{
    error::{Error, Result},
    sh,
    workspace::Workspace,
};

/// Where the manifests look for it, below what was built for release.
const FOLDER: &str = "release/package";
const UNIT: &str = "src-tauri/crates/pop-gateway/deploy/pop-gateway.service";
/// Pages that nobody's command line could be asked for.
const PAGES: [(&str, &str); 2] = [
    ("src-tauri/packaging/linux/screenpop.1", "man1"),
    ("src-tauri/crates/pop-gateway/deploy/pop-gateway.8", "man8"),
];
const GATEWAY: &str = "src-tauri/docs/gateway.md";

pub(super) fn lay_out(workspace: &Workspace, gateway: &Path) -> Result {
    let folder = workspace.target(FOLDER);
    fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    fs::copy(gateway, folder.join("pop-gateway")).map_err(Error::file(gateway))?;
    let admin = workspace.target("release/screenpop-admin");
    // Pages of a tool that is built again under another name would stay.
    for section in ["man1", "man8"] {
        let pages = folder.join(section);
        if pages.exists() {
            fs::remove_dir_all(&pages).map_err(Error::file(&pages))?;
        }
        fs::create_dir_all(&pages).map_err(Error::file(&pages))?;
    }
    sh::run(Command::new(admin).arg("man").arg(&folder))?;
    for (page, section) in PAGES {
        let from = workspace.root().join(page);
        let name = from.file_name().unwrap_or_default();
        let into = folder.join(section).join(name);
        fs::copy(&from, &into).map_err(Error::file(&from))?;
    }
    for section in ["man1", "man8"] {
        compress(&folder.join(section))?;
    }
    let unit = read(&workspace.root().join(UNIT))?;
    let (unit, secrets) = unit_of_package(&unit);
    write(&folder.join("pop-gateway.service"), &unit)?;
    write(&folder.join("secrets.conf"), &secrets)?;
    let page = read(&workspace.root().join(GATEWAY))?;
    let settings = example(&page).ok_or_else(|| {
        Error::Said(format!(
            "{GATEWAY} has no example of settings between ```toml and ```"
        ))
    })?;
    write(&folder.join("gateway.toml"), &settings)
}

/// Systems keep their pages compressed, always to the same bytes.
fn compress(folder: &Path) -> Result {
    let mut gzip = Command::new("gzip");
    gzip.args(["-9", "--no-name", "--recursive"]).arg(folder);
    sh::run(&mut gzip)
}

/// The unit as a package installs it, and the drop-in that hands over secrets: which there are is
/// another list for each organisation.
fn unit_of_package(unit: &str) -> (String, String) {
    let is_secret = |line: &&str| line.starts_with("LoadCredential=");
    let secrets: Vec<_> = unit.lines().filter(is_secret).collect();
    let about = "# Copy to /etc/systemd/system/pop-gateway.service.d/, with one line for each secret that\n\
                 # the settings name, and `systemctl daemon-reload`.\n";
    let lines = unit.lines().skip_while(|line| line.starts_with('#'));
    let lines: Vec<_> = lines
        .filter(|line| !is_secret(line))
        .map(|line| line.replace("/usr/local/bin/", "/usr/bin/"))
        .collect();
    (
        lines.join("\n") + "\n",
        format!("{about}[Service]\n{}\n", secrets.join("\n")),
    )
}

/// The first example of settings of the page, which a test of the gateway reads.
fn example(page: &str) -> Option<String> {
    let (_, rest) = page.split_once("```toml\n")?;
    let (settings, _) = rest.split_once("```")?;
    Some(format!(
        "# The gateway's settings, to be made yours: /usr/share/doc/pop-gateway/gateway.md says what each\n\
         # means. `pop-gateway check --config /etc/pop-gateway/gateway.toml` says what is wrong.\n\n{settings}"
    ))
}

fn read(path: &Path) -> Result<String> {
    fs::read_to_string(path).map_err(Error::file(path))
}

fn write(path: &Path, text: &str) -> Result {
    fs::write(path, text).map_err(Error::file(path))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_starts_the_installed_program_and_secrets_stand_apart() {
        let (unit, secrets) = unit_of_package(
            "# where it lies\n[Service]\nExecStart=/usr/local/bin/pop-gateway run\n\
             LoadCredential=key:/etc/key\nUMask=0077\n",
        );
        assert_eq!(
            unit,
            "[Service]\nExecStart=/usr/bin/pop-gateway run\nUMask=0077\n"
        );
        assert!(secrets.ends_with("[Service]\nLoadCredential=key:/etc/key\n"));
    }

    #[test]
    fn the_example_of_the_page_is_taken_whole() {
        let page = "text\n```toml\ntenant = \"acme\"\n```\nmore";
        assert!(example(page).is_some_and(|it| it.ends_with("\n\ntenant = \"acme\"\n")));
        assert_eq!(example("no example"), None);
    }
}
