//! Who gets in, against the real server: enrolment and log-in, the proof of every request, TLS, lost
//! tablets, and handing in.

use anyhow::{Context, ensure};
use kjent_core::command::ConversationDraft;
use kjent_core::fact::WhatMatters;
use kjent_core::problem::Problem;
use kjent_core::protocol::Invitation;
use kjent_core::sync::schedule::Pace;
use kjent_core::view::SyncState;
use kjent_tablet::{Device, SyncClient, Tablet, TabletError, hand_in, is_revoked, lock};
use kjent_tests::access::{Access, PASSWORD, enrol};
use kjent_tests::day::{ANNE, Day, SARA};
use kjent_tests::server::{Server, office_command};
use kjent_tests::tablet::{HeadlessTablet, PIN, files};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

fn code<T>(outcome: Result<T, TabletError>) -> String {
    outcome.err().map_or_else(|| "no error".to_owned(), |error| Problem::from(&error).code)
}

/// What a command of the office's prints.
fn office(server: &Server, arguments: &[&str]) -> anyhow::Result<String> {
    let mut command = office_command()?;
    let output = command.args(arguments).arg("--database").arg(server.database()).output()?;
    ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    Ok(String::from_utf8(output.stdout)?)
}

/// The profile and the device of a worker's only tablet, and the rest of its line in the list.
fn listed(server: &Server, employee: &str) -> anyhow::Result<(String, String, Vec<String>)> {
    let list = office(server, &["tablets"])?;
    let mut lines = list.lines().filter(|line| line.starts_with(&format!("{employee}\t")));
    let line = lines.next().with_context(|| list.clone())?;
    let mut columns: Vec<String> = line.split('\t').map(str::to_owned).collect();
    ensure!(columns.len() == 8 && lines.next().is_none(), "{list}");
    let rest = columns.split_off(3);
    Ok((columns[1].clone(), columns[2].clone(), rest))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_password_spends_the_code_once_and_guessing_is_slowed() -> anyhow::Result<()> {
    let day = Day::start()?;
    let folder = tempfile::tempdir()?;
    let client = SyncClient::new()?;
    let access = day.server.code(ANNE)?;
    let environment = day.clock.environment(1);
    let attempt = async |password: &str| {
        let mut joining = access.joining(&format!("http://{}", day.server.address))?;
        joining.password = password.into();
        kjent_tablet::enrol(folder.path(), &joining, &client, environment.clone()).await
    };
    for _ in 0..5 {
        assert_eq!(code(attempt("et galt passord").await), "wrong_log_in");
    }
    assert!(Device::of(folder.path())?.is_some() && !lock::is_enrolled(folder.path()));
    assert_eq!(code(attempt(PASSWORD).await), "too_many_tries");
    // Others are not slowed by that.
    let sara = tempfile::tempdir()?;
    let access = day.server.code(SARA)?;
    let server = format!("http://{}", day.server.address);
    enrol(sara.path(), &server, &access, &client, day.clock.environment(2)).await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_stolen_profile_is_worth_nothing_on_another_device() -> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    // All of Anne's and her PIN, with the key of Sara's device.
    let thief = tempfile::tempdir()?;
    let device = ["device.json", "key-store/device"].map(|file| sara.folder().join(file));
    for (from, files) in [(anne.folder(), files(anne.folder())?), (sara.folder(), device.into())] {
        for file in files {
            let to = thief.path().join(file.strip_prefix(from)?);
            std::fs::create_dir_all(to.parent().context("no folder")?)?;
            std::fs::copy(file, to)?;
        }
    }
    let stolen = Tablet::open(thief.path(), PIN, day.clock.environment(3))?;
    let stolen = std::sync::Mutex::new(stolen);
    let outcome = kjent_tablet::sync(&stolen, &SyncClient::new()?, |_| {}).await;
    assert_eq!(code(outcome), "not_authenticated");
    anne.sync().await?;
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_clock_that_is_off_by_two_days_still_syncs() -> anyhow::Result<()> {
    let day = Day::start()?;
    let right = day.clock.clone();
    for (seed, minutes) in [(1, 2 * 24 * 60), (2, -2 * 24 * 60)] {
        let clock = kjent_tests::environment::TestClock::at(kjent_tablet::Clock::now(&right));
        clock.pass_minutes(minutes);
        let tablet = HeadlessTablet::enrol(&day.server, ANNE, &clock, seed).await?;
        tablet.sync().await?;
        let state = tablet.open().read_sync()?.state;
        assert!(matches!(state, SyncState::UpToDate { .. }), "{state:?}");
        // Set right in the middle of it, it is off the other way.
        clock.pass_minutes(-minutes);
        tablet.sync().await?;
    }
    Ok(())
}

/// A server that speaks TLS, with the invitation to it.
fn tls(day: &Day) -> anyhow::Result<(Server, Access, Invitation)> {
    let server = Server::start_with(day.server.database(), &["--tls-self-signed"])?;
    let access = server.code(ANNE)?;
    let address = format!("https://{}", server.address);
    let said = office(&server, &["code", "--address", &address, "--tls-self-signed"])?;
    let (text, picture) = said.split_once('\n').context("no picture")?;
    let invitation: Invitation = text.parse()?;
    ensure!(invitation.server == address && invitation.pin.is_some(), "{text}");
    ensure!(picture.lines().count() > 15 && picture.contains('█'), "{picture}");
    Ok((server, Access { code: text.to_owned(), ..access }, invitation))
}

#[tokio::test(flavor = "multi_thread")]
async fn only_the_server_of_the_invitation_is_trusted() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (server, access, invitation) = tls(&day)?;
    let client = SyncClient::new()?;
    let join = async |access: &Access, address: &str| {
        let folder = tempfile::tempdir()?;
        let tablet = enrol(folder.path(), address, access, &client, day.clock.environment(1)).await;
        tablet.map(|tablet| (tablet, folder))
    };
    // Another key than the one on the sheet; and no key on it, which asks for a certificate that the
    // web trusts. Neither spends the code.
    let wrong = Invitation { pin: Some([7; 32]), ..invitation.clone() };
    let wrong = Access { code: wrong.to_string(), ..access.clone() };
    assert_eq!(code(join(&wrong, "").await), "server_not_trusted");
    let typed = Access { code: invitation.code.clone(), ..access.clone() };
    assert_eq!(code(join(&typed, &invitation.server).await), "server_not_trusted");
    // Without encryption the server doesn't speak, and the tablet only within this machine.
    let plain = format!("http://{}", server.address);
    assert_eq!(code(join(&typed, &plain).await), "server_unreachable");
    assert_eq!(code(join(&typed, "http://kjent.example.no").await), "address_unsafe");
    assert_eq!(code(join(&typed, "http://192.0.2.7:8080").await), "address_unsafe");

    let (tablet, _folder) = join(&access, "").await?;
    let tablet = std::sync::Mutex::new(tablet);
    kjent_tablet::sync(&tablet, &client, |_| {}).await?;

    // The same machine with another certificate is another server, whoever answers at its address.
    let database = day.server.database();
    for extension in ["tls-cert.pem", "tls-key.pem"] {
        std::fs::remove_file(database.with_extension(extension))?;
    }
    let other = Server::start_with(database, &["--tls-self-signed"])?;
    let (caller, prepared) = {
        let mut tablet = tablet.lock().map_err(|_| anyhow::anyhow!("poisoned"))?;
        let there = format!("https://{}", other.address);
        (tablet.caller().at(&there), tablet.prepare_exchange()?)
    };
    let refused = client.exchange(&caller, &prepared.request).await;
    let refused = refused.err().map(|error| Problem::from(&error).code);
    assert_eq!(refused.as_deref(), Some("server_not_trusted"));
    Ok(())
}

/// What a server answers to a client that offers TLS 1.2 and nothing newer.
async fn offer_tls12(address: &str) -> anyhow::Result<Vec<u8>> {
    // A ClientHello without the extension that names newer versions.
    let suites = [0xc0, 0x2b, 0xc0, 0x2f];
    let groups = [0, 10, 0, 4, 0, 2, 0, 23];
    let signatures = [0, 13, 0, 4, 0, 2, 4, 3];
    let mut hello = vec![3, 3];
    hello.extend([9; 32]);
    hello.push(0);
    hello.extend([0, 4]);
    hello.extend(suites);
    hello.extend([1, 0]);
    hello.extend([0, 16]);
    hello.extend(groups);
    hello.extend(signatures);
    let length = u8::try_from(hello.len())?;
    let mut record = vec![22, 3, 1, 0, length + 4, 1, 0, 0, length];
    record.extend(hello);
    let mut stream = TcpStream::connect(address).await?;
    stream.write_all(&record).await?;
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await?;
    Ok(answer)
}

#[tokio::test(flavor = "multi_thread")]
async fn old_tls_is_spoken_by_neither_side() -> anyhow::Result<()> {
    let day = Day::start()?;
    let (server, access, invitation) = tls(&day)?;
    // A fatal alert: protocol version.
    let answer = offer_tls12(&server.address).await?;
    assert!(answer.first() == Some(&21) && answer.ends_with(&[2, 70]), "{answer:?}");

    // A server that answers with TLS 1.2 in the right one's place.
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = format!("https://{}", listener.local_addr()?);
    let old = tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await?;
        let mut hello = [0; 4096];
        let _ = stream.read(&mut hello).await?;
        let mut answer = vec![22, 3, 3, 0, 42, 2, 0, 0, 38, 3, 3];
        answer.extend([9; 32]);
        answer.extend([0, 0xc0, 0x2b, 0]);
        stream.write_all(&answer).await?;
        let mut rest = Vec::new();
        stream.read_to_end(&mut rest).await?;
        Ok::<_, std::io::Error>(rest)
    });
    let folder = tempfile::tempdir()?;
    let there = Invitation { server: address, ..invitation };
    let access = Access { code: there.to_string(), ..access };
    let client = SyncClient::new()?;
    let outcome = enrol(folder.path(), "", &access, &client, day.clock.environment(1)).await;
    assert_eq!(code(outcome), "server_not_trusted");
    // It was told why, and nothing else.
    let told = old.await??;
    assert_eq!((told.first(), told.len()), (Some(&21), 7), "{told:?}");
    Ok(())
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_tablet_closes_and_opens_no_more_and_the_report_says_what_was_on_it()
-> anyhow::Result<()> {
    let day = Day::start()?;
    let anne = HeadlessTablet::enrol(&day.server, ANNE, &day.clock, 1).await?;
    let sara = HeadlessTablet::enrol(&day.server, SARA, &day.clock, 2).await?;
    anne.sync().await?;
    sara.sync().await?;
    let (_, device, columns) = listed(&day.server, ANNE)?;
    let clients = anne.open().read_clients()?;
    assert_eq!(columns[3..], [clients.len().to_string(), "in use".to_owned()], "{columns:?}");

    let report = office(&day.server, &["lost-report", "--device", &device])?;
    let told: Vec<&str> = report.lines().filter(|line| line.starts_with("client ")).collect();
    assert_eq!(told.len(), clients.len(), "{report}");
    for client in &clients {
        let line = told.iter().find(|line| line.contains(&client.client.to_string()));
        assert!(line.is_some_and(|line| line.ends_with("\ton it")), "{report}");
    }
    assert!(report.contains("Whether it was locked is not known"), "{report}");

    // It hears of it by itself, whether by its stream or a sync.
    let runner = anne.keep_in_sync(Pace::default());
    office(&day.server, &["revoke", "--device", &device])?;
    runner.handle.sync_now().await;
    assert!(lock::standing(anne.folder(), &day.clock.environment(4))?.is_revoked);
    let opened = Tablet::open(anne.folder(), PIN, day.clock.environment(3));
    assert_eq!(code(opened), "tablet_revoked");
    let problem = anne.sync().await.err().context("it was let in")?;
    assert!(is_revoked(&problem), "{problem:?}");
    assert!(listed(&day.server, ANNE)?.2[4].starts_with("revoked "));
    sara.sync().await?;
    Ok(())
}

/// Whether any file in a folder holds these bytes.
fn is_in(folder: &std::path::Path, needle: &[u8]) -> anyhow::Result<bool> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let found = if path.is_dir() {
            is_in(&path, needle)?
        } else {
            std::fs::read(&path)?.windows(needle.len()).any(|bytes| bytes == needle)
        };
        if found {
            return Ok(true);
        }
    }
    Ok(false)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tablet_is_handed_in_with_nothing_waiting_and_nothing_left() -> anyhow::Result<()> {
    let day = Day::start()?;
    let folder = tempfile::tempdir()?;
    let client = SyncClient::new()?;
    let network = kjent_tests::network::Network::to(&day.server.address).await?;
    let access = day.server.code(ANNE)?;
    let environment = day.clock.environment(1);
    let opened =
        enrol(folder.path(), &network.address, &access, &client, environment.clone()).await?;
    let tablet = std::sync::Mutex::new(opened);
    let open = || tablet.lock().map_err(|_| anyhow::anyhow!("poisoned"));
    kjent_tablet::sync(&tablet, &client, |_| {}).await?;

    // A draft is nowhere else.
    let about = open()?.read_clients()?.first().context("no clients")?.client;
    let conversation = WhatMatters { words: "Jeg vil ut".into(), ..WhatMatters::default() };
    let draft = ConversationDraft { conversation, ..ConversationDraft::default() };
    open()?.save_conversation_draft(about, &draft)?;
    assert_eq!(code(hand_in(&tablet, &client).await), "work_waits");
    // Nor is what the network kept here.
    network.cut();
    assert_eq!(code(hand_in(&tablet, &client).await), "server_unreachable");
    network.restore();
    assert_eq!(listed(&day.server, ANNE)?.2[4], "in use");
    open()?.finish_conversation(about, &draft)?;

    let salt = std::fs::read(folder.path().join("kjent.db"))?[..16].to_vec();
    assert!(is_in(folder.path(), &salt)?);
    let handed_in = hand_in(&tablet, &client).await?;
    drop(tablet);
    handed_in.wipe(&environment)?;
    assert!(!is_in(folder.path(), &salt)?);
    let left: Vec<_> = std::fs::read_dir(folder.path())?
        .map(|entry| entry.map(|entry| entry.file_name()))
        .collect::<Result<_, _>>()?;
    assert_eq!(left, ["key-store"]);
    assert_eq!(std::fs::read_dir(folder.path().join("key-store"))?.count(), 0);
    let columns = listed(&day.server, ANNE)?.2;
    assert!(columns[3] == "0" && columns[4].starts_with("handed in "), "{columns:?}");

    // The folder is as new.
    let access = day.server.code(SARA)?;
    let sara = enrol(folder.path(), &network.address, &access, &client, environment).await?;
    assert_eq!(sara.worker().name, "Sara Lien");
    Ok(())
}
