//! The sample bundles of the documentation: one for each CRM, right, and with examples that say what
//! they are for.

use std::fs;
use std::path::Path;

use pop_core::bundle::Bundle;

use crate::support::{outcome, program};

const SAMPLES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/bundles");

/// Those that most organisations have; each connects by the definition of its name.
const CRMS: [&str; 5] = ["dynamics", "hubspot", "salesforce", "servicenow", "zendesk"];

#[tokio::test]
async fn every_sample_is_right_and_its_examples_come_out() {
    let folder = Path::new(SAMPLES);
    let files = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = files
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    assert_eq!(names, CRMS.map(|crm| format!("{crm}.toml")));
    let mut command = program();
    let checked = outcome(command.arg("check").args(&names).current_dir(folder)).await;
    checked.succeeded();
    for crm in CRMS {
        let text = fs::read_to_string(folder.join(format!("{crm}.toml"))).expect("a file");
        assert!(
            text.starts_with("#:schema ../bundle.schema.json\n"),
            "{crm}: editors help"
        );
        let bundle = Bundle::read(crm, &text).expect("a right bundle");
        assert_eq!(bundle.settings["connections"]["crm"]["definition"], crm);
        assert!(bundle.examples.len() >= 3, "{crm}: it says what it is for");
        let opens = |it: &pop_core::bundle::Example| it.expect.opens.is_some();
        assert!(
            bundle.examples.iter().any(opens),
            "{crm}: an address is tried"
        );
    }
}
