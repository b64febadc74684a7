//! Brokers of a test's own, and the way to one, which can be cut.

use std::fs;
use std::io::{Read as _, Write as _};
use std::net::{Shutdown, TcpListener, TcpStream};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU16, Ordering};
use std::thread::JoinHandle;

use tempfile::TempDir;

use crate::kit::wait_for;

/// A port that nobody has; a broker that comes later takes it. It lies below those that the system
/// gives away by itself, so that no connection of another test takes it meanwhile.
pub(crate) fn free_port() -> u16 {
    static NEXT: AtomicU16 = AtomicU16::new(0);
    let first = 20_000 + u16::try_from(std::process::id() % 99).expect("below 99") * 128;
    loop {
        let port = first + NEXT.fetch_add(1, Ordering::Relaxed);
        if TcpListener::bind(("127.0.0.1", port)).is_ok() {
            return port;
        }
    }
}

/// A Mosquitto of its own; it ends with the test.
pub(crate) struct Mosquitto {
    pub(crate) port: u16,
    process: Child,
    _folder: TempDir,
}

impl Mosquitto {
    pub(crate) fn start(port: u16) -> Self {
        Self::start_with(port, "allow_anonymous true\n")
    }

    pub(crate) fn start_with(port: u16, settings: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("mosquitto.conf");
        fs::write(&path, format!("listener {port} 127.0.0.1\n{settings}")).expect("writes");
        let process = Command::new("/usr/sbin/mosquitto")
            .arg("-c")
            .arg(&path)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .expect("the package mosquitto is installed");
        wait_for("the broker listens", || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        Self {
            port,
            process,
            _folder: folder,
        }
    }
}

impl Drop for Mosquitto {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// The way to a broker, which can be cut: what connects to its port is passed on while it stands.
pub(crate) struct Way {
    port: u16,
    stands: Arc<AtomicBool>,
    swallows: Arc<AtomicBool>,
    passes: JoinHandle<Vec<TcpStream>>,
}

impl Way {
    /// Passes on every connection to the broker.
    pub(crate) fn open(port: u16, broker: u16) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", port)).expect("nobody took the port");
        let stands = Arc::new(AtomicBool::new(true));
        let standing = Arc::clone(&stands);
        let swallows = Arc::new(AtomicBool::new(false));
        let swallowing = Arc::clone(&swallows);
        let passes = std::thread::spawn(move || {
            let both = |stream: &TcpStream| stream.try_clone().expect("a second handle");
            let mut streams = Vec::new();
            for near in listener.incoming() {
                if !standing.load(Ordering::Relaxed) {
                    break;
                }
                let near = near.expect("a connection");
                let far = TcpStream::connect(("127.0.0.1", broker)).expect("the broker listens");
                streams.extend([both(&near), both(&far)]);
                let (mut from, mut to) = (both(&far), both(&near));
                std::thread::spawn(move || std::io::copy(&mut from, &mut to));
                let swallowing = Arc::clone(&swallowing);
                std::thread::spawn(move || pass(near, far, &swallowing));
            }
            streams
        });
        Self {
            port,
            stands,
            swallows,
            passes,
        }
    }

    /// From now on nothing comes through to the broker; what the broker says still comes.
    pub(crate) fn swallow(&self) {
        self.swallows.store(true, Ordering::Relaxed);
    }

    /// Cuts it without a word.
    pub(crate) fn cut(self) {
        self.stands.store(false, Ordering::Relaxed);
        // Somebody must knock, so that it is noticed.
        let _ = TcpStream::connect(("127.0.0.1", self.port));
        for stream in self.passes.join().expect("no panic") {
            // The other side may have left already.
            let _ = stream.shutdown(Shutdown::Both);
        }
    }
}

fn pass(mut from: TcpStream, mut to: TcpStream, swallows: &AtomicBool) {
    let mut part = [0; 4_096];
    while let Ok(count @ 1..) = from.read(&mut part) {
        if !swallows.load(Ordering::Relaxed) && to.write_all(&part[..count]).is_err() {
            return;
        }
    }
    // A client that leaves must be seen to leave; the broker may have left before.
    let _ = to.shutdown(Shutdown::Both);
}
