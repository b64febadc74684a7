//! A web server that keeps files: `GET` with a tag, `PUT` under conditions, and a folder's list in
//! JSON, as usual servers do.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use serde_json::json;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

#[derive(Default)]
struct Files {
    files: BTreeMap<String, (u32, Vec<u8>)>,
    puts: u32,
    /// Whether it says that it has taken something, and serves the old one.
    forgets: bool,
    /// What it wants to know an admin by.
    token: Option<String>,
}

pub(crate) struct Host {
    port: u16,
    files: Arc<Mutex<Files>>,
    serving: JoinHandle<()>,
}

impl Host {
    pub(crate) async fn start() -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.expect("a port");
        let port = listener.local_addr().expect("bound").port();
        let files = Arc::new(Mutex::new(Files::default()));
        let served = Arc::clone(&files);
        let serving = tokio::spawn(async move {
            while let Ok((stream, _)) = listener.accept().await {
                let served = Arc::clone(&served);
                tokio::spawn(async move { answer(stream, &served).await });
            }
        });
        Self {
            port,
            files,
            serving,
        }
    }

    pub(crate) fn address(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    pub(crate) fn put(&self, path: &str, bytes: &[u8]) {
        let mut files = self.files.lock().expect("no panic");
        files.files.insert(path.to_owned(), (1, bytes.to_vec()));
    }

    pub(crate) fn get(&self, path: &str) -> Option<Vec<u8>> {
        let files = self.files.lock().expect("no panic");
        files.files.get(path).map(|(_, bytes)| bytes.clone())
    }

    pub(crate) fn forget(&self) {
        self.files.lock().expect("no panic").forgets = true;
    }

    pub(crate) fn ask_for(&self, token: &str) {
        self.files.lock().expect("no panic").token = Some(token.to_owned());
    }

    pub(crate) fn puts(&self) -> u32 {
        self.files.lock().expect("no panic").puts
    }
}

impl Drop for Host {
    fn drop(&mut self) {
        self.serving.abort();
    }
}

async fn answer(mut stream: TcpStream, files: &Mutex<Files>) {
    let mut bytes = Vec::new();
    let end = loop {
        if let Some(end) = bytes.windows(4).position(|end| end == b"\r\n\r\n") {
            break end;
        }
        match stream.read_buf(&mut bytes).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    };
    let head = String::from_utf8_lossy(&bytes[..end]).into_owned();
    let field = |name: &str| {
        head.lines().skip(1).find_map(|line| {
            let (field, value) = line.split_once(": ")?;
            field.eq_ignore_ascii_case(name).then(|| value.to_owned())
        })
    };
    let length = field("content-length").and_then(|it| it.parse::<usize>().ok());
    let mut body = bytes[end + 4..].to_vec();
    while body.len() < length.unwrap_or(0) {
        match stream.read_buf(&mut body).await {
            Ok(0) | Err(_) => return,
            Ok(_) => {}
        }
    }
    let mut words = head.split(' ');
    let (method, path) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    let (status, tag, body) = {
        let mut files = files.lock().expect("no panic");
        files.serve(method, path, &field, body)
    };
    let tag = tag
        .map(|tag| format!("etag: \"v{tag}\"\r\n"))
        .unwrap_or_default();
    let length = body.len();
    let answer = format!(
        "HTTP/1.1 {status} OK\r\n{tag}content-length: {length}\r\nconnection: close\r\n\r\n"
    );
    let _ = stream
        .write_all(&[answer.into_bytes(), body].concat())
        .await;
}

impl Files {
    fn serve(
        &mut self,
        method: &str,
        path: &str,
        field: &dyn Fn(&str) -> Option<String>,
        body: Vec<u8>,
    ) -> (u16, Option<u32>, Vec<u8>) {
        let known = self.files.get(path).cloned();
        let token = self.token.as_ref().map(|token| format!("Bearer {token}"));
        if token.is_some() && field("authorization") != token {
            return (401, None, Vec::new());
        }
        if method == "PUT" {
            self.puts += 1;
            let tag = known.as_ref().map(|(version, _)| format!("\"v{version}\""));
            let fits = field("if-match").is_none_or(|wanted| Some(wanted) == tag);
            let free = field("if-none-match").is_none_or(|_| known.is_none());
            if !fits || !free {
                return (412, None, Vec::new());
            }
            let version = known.map_or(1, |(version, _)| version + 1);
            if !self.forgets {
                self.files.insert(path.to_owned(), (version, body));
            }
            return (204, None, Vec::new());
        }
        if path.ends_with('/') {
            let names = self.files.keys().filter_map(|file| file.strip_prefix(path));
            let list: Vec<_> = names
                .map(|name| json!({ "name": name, "type": "file" }))
                .collect();
            return (200, None, json!(list).to_string().into_bytes());
        }
        match known {
            Some((version, bytes)) => (200, Some(version), bytes),
            None => (404, None, Vec::new()),
        }
    }
}
