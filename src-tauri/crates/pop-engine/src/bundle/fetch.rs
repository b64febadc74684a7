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

#[cfg(test)]
mod tests {
    use async_trait::async_trait;
    use pop_core::http::{HttpFault, Response, Timing};

    use super::*;

    /// Answers everything with a status, and with a tag.
    struct Host(u16, String);

    #[async_trait]
    impl Http for Host {
        async fn send(&self, _: Request) -> Result<Response, HttpFault> {
            Ok(Response {
                status: self.0,
                headers: vec![("etag".to_owned(), self.1.clone())],
                body: b"a bundle".to_vec(),
                timing: Timing::default(),
            })
        }
    }

    async fn tag_of(tag: &str) -> Option<String> {
        let http = Arc::new(Host(200, tag.to_owned()));
        let url = "https://bundles.example/b".to_owned();
        match (From::Address { url, http }).fetch(None).await {
            Ok(Fetched::Bytes(bytes, tag)) => {
                assert_eq!(bytes, b"a bundle");
                tag
            }
            Ok(Fetched::Same) | Err(_) => panic!("it was answered"),
        }
    }

    #[tokio::test]
    async fn only_a_short_tag_of_plain_signs_is_kept() {
        assert_eq!(tag_of("\"v1\"").await.as_deref(), Some("\"v1\""));
        assert_eq!(tag_of(&"x".repeat(200)).await, Some("x".repeat(200)));
        assert_eq!(tag_of(&"x".repeat(201)).await, None, "too long");
        assert_eq!(tag_of("\"v 1\"").await, None, "a space");
        assert_eq!(tag_of("\"v1\"\r\nx: y").await, None, "another header");
    }

    #[tokio::test]
    async fn a_file_is_read_up_to_the_length_of_a_bundle_and_nothing_else_is() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("screenpop.bundle");
        let fetch = |path: PathBuf| async move {
            match From::File(path).fetch(None).await {
                Ok(Fetched::Bytes(bytes, None)) => Ok(bytes.len()),
                Ok(_) => panic!("a file has no tag"),
                Err(why) => Err(why),
            }
        };
        std::fs::write(&path, vec![b'x'; MOST_SIGNED]).expect("ours");
        assert_eq!(fetch(path.clone()).await, Ok(MOST_SIGNED));
        std::fs::write(&path, vec![b'x'; MOST_SIGNED + 1]).expect("ours");
        let why = fetch(path).await.expect_err("too long");
        assert_eq!(why, "it is longer than any bundle");
        let why = fetch(folder.path().to_owned()).await.expect_err("a folder");
        assert_eq!(why, "it is no file");
    }
}
