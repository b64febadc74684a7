//! The project's own programs as cargo has built them, beside the test that asks.

use std::{
    env, io,
    path::{Path, PathBuf},
};

/// Returns the path of a program built in the same profile as the caller.
///
/// Cargo builds no other package's program for a test, so a missing one says how it is built.
pub fn built(program: &str, build: &str) -> io::Result<PathBuf> {
    let caller = env::current_exe()?;
    let folder = caller.parent().unwrap_or(Path::new("."));
    // Tests lie one folder deeper than programs.
    let folder = if folder.ends_with("deps") {
        folder.parent().unwrap_or(folder)
    } else {
        folder
    };
    let path = folder
        .join(program)
        .with_extension(env::consts::EXE_EXTENSION);
    if path.is_file() {
        return Ok(path);
    }
    Err(io::Error::new(
        io::ErrorKind::NotFound,
        format!("{} is not built: `cargo build {build}`", path.display()),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_program_that_is_not_built_says_how_it_is() {
        let error = built("never-built", "-p never").unwrap_err();
        assert!(
            error.to_string().contains("`cargo build -p never`"),
            "{error}"
        );
    }

    #[test]
    fn a_program_is_found_beside_the_folder_of_tests() {
        let caller = env::current_exe().unwrap();
        let beside = caller
            .parent()
            .unwrap()
            .parent()
            .unwrap()
            .join("just-built");
        std::fs::write(&beside, "").unwrap();
        let found = built("just-built", "");
        std::fs::remove_file(&beside).unwrap();
        assert_eq!(
            found.unwrap(),
            beside,
            "tests lie one folder below the programs"
        );
    }
}
