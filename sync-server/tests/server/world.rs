//! A world to test in: two teams in a fresh database, a server in this process, a clock that only
//! moves when told to.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use anyhow::{Context, Result, ensure};
use kjent_core::document::{Actor, Document, DocumentRef, Edit};
use kjent_core::ids::{ClientId, TabletId, TeamId, WorkerId};
use kjent_core::plan::{Client, Part};
use kjent_core::problem::Problem;
use kjent_core::protocol::{Bundle, BundledWorker, DocumentChanges, body};
use kjent_core::team::{Member, Profession, Role, Team};
use kjent_core::time::Timestamp;
use kjent_server::account::set_password;
use kjent_server::clock::Clock;
use kjent_server::enrolment::mint_code;
use kjent_server::entropy::SystemEntropy;
use kjent_server::import::import;
use kjent_server::store::{Store, StoredAccess};
use kjent_server::{Server, Settings};
use serde::de::DeserializeOwned;
use serde_bytes::ByteBuf;
use tempfile::TempDir;
use uuid::Uuid;

use crate::device::Device;
use crate::tablet::Tablet;

/// 2026-11-21, eight in the morning in Oslo.
pub const MORNING: i64 = 1_795_244_400_000;

/// The workers; each one's employee number is its number here.
pub const LEAD: u128 = 101;
pub const NURSE: u128 = 102;
pub const HELPER: u128 = 103;
/// In both teams.
pub const ROVER: u128 = 104;
/// Left the team yesterday.
pub const FORMER: u128 = 105;
/// In the other team only.
pub const STRANGER: u128 = 201;

/// The password of every worker who has an account.
pub const PASSWORD: &str = "hest, kalv og ku";

pub fn worker(number: u128) -> WorkerId {
    WorkerId(Uuid::from_u128(number))
}

/// Clients 1 and 2 are our team's, 9 is the other team's.
pub fn client(number: u128) -> ClientId {
    ClientId(Uuid::from_u128(1000 + number))
}

pub fn team(number: u128) -> TeamId {
    TeamId(Uuid::from_u128(2000 + number))
}

/// A clock that only moves when told to.
pub struct FakeClock(AtomicI64);

impl FakeClock {
    pub fn forward(&self, minutes: i64) {
        self.0.fetch_add(minutes * 60_000, Ordering::SeqCst);
    }
}

impl Clock for FakeClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.0.load(Ordering::SeqCst))
    }
}

/// A client for plain HTTP. reqwest asks for a cryptography to speak TLS with even where none is spoken.
pub fn http() -> Result<reqwest::Client> {
    let cryptography = Arc::new(rustls::crypto::ring::default_provider());
    let tls = rustls::ClientConfig::builder_with_provider(cryptography)
        .with_safe_default_protocol_versions()?
        .with_root_certificates(rustls::RootCertStore::empty())
        .with_no_client_auth();
    Ok(reqwest::Client::builder().tls_backend_preconfigured(tls).build()?)
}

pub struct World {
    pub folder: TempDir,
    pub clock: Arc<FakeClock>,
    pub http: reqwest::Client,
    settings: Settings,
    server: Server,
}

impl World {
    pub async fn new() -> Result<Self> {
        Self::with(|settings| settings.page = 1 << 20).await
    }

    /// A world whose server gives at most so many bytes of changes in one answer.
    pub async fn with_page(page: usize) -> Result<Self> {
        Self::with(|settings| settings.page = page).await
    }

    /// A world whose server is set as the test wants it.
    pub async fn with(change: impl FnOnce(&mut Settings)) -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let clock = Arc::new(FakeClock(AtomicI64::new(MORNING)));
        let mut store = Store::open(&folder.path().join("server.db"))?;
        for bundle in [ours()?, others()?] {
            import(&mut store, &bundle, clock.now())?;
        }
        let mut settings = Settings::new(folder.path().join("server.db"));
        settings.clock = Arc::clone(&clock) as Arc<dyn Clock>;
        change(&mut settings);
        let server = start(&settings).await?;
        Ok(Self { folder, clock, http: http()?, settings, server })
    }

    /// Ends the server and starts another on the same database.
    pub async fn restart(self) -> Result<Self> {
        let Self { folder, clock, http, settings, server } = self;
        server.stop().await?;
        let server = start(&settings).await?;
        Ok(Self { folder, clock, http, settings, server })
    }

    /// Copies the database as it is now.
    pub fn back_up(&self) -> Result<PathBuf> {
        let copy = self.folder.path().join("backup.db");
        let connection = rusqlite::Connection::open(self.database())?;
        connection.execute("VACUUM INTO ?1", [copy.to_str()])?;
        Ok(copy)
    }

    /// Ends the server and starts another on a copy from before.
    pub async fn restore(self, backup: &Path) -> Result<Self> {
        let Self { folder, clock, http, settings, server } = self;
        server.stop().await?;
        for beside in ["server.db-wal", "server.db-shm"] {
            // It may be gone with the server.
            let _ = std::fs::remove_file(folder.path().join(beside));
        }
        std::fs::copy(backup, folder.path().join("server.db"))?;
        let server = start(&settings).await?;
        Ok(Self { folder, clock, http, settings, server })
    }

    /// Ends a worker's membership of our team on a day.
    pub fn end_membership(&self, number: u128, last_day: &str) -> Result<()> {
        let day = day(last_day)?;
        let ended =
            self.store()?.write(|records| records.end_membership(team(1), worker(number), day))?;
        ensure!(ended, "no member {number}");
        Ok(())
    }

    /// Moves a client to a team, now.
    pub fn move_client(&self, number: u128, to: u128) -> Result<()> {
        let now = self.clock.now();
        let moved =
            self.store()?.write(|records| records.move_client(client(number), team(to), now))?;
        ensure!(moved, "not moved");
        Ok(())
    }

    pub fn clock_now(&self) -> Timestamp {
        self.clock.now()
    }

    pub fn database(&self) -> PathBuf {
        self.folder.path().join("server.db")
    }

    pub fn store(&self) -> Result<Store> {
        Ok(Store::open_existing(&self.database())?)
    }

    pub fn url(&self, path: &str) -> String {
        format!("http://{}{path}", self.server.address())
    }

    pub fn code(&self) -> Result<String> {
        Ok(mint_code(&mut self.store()?, self.clock.now(), &SystemEntropy)?)
    }

    /// Gives a worker the tests' password.
    pub fn account(&self, worker: u128) -> Result<()> {
        let (mut store, now) = (self.store()?, self.clock.now());
        Ok(set_password(&mut store, &worker.to_string(), PASSWORD, now, &SystemEntropy)?)
    }

    /// A device that is new to the server.
    pub fn new_device(&self) -> Result<Device> {
        Device::new(&self.http, &self.url(""), Arc::clone(&self.clock) as Arc<dyn Clock>)
    }

    /// A device that the server knows, with nobody logged in.
    pub async fn device(&self) -> Result<Device> {
        let mut device = self.new_device()?;
        device.enrol(&self.code()?).await?;
        Ok(device)
    }

    /// A new tablet of a worker's, on a device of its own.
    pub async fn enrol(&self, worker: u128) -> Result<Tablet> {
        self.account(worker)?;
        let device = self.device().await?;
        let answer = device.log_in(&worker.to_string(), PASSWORD, None).await?.message()?;
        Ok(Tablet::new(device, answer))
    }

    /// Posts a body as it is, without a proof.
    pub async fn post(&self, path: &str, body: Vec<u8>) -> Result<Answer> {
        Answer::of(self.http.post(self.url(path)).body(body).send().await?).await
    }

    /// The access log, the oldest row first.
    pub fn access_log(&self) -> Result<Vec<StoredAccess>> {
        let mut all = Vec::new();
        self.store()?.read::<_, anyhow::Error>(|records| {
            records.each_access(|stored| {
                all.push(stored);
                Ok(())
            })
        })?;
        Ok(all)
    }

    /// Every row of every table but the quarantine, as text.
    pub fn dump(&self) -> Result<Vec<String>> {
        let mut all = Vec::new();
        let tables = [
            "team",
            "worker",
            "member",
            "client",
            "tablet",
            "enrolment_code",
            "document",
            "change",
            "served",
            "late_work",
            "receipt",
        ];
        for table in tables {
            all.extend(self.rows(&format!("SELECT '{table}', * FROM {table} ORDER BY 2, 3"))?);
        }
        Ok(all)
    }

    /// The rows that a query gives, as text.
    pub fn rows(&self, query: &str) -> Result<Vec<String>> {
        let connection = rusqlite::Connection::open(self.database())?;
        let mut statement = connection.prepare(query)?;
        let columns = statement.column_count();
        let rows = statement.query_map([], |row| {
            let values: Result<Vec<String>, _> = (0..columns)
                .map(|column| row.get::<_, rusqlite::types::Value>(column))
                .map(|value| value.map(|value| format!("{value:?}")))
                .collect();
            Ok(values?.join("|"))
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    /// The reasons in the quarantine, as JSON, in the order they came.
    pub fn quarantine(&self) -> Result<Vec<String>> {
        let rows = self.rows("SELECT reason FROM quarantine ORDER BY rowid")?;
        Ok(rows.iter().map(|row| row.replace("Text(", "").replace([')', '\\'], "")).collect())
    }
}

async fn start(settings: &Settings) -> Result<Server> {
    Ok(Server::start(settings.clone(), "127.0.0.1:0".parse()?).await?)
}

/// An answer, read to its end.
pub struct Answer {
    pub status: u16,
    pub body: Vec<u8>,
}

impl Answer {
    pub async fn of(response: reqwest::Response) -> Result<Self> {
        Ok(Self { status: response.status().as_u16(), body: response.bytes().await?.to_vec() })
    }

    pub fn message<T: DeserializeOwned>(&self) -> Result<T> {
        ensure!(self.status == 200, "{} {}", self.status, String::from_utf8_lossy(&self.body));
        Ok(body::unpack(&self.body, 1 << 30)?)
    }

    /// The status and the problem's code.
    pub fn problem(&self) -> Result<(u16, String)> {
        let problem: Problem = serde_json::from_slice(&self.body).context("no problem")?;
        Ok((self.status, problem.code))
    }
}

pub fn day(text: &str) -> Result<chrono::NaiveDate> {
    text.parse().map_err(|_| anyhow::anyhow!("no day: {text}"))
}

pub fn member(number: u128, role: Role, to: Option<&str>) -> Result<Member> {
    Ok(Member {
        worker: worker(number),
        name: format!("Arbeider {number}"),
        role,
        profession: Profession::Nurse,
        from: day("2026-01-01")?,
        to: to.map(day).transpose()?,
    })
}

/// Our team, with the care documents of two clients.
pub fn ours() -> Result<Bundle> {
    let members = vec![
        member(LEAD, Role::TeamLead, None)?,
        member(NURSE, Role::Nurse, None)?,
        member(HELPER, Role::Helper, None)?,
        member(ROVER, Role::Nurse, None)?,
        member(FORMER, Role::Nurse, Some("2026-11-20"))?,
    ];
    bundle(1, "Arbeidslag Torshov", members, &[1, 2], LEAD)
}

/// The other team, with one client.
pub fn others() -> Result<Bundle> {
    let members = vec![member(STRANGER, Role::TeamLead, None)?, member(ROVER, Role::Nurse, None)?];
    bundle(2, "Arbeidslag Sagene", members, &[9], STRANGER)
}

pub fn bundle(
    number: u128,
    name: &str,
    members: Vec<Member>,
    clients: &[u128],
    author: u128,
) -> Result<Bundle> {
    let workers = members
        .iter()
        .map(|member| BundledWorker {
            worker: member.worker,
            employee_number: member.worker.0.as_u128().to_string(),
        })
        .collect();
    let documents = clients.iter().map(|number| care(*number, author)).collect::<Result<_>>()?;
    let clients = clients.iter().map(|number| client(*number)).collect();
    let granted = Vec::new();
    let team = Team { id: team(number), name: name.into(), members, clients, granted };
    Ok(Bundle { team, workers, documents })
}

/// A client's care document, its profile written by a worker on an administrator's tablet.
fn care(number: u128, author: u128) -> Result<DocumentChanges> {
    let profile = Client {
        name: format!("Testperson {number}"),
        address: "Testveien 1".into(),
        postal_place: "0985 OSLO".into(),
        ..Client::default()
    };
    let mut document = Document::new(DocumentRef::care(client(number)));
    let actor = Actor { worker: worker(author), tablet: TabletId(Uuid::from_u128(1)) };
    let edits = Edit::make(Part::Client, Uuid::nil(), &profile)?;
    document.write(actor, Timestamp::from_millis(MORNING), &edits)?;
    let changes = document.changes().into_iter().map(|raw| ByteBuf::from(raw.bytes)).collect();
    Ok(DocumentChanges { document: document.reference(), changes })
}
