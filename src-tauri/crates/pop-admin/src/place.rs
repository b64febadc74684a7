//! Where files of an organisation lie for everybody: a folder or share, or a web server that takes
//! `PUT`.
//!
//! Over a network only https is spoken, and plain http on this computer. What is replaced is what
//! was looked at before: in between nobody else's file is lost.

use std::fs;
use std::io;
use std::path::PathBuf;
use std::time::Duration;

use pop_core::http::{HeaderValue, Http as _, Method, Request, Response};
use pop_core::link::LoopbackOrigin;
use pop_core::secret::Secret;
use pop_crm::ReqwestHttp;

use crate::bundle;
use crate::fault::Fault;

/// The longest that one exchange may take (rule C3).
const LIMIT: Duration = Duration::from_secs(10);

/// A file's place.
pub(crate) enum Place {
    File(PathBuf),
    Address {
        url: String,
        /// What the server knows the admin by.
        token: Option<Secret>,
    },
}

/// What lies there.
pub(crate) struct There {
    pub(crate) bytes: Vec<u8>,
    /// What tells it from another, where the server says so.
    tag: Option<String>,
}

impl Place {
    pub(crate) fn of(text: &str, token: Option<Secret>) -> Self {
        if text.contains("://") {
            let url = text.to_owned();
            Self::Address { url, token }
        } else {
            Self::File(PathBuf::from(text))
        }
    }

    /// Reads what lies there; nothing where nothing does.
    pub(crate) async fn read(&self, most: usize) -> Result<Option<There>, Fault> {
        match self {
            Self::File(path) => match fs::metadata(path).and_then(|it| length(&it, most)) {
                Ok(()) => Ok(Some(There {
                    bytes: fs::read(path).map_err(|error| self.unreached(error.to_string()))?,
                    tag: None,
                })),
                Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
                Err(error) => Err(self.unreached(error.to_string())),
            },
            Self::Address { .. } => {
                let response = self.exchange(Method::Get, None, Vec::new(), most).await?;
                match response.status {
                    200 => {
                        // A weak tag does not tell one byte from another.
                        let tag = response.header("etag").filter(|it| it.starts_with('"'));
                        let tag = tag.map(str::to_owned);
                        let bytes = response.body;
                        Ok(Some(There { bytes, tag }))
                    }
                    404 | 410 => Ok(None),
                    status => Err(self.unreached(format!("it answers with {status}"))),
                }
            }
        }
    }

    /// Puts a file in the place of what was read there.
    pub(crate) async fn replace(&self, text: &str, there: Option<&There>) -> Result<(), Fault> {
        match self {
            Self::File(path) => bundle::write(path, text),
            Self::Address { .. } => {
                let (name, value) = match there {
                    Some(there) => ("if-match", there.tag.clone()),
                    None => ("if-none-match", Some("*".to_owned())),
                };
                let condition = value.map(|value| (name.to_owned(), HeaderValue::Plain(value)));
                let mut headers: Vec<_> = condition.into_iter().collect();
                let kind = HeaderValue::Plain("application/octet-stream".to_owned());
                headers.push(("content-type".to_owned(), kind));
                let body = Some(text.as_bytes().to_vec());
                let response = self.exchange(Method::Put, body, headers, 64 << 10).await?;
                match response.status {
                    200 | 201 | 204 => Ok(()),
                    412 => Err(Fault::Overtaken(self.name())),
                    status => Err(self.unreached(format!("it answers PUT with {status}"))),
                }
            }
        }
    }

    pub(crate) fn name(&self) -> String {
        match self {
            Self::File(path) => path.display().to_string(),
            Self::Address { url, .. } => url.clone(),
        }
    }

    pub(crate) fn unreached(&self, why: String) -> Fault {
        Fault::NotReached {
            from: self.name(),
            why,
        }
    }

    async fn exchange(
        &self,
        method: Method,
        body: Option<Vec<u8>>,
        mut headers: Vec<(String, HeaderValue)>,
        most: usize,
    ) -> Result<Response, Fault> {
        let Self::Address { url, token } = self else {
            return Err(self.unreached("it is no address".to_owned()));
        };
        let fresh = HeaderValue::Plain("no-cache".to_owned());
        headers.push(("cache-control".to_owned(), fresh));
        if let Some(token) = token {
            let token = token.expose("the server knows the admin by it");
            let value = HeaderValue::Secret(Secret::new(format!("Bearer {token}")));
            headers.push(("authorization".to_owned(), value));
        }
        let loopback = origin(url).and_then(|it| LoopbackOrigin::permitted_by_machine_policy(&it));
        let http = ReqwestHttp::new(loopback.into_iter().collect());
        let http = http.map_err(|fault| self.unreached(fault.to_string()))?;
        let request = Request {
            method,
            url: url.clone(),
            headers,
            body,
            limit: LIMIT,
            max_body: most,
        };
        let response = http.send(request).await;
        response.map_err(|fault| self.unreached(format!("no answer ({fault:?})")))
    }
}

/// Reads a token from a file.
pub(crate) fn token(path: &std::path::Path) -> Result<Secret, Fault> {
    let text = fs::read_to_string(path).map_err(|source| Fault::File {
        path: path.to_owned(),
        source,
    })?;
    Ok(Secret::new(text.trim().to_owned()))
}

fn length(metadata: &fs::Metadata, most: usize) -> io::Result<()> {
    if !metadata.is_file() {
        return Err(io::Error::other("it is no file"));
    }
    if metadata.len() > most as u64 {
        return Err(io::Error::other(format!("it is longer than {most} bytes")));
    }
    Ok(())
}

/// Scheme, host and port of an address.
fn origin(url: &str) -> Option<String> {
    let (scheme, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?;
    Some(format!("{scheme}://{host}"))
}
