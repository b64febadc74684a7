//! An agent of a help desk that tells what may still be asked and shows records in its own window.

use std::sync::Arc;

use pop_core::desk::{Command, Pop};
use pop_core::profile::ConnectionId;
use pop_core::secret::Secret;
use pop_core::settings;
use pop_doubles::zendesk::Zendesk;
use pop_doubles::{Double, Routed};
use pop_engine::{Connected, Wanted};

use crate::office::{Office, Run};
use crate::sender::chat;
use crate::signing_in::ToDoubles;

const TOKEN: &str = "token-of-the-help-desk";

/// An account of Zendesk, and an engine that is connected to it.
pub(crate) struct HelpDesk {
    pub(crate) account: Zendesk,
    pub(crate) double: Double,
    /// Keeps the folder.
    _office: Office,
    pub(crate) run: Run,
}

pub(crate) async fn help_desk(tab_is_open: bool) -> HelpDesk {
    let account = Zendesk::default();
    account.set_tab_open(tab_is_open);
    let double = Double::start(account.clone()).await.expect("a free port");
    double.oauth().accept(TOKEN);
    let mut office = Office::new();
    office.network = Arc::new(ToDoubles(Arc::new(Routed::new(&[&double]))));
    let run = office.start().await;
    let host = double.hosts()[0].clone();
    let connected = run.engine.connect(Wanted {
        again: None,
        connection: settings::Connection {
            definition: "zendesk".to_owned(),
            label: "The Help Desk".to_owned(),
            fields: [
                ("host".to_owned(), host.into()),
                ("client_id".to_owned(), "none".into()),
            ]
            .into(),
            method: "token".to_owned(),
            user: None,
            overlay: None,
            test_customer: None,
        },
        secret: Secret::new(TOKEN.to_owned()),
    });
    let connected = connected.await.expect("it runs");
    assert!(matches!(connected, Connected::Yes { .. }), "it answers");
    HelpDesk {
        account,
        double,
        _office: office,
        run,
    }
}

impl HelpDesk {
    pub(crate) fn ann(&self) -> String {
        self.double.cast().ann.id
    }

    pub(crate) async fn ann_calls(&self, interaction: &str) -> Pop {
        let event = chat(interaction, "accepted", &self.ann());
        self.run.sender().post(&event).await;
        self.run.screen.record(interaction).await
    }

    /// The agent opens a record of a card.
    pub(crate) async fn opens(&self, card: &Pop, case: Option<&str>) {
        let connection = ConnectionId("the-help-desk".to_owned());
        let command = Command::OpenRecord {
            at: card.at(),
            case: case.map(|id| (connection, id.to_owned())),
        };
        self.run.engine.command(command).await.expect("it runs");
    }

    pub(crate) fn opened(&self) -> Vec<String> {
        self.run.screen.now().opened
    }

    pub(crate) fn asked_to_show(&self) -> usize {
        self.double.count_of("/display")
    }
}
