//! Lists every command, so that none can be called without a permission (rule V3).

fn main() {
    let commands: &[&str] = &[
        "cancel_sign_in",
        "close",
        "connect",
        "definitions",
        "forget",
        "history",
        "not_this_person",
        "open_record",
        "painted",
        "reopen",
        "retry",
        "search",
        "seen",
        "set_setting",
        "simulate",
        "subscribe",
        "test_connection",
        "unlock_keychain",
        "use_customer",
    ];
    let manifest = tauri_build::AppManifest::new().commands(commands);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        // A build script has no other way to say why it failed.
        println!("cargo::error={error:#}");
    }
}
