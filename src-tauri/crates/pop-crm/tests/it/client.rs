//! The real HTTP client against real sockets on this machine.

use std::io::Write;
use std::time::Duration;

use flate2::Compression;
use flate2::write::GzEncoder;
use pop_core::http::{HeaderValue, Http, HttpFault, Method, Request, Response};
use pop_core::link::LoopbackOrigin;
use pop_core::secret::Secret;
use pop_crm::ReqwestHttp;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// Serves one connection: reads a request's head, answers with these bytes, and tells what it read.
async fn serve(answer: Vec<u8>, stays_open: bool) -> (u16, JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("the client comes");
        let mut read = Vec::new();
        let mut buffer = [0; 1_024];
        while !read.windows(4).any(|end| end == b"\r\n\r\n") {
            let count = stream.read(&mut buffer).await.expect("the client writes");
            if count == 0 {
                break;
            }
            read.extend_from_slice(&buffer[..count]);
        }
        // The client may hang up before it has read all.
        let _ = stream.write_all(&answer).await;
        if stays_open {
            let _ = stream.read(&mut buffer).await;
        }
        String::from_utf8_lossy(&read).into_owned()
    });
    (port, served)
}

fn answer(head: &str, body: &[u8]) -> Vec<u8> {
    let length = body.len();
    let mut bytes = format!("HTTP/1.1 {head}\r\nContent-Length: {length}\r\n\r\n").into_bytes();
    bytes.extend_from_slice(body);
    bytes
}

fn request(url: String) -> Request {
    Request {
        method: Method::Get,
        url,
        headers: vec![(
            "authorization".into(),
            HeaderValue::Secret(Secret::new("Bearer s3cret".into())),
        )],
        body: None,
        limit: Duration::from_secs(5),
        max_body: 10_000,
    }
}

fn client(port: u16) -> ReqwestHttp {
    ReqwestHttp::new(vec![LoopbackOrigin::of_own_sandbox(port)]).expect("the platform has TLS")
}

async fn ask(bytes: Vec<u8>) -> (Result<Response, HttpFault>, String) {
    let (port, served) = serve(bytes, false).await;
    let sent = client(port)
        .send(request(format!("http://127.0.0.1:{port}/x?a=%2F")))
        .await;
    (sent, served.await.expect("it served"))
}

#[tokio::test]
async fn a_request_goes_out_as_it_is_and_the_answer_comes_back_with_its_times() {
    let (sent, read) = ask(answer(
        "200 OK\r\nContent-Type: application/json\r\nX-Id: 7",
        b"{}",
    ))
    .await;
    let response = sent.expect("an answer");
    assert_eq!(
        (
            response.status,
            response.body.as_slice(),
            response.header("x-id")
        ),
        (200, &b"{}"[..], Some("7"))
    );
    assert!(
        response.timing.connect.is_some() && response.timing.wait.is_some(),
        "{:?}",
        response.timing
    );
    assert!(
        read.starts_with("GET /x?a=%2F HTTP/1.1\r\n"),
        "not one byte altered: {read}"
    );
    let lower = read.to_lowercase();
    assert!(
        lower.contains("authorization: bearer s3cret") && lower.contains("accept-encoding: gzip")
    );
    assert!(
        !lower.contains("referer") && !lower.contains("cookie"),
        "{read}"
    );
}

#[tokio::test]
async fn a_redirect_is_an_answer_and_is_never_followed() {
    let (other, served_other) = serve(answer("200 OK", b"{}"), false).await;
    let head = format!("302 Found\r\nLocation: http://127.0.0.1:{other}/steal");
    let (sent, _) = ask(answer(&head, b"")).await;
    assert_eq!(sent.map(|response| response.status), Ok(302));
    assert!(!served_other.is_finished(), "nobody came there");
    served_other.abort();
}

#[tokio::test]
async fn a_packed_answer_is_unpacked_and_a_bomb_is_not() {
    let packed = |body: &[u8]| {
        let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
        encoder.write_all(body).expect("memory takes it");
        encoder.finish().expect("memory takes it")
    };
    let head = "200 OK\r\nContent-Encoding: gzip";
    let (sent, _) = ask(answer(head, &packed(b"{\"id\":7}"))).await;
    assert_eq!(
        sent.map(|response| response.body),
        Ok(b"{\"id\":7}".to_vec())
    );
    let (sent, _) = ask(answer(head, &packed(&vec![b' '; 5_000_000]))).await;
    assert_eq!(
        sent.map(|response| response.status),
        Err(HttpFault::TooLarge)
    );
}

#[tokio::test]
async fn an_answer_that_is_too_large_or_cut_is_a_fault() {
    let (sent, _) = ask(answer("200 OK", &vec![b'x'; 10_001])).await;
    assert_eq!(
        sent.map(|response| response.status),
        Err(HttpFault::TooLarge)
    );
    let (sent, _) = ask(answer("200 OK", &vec![b'x'; 10_000])).await;
    assert_eq!(
        sent.map(|response| response.body.len()),
        Ok(10_000),
        "exactly what is allowed"
    );
    let (sent, _) = ask(b"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf".to_vec()).await;
    assert_eq!(sent.map(|response| response.status), Err(HttpFault::Cut));
    let (sent, _) = ask(Vec::new()).await;
    assert_eq!(
        sent.map(|response| response.status),
        Err(HttpFault::Cut),
        "not one byte of answer"
    );
    let (sent, _) = ask(b"SSH-2.0-OpenSSH\r\n".to_vec()).await;
    assert_eq!(
        sent.map(|response| response.status),
        Err(HttpFault::Cut),
        "no HTTP at all"
    );
}

#[tokio::test]
async fn a_server_that_says_nothing_ends_the_request_at_its_limit() {
    let (port, served) = serve(Vec::new(), true).await;
    let mut slow = request(format!("http://127.0.0.1:{port}/"));
    slow.limit = Duration::from_millis(50);
    let sent = client(port).send(slow).await;
    assert_eq!(
        sent.map(|response| response.status),
        Err(HttpFault::AnswerTimeout)
    );
    served.abort();
}

#[tokio::test]
async fn nobody_there_an_unknown_name_and_no_tls_are_told_apart() {
    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    drop(listener);
    let sent = client(port)
        .send(request(format!("http://127.0.0.1:{port}/")))
        .await;
    assert_eq!(
        sent.map(|response| response.status),
        Err(HttpFault::Refused)
    );

    let sent = client(1)
        .send(request("https://nobody.invalid/".into()))
        .await;
    assert_eq!(sent.map(|response| response.status), Err(HttpFault::Dns));

    let listener = TcpListener::bind("127.0.0.1:0").await.expect("a free port");
    let port = listener.local_addr().expect("it is bound").port();
    let served = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.expect("the client comes");
        let _ = stream.write_all(b"HTTP/1.1 400 Bad Request\r\n\r\n").await;
        let _ = stream.read(&mut [0; 1_024]).await;
    });
    let sent = client(1)
        .send(request(format!("https://localhost:{port}/")))
        .await;
    assert_eq!(sent.map(|response| response.status), Err(HttpFault::Tls));
    served.abort();
}

#[tokio::test]
async fn plain_http_goes_only_to_the_origins_that_were_allowed() {
    let (port, served) = serve(answer("200 OK", b"{}"), false).await;
    let other = client(port + 1);
    for url in [
        format!("http://127.0.0.1:{port}/"),
        format!("http://localhost:{}/", port + 1),
        "http://crm.example/".to_owned(),
        format!("https://127.0.0.1:{port}/"),
        "https://user@crm.example/".to_owned(),
        "ftp://crm.example/".to_owned(),
        "nonsense".to_owned(),
    ] {
        let sent = other.send(request(url.clone())).await;
        assert_eq!(
            sent.map(|response| response.status),
            Err(HttpFault::BadRequest),
            "{url}"
        );
    }
    assert!(!served.is_finished(), "0 bytes sent");
    let sent = client(port)
        .send(request(format!("http://127.0.0.1:{port}/")))
        .await;
    assert_eq!(sent.map(|response| response.status), Ok(200), "the control");
    served.await.expect("it served");
}
