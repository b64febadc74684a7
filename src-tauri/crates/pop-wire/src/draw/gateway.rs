//! Draws the gateway's broker as a source of interactions.

use pop_core::moment::Moment;
use pop_core::status::{GatewayStatus, Status};

use crate::draw::count_long;
use crate::gateway::{BrokerFields, GatewayState, GatewayView, ProxyFields, WayView};
use crate::parts::ProblemView;

impl GatewayView {
    /// Draws it; who may sign in or out follows from the settings and from what is heard.
    pub(crate) fn draw(status: &Status) -> Self {
        let gateway = &status.settings.source.gateway;
        // A broker without enrolment has its sign-in from the settings.
        let enrols = gateway.url.is_some() && gateway.broker.is_none();
        let bare = |state, place: Option<&String>| Self {
            state,
            place: place.cloned(),
            account: None,
            since: None,
            accepted: 0,
            last: None,
            follows: false,
            problem: None,
            can_sign_in: false,
            can_sign_out: false,
            way: WayView::draw(status),
        };
        match &status.gateway {
            GatewayStatus::Off => bare(GatewayState::Off, None),
            GatewayStatus::SigningIn { gateway } => bare(GatewayState::SigningIn, Some(gateway)),
            GatewayStatus::Connecting { broker } => bare(GatewayState::Connecting, Some(broker)),
            GatewayStatus::Connected {
                broker,
                account,
                since,
                accepted,
                last,
                follows,
            } => Self {
                account: Some(account.clone()),
                since: Some(since.millis()),
                accepted: count_long(*accepted),
                last: last.map(Moment::millis),
                follows: *follows,
                can_sign_out: enrols,
                ..bare(GatewayState::Connected, Some(broker))
            },
            GatewayStatus::Broken {
                place,
                fault,
                since,
                signed_in,
            } => Self {
                since: Some(since.millis()),
                problem: Some(ProblemView::told(
                    fault.words(status.language()),
                    fault.slug().to_owned(),
                    *since,
                )),
                can_sign_in: enrols,
                can_sign_out: enrols && *signed_in,
                ..bare(GatewayState::Broken, Some(place))
            },
        }
    }
}

impl WayView {
    fn draw(status: &Status) -> Self {
        let gateway = &status.settings.source.gateway;
        let broker = gateway.broker.as_ref().map(|broker| BrokerFields {
            urls: broker.urls.clone(),
            username: broker.username.clone(),
            client_id: broker.client_id.clone(),
            interactions: broker.topics.interactions.clone(),
            control: broker.topics.control.clone(),
            ack: broker.topics.ack.clone(),
            presence: broker.topics.presence.clone(),
        });
        let proxy = gateway.proxy.as_ref().map(|proxy| ProxyFields {
            url: proxy.url.clone(),
            user: proxy.user.clone(),
        });
        Self {
            broker,
            broker_locked: status.locks("source.gateway.broker"),
            broker_kept: status.way_kept.broker,
            proxy,
            proxy_locked: status.locks("source.gateway.proxy"),
            proxy_kept: status.way_kept.proxy,
        }
    }
}
