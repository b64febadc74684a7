//! The owner-only file with port and secret (security rules K4 and L2).

use std::ffi::OsString;
use std::fs;
use std::os::unix::fs::{PermissionsExt as _, symlink};
use std::path::Path;

use pop_source::runtime_file::{RuntimeFile, RuntimeFileFault, default_path};

use crate::testkit::{SECRET, secret};

fn file(port: u16) -> RuntimeFile {
    RuntimeFile {
        port,
        secret: secret(SECRET),
    }
}

fn mode(path: &Path) -> u32 {
    fs::metadata(path)
        .expect("it is there")
        .permissions()
        .mode()
        & 0o777
}

#[test]
fn what_is_written_is_read_back_and_nobody_else_can_read_it() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("screenpop/listener.json");
    let published = file(7_391).publish(&path).expect("it is written");
    let read = RuntimeFile::read(&path).expect("it is read");
    assert_eq!((read.port, read.secret.expose("a test")), (7_391, SECRET));
    assert_eq!(
        (mode(&path), mode(path.parent().expect("a folder"))),
        (0o600, 0o700)
    );
    let names: Vec<_> = fs::read_dir(home.path().join("screenpop"))
        .expect("a folder")
        .map(|entry| entry.expect("an entry").file_name())
        .collect();
    assert_eq!(names, ["listener.json"], "no half-written file is left");
    drop(published);
    assert!(!path.exists(), "it is gone with the run");
}

#[test]
fn a_later_run_replaces_the_file_and_an_earlier_one_leaves_it_alone() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("screenpop/listener.json");
    let first = file(1_000).publish(&path).expect("it is written");
    let second = file(2_000).publish(&path).expect("it is replaced");
    drop(first);
    assert_eq!(RuntimeFile::read(&path).expect("it is read").port, 2_000);
    drop(second);
    assert!(!path.exists());
}

#[test]
fn a_folder_or_file_that_others_can_read_is_refused() {
    let home = tempfile::tempdir().expect("a folder");
    let folder = home.path().join("screenpop");
    fs::create_dir(&folder).expect("a folder");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o750)).expect("rights");
    let path = folder.join("listener.json");
    let fault = file(1).publish(&path).expect_err("the group could read it");
    assert!(matches!(fault, RuntimeFileFault::NotPrivate(_)), "{fault}");
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o700)).expect("rights");
    let published = file(1).publish(&path).expect("the control is written");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o604)).expect("rights");
    let fault = RuntimeFile::read(&path)
        .err()
        .expect("others could have read it");
    assert!(matches!(fault, RuntimeFileFault::NotPrivate(_)), "{fault}");
    drop(published);
}

#[test]
fn a_link_to_somewhere_else_is_not_followed() {
    let home = tempfile::tempdir().expect("a folder");
    let elsewhere = home.path().join("elsewhere");
    fs::create_dir(&elsewhere).expect("a folder");
    fs::set_permissions(&elsewhere, fs::Permissions::from_mode(0o700)).expect("rights");
    symlink(&elsewhere, home.path().join("screenpop")).expect("a link");
    let fault = file(1)
        .publish(&home.path().join("screenpop/listener.json"))
        .expect_err("a link");
    assert!(matches!(fault, RuntimeFileFault::NotPrivate(_)), "{fault}");
    assert_eq!(fs::read_dir(&elsewhere).expect("a folder").count(), 0);
    let target = elsewhere.join("target");
    fs::write(&target, "precious").expect("a file");
    let path = elsewhere.join("listener.json");
    symlink(&target, &path).expect("a link");
    let published = file(1).publish(&path).expect("the link itself is replaced");
    assert_eq!(
        fs::read_to_string(&target).expect("still there"),
        "precious"
    );
    drop(published);
}

#[test]
fn a_file_that_is_not_ours_is_refused_and_a_missing_one_says_so() {
    let home = tempfile::tempdir().expect("a folder");
    let path = home.path().join("listener.json");
    let fault = RuntimeFile::read(&path).err().expect("nothing there");
    assert!(matches!(fault, RuntimeFileFault::System { .. }), "{fault}");
    fs::create_dir(&path).expect("a folder");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o700)).expect("rights");
    let fault = RuntimeFile::read(&path).err().expect("a folder is no file");
    assert!(matches!(fault, RuntimeFileFault::NotPrivate(_)), "{fault}");
    fs::remove_dir(&path).expect("an empty folder");
    for content in [
        "",
        "{}",
        "{\"port\":70000,\"secret\":\"x\"}",
        "{\"port\":1,\"secret\":\"x\",\"y\":1}",
    ] {
        fs::write(&path, content).expect("a file");
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).expect("rights");
        let fault = RuntimeFile::read(&path).err().expect("not ours");
        assert!(
            matches!(fault, RuntimeFileFault::NotUnderstood(_)),
            "{content}: {fault}"
        );
    }
}

#[test]
fn the_place_is_in_the_users_own_runtime_folder() {
    let place = |value: Option<&str>| default_path(|_| value.map(OsString::from));
    let path = place(Some("/run/user/1000")).expect("a place");
    assert!(
        path.starts_with("/run/user/1000") && path.ends_with("listener.json"),
        "{path:?}"
    );
    assert_eq!(place(None), None, "no folder of the user's own, no file");
    assert_eq!(place(Some("relative")), None);
    assert_eq!(place(Some("")), None);
}
