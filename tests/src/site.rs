//! A web site of somebody else: it serves a test's pages or answers as a CRM, writes down whatever
//! else is asked of it, and is the proxy by which a name leads to another address than before.
//!
//! To a browser behind the proxy it makes no difference whether a name was rebound in the DNS or
//! here: the page and the server that is asked have the same origin, and the bytes are the
//! browser's own.

use std::io::{self, BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

/// Nobody here is slow; a browser that opened a connection and says nothing is let go.
const PATIENCE: Duration = Duration::from_secs(10);

/// Where a page tells its site what it found out, whatever the page's name leads to.
pub const REPORT: &str = "/report";

/// A page that the site serves.
#[derive(Debug, Clone)]
pub struct Page {
    /// Where it is.
    pub path: String,
    /// Its media type.
    pub kind: &'static str,
    /// What is on it.
    pub text: String,
}

/// By what was asked, the media type and the text of the answer; `None` where there is no page.
type Answers = dyn Fn(&Seen) -> Option<(&'static str, String)> + Send + Sync;

/// What was asked of the site besides its pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seen {
    /// `GET`, `POST`, …
    pub method: String,
    /// Path and query.
    pub path: String,
    /// By what it may ask.
    pub authorization: String,
    /// What was sent with it.
    pub body: String,
}

/// The site. Its thread ends with the process.
#[derive(Debug, Clone)]
pub struct Site {
    port: u16,
    seen: Arc<Mutex<Vec<Seen>>>,
}

impl Site {
    /// Serves these pages on a free port of this computer.
    pub fn start(pages: Vec<Page>) -> io::Result<Self> {
        Self::answering(move |seen| {
            let plain = seen.path.split('?').next()?;
            let page = pages.iter().find(|page| page.path == plain)?;
            Some((page.kind, page.text.clone()))
        })
    }

    /// Answers what this has an answer to, on a free port of this computer.
    pub fn answering(
        answers: impl Fn(&Seen) -> Option<(&'static str, String)> + Send + Sync + 'static,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0))?;
        let site = Self {
            port: listener.local_addr()?.port(),
            seen: Arc::default(),
        };
        let answers: Arc<Answers> = Arc::new(answers);
        let served = site.clone();
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (site, answers) = (served.clone(), Arc::clone(&answers));
                // A connection that breaks concerns nobody but its browser.
                std::thread::spawn(move || site.answer(stream, &*answers));
            }
        });
        Ok(site)
    }

    /// Its address, which is also the proxy's.
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// What was asked so far, besides pages.
    pub fn seen(&self) -> Vec<Seen> {
        self.lock().clone()
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, Vec<Seen>> {
        self.seen.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn answer(&self, mut stream: TcpStream, answers: &Answers) -> io::Result<()> {
        let Some(request) = Request::read(&stream)? else {
            return Ok(());
        };
        // Only a proxy is asked for whole addresses.
        let rebound = request.target.strip_prefix("http://");
        let (host, path) = rebound.map_or(("", request.target.as_str()), |rest| {
            rest.find('/').map_or((rest, "/"), |at| rest.split_at(at))
        });
        let seen = Seen {
            method: request.method.clone(),
            path: path.to_owned(),
            authorization: request
                .field("authorization")
                .unwrap_or_default()
                .to_owned(),
            body: String::from_utf8_lossy(&request.body).into_owned(),
        };
        if let Some((kind, text)) = answers(&seen) {
            return reply(&mut stream, &format!("content-type: {kind}\r\n"), &text);
        }
        if rebound.is_some() && path != REPORT {
            return request.hand_on(host, path, stream);
        }
        if request.method != "OPTIONS" {
            self.lock().push(seen);
        }
        reply(&mut stream, &request.welcome(), "read by a stranger")
    }
}

struct Request {
    method: String,
    target: String,
    fields: Vec<(String, String)>,
    body: Vec<u8>,
}

impl Request {
    fn read(stream: &TcpStream) -> io::Result<Option<Self>> {
        stream.set_read_timeout(Some(PATIENCE))?;
        let mut reader = BufReader::new(stream);
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(None);
        }
        let mut words = line.split(' ').map(str::to_owned);
        let (method, target) = (words.next(), words.next());
        let mut fields = Vec::new();
        loop {
            let mut line = String::new();
            reader.read_line(&mut line)?;
            let Some((name, value)) = line.trim_end().split_once(": ") else {
                break;
            };
            fields.push((name.to_ascii_lowercase(), value.to_owned()));
        }
        let mut request = Self {
            method: method.unwrap_or_default(),
            target: target.unwrap_or_default(),
            fields,
            body: Vec::new(),
        };
        let length = request
            .field("content-length")
            .and_then(|it| it.parse().ok());
        request.body.resize(length.unwrap_or(0), 0);
        reader.read_exact(&mut request.body)?;
        Ok(Some(request))
    }

    fn field(&self, name: &str) -> Option<&str> {
        let found = self.fields.iter().find(|(known, _)| known == name);
        found.map(|(_, value)| value.as_str())
    }

    /// The most inviting answer there is: every origin may ask everything and read the answer.
    fn welcome(&self) -> String {
        let mut fields = format!(
            "content-type: text/plain\r\naccess-control-allow-credentials: true\r\n\
             access-control-allow-methods: GET, POST, PUT, DELETE\r\n\
             access-control-allow-origin: {}\r\n",
            self.field("origin").unwrap_or("*")
        );
        if let Some(asked) = self.field("access-control-request-headers") {
            fields.extend(["access-control-allow-headers: ", asked, "\r\n"]);
        }
        fields
    }

    /// Sends it to the port that it names, on this computer, with nothing changed but the form of
    /// the first line, and brings the answer back.
    fn hand_on(&self, host: &str, path: &str, mut browser: TcpStream) -> io::Result<()> {
        let port = host.rsplit(':').next().and_then(|port| port.parse().ok());
        let port: u16 = port.ok_or_else(|| io::Error::other("a name without a port"))?;
        let mut server = TcpStream::connect((Ipv4Addr::LOCALHOST, port))?;
        let mut head = format!("{} {path} HTTP/1.1\r\n", self.method);
        // What concerns the proxy alone; the connection ends with the answer.
        let kept = |name: &str| !matches!(name, "connection" | "proxy-connection");
        for (name, value) in self.fields.iter().filter(|(name, _)| kept(name)) {
            head.extend([name, ": ", value, "\r\n"]);
        }
        head.push_str("connection: close\r\n\r\n");
        server.write_all(head.as_bytes())?;
        server.write_all(&self.body)?;
        server.set_read_timeout(Some(PATIENCE))?;
        io::copy(&mut server, &mut browser).map(drop)
    }
}

fn reply(stream: &mut TcpStream, fields: &str, text: &str) -> io::Result<()> {
    let length = text.len();
    write!(
        stream,
        "HTTP/1.1 200 OK\r\ncontent-length: {length}\r\nconnection: close\r\n\
         cache-control: no-store\r\n{fields}\r\n{text}"
    )
}
