//! Lists every command, so that none can be called without a permission (rule V3).

fn main() {
    let commands: &[&str] = &[
        "cancel_sign_in",
        "close",
        "connect",
        "definitions",
        "discard",
        "draft",
        "extend_wrap_up",
        "forget",
        "form",
        "history",
        "not_this_person",
        "open_record",
        "painted",
        "reopen",
        "resend",
        "retry",
        "search",
        "seen",
        "set_setting",
        "simulate",
        "subscribe",
        "test_connection",
        "undo",
        "unlock_keychain",
        "use_customer",
        "wrap_up",
        "write",
        "write_form",
    ];
    let manifest = tauri_build::AppManifest::new().commands(commands);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        // A build script has no other way to say why it failed.
        println!("cargo::error={error:#}");
    }
}
