//! The program itself, killed without warning and stopped in order.

use std::io::{BufRead as _, BufReader};
use std::net::SocketAddr;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};

use crate::kit::{Desktop, Place, metric_becomes, post, start_of, wait_for};
use crate::mosquitto::{Mosquitto, free_port};

/// The program while it runs; it ends with the test.
pub(crate) struct Program {
    process: Child,
    pub(crate) webhooks: SocketAddr,
    pub(crate) operations: SocketAddr,
    log: Arc<Mutex<Vec<String>>>,
}

impl Program {
    pub(crate) fn start(place: &Place) -> Self {
        let mut process = Command::new(env!("CARGO_BIN_EXE_pop-gateway"))
            .args(["run", "--config"])
            .arg(&place.config)
            .env("CREDENTIALS_DIRECTORY", place.folder.path())
            .stderr(Stdio::piped())
            .spawn()
            .expect("the program starts");
        let mut lines = BufReader::new(process.stderr.take().expect("its log")).lines();
        let said = lines
            .find_map(|line| line.ok().filter(|line| line.contains("listens")))
            .expect("it says where it listens");
        // Somebody must go on reading, or the program would wait for room in the pipe.
        let log = Arc::new(Mutex::new(Vec::new()));
        let kept = Arc::clone(&log);
        std::thread::spawn(move || {
            lines.for_each(|line| kept.lock().expect("whole").extend(line.ok()));
        });
        let said: serde_json::Value = serde_json::from_str(&said).expect("a line of JSON");
        let address = |name: &str| {
            let address = said["fields"][name].as_str().expect("an address");
            address.parse().expect("an address")
        };
        Self {
            process,
            webhooks: address("webhooks"),
            operations: address("operations"),
            log,
        }
    }

    fn told(&self, signal: &str) {
        let process = self.process.id().to_string();
        let told = Command::new("kill").args([signal, &process]).status();
        assert!(told.expect("kill runs").success());
    }

    fn says(&self, words: &str) {
        wait_for(words, || {
            let log = self.log.lock().expect("whole");
            log.iter().any(|line| line.contains(words)).then_some(())
        });
    }

    pub(crate) fn kill(mut self) {
        self.process.kill().expect("it ran");
        self.process.wait().expect("it ended");
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn accepted_deliveries_survive_a_kill() {
    let port = free_port();
    let place = Place::new(port);
    let program = Program::start(&place);
    for number in 1..=20 {
        let delivery = start_of(&format!("eng-{number}"));
        assert_eq!(post(program.webhooks, &delivery).await, 202);
    }
    program.kill();

    let program = Program::start(&place);
    metric_becomes(program.operations, "waiting", 20).await;
    assert_eq!(post(program.webhooks, &start_of("eng-7")).await, 202);
    metric_becomes(program.operations, "waiting", 20).await;
    let broker = Mosquitto::start(port);
    let mut desktop = Desktop::of(broker.port, "agent01").await;
    for number in 1..=20 {
        let id = desktop.event().await.key.id;
        assert_eq!(id, format!("eng-{number}"), "in order, once");
    }
    metric_becomes(program.operations, "published_total", 20).await;
    metric_becomes(program.operations, "waiting", 0).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_stops_in_order_when_it_is_told_to() {
    let broker = Mosquitto::start(free_port());
    let place = Place::new(broker.port);
    let mut program = Program::start(&place);
    assert_eq!(post(program.webhooks, &start_of("eng-1")).await, 202);
    program.told("-TERM");
    let ended = wait_for("it ends", || program.process.try_wait().expect("asks"));
    assert!(ended.success(), "in order: {ended}");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faulty_settings_are_said_and_the_old_ones_stay_until_right_ones_come() {
    let broker = Mosquitto::start(free_port());
    let _desktop = Desktop::of(broker.port, "agent01").await;
    let place = Place::new(broker.port);
    let program = Program::start(&place);
    let right = std::fs::read_to_string(&place.config).expect("reads");
    let moved = right.replace("path = \"/glia\"", "path = \"/elsewhere\"");
    let faulty = moved.replace("mapping = \"glia\"", "mapping = \"glai\"");
    std::fs::write(&place.config, faulty).expect("writes");
    program.told("-HUP");
    program.says("source.glia.mapping: found \"glai\"");
    program.says("the old ones stay");
    assert_eq!(post(program.webhooks, &start_of("eng-1")).await, 202);
    std::fs::write(&place.config, moved).expect("writes");
    program.told("-HUP");
    program.says("the new settings count");
    assert_eq!(post(program.webhooks, &start_of("eng-2")).await, 404);
    metric_becomes(program.operations, "published_total", 1).await;
}
