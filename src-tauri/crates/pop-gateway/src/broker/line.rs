//! How the broker is reached: the same options for everything that connects to it.

use std::sync::Arc;
use std::time::Duration;

use pop_core::secret::Secret;
use rumqttc::{
    AsyncClient, ConnectReturnCode, ConnectionError, Event, Incoming, MqttOptions,
    TlsConfiguration, Transport,
};
use tokio::time::timeout;

use crate::config::Broker;

const KEEP_ALIVE_SECONDS: u16 = 10;
const CONNECT: Duration = Duration::from_secs(5);
/// Messages that may wait for the broker's answer at once. The client keeps a place for each and
/// looks through all of them whenever something comes in, so there are not 65,535 of them.
const UNANSWERED: u16 = 256;
/// The pause between two tries to connect: full jitter up to this.
const LONGEST_PAUSE: Duration = Duration::from_secs(5);
const SHORTEST_PAUSE: Duration = Duration::from_millis(250);

/// The gateway's own login under this client id.
pub(crate) fn options(broker: &Broker, client_id: String) -> MqttOptions {
    let mut options = bare(broker, client_id);
    if let Some((user, password)) = &broker.login {
        let password = password.expose("the broker asks for it").to_owned();
        options.set_credentials(user.clone(), password);
    }
    options
}

fn bare(broker: &Broker, client_id: String) -> MqttOptions {
    let place = (broker.host.clone(), broker.port);
    let mut options = MqttOptions::new(client_id, place);
    options.set_keep_alive(KEEP_ALIVE_SECONDS);
    options.set_clean_start(true);
    options.set_connect_timeout(CONNECT);
    options.set_outgoing_inflight_upper_limit(UNANSWERED);
    if let Some(tls) = &broker.tls {
        let tls = TlsConfiguration::Rustls(Arc::clone(tls));
        options.set_transport(Transport::Tls(tls));
    }
    options
}

/// Whether the broker lets a device in with this password; its session ends with that.
pub(crate) async fn lets_in(
    broker: &Broker,
    device: &str,
    password: &Secret,
) -> Result<bool, &'static str> {
    let mut options = bare(broker, device.to_owned());
    let password = password.expose("the broker says whether it is right");
    options.set_credentials(device.to_owned(), password.to_owned());
    let (client, mut events) = AsyncClient::builder(options).capacity(1).build();
    let connected = async {
        loop {
            match events.poll().await {
                Ok(Event::Incoming(Incoming::ConnAck(_))) => return Ok(true),
                Ok(Event::Incoming(_) | Event::Outgoing(_) | Event::Auth(_)) => {}
                Err(ConnectionError::ConnectionRefused(
                    ConnectReturnCode::NotAuthorized | ConnectReturnCode::BadUserNamePassword,
                )) => return Ok(false),
                Err(error) => return Err(word(&error)),
            }
        }
    };
    let answer = timeout(CONNECT, connected).await.unwrap_or(Err("timeout"));
    // What is not said in order ends with the connection.
    let _ = client.try_disconnect();
    let _ = timeout(Duration::from_millis(100), events.poll()).await;
    answer
}

/// The pauses between tries to connect.
pub(crate) struct Pauses(Duration);

impl Default for Pauses {
    fn default() -> Self {
        Self(SHORTEST_PAUSE)
    }
}

impl Pauses {
    /// The next pause; each is up to twice the one before.
    pub(crate) fn next(&mut self) -> Duration {
        let pause = jitter(self.0);
        self.0 = (self.0 * 2).min(LONGEST_PAUSE);
        pause
    }
}

/// Between nothing and the whole pause.
fn jitter(pause: Duration) -> Duration {
    let mut random = [0_u8];
    // Without random numbers the whole pause is waited.
    let share = getrandom::fill(&mut random).map_or(255, |()| random[0]);
    pause * u32::from(share) / 255
}

/// A word for logs: what a broker says is outside text.
pub(crate) fn word(error: &ConnectionError) -> &'static str {
    use ConnectionError as Why;
    #[expect(
        clippy::wildcard_enum_match_arm,
        reason = "another crate's list, which may grow"
    )]
    match error {
        Why::Timeout(_) => "timeout",
        Why::Tls(_) => "tls",
        Why::Io(_) => "io",
        Why::ConnectionRefused(_) => "refused",
        Why::MqttState(_) => "protocol",
        _ => "connection",
    }
}
