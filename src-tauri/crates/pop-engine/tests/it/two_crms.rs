//! An agent whose customers are known to two CRMs at once: each record is opened, asked for its
//! form and audited as its own.

use std::sync::Arc;

use pop_core::action::ActionKind;
use pop_core::desk::{Command, Part, Pop};
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_doubles::cast::ANN;
use pop_doubles::zammad::{ACCESS_TOKEN, CUSTOMER_NUMBER, Zammad};
use pop_doubles::zendesk::Zendesk;
use pop_doubles::{Double, Routed};
use pop_engine::{Connected, Wanted};
use pop_store::{AuditAction, AuditObject};
use serde_json::{Value, json};

use crate::office::{Office, Run};
use crate::sender::chat_of;
use crate::signing_in::ToDoubles;

const TOKEN: &str = "token-of-the-help-desk";

struct TwoCrms {
    zendesk: Double,
    zammad: Double,
    /// Keeps the folder.
    _office: Office,
    run: Run,
}

async fn two_crms() -> TwoCrms {
    let account = Zendesk::default();
    account.set_tab_open(false);
    let zendesk = Double::start(account).await;
    let zendesk = zendesk.expect("a free port");
    zendesk.oauth().accept(TOKEN);
    let zammad = Double::start(Zammad::default()).await;
    let zammad = zammad.expect("a free port");
    let mut office = Office::new();
    let doubles = Routed::new(&[&zendesk, &zammad]);
    office.network = Arc::new(ToDoubles(Arc::new(doubles)));
    let run = office.start().await;
    let fields = [
        ("host".to_owned(), zendesk.hosts()[0].clone().into()),
        ("client_id".to_owned(), "none".into()),
    ];
    connect(&run, "zendesk", fields, TOKEN).await;
    let server = format!("https://{}", zammad.hosts()[0]);
    let fields = [
        ("server".to_owned(), server.into()),
        ("external_id_field".to_owned(), CUSTOMER_NUMBER.into()),
    ];
    connect(&run, "zammad", fields, ACCESS_TOKEN).await;
    TwoCrms {
        zendesk,
        zammad,
        _office: office,
        run,
    }
}

async fn connect(run: &Run, definition: &str, fields: [(String, Value); 2], token: &str) {
    let connected = run.engine.connect(Wanted {
        again: None,
        connection: settings::Connection {
            definition: definition.to_owned(),
            label: definition.to_owned(),
            fields: fields.into(),
            method: "token".to_owned(),
            user: None,
            overlay: None,
            test_customer: None,
        },
        secret: Secret::new(token.to_owned()),
    });
    let connected = connected.await.expect("it runs");
    assert!(matches!(connected, Connected::Yes { .. }), "{definition}");
}

impl TwoCrms {
    /// Ann writes, and both CRMs have told what they know of her.
    async fn ann_writes(&self, interaction: &str) -> Pop {
        let ann = json!({ "email": ANN.email, "identityAssurance": "authenticated" });
        let event = chat_of(interaction, "accepted", &ann);
        self.run.sender().post(&event).await;
        let both = |pop: &Pop| {
            let records = pop.records();
            let cases = |lookup: &pop_core::desk::Lookup| matches!(lookup.cases, Part::Ready(_));
            records.len() == 2 && records.iter().all(|(lookup, _)| cases(lookup))
        };
        self.run.screen.card(interaction, both).await
    }

    async fn opened(&self, count: usize) -> Vec<String> {
        let found = |shown: &crate::screen::Shown| {
            (shown.opened.len() >= count).then(|| shown.opened.clone())
        };
        self.run.screen.until("what was opened", found).await
    }
}

fn zendesk() -> ConnectionId {
    ConnectionId("zendesk".to_owned())
}

#[tokio::test]
async fn a_record_beside_opens_as_the_other_crm_knows_the_customer() {
    let desk = two_crms().await;
    let card = desk.ann_writes("c1").await;
    let opened = desk.opened(1).await;
    let own = format!("/#user/profile/{}", desk.zammad.cast().ann.id);
    assert!(opened[0].ends_with(&own), "by the policy: {opened:?}");

    let at = card.at();
    let beside = Command::OpenBeside {
        at,
        connection: zendesk(),
    };
    desk.run.engine.command(beside).await.expect("it runs");
    let opened = desk.opened(2).await;
    let theirs = format!("/users/{}", desk.zendesk.cast().ann.id);
    assert!(opened[1].ends_with(&theirs), "{opened:?}");

    let of_theirs = |id: &ConnectionId| *id == zendesk();
    let case = card.records().into_iter().find_map(|(lookup, _)| {
        let Part::Ready(cases) = &lookup.cases else {
            return None;
        };
        of_theirs(&lookup.connection).then(|| cases.items[0].id.clone())
    });
    let case = case.expect("Zendesk knows a case");
    let open = Command::OpenRecord {
        at,
        case: Some((zendesk(), case.clone())),
    };
    desk.run.engine.command(open).await.expect("it runs");
    let opened = desk.opened(3).await;
    let ticket = format!("/tickets/{case}");
    assert!(opened[2].ends_with(&ticket), "{opened:?}");
    desk.run.stop().await;
}

#[tokio::test]
async fn both_records_are_in_the_audit_and_a_form_is_of_the_record_it_is_asked_for() {
    let desk = two_crms().await;
    let card = desk.ann_writes("c1").await;
    let (lines, _) = desk.run.engine.audit(0, 100).await.expect("it runs");
    let read: Vec<_> = lines
        .iter()
        .filter(|line| line.action == AuditAction::Read)
        .filter_map(|line| match line.told.as_ref()?.object.as_ref()? {
            AuditObject::Record(record) => Some((record.connection.0.as_str(), record.id.clone())),
            AuditObject::Named(_) => None,
        })
        .collect();
    let ids = [
        ("zammad", desk.zammad.cast().ann.id),
        ("zendesk", desk.zendesk.cast().ann.id),
    ];
    assert_eq!(read, ids);

    let records = card.records();
    let (lookup, _) = records[1];
    let Part::Ready(cases) = &lookup.cases else {
        panic!("they are there");
    };
    let case = Some(cases.items[0].id.clone());
    let form = desk
        .run
        .engine
        .form(card.at(), zendesk(), ActionKind::SetStatus, case);
    let form = form.await.expect("Zendesk has statuses");
    assert!(!form.fields[0].choices.is_empty(), "{form:?}");
    desk.run.stop().await;
}
