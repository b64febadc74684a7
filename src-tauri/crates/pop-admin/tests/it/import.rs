//! Addresses of softphones become links of ours, or are said not to.

use serde_json::Value;

use crate::folder::Folder;
use crate::support::{Outcome, outcome, program};

async fn import(arguments: &[&str]) -> Outcome {
    outcome(program().arg("import").args(arguments)).await
}

async fn one(arguments: &[&str]) -> Value {
    let told = import(&[arguments, &["--json"]].concat()).await;
    told.succeeded();
    serde_json::from_str(&told.out).expect("JSON")
}

#[tokio::test]
async fn each_products_address_becomes_a_link_as_far_as_it_names_a_record() {
    let cases: [(&[&str], Option<&str>, Option<&str>); 12] = [
        (
            &[
                "3cx",
                "https://crm.example.com/c/[EntityId]?n=%CallerNumber%&a=%20b",
            ],
            Some("https://crm.example.com/c/{customer.id}?a=%20b"),
            Some("the caller's number"),
        ),
        (
            &["3cx", "https://crm.example.com/find?n=%CallerNumber%"],
            None,
            Some("names a record"),
        ),
        (
            &["wildix", "https://crm.example.com/{CALLERNUM:1}"],
            None,
            Some("in its path"),
        ),
        (
            &["wildix", "http://crm.example.com/?id={TAGS}"],
            None,
            Some("https://"),
        ),
        (
            &[
                "wildix",
                "https://crm.example.com/?id={TAGS}",
                "--customer-id",
                "TAGS",
            ],
            Some("https://crm.example.com/?id={customer.id}"),
            None,
        ),
        (
            &[
                "ringotel",
                "https://crm.example.com/t/[sip.X-Case]?by=$username$",
                "--case-id",
                "sip.X-Case",
            ],
            Some("https://crm.example.com/t/{case.id}"),
            Some("the agent's name"),
        ),
        (
            &["ringotel", "https://$number$.example.com/"],
            None,
            Some("its host"),
        ),
        (
            &[
                "finesse",
                "https://crm.example.com/#user/${callVariable3}",
                "--customer-id",
                "callVariable3",
            ],
            Some("https://crm.example.com/#user/{customer.id}"),
            None,
        ),
        (
            &["finesse", "https://crm.example.com/?u=${callVariable3}"],
            None,
            Some("--customer-id callVariable3"),
        ),
        (
            &[
                "salesforce",
                "https://a.lightning.force.com/lightning/r/Contact/{!Contact.Id}/view",
            ],
            Some("https://a.lightning.force.com/lightning/r/Contact/{customer.id}/view"),
            None,
        ),
        (
            &[
                "salesforce",
                "https://a.lightning.force.com/lightning/r/Case/{!Case.Id}/view?x={!Foo.Bar__c}",
            ],
            Some("https://a.lightning.force.com/lightning/r/Case/{case.id}/view"),
            Some("nothing of this name is known"),
        ),
        (
            &[
                "salesforce",
                "https://a.example.com@evil.example/{!Case.Id}",
            ],
            None,
            Some("the address"),
        ),
    ];
    for (arguments, template, lost) in cases {
        let told = one(arguments).await;
        assert_eq!(told["template"].as_str(), template, "{arguments:?}: {told}");
        let all = told["lost"].to_string();
        match lost {
            Some(lost) => assert!(all.contains(lost), "{lost:?} is not in {all}"),
            None => assert_eq!(all, "[]", "{arguments:?}"),
        }
    }
}

#[tokio::test]
async fn what_is_imported_is_accepted_in_a_bundle() {
    let folder = Folder::new();
    folder.begun().await;
    let told = import(&[
        "finesse",
        "https://crm.example.com/c/${callVariable1}?ani=${fromAddress}",
        "https://crm.example.com/t/${callVariable2}",
        "--customer-id",
        "callVariable1",
        "--case-id",
        "callVariable2",
    ])
    .await;
    told.succeeded();
    assert!(
        told.out.contains("screenpop://v1/pop?phone=${fromAddress}"),
        "{told:?}"
    );
    let text = folder.read("b.toml");
    let (before, rest) = text.split_once("overlay = '''").expect("an overlay");
    let (_, after) = rest.split_once("'''").expect("its end");
    let ours = told.out.trim_start_matches("[connections.crm]\n");
    folder.write("b.toml", &format!("{before}{ours}{after}"));
    folder.run("check b.toml").await.succeeded();
}
