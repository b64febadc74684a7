//! The built-in definitions: they load, and their examples come out as they say.

use std::sync::Arc;

use pop_crm::{Definition, built_in};

#[test]
fn every_built_in_definition_loads_and_its_examples_come_out() {
    for (id, text) in built_in() {
        let definition = match Definition::load(&format!("{id}.toml"), text, &[]) {
            Ok(definition) => Arc::new(definition),
            Err(faults) => panic!(
                "{}",
                faults.iter().map(|f| format!("{f}\n")).collect::<String>()
            ),
        };
        assert_eq!(definition.id(), *id, "the list and the file agree");
        let faults = definition.run_examples();
        assert!(
            faults.is_empty(),
            "{}",
            faults.iter().map(|f| format!("{f}\n")).collect::<String>()
        );
    }
}
