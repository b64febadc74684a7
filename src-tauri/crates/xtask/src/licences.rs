//! The list of what others wrote and we ship, with the licence of each: made from the lock files,
//! shown by the help page. Whether a licence is one we may use is `cargo deny`'s question.

use std::{collections::BTreeSet, fs};

use serde_json::Value;

use crate::{
    error::{Error, Result},
    sh,
    workspace::Workspace,
};

/// Part of the page though only its compiler is asked for: what it compiles to carries its code.
const COMPILED_IN: &[&str] = &["svelte"];

/// Name, version and licence.
type Part = (String, String, String);

/// Returns the list as the help page reads it, one part on a line.
pub(crate) fn list(workspace: &Workspace) -> Result<String> {
    let mut parts = crates(&sh::read(&mut workspace.cargo(&[
        "tree",
        "--locked",
        "-p",
        "screenpop",
        "--target",
        "all",
        "-e",
        "normal,no-proc-macro",
        "--prefix",
        "none",
        "--format",
        "{p}|{l}",
    ]))?);
    let lock = workspace.ui().join("package-lock.json");
    let text = fs::read_to_string(&lock).map_err(Error::file(&lock))?;
    let read = serde_json::from_str(&text).map_err(|source| Error::Json {
        from: "package-lock.json",
        source,
    })?;
    parts.extend(packages(&read));
    let rows: Vec<_> = parts
        .iter()
        .map(|(name, version, licence)| {
            format!(
                "  {}",
                Value::from(vec![name.as_str(), version.as_str(), licence.as_str(),])
            )
        })
        .collect();
    Ok(format!("[\n{}\n]\n", rows.join(",\n")))
}

/// Reads lines such as `serde v1.0.228|MIT OR Apache-2.0`; our own name a folder and are left out.
fn crates(tree: &str) -> BTreeSet<Part> {
    let part = |line: &str| {
        let (package, licence) = line.split_once('|')?;
        let licence = licence.trim_end_matches(" (*)");
        let (name, version) = package.split_once(" v")?;
        let ours = version.contains(" (");
        (!ours).then(|| (name.to_owned(), version.to_owned(), licence.to_owned()))
    };
    tree.lines().filter_map(part).collect()
}

/// Reads the packages of a lock file of npm that are not for development alone.
fn packages(lock: &Value) -> BTreeSet<Part> {
    let all = lock.get("packages").and_then(Value::as_object);
    let part = |(path, package): (&String, &Value)| {
        let name = path.strip_prefix("node_modules/")?;
        let shipped = package.get("dev").is_none() || COMPILED_IN.contains(&name);
        let text = |key| package.get(key).and_then(Value::as_str).unwrap_or_default();
        shipped.then(|| {
            (
                name.to_owned(),
                text("version").to_owned(),
                text("license").to_owned(),
            )
        })
    };
    all.into_iter().flatten().filter_map(part).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(name: &str, version: &str, licence: &str) -> Part {
        (name.to_owned(), version.to_owned(), licence.to_owned())
    }

    #[test]
    fn crates_of_others_stand_once_and_ours_do_not() {
        let tree = "screenpop v0.1.0 (src-tauri)|MIT\n\
                    serde v1.0.1|MIT OR Apache-2.0\n\
                    serde v1.0.1|MIT OR Apache-2.0 (*)\n";
        let wanted = BTreeSet::from([part("serde", "1.0.1", "MIT OR Apache-2.0")]);
        assert_eq!(crates(tree), wanted);
    }

    #[test]
    fn packages_for_development_are_left_out_but_what_is_compiled_in_is_not() {
        let lock = serde_json::json!({ "packages": {
            "": { "version": "0.1.0" },
            "node_modules/used": { "version": "1.0.0", "license": "MIT" },
            "node_modules/svelte": { "version": "5.0.0", "license": "MIT", "dev": true },
            "node_modules/prettier": { "version": "3.0.0", "license": "MIT", "dev": true },
        } });
        let wanted = BTreeSet::from([part("svelte", "5.0.0", "MIT"), part("used", "1.0.0", "MIT")]);
        assert_eq!(packages(&lock), wanted);
    }
}
