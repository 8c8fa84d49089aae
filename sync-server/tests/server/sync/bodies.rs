//! Bodies that can't be taken, each for its own reason, and ones that can although they are odd.

use std::collections::BTreeMap;
use std::io::{Read, Write};
use std::net::TcpStream;

use anyhow::{Context, Result};
use kjent_core::ids::TeamId;
use kjent_core::protocol::{
    DocumentChanges, MAX_COMPRESSED, MAX_UNPACKED, Outcome, PROTOCOL, SyncResponse, body,
};
use serde::Serialize;
use serde_bytes::ByteBuf;

use crate::tablet::journal;
use crate::world::{HELPER, MORNING, World, client, team};

#[tokio::test]
async fn each_bad_body_has_its_own_error_and_leaves_the_store_as_it_was() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    let good = body::pack(&tablet.request(vec![]))?;
    let bomb = tablet.request(vec![(journal(client(1)), vec![0; MAX_UNPACKED])]);
    let bomb = body::pack(&bomb)?;
    assert!(bomb.len() < 100_000);
    let cases = [
        (Vec::new(), (400, "body_not_zstd")),
        (b"{}".to_vec(), (400, "body_not_zstd")),
        (good[..good.len() - 4].to_vec(), (400, "body_not_zstd")),
        (body::pack(&"no request")?, (400, "body_not_cbor")),
        (vec![7; MAX_COMPRESSED + 1], (413, "body_too_large")),
        (bomb, (413, "body_too_large")),
    ];
    let before = world.dump()?;
    for (number, (body, (status, code))) in cases.into_iter().enumerate() {
        let answer = tablet.post(body).await?;
        assert_eq!(answer.problem()?, (status, code.into()), "case {number}");
    }
    assert_eq!(world.dump()?, before);
    assert_eq!(world.quarantine()?, [""; 0]);
    tablet.post(good).await?.message::<SyncResponse>()?;
    Ok(())
}

#[tokio::test]
async fn a_body_that_does_not_say_how_long_it_is_is_limited_too() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    let address = world.url("").replace("http://", "");
    let headers = tablet.headers(("POST", "/v1/sync"), b"")?;
    let answer = tokio::task::spawn_blocking(move || -> Result<String> {
        let mut stream = TcpStream::connect(address)?;
        write!(
            stream,
            "POST /v1/sync HTTP/1.1\r\nHost: localhost\r\n{headers}\
             Connection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
        )?;
        let chunk = vec![7; 1 << 20];
        for _ in 0..=MAX_COMPRESSED / chunk.len() {
            write!(stream, "{:x}\r\n", chunk.len())?;
            stream.write_all(&chunk)?;
            stream.write_all(b"\r\n")?;
        }
        stream.write_all(b"0\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    })
    .await??;
    let status = answer.lines().next().context("no answer")?;
    assert_eq!(status, "HTTP/1.1 413 Payload Too Large");
    assert!(answer.ends_with(r#"{"code":"body_too_large"}"#), "{answer}");
    Ok(())
}

/// A request of a newer tablet that still speaks our protocol.
#[derive(Serialize)]
struct Newer {
    protocol: u16,
    battery: BTreeMap<String, Vec<u8>>,
    now: i64,
    push: [(); 0],
    cursors: [(); 0],
    want: [(); 0],
    read: [(); 0],
}

#[tokio::test]
async fn fields_that_the_server_does_not_know_are_fine() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    let battery = [("left".to_owned(), vec![80])].into();
    let mut request =
        Newer { protocol: PROTOCOL, battery, now: 0, push: [], cursors: [], want: [], read: [] };
    let answer = tablet.post(body::pack(&request)?).await?;
    assert_eq!(answer.message::<SyncResponse>()?.teams.len(), 1);

    request.protocol = PROTOCOL + 1;
    let answer = tablet.post(body::pack(&request)?).await?;
    assert_eq!(answer.problem()?, (400, "server_speaks_older".into()));
    Ok(())
}

#[derive(Serialize)]
struct Alien {
    protocol: u16,
    question: &'static str,
}

#[tokio::test]
async fn a_message_of_another_version_is_known_by_its_protocol_alone() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    let cases = [
        (0, (426, "server_speaks_newer")),
        (1, (426, "server_speaks_newer")),
        (PROTOCOL, (400, "body_not_cbor")),
        (PROTOCOL + 1, (400, "server_speaks_older")),
    ];
    for (protocol, (status, code)) in cases {
        let body = body::pack(&Alien { protocol, question: "?" })?;
        let answer = tablet.post(body).await?;
        assert_eq!(answer.problem()?, (status, code.into()));
    }
    Ok(())
}

/// A request as tablets sent it before changes were packed.
#[derive(Serialize)]
struct First {
    protocol: u16,
    now: i64,
    push: Vec<DocumentChanges>,
    cursors: Vec<FirstCursor>,
}

#[derive(Serialize)]
struct FirstCursor {
    team: TeamId,
    through: u64,
}

#[tokio::test]
async fn a_tablet_of_the_first_protocol_is_told_to_update_and_keeps_its_changes() -> Result<()> {
    let world = World::new().await?;
    let mut tablet = world.enrol(HELPER).await?;
    let change = tablet.note(client(1), "Sov godt.")?;
    let changes = vec![ByteBuf::from(change.bytes)];
    let push = vec![DocumentChanges { document: journal(client(1)), changes }];
    let cursors = vec![FirstCursor { team: team(1), through: 2 }];
    let before = world.dump()?;
    let body = body::pack(&First { protocol: 1, now: MORNING, push, cursors })?;
    let answer = tablet.post(body).await?;
    assert_eq!(answer.problem()?, (426, "server_speaks_newer".into()));
    assert_eq!(world.dump()?, before);
    // The updated app sends the same change.
    assert_eq!(tablet.sync().await?.outcomes, [Outcome::Accepted(3)]);
    Ok(())
}
