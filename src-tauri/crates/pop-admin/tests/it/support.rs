//! A true listener whose sink records, its runtime file, and the program that is to find it.

use std::collections::VecDeque;
use std::path::PathBuf;
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use pop_core::clock::Clock;
use pop_core::interaction::{Event, What};
use pop_core::moment::Moment;
use pop_core::phone::PhoneRules;
use pop_core::secret::Secret;
use pop_source::listener::{ListenAddress, Listener, ListenerConfig};
use pop_source::runtime_file::{Published, RuntimeFile};
use pop_source::signature::{Sender, SenderKeys, VerifyKey, new_secret};
use pop_source::source::{Accept, Accepted, Delivery};
use tempfile::TempDir;
use tokio::process::Command;

/// The app as far as a sender meets it.
pub(crate) struct App {
    pub(crate) listener: Listener,
    pub(crate) sink: Arc<Recorder>,
    /// The text of the secret that counts.
    pub(crate) secret: String,
    folder: TempDir,
    published: Option<Published>,
}

/// Records what comes and answers as told; new when not told.
#[derive(Default)]
pub(crate) struct Recorder {
    deliveries: Mutex<Vec<Delivery>>,
    answers: Mutex<VecDeque<Accepted>>,
}

#[async_trait]
impl Accept for Recorder {
    async fn accept(&self, delivery: Delivery) -> Accepted {
        self.deliveries.lock().expect("no panic").push(delivery);
        let told = self.answers.lock().expect("no panic").pop_front();
        told.unwrap_or(Accepted::New)
    }
}

/// The computer's clock, set ahead.
struct Ahead(Duration);

#[async_trait]
impl Clock for Ahead {
    fn now(&self) -> Moment {
        let since_1970 = SystemTime::UNIX_EPOCH.elapsed().expect("after 1970");
        Moment::default().after(since_1970 + self.0)
    }

    async fn sleep(&self, wait: Duration) {
        tokio::time::sleep(wait).await;
    }
}

impl App {
    /// An app that listens and takes everything.
    pub(crate) async fn start() -> Self {
        Self::with(&[], Duration::ZERO).await
    }

    /// An app that gives these answers first, and whose clock is so far ahead.
    pub(crate) async fn with(answers: &[Accepted], ahead: Duration) -> Self {
        let secret = new_secret().expect("random bytes");
        let key = VerifyKey::parse(&secret).expect("a key");
        let sender = Sender::new("local", vec![key]).expect("one key");
        let keys = SenderKeys::new(vec![sender]).expect("one sender");
        let config = ListenerConfig::new(ListenAddress::ipv4(0), keys, PhoneRules::default());
        let sink = Arc::new(Recorder {
            answers: Mutex::new(answers.iter().copied().collect()),
            ..Recorder::default()
        });
        let listener = Listener::start(config, Arc::new(Ahead(ahead)), Arc::clone(&sink) as _)
            .await
            .expect("a free port");
        let mut app = Self {
            listener,
            sink,
            secret: secret.expose("tests compare with it").to_owned(),
            folder: tempfile::tempdir().expect("a folder"),
            published: None,
        };
        app.publish(&app.secret.clone());
        app
    }

    /// Writes the runtime file with this secret.
    pub(crate) fn publish(&mut self, secret: &str) {
        self.published = None;
        let file = RuntimeFile {
            port: self.listener.address().port(),
            secret: Secret::new(secret.to_owned()),
        };
        self.published = Some(file.publish(&self.runtime_file()).expect("an empty folder"));
    }

    /// Where the runtime file is: where it belongs below a runtime folder.
    pub(crate) fn runtime_file(&self) -> PathBuf {
        self.folder.path().join("screenpop").join("listener.json")
    }

    pub(crate) fn runtime_folder(&self) -> PathBuf {
        self.folder.path().to_owned()
    }

    /// Runs `simulate` with these options against this app.
    pub(crate) async fn simulate(&self, options: &[&str]) -> Outcome {
        let path = self.runtime_file();
        let path = path.to_str().expect("a plain path");
        simulate(&[options, &["--runtime-file", path]].concat()).await
    }

    /// The events that arrived, in order.
    pub(crate) fn events(&self) -> Vec<Event> {
        let deliveries = self.sink.deliveries.lock().expect("no panic");
        let events = deliveries.iter().map(|delivery| delivery.events.clone());
        events.flatten().collect()
    }

    pub(crate) fn whats(&self) -> Vec<What> {
        self.events().iter().map(|event| event.what).collect()
    }

    /// The bodies that arrived, in order.
    pub(crate) fn bodies(&self) -> Vec<String> {
        let deliveries = self.sink.deliveries.lock().expect("no panic");
        let bodies = deliveries.iter().map(|delivery| delivery.raw.clone());
        bodies
            .map(|body| String::from_utf8(body).expect("JSON"))
            .collect()
    }
}

/// How a run of the program ended.
#[derive(Debug)]
pub(crate) struct Outcome {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

impl Outcome {
    #[track_caller]
    pub(crate) fn succeeded(&self) {
        assert_eq!(self.code, 0, "{self:?}");
        assert_eq!(self.err, "", "success is told on standard output");
    }

    /// Asserts the exit code and that each of these is told.
    #[track_caller]
    pub(crate) fn failed(&self, code: i32, told: &[&str]) {
        assert_eq!(self.code, code, "{self:?}");
        for told in told {
            assert!(self.err.contains(told), "{told:?} is not in {:?}", self.err);
        }
    }
}

/// Runs `simulate` with these options.
pub(crate) async fn simulate(options: &[&str]) -> Outcome {
    outcome(program().args(["simulate"]).args(options)).await
}

/// The program, in an environment without runtime folders.
pub(crate) fn program() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_screenpop-admin"));
    for variable in ["XDG_RUNTIME_DIR", "TMPDIR", "LOCALAPPDATA"] {
        command.env_remove(variable);
    }
    command.kill_on_drop(true);
    command
}

pub(crate) async fn outcome(command: &mut Command) -> Outcome {
    let output = command.output().await.expect("it starts");
    let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
    Outcome {
        code: output.status.code().expect("it ends by itself"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}
