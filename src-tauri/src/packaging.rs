//! What Tauri is told to pack on each system, read as Tauri does: the file of all systems, and over
//! it the one of each.

use std::fs;
use std::path::Path;

use serde_json::Value;
use tauri::utils::config::{BundleTarget, BundleType, Config};

/// The systems, with what is made on each.
const SYSTEMS: [(&str, &[BundleType]); 3] = [
    ("linux", &[BundleType::AppImage]),
    ("macos", &[BundleType::App, BundleType::Dmg]),
    ("windows", &[BundleType::Msi]),
];

fn file(name: &str) -> Value {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(name);
    let text = fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"));
    serde_json::from_str(&text).unwrap_or_else(|error| panic!("{name}: {error}"))
}

fn read(over: &Value) -> Result<Config, serde_json::Error> {
    let mut all = file("tauri.conf.json");
    json_patch::merge(&mut all, over);
    serde_json::from_value(all)
}

#[test]
fn each_system_s_file_is_one_that_tauri_reads() {
    for (system, made) in SYSTEMS {
        let name = format!("tauri.{system}.conf.json");
        let config = read(&file(&name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(config.bundle.targets, BundleTarget::List(made.to_vec()));
        let folder = Path::new(env!("CARGO_MANIFEST_DIR"));
        let entitlements = config.bundle.macos.entitlements.as_deref();
        for path in config
            .bundle
            .icon
            .iter()
            .map(String::as_str)
            .chain(entitlements)
        {
            assert!(folder.join(path).is_file(), "{name}: {path} is not there");
        }
    }
}

/// What the packages' page promises of an installation in silence and of a signature.
#[test]
fn an_older_package_never_replaces_a_newer_one_and_the_runtime_is_hardened() {
    let windows = read(&file("tauri.windows.conf.json"))
        .unwrap()
        .bundle
        .windows;
    assert!(!windows.allow_downgrades && windows.tsp && windows.timestamp_url.is_some());
    assert!(windows.wix.is_some_and(|wix| wix.upgrade_code.is_some()));
    let macos = read(&file("tauri.macos.conf.json")).unwrap().bundle.macos;
    assert!(macos.hardened_runtime);
}

#[test]
fn a_key_that_tauri_does_not_know_is_found() {
    let over = serde_json::json!({ "bundle": { "windows": { "allowDowngrade": false } } });
    let refused = read(&over).unwrap_err().to_string();
    assert!(refused.contains("allowDowngrade"), "{refused}");
}
