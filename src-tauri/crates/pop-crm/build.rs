//! Lists the files of `definitions/`, so that a CRM is added by a file alone.

use std::error::Error;
use std::path::Path;
use std::{env, fs};

fn main() -> Result<(), Box<dyn Error>> {
    println!("cargo::rerun-if-changed=definitions");
    let folder = Path::new(&env::var("CARGO_MANIFEST_DIR")?).join("definitions");
    let mut files = Vec::new();
    for entry in fs::read_dir(&folder)? {
        let path = entry?.path();
        if path
            .extension()
            .is_some_and(|extension| extension == "toml")
        {
            files.push(path);
        }
    }
    files.sort();
    let mut lines = Vec::new();
    for path in &files {
        let id = path.file_stem().and_then(|stem| stem.to_str());
        let id = id.ok_or_else(|| format!("{}: the name is no text", path.display()))?;
        // By the compiler's own word for the folder: a checkout that was moved still builds.
        lines.push(format!(
            "    ({id:?}, include_str!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/definitions/{id}.toml\"))),\n"
        ));
    }
    let list = format!("&[\n{}]\n", lines.concat());
    let to = Path::new(&env::var("OUT_DIR")?).join("definitions.rs");
    Ok(fs::write(to, list)?)
}
