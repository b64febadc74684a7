//! The page about the language: what it shows loads, and its examples come out.

use pop_crm::Definition;

use crate::support::{lines, with_overlays};

const PAGE: &str = include_str!("../../../../docs/definitions.md");

/// The TOML block that begins with this comment.
fn block(first_line: &str) -> &'static str {
    let blocks = PAGE.split("```toml\n").skip(1);
    let mut blocks = blocks.filter_map(|block| block.split("```").next());
    let found = blocks.find(|block| block.starts_with(first_line));
    found.unwrap_or_else(|| panic!("{first_line} is on the page"))
}

#[test]
fn the_definition_on_the_page_loads_and_its_examples_come_out() {
    let definition = with_overlays(block("# definition: harbour"), &[]);
    let faults = definition.run_examples();
    assert!(faults.is_empty(), "{}", lines(&faults));
}

#[test]
fn the_overlay_on_the_page_can_be_laid_over_it() {
    let definition = with_overlays(
        block("# definition: harbour"),
        &[block("# overlay: harbour")],
    );
    assert_eq!(definition.id(), "harbour");
}

#[test]
fn the_page_names_every_part_and_key() {
    let nonsense = "[setting.x]\n[auth.x]\nkind=\"secret\"\nx=1\n[http]\nx=1\n[http.quota.x]\nx=1\n[ids]\nx=1\n[batch]\nx=1\n[dialect.x]\nx=1\n\
                    [me]\nx=1\n[ref.x]\nx=1\n[find.x]\nx=1\n[search.x]\nx=1\n[customer]\nx=1\n[case]\nx=1\n\
                    [activity]\nx=1\n[cases.x]\nx=1\n[activities.x]\nx=1\n[link]\nx=1\n\
                    [action.add_note]\nx=1\ncall=\"PUT /\"\nresult.x=1\nform.x.label=\"X\"\nform.x.x=1\nlook_first.x=1\n[error]\nx=1\n\
                    [error.kind]\nx=1\n[example.x]\nx=1\n[x]\n";
    let faults = Definition::load("x.toml", nonsense, &[]).expect_err("nothing of it is known");
    let mut known = 0;
    for fault in faults
        .iter()
        .filter(|fault| fault.found == "an unknown key")
    {
        for key in fault.expected.trim_start_matches("one of ").split(", ") {
            known += 1;
            let is_named = [format!("`{key}"), format!("[{key}"), format!(".{key}]")]
                .iter()
                .any(|spelt| PAGE.contains(spelt.as_str()));
            assert!(is_named, "{key} of {} is on the page", fault.key);
        }
    }
    assert!(known > 60, "the keys were asked for: {known}");
}

const TUTORIAL: &str = include_str!("../../../../docs/connect-your-own-crm.md");

#[test]
fn every_step_of_the_tutorial_loads_and_its_examples_come_out() {
    let steps = TUTORIAL
        .split("```toml\n# step ")
        .skip(1)
        .filter_map(|step| step.split("```").next());
    let mut file = String::new();
    let mut count = 0;
    for step in steps {
        count += 1;
        file.push_str("# step ");
        file.push_str(step);
        let faults = with_overlays(&file, &[]).run_examples();
        assert!(faults.is_empty(), "step {count}: {}", lines(&faults));
    }
    assert_eq!(count, 7, "each of the steps was tried");
}
