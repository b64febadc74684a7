//! The manual and the completions are made from the commands, all of them.

use std::fs;

use crate::folder::Folder;
use crate::support::{outcome, program};

#[tokio::test]
async fn every_command_has_a_page_and_every_shell_its_completions() {
    let folder = Folder::new();
    folder.run("man out").await.succeeded();
    let page = folder.read("out/man1/screenpop-admin-rehearse.1");
    for told in [
        "screenpop\\-admin\\-rehearse",
        "\\-\\-sandbox",
        "Exit codes",
    ] {
        assert!(page.contains(told), "{told} is not in {page}");
    }
    let help = outcome(program().arg("--help")).await;
    let names = fs::read_dir(folder.path("out/man1")).expect("a folder");
    let names: Vec<String> = names
        .map(|name| {
            name.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let commands = help
        .out
        .lines()
        .skip_while(|line| *line != "Commands:")
        .skip(1);
    let commands = commands.map_while(|line| line.strip_prefix("  ")?.split(' ').next());
    let commands: Vec<&str> = commands
        .filter(|it| !it.is_empty() && *it != "help")
        .collect();
    assert!(commands.len() >= 15, "{commands:?}");
    for command in commands {
        let page = format!("screenpop-admin-{command}.1");
        assert!(names.contains(&page), "{page} is not in {names:?}");
    }
    let bash = folder.run("completions bash").await;
    bash.succeeded();
    assert!(bash.out.contains("--sandbox"));
    assert_eq!(folder.read("out/completions/screenpop-admin"), bash.out);
    assert!(
        folder
            .read("out/completions/_screenpop-admin")
            .starts_with("#compdef")
    );
}
