//! Fetches the organisation's bundle: over https with the tag of what is known already, or from a
//! file on this computer or a share.
//!
//! Whatever comes is bytes of a stranger until `judge` has verified them; nothing is fetched that is
//! longer than a bundle, and nothing is waited for longer than ten seconds (rule C3).

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use pop_core::bundle::MOST_SIGNED;
use pop_core::http::{HeaderValue, Http, Method, Request};

/// The longest that fetching may take.
const LIMIT: Duration = Duration::from_secs(10);

/// Where a bundle comes from.
pub(crate) enum From {
    Address { url: String, http: Arc<dyn Http> },
    File(PathBuf),
}

/// What came.
pub(crate) enum Fetched {
    /// What is known already.
    Same,
    /// A file, and its tag.
    Bytes(Vec<u8>, Option<String>),
}

impl From {
    /// Fetches it; `tag` is of what is known already.
    ///
    /// # Errors
    /// Why it could not be fetched, in words.
    pub(crate) async fn fetch(self, tag: Option<String>) -> Result<Fetched, String> {
        match self {
            Self::Address { url, http } => over_http(url, http.as_ref(), tag).await,
            Self::File(path) => {
                let read = tokio::task::spawn_blocking(move || from_file(&path));
                match tokio::time::timeout(LIMIT, read).await {
                    Ok(Ok(read)) => read.map(|bytes| Fetched::Bytes(bytes, None)),
                    Ok(Err(_)) | Err(_) => Err("the file could not be read in time".to_owned()),
                }
            }
        }
    }
}

async fn over_http(url: String, http: &dyn Http, tag: Option<String>) -> Result<Fetched, String> {
    let mut headers = vec![("accept".to_owned(), HeaderValue::Plain("*/*".to_owned()))];
    headers.extend(tag.map(|tag| ("if-none-match".to_owned(), HeaderValue::Plain(tag))));
    let request = Request {
        method: Method::Get,
        url,
        headers,
        body: None,
        limit: LIMIT,
        max_body: MOST_SIGNED,
    };
    let response = http.send(request).await;
    let response = response.map_err(|fault| format!("the address gave no answer ({fault:?})"))?;
    match response.status {
        200 => {
            let tag = response.header("etag").map(str::to_owned);
            // It goes back into a header.
            let tag =
                tag.filter(|tag| tag.len() <= 200 && tag.bytes().all(|it| it.is_ascii_graphic()));
            Ok(Fetched::Bytes(response.body, tag))
        }
        304 => Ok(Fetched::Same),
        status => Err(format!("the address answered with {status}")),
    }
}

fn from_file(path: &std::path::Path) -> Result<Vec<u8>, String> {
    let told = |error: std::io::Error| error.to_string();
    let metadata = std::fs::metadata(path).map_err(told)?;
    // A pipe or a device would hold the reader up.
    if !metadata.is_file() {
        return Err("it is no file".to_owned());
    }
    if metadata.len() > MOST_SIGNED as u64 {
        return Err("it is longer than any bundle".to_owned());
    }
    std::fs::read(path).map_err(told)
}
