//! Lists every command, so that none can be called without a permission (rule V3).

fn main() {
    let commands: &[&str] = &[
        "answer",
        "cancel_sign_in",
        "close",
        "compact",
        "connect",
        "copy_id",
        "definitions",
        "diagnose",
        "discard",
        "draft",
        "dry_run",
        "evidence",
        "explain",
        "extend_wrap_up",
        "flight",
        "followed_up",
        "forget",
        "form",
        "gateway_sign_in",
        "gateway_sign_out",
        "gateway_try",
        "history",
        "lift_curtain",
        "mappings",
        "not_this_person",
        "notice_drawn",
        "notice_open",
        "notice_over",
        "notice_show",
        "notice_subscribe",
        "open_record",
        "painted",
        "pause",
        "reopen",
        "resend",
        "retry",
        "save_evidence",
        "save_flight",
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
        "write_audit",
        "write_form",
    ];
    let manifest = tauri_build::AppManifest::new().commands(commands);
    let attributes = tauri_build::Attributes::new().app_manifest(manifest);
    if let Err(error) = tauri_build::try_build(attributes) {
        // A build script has no other way to say why it failed.
        println!("cargo::error={error:#}");
    }
}
