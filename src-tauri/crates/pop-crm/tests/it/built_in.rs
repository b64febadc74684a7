//! The definitions that come with the product.

use std::sync::Arc;

use pop_crm::{Definition, SettingKind, built_in};

use crate::support::lines;

fn built_ins() -> Vec<Arc<Definition>> {
    let load = |(id, text): &(&str, &str)| match Definition::load(&format!("{id}.toml"), text, &[])
    {
        Ok(definition) => {
            assert_eq!(definition.id(), *id, "the list and the file agree");
            Arc::new(definition)
        }
        Err(faults) => panic!("{}", lines(&faults)),
    };
    built_in().iter().map(load).collect()
}

#[test]
fn every_built_in_definition_loads_and_its_examples_come_out() {
    for definition in built_ins() {
        let faults = definition.run_examples();
        assert!(faults.is_empty(), "{}", lines(&faults));
    }
}

#[test]
fn the_rest_definition_asks_for_a_server_and_a_secret() {
    let rest = built_ins()
        .into_iter()
        .find(|definition| definition.id() == "rest");
    let rest = rest.expect("the REST CRM comes with the product");
    let settings = rest.settings();
    let needed = settings.iter().filter(|setting| setting.default.is_none());
    assert_eq!(needed.count(), 1, "the server is all there is to fill in");
    assert_eq!(
        (settings[0].name.as_str(), settings[0].kind),
        ("server", SettingKind::Origin)
    );
    let methods = rest
        .auth_methods()
        .iter()
        .map(|method| method.name.as_str());
    assert_eq!(
        methods.collect::<Vec<_>>(),
        ["token", "key", "password"],
        "in the file's order"
    );
    let can = rest.capabilities();
    assert_eq!(can.finds.len(), 4, "every kind of identifier");
    assert!(
        can.search && can.cases && can.activities && can.test,
        "and everything else"
    );
}
