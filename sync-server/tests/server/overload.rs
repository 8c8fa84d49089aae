//! More requests than there are places for.

use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::{Result, ensure};
use kjent_core::problem::Problem;
use kjent_core::protocol::body;

use crate::world::{HELPER, World};

/// A request whose body is on its way still.
struct Unfinished(TcpStream);

impl Unfinished {
    /// Begins one, and returns when the server waits for its body.
    async fn begin(address: String, headers: String) -> Result<Self> {
        tokio::task::spawn_blocking(move || {
            let mut stream = TcpStream::connect(address)?;
            write!(
                stream,
                "POST /v1/sync HTTP/1.1\r\nhost: kjent\r\n{headers}\
                 expect: 100-continue\r\ncontent-length: 5\r\nconnection: close\r\n\r\n"
            )?;
            let mut answer = [0; 25];
            stream.read_exact(&mut answer)?;
            ensure!(answer == *b"HTTP/1.1 100 Continue\r\n\r\n", "{answer:?}");
            Ok(Self(stream))
        })
        .await?
    }

    /// Sends the rest and returns the answer.
    async fn end(mut self) -> Result<String> {
        tokio::task::spawn_blocking(move || {
            self.0.write_all(b"hello")?;
            let mut answer = String::new();
            self.0.read_to_string(&mut answer)?;
            Ok(answer)
        })
        .await?
    }
}

#[tokio::test]
async fn who_finds_no_place_is_told_when_to_come_again_and_those_inside_are_served() -> Result<()> {
    let world = World::with(|settings| settings.under_way = 2).await?;
    let mut tablet = world.enrol(HELPER).await?;
    let address = world.url("").replace("http://", "");
    let headers = || tablet.headers(("POST", "/v1/sync"), b"hello");
    let first = Unfinished::begin(address.clone(), headers()?).await?;
    let second = Unfinished::begin(address, headers()?).await?;

    let request = body::pack(&tablet.request(vec![]))?;
    for path in ["/v1/sync", "/v1/enrol", "/v1/log-in", "/v1/hand-in"] {
        let answer = world.http.post(world.url(path)).body(request.clone()).send().await?;
        assert_eq!(answer.status(), 503);
        assert_eq!(answer.headers()["retry-after"], "5");
        let problem: Problem = serde_json::from_slice(&answer.bytes().await?)?;
        assert_eq!(problem, Problem::new("server_busy").with("seconds", 5));
    }
    let live = tablet.device.live(Some(&tablet.token)).await?;
    assert_eq!(live.status(), 503);
    // Whoever watches over the server sees that it lives.
    assert_eq!(world.http.get(world.url("/healthz")).send().await?.status(), 200);

    let answer = first.end().await?;
    assert!(answer.starts_with("HTTP/1.1 400"), "{answer}");
    tablet.sync().await?;
    assert!(second.end().await?.starts_with("HTTP/1.1 400"));
    Ok(())
}

#[tokio::test]
async fn an_open_stream_takes_no_place() -> Result<()> {
    let world = World::with(|settings| settings.under_way = 1).await?;
    let mut tablet = world.enrol(HELPER).await?;
    let live = tablet.device.live(Some(&tablet.token)).await?;
    assert_eq!(live.status(), 200);
    tablet.sync().await?;
    tablet.sync().await?;
    Ok(())
}
