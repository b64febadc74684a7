//! A web server that hands out one file with its tag, as any static host does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinHandle;

/// The number of a file that has no end.
const ENDLESS: u32 = u32::MAX;

pub(crate) struct Host {
    port: u16,
    file: Arc<Mutex<(u32, Vec<u8>)>>,
    /// The status of each answer.
    answers: watch::Sender<Vec<u16>>,
    serving: JoinHandle<()>,
}

impl Host {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let file = Arc::new(Mutex::new((0, Vec::new())));
        let answers = watch::Sender::new(Vec::new());
        let (served, told) = (Arc::clone(&file), answers.clone());
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let (served, told) = (Arc::clone(&served), told.clone());
                tokio::spawn(async move { answer(stream, &served, &told).await });
            }
        });
        Self {
            port,
            file,
            answers,
            serving,
        }
    }

    pub(crate) fn address(&self) -> String {
        format!("http://127.0.0.1:{}/screenpop.bundle", self.port)
    }

    pub(crate) fn publish(&self, bytes: Vec<u8>) {
        let mut file = self.file.lock().expect("no panic");
        file.0 = file.0.wrapping_add(1);
        file.1 = bytes;
    }

    /// From now on it begins to answer and never ends: it sends the same bytes again and again, or
    /// nothing at all after the head.
    pub(crate) fn never_ends(&self, again: &[u8]) {
        let mut file = self.file.lock().expect("no panic");
        file.0 = ENDLESS;
        file.1 = again.to_vec();
    }

    /// Waits until something was answered with this status.
    pub(crate) async fn answered(&self, status: u16) {
        let mut answers = self.answers.subscribe();
        let found = answers.wait_for(|answers| answers.contains(&status));
        let found = tokio::time::timeout(Duration::from_secs(20), found).await;
        found.expect("it is answered so").expect("it serves");
    }

    /// How often something was answered.
    pub(crate) fn asked(&self) -> usize {
        self.answers.borrow().len()
    }

    /// Serves nobody any more.
    pub(crate) fn stop(&self) {
        self.serving.abort();
    }
}

async fn answer(
    mut stream: TcpStream,
    file: &Mutex<(u32, Vec<u8>)>,
    told: &watch::Sender<Vec<u16>>,
) {
    let mut head = Vec::new();
    while !head.windows(4).any(|end| end == b"\r\n\r\n") {
        match stream.read_buf(&mut head).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
    let head = String::from_utf8_lossy(&head).to_lowercase();
    let (number, bytes) = file.lock().expect("no panic").clone();
    if number == ENDLESS {
        let head = b"HTTP/1.1 200 OK\r\nconnection: close\r\n\r\n";
        let mut sent = stream.write_all(head).await;
        while sent.is_ok() && !bytes.is_empty() {
            sent = stream.write_all(&bytes).await;
        }
        // Whoever asked goes first.
        let _ = stream.read_buf(&mut Vec::with_capacity(1)).await;
        return;
    }
    let tag = format!("\"v{number}\"");
    let (status, body) = if head.contains(&format!("if-none-match: {tag}")) {
        (304, Vec::new())
    } else {
        (200, bytes)
    };
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} OK\r\netag: {tag}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let sent = [answer.into_bytes(), body].concat();
    // Whoever asked may have gone, because it is too much.
    let _ = stream.write_all(&sent).await;
    told.send_modify(|answers| answers.push(status));
}
