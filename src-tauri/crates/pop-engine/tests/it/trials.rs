//! A new bundle is tried with what was looked up and opened before it, and has to stand a probation
//! after it.

use std::time::Duration;

use pop_sandbox::Sandbox;

use crate::bundles::{
    TOKEN, bundle, connection, look, office, opened, sign_in, trouble, until, version,
};
use crate::host::Host;
use crate::office::{Office, Run};
use crate::sender::chat;
use crate::training::serve;

/// Addresses made of something that no customer of this CRM has.
const NO_ADDRESS: &str = "[link]\ncustomer = [\"{setting.server}/people/{customer.type}\"]\n";

/// The CRM's own address of a customer is not taken.
const OWN: &str = "[customer]\nlink = \"it.nothing\"\n";

/// A call that the CRM answers with nobody.
const NOBODY: &str = "[find.id]\neach = \"[]\"\n[find.external_id]\neach = \"[]\"\n";

/// The CRM with what an overlay changes, and addresses from its templates alone.
fn changed(crm: &Sandbox, overlay: &str) -> String {
    connection(crm, &format!("{OWN}{overlay}"))
}

/// A desktop under its first bundle, signed in.
async fn begin(overlay: &str) -> (Host, Sandbox, Office, Run) {
    let (host, crm) = (Host::start().await, serve(TOKEN).await);
    host.publish(bundle(1, &changed(&crm, overlay)));
    let office = office(&host.address());
    let run = office.start().await;
    version(&run, 1).await;
    sign_in(&run, &crm).await;
    (host, crm, office, run)
}

/// A customer's interaction is accepted, and the card says whose it is.
async fn shown(run: &Run, interaction: &str, customer: &str) {
    let event = chat(interaction, "accepted", customer);
    run.sender().post(&event).await;
    run.screen.customer(interaction, customer).await;
}

#[tokio::test]
async fn one_that_loses_an_address_or_a_customer_is_not_switched_on() {
    let (host, crm, office, run) = begin("").await;
    opened(&run, "c1", "12345").await;
    for (number, overlay, why) in [
        (2, NO_ADDRESS, "no address any more"),
        (3, NOBODY, "finds less than before"),
    ] {
        host.publish(bundle(number, &changed(&crm, overlay)));
        look(&office, &run).await;
        let told = until(&run, why, |it| {
            it.trouble.clone().filter(|it| it.version == Some(number))
        })
        .await;
        assert_eq!(told.code, "E_CFG_WORSE", "{}", told.why);
        assert!(told.why.contains(why), "{}", told.why);
        version(&run, 1).await;
    }
    // As good as before is good enough.
    let label = changed(&crm, "").replace("Main", "The CRM");
    host.publish(bundle(4, &label));
    look(&office, &run).await;
    version(&run, 4).await;
    run.stop().await;
}

#[tokio::test]
async fn one_under_which_records_lose_their_addresses_is_taken_back() {
    let (host, crm, office, run) = begin("").await;
    // Nothing was opened yet that it could be tried with.
    host.publish(bundle(2, &changed(&crm, NO_ADDRESS)));
    look(&office, &run).await;
    version(&run, 2).await;
    for (interaction, customer) in [("c1", "12345"), ("c2", "20001")] {
        version(&run, 2).await;
        shown(&run, interaction, customer).await;
    }
    office.clock.forward(Duration::from_mins(1));
    let told = trouble(&run, "E_CFG_BACK").await;
    assert!(told.why.contains("no address any more"), "{}", told.why);
    version(&run, 1).await;
    run.stop().await;
}

#[tokio::test]
async fn an_address_that_there_never_was_is_not_held_against_it() {
    let (host, crm, office, run) = begin(NO_ADDRESS).await;
    shown(&run, "c1", "12345").await;
    let same = changed(&crm, NO_ADDRESS);
    host.publish(bundle(2, &format!("{same}[pop]\nopen = \"accept\"\n")));
    look(&office, &run).await;
    version(&run, 2).await;
    for (interaction, customer) in [("c2", "20001"), ("c3", "20002"), ("c4", "20003")] {
        shown(&run, interaction, customer).await;
    }
    office.clock.forward(Duration::from_secs(601));
    until(&run, "the end of the probation", |it| {
        let active = it.active.as_ref()?;
        (active.version == 2 && active.probation.is_none()).then_some(())
    })
    .await;
    run.stop().await;
}
