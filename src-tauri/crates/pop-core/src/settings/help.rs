//! Where the organisation publishes the page that explains what a diagnosis found.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::settings::rules::Mistake;

/// What explains the app to its people; the bundle or the machine policy says it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Deserialize, Serialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Help {
    /// The https address where the organisation publishes `docs/diagnosis.md`, or a page of its own
    /// with the same sections. Each finding links to its section; without it none does.
    #[schemars(length(min = 9, max = 2000))]
    pub diagnosis: Option<String>,
}

/// The section of the page that explains one finding. It can only be made from the settings.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HelpAddress(Url);

impl HelpAddress {
    /// The address to open.
    pub fn as_str(&self) -> &str {
        self.0.as_str()
    }
}

impl Help {
    /// Where a finding is explained; `None` where no page is, or where the code is none.
    pub fn about(&self, code: &str) -> Option<HelpAddress> {
        let is_part = |it: char| it.is_ascii_alphanumeric() || it == '_';
        let is_code = !code.is_empty() && code.chars().all(is_part);
        let mut page = page(self.diagnosis.as_deref()?).filter(|_| is_code)?;
        page.set_fragment(Some(&code.to_ascii_lowercase()));
        Some(HelpAddress(page))
    }
}

/// What is wrong with the address.
pub(super) fn mistakes(file: &Value) -> Option<Mistake> {
    let address = file.pointer("/help/diagnosis")?.as_str()?;
    let path = vec!["help".to_owned(), "diagnosis".to_owned()];
    let expected = "an https address without user name and without #".to_owned();
    page(address)
        .is_none()
        .then(|| (path, address.to_owned(), expected))
}

/// Only what a browser may be handed (rule U1).
fn page(address: &str) -> Option<Url> {
    let url = Url::parse(address).ok()?;
    let plain = url.username().is_empty() && url.password().is_none() && url.fragment().is_none();
    (url.scheme() == "https" && plain).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(address: &str) -> Help {
        Help {
            diagnosis: Some(address.to_owned()),
        }
    }

    #[test]
    fn a_finding_has_its_section_on_the_page() {
        let page = at("https://wiki.example/screenpop?lang=de");
        let section = page.about("Token_expired").unwrap();
        assert_eq!(
            section.as_str(),
            "https://wiki.example/screenpop?lang=de#token_expired"
        );
    }

    #[test]
    fn what_is_no_code_or_no_page_of_ours_leads_nowhere() {
        let page = at("https://wiki.example/");
        for code in ["", "a b", "x/../y", "<script>"] {
            assert_eq!(page.about(code), None, "{code}");
        }
        for address in [
            "http://wiki.example/",
            "https://me:secret@wiki.example/",
            "https://wiki.example/#top",
            "file:///etc/passwd",
            "javascript:alert(1)",
        ] {
            assert_eq!(at(address).about("dns"), None, "{address}");
            let file = serde_json::json!({ "help": { "diagnosis": address } });
            assert!(mistakes(&file).is_some(), "{address}");
        }
        let file = serde_json::json!({ "help": { "diagnosis": "https://wiki.example/" } });
        assert_eq!(mistakes(&file), None);
    }
}
