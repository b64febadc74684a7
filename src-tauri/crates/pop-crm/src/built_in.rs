//! The definitions that come with the product: one list, from which menus are made too.

/// Each definition's id with its file's text.
pub fn built_in() -> &'static [(&'static str, &'static str)] {
    &[
        ("rest", include_str!("../definitions/rest.toml")),
        ("salesforce", include_str!("../definitions/salesforce.toml")),
        ("zendesk", include_str!("../definitions/zendesk.toml")),
        ("servicenow", include_str!("../definitions/servicenow.toml")),
        ("hubspot", include_str!("../definitions/hubspot.toml")),
        ("dynamics", include_str!("../definitions/dynamics.toml")),
    ]
}
