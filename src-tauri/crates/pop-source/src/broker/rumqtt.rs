//! The MQTT library behind the session's [`Client`].
//!
//! Each connection has a client of its own, so that nothing of an earlier one (an acknowledgement,
//! a packet's number) can reach a later one. What must live on, lives on at the broker.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use pop_core::stream::StreamFault;
use rumqttc::{
    AckMode, AsyncClient, Broker, BrokerSessionResumePolicy, ConnectReturnCode, ConnectionError,
    DisconnectReasonCode, Event, EventLoop, Incoming, LastWill, LastWillProperties, MqttOptions,
    PersistedAckMode, PersistedSession, Publish, PublishOptions, PublishProperties, QoS,
    SessionStore, SessionStoreError, SessionStoreKey, StateError, SubscribeFilterInput,
    SubscribeReasonCode, Transport,
};
use tokio::sync::mpsc;

use super::client::{Client, Heard, Hello, Line, Message, Note};
use super::dial::dial;
use super::route::Route;
use super::{KEEP_ALIVE, LARGEST_PACKET, RECEIVE_MAXIMUM, SESSION, WILL_DELAY};

/// Requests that the library holds: acknowledgements of all that may be on the way, and reports.
const CAPACITY: usize = 64;
/// More than the broker may send at once, so that the connection is never kept from its pings.
const HEARD: usize = 2 * RECEIVE_MAXIMUM as usize;
/// Reports that may wait for the broker's answer at once. The library keeps a place for each, so
/// there are not 65,535 of them.
const UNANSWERED: u16 = 64;
/// Longer than all steps of the way there, each of which has its own limit.
const WHOLE: Duration = Duration::from_secs(25);

/// Makes connections with the library.
pub(super) struct Rumqtt;

type Way = Arc<Mutex<Option<Route>>>;

impl Client for Rumqtt {
    fn connect(&self, hello: Hello) -> (Box<dyn Line>, mpsc::Receiver<Heard>) {
        let (tell, heard) = mpsc::channel(HEARD);
        let way = Way::default();
        let built = options(&hello).map(|mut options| {
            let taken = Arc::clone(&way);
            let Hello {
                address,
                trust,
                proxying,
                ..
            } = hello;
            let place = Arc::new((address, proxying, trust));
            options.set_socket_connector(move |_, _| {
                let (place, taken) = (Arc::clone(&place), Arc::clone(&taken));
                async move {
                    let (address, proxying, trust) = &*place;
                    let (stream, route) = dial(address, proxying, trust)
                        .await
                        .map_err(std::io::Error::other)?;
                    *taken.lock().unwrap_or_else(PoisonError::into_inner) = Some(route);
                    Ok(stream)
                }
            });
            AsyncClient::builder(options).capacity(CAPACITY).build()
        });
        if let Some((client, events)) = built {
            tokio::spawn(poll(events, tell, way));
            (Box::new(RumqttLine(Some(client))), heard)
        } else {
            // The channel is new and empty.
            let _ = tell.try_send(Heard::Lost(StreamFault::Settings));
            (Box::new(RumqttLine(None)), heard)
        }
    }
}

/// The options; the way there is added by the caller. `None` when the address is none.
fn options(hello: &Hello) -> Option<MqttOptions> {
    let address = &hello.address;
    let (broker, transport) = if address.is_web() {
        // TLS is ours, so that the library sees a plain WebSocket.
        let url = format!("ws://{}:{}{}", address.host, address.port, address.path);
        (Broker::websocket(url).ok()?, Transport::Ws)
    } else {
        (
            Broker::tcp(address.host.clone(), address.port),
            Transport::Tcp,
        )
    };
    let mut options = MqttOptions::new(hello.client_id.clone(), broker);
    let password = hello.password.expose("the broker asks for it").to_owned();
    options
        .set_transport(transport)
        .set_credentials(hello.username.clone(), password)
        .set_clean_start(false)
        .set_session_store(NothingOfOurs)
        .set_broker_session_resume_policy(BrokerSessionResumePolicy::AllowBrokerOnly)
        .set_session_expiry_interval(u32::try_from(SESSION.as_secs()).ok())
        .set_receive_maximum(Some(RECEIVE_MAXIMUM))
        .set_max_packet_size(Some(LARGEST_PACKET))
        .set_request_problem_info(Some(1))
        .set_ack_mode(AckMode::Manual)
        .set_outgoing_inflight_upper_limit(UNANSWERED)
        .set_connect_timeout(WHOLE)
        .set_keep_alive(u16::try_from(KEEP_ALIVE.as_secs()).unwrap_or(30));
    if let Some(will) = &hello.will {
        let properties = LastWillProperties {
            delay_interval: u32::try_from(WILL_DELAY.as_secs()).ok(),
            payload_format_indicator: Some(1),
            message_expiry_interval: None,
            content_type: Some(JSON.to_owned()),
            response_topic: None,
            correlation_data: None,
            user_properties: Vec::new(),
        };
        options.set_last_will(LastWill::new(
            will.topic.clone(),
            will.body.clone(),
            QoS::AtLeastOnce,
            will.retain,
            Some(properties),
        ));
    }
    Some(options)
}

/// Our side of a session that the broker has kept: nothing of it is under way here.
///
/// Without it the library, when only the broker remembers the session, lets nothing out that needs
/// a packet's number: no subscription and no report. It is true, too: reports that were lost with
/// an earlier connection are not repeated, and messages that were not acknowledged come again.
#[derive(Debug)]
struct NothingOfOurs;

impl SessionStore for NothingOfOurs {
    fn load<'a>(&'a self, key: &'a SessionStoreKey) -> Stored<'a, Option<PersistedSession>> {
        let session = PersistedSession {
            format_version: 1,
            client_id: key.client_id().to_owned(),
            clean_start: false,
            session_expiry_interval: u32::try_from(SESSION.as_secs()).ok(),
            outgoing_inflight_upper_limit: Some(UNANSWERED),
            ack_mode: PersistedAckMode::Manual,
            last_pkid: 0,
            last_puback: 0,
            replay: Vec::new(),
            incoming_qos2: Vec::new(),
        };
        Box::pin(async { Ok(Some(session)) })
    }

    fn save<'a>(&'a self, _: &'a SessionStoreKey, _: &'a PersistedSession) -> Stored<'a, ()> {
        Box::pin(async { Ok(()) })
    }

    fn clear<'a>(&'a self, _: &'a SessionStoreKey) -> Stored<'a, ()> {
        Box::pin(async { Ok(()) })
    }
}

/// What the library's stores answer with.
type Stored<'a, T> = Pin<Box<dyn Future<Output = Result<T, SessionStoreError>> + Send + 'a>>;

const JSON: &str = "application/json";

struct RumqttLine(Option<AsyncClient>);

#[async_trait]
impl Line for RumqttLine {
    async fn subscribe(&self, topics: Vec<String>) {
        let filters = topics
            .into_iter()
            .map(|topic| SubscribeFilterInput::new(topic, QoS::AtLeastOnce));
        if let Some(client) = &self.0 {
            // The receiver says when the connection is over.
            let _ = client.subscribe_many(filters).await;
        }
    }

    async fn send(&self, note: Note) {
        let properties = PublishProperties {
            payload_format_indicator: Some(1),
            message_expiry_interval: note
                .expires
                .and_then(|expires| u32::try_from(expires.as_secs()).ok()),
            content_type: Some(JSON.to_owned()),
            ..PublishProperties::default()
        };
        let options = PublishOptions::new(QoS::AtLeastOnce)
            .retain(note.retain)
            .properties(properties);
        if let Some(client) = &self.0 {
            // The receiver says when the connection is over.
            let _ = client.publish(note.topic, note.body, options).await;
        }
    }

    async fn taken(&self, message: &Message) {
        if let (Some(client), Some(publish)) = (&self.0, message.receipt.downcast_ref::<Publish>())
        {
            // The receiver says when the connection is over; then the message comes again.
            let _ = client.ack(publish).await;
        }
    }

    async fn leave(&self) {
        if let Some(client) = &self.0 {
            // A connection that is over needs no goodbye.
            let _ = client.disconnect().await;
        }
    }
}

/// Drives the connection until it is over, and says why.
async fn poll(mut events: EventLoop, tell: mpsc::Sender<Heard>, way: Way) {
    loop {
        let polled = tokio::select! {
            polled = events.poll() => polled,
            // Nobody listens any more: the connection ends with this.
            () = tell.closed() => return,
        };
        let heard = match polled {
            Ok(Event::Incoming(Incoming::ConnAck(_))) => Heard::Connected {
                route: *way.lock().unwrap_or_else(PoisonError::into_inner),
            },
            Ok(Event::Incoming(Incoming::SubAck(answer))) => {
                let is_granted =
                    |code: &SubscribeReasonCode| matches!(code, SubscribeReasonCode::Success(_));
                Heard::Subscribed(answer.return_codes.iter().all(is_granted))
            }
            Ok(Event::Incoming(Incoming::Publish(publish))) => {
                Heard::Message(Box::new(message(publish)))
            }
            Ok(Event::Incoming(_) | Event::Outgoing(_) | Event::Auth(_)) => continue,
            Err(error) => {
                let fault = named(&error);
                tracing::debug!(code = fault.slug(), %error, "the broker's connection is over");
                // Whoever listened may be gone.
                let _ = tell.send(Heard::Lost(fault)).await;
                return;
            }
        };
        if tell.send(heard).await.is_err() {
            return;
        }
    }
}

fn message(publish: Publish) -> Message {
    let properties = publish.properties.as_ref();
    let remaining = properties.and_then(|properties| properties.message_expiry_interval);
    let own = |name: &str| {
        let pairs = &properties?.user_properties;
        let (_, value) = pairs.iter().find(|(known, _)| known == name)?;
        Some(value.clone())
    };
    Message {
        topic: String::from_utf8_lossy(&publish.topic).into_owned(),
        body: publish.payload.to_vec(),
        remaining: remaining.map(|seconds| Duration::from_secs(seconds.into())),
        content_type: properties.and_then(|properties| properties.content_type.clone()),
        traceparent: own("traceparent"),
        receipt: Box::new(publish),
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another crate's list, which may grow"
)]
fn named(error: &ConnectionError) -> StreamFault {
    use rumqttc::ConnectionError as Why;
    match error {
        Why::Timeout(_) => StreamFault::Silence,
        Why::Io(error) => of_io(error),
        Why::ConnectionRefused(code) => of_connack(*code),
        Why::MqttState(error) => of_state(error),
        Why::Websocket(_) | Why::WsConnect(_) | Why::ResponseValidation(_) => {
            StreamFault::WebSocket
        }
        Why::InvalidUrl(_) | Why::BrokerTransportMismatch => StreamFault::Settings,
        Why::RequestsDone | Why::DisconnectTimeout => StreamFault::Cut,
        _ => StreamFault::Protocol,
    }
}

/// What our own dialling said, or what became of the connection.
fn of_io(error: &std::io::Error) -> StreamFault {
    let own = error.get_ref().and_then(|own| own.downcast_ref());
    own.copied().unwrap_or(StreamFault::Cut)
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another crate's list, which may grow"
)]
fn of_connack(code: ConnectReturnCode) -> StreamFault {
    use rumqttc::ConnectReturnCode as Code;
    match code {
        Code::RefusedProtocolVersion | Code::UnsupportedProtocolVersion => StreamFault::Version,
        Code::BadClientId | Code::ClientIdentifierNotValid => StreamFault::ClientId,
        Code::BadUserNamePassword | Code::NotAuthorized | Code::BadAuthenticationMethod => {
            StreamFault::NotAuthorised
        }
        Code::Banned => StreamFault::Banned,
        Code::ServiceUnavailable
        | Code::ServerUnavailable
        | Code::ServerBusy
        | Code::QuotaExceeded
        | Code::UseAnotherServer
        | Code::ServerMoved
        | Code::ConnectionRateExceeded => StreamFault::Busy,
        _ => StreamFault::Protocol,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another crate's list, which may grow"
)]
fn of_state(error: &StateError) -> StreamFault {
    match error {
        StateError::Io(error) => of_io(error),
        StateError::AwaitPingResp => StreamFault::Silence,
        StateError::ConnectionAborted => StreamFault::Cut,
        StateError::ConnFail { reason } => of_connack(*reason),
        StateError::ServerDisconnect { reason_code, .. } => of_disconnect(*reason_code),
        _ => StreamFault::Protocol,
    }
}

#[expect(
    clippy::wildcard_enum_match_arm,
    reason = "another crate's list, which may grow"
)]
fn of_disconnect(code: DisconnectReasonCode) -> StreamFault {
    use rumqttc::DisconnectReasonCode as Code;
    match code {
        Code::SessionTakenOver => StreamFault::TakenOver,
        Code::NotAuthorized | Code::MaximumConnectTime => StreamFault::NotAuthorised,
        Code::AdministrativeAction => StreamFault::Banned,
        Code::ServerBusy
        | Code::ServerShuttingDown
        | Code::UseAnotherServer
        | Code::ServerMoved
        | Code::QuotaExceeded
        | Code::ConnectionRateExceeded => StreamFault::Busy,
        Code::NormalDisconnection | Code::UnspecifiedError | Code::KeepAliveTimeout => {
            StreamFault::Cut
        }
        _ => StreamFault::Protocol,
    }
}
