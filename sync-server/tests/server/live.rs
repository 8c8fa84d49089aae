//! `GET /v1/live`: what a tablet that listens is told, and when its stream ends.

use std::time::Duration;

use anyhow::{Context, Result, ensure};
use kjent_core::protocol::{BreakGlassResponse, LiveNews};
use kjent_core::time::Timestamp;
use kjent_server::import::import;
use reqwest::Response;

use crate::tablet::Tablet;
use crate::world::{
    Answer, FORMER, HELPER, LEAD, MORNING, NURSE, ROVER, STRANGER, World, client, ours, team,
};

/// How long something may take before a test gives up; never a measure of speed.
const PATIENCE: Duration = Duration::from_secs(20);

/// A tablet's open stream.
struct Stream {
    response: Response,
    text: String,
}

/// What comes on a stream.
#[derive(Debug, PartialEq, Eq)]
enum Heard {
    News(LiveNews),
    SignOfLife,
    End,
}

impl Stream {
    async fn of(tablet: &Tablet) -> Result<Self> {
        let response = tablet.device.live(Some(&tablet.token)).await?;
        ensure!(response.status() == 200, "{}", response.status());
        ensure!(response.headers()["content-type"] == "text/event-stream");
        Ok(Self { response, text: String::new() })
    }

    async fn next(&mut self) -> Result<Heard> {
        tokio::time::timeout(PATIENCE, self.read()).await.context("nothing is heard")?
    }

    async fn read(&mut self) -> Result<Heard> {
        loop {
            if let Some((event, rest)) = self.text.split_once("\n\n") {
                let heard = match event.strip_prefix("event: news\ndata: ") {
                    Some(news) => Heard::News(serde_json::from_str(news)?),
                    None if event.starts_with(':') => Heard::SignOfLife,
                    None => anyhow::bail!("no event: {event:?}"),
                };
                self.text = rest.to_owned();
                return Ok(heard);
            }
            match self.response.chunk().await {
                Ok(Some(bytes)) => self.text.push_str(std::str::from_utf8(&bytes)?),
                Ok(None) => return Ok(Heard::End),
                Err(error) => return Err(error.into()),
            }
        }
    }

    /// The next that isn't a sign of life.
    async fn told(&mut self) -> Result<Heard> {
        let told = async {
            loop {
                match self.read().await? {
                    Heard::SignOfLife => {}
                    heard => return Ok(heard),
                }
            }
        };
        tokio::time::timeout(PATIENCE, told).await.context("nothing is told")?
    }
}

fn news(number: u128, through: u64) -> Heard {
    Heard::News(LiveNews { team: team(number), through })
}

#[tokio::test]
async fn without_a_good_token_nothing_is_told() -> Result<()> {
    let world = World::new().await?;
    let tablet = world.enrol(HELPER).await?;
    for token in [None, Some(""), Some("wrong"), Some(&tablet.token[1..])] {
        let answer = Answer::of(tablet.device.live(token).await?).await?;
        assert_eq!(answer.problem()?, (401, "not_authenticated".into()), "{token:?}");
    }
    let answer = tablet.device.post("/v1/live", Some(&tablet.token), vec![]).await?;
    assert_eq!(answer.problem()?, (405, "method_not_allowed".into()));
    Ok(())
}

#[tokio::test]
async fn a_colleagues_note_is_told_at_once_and_ones_own_is_not() -> Result<()> {
    let world = World::new().await?;
    let (mut nurse, mut helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    let mut nurse_hears = Stream::of(&nurse).await?;
    let mut helper_hears = Stream::of(&helper).await?;
    // First the numbers as they are: two care documents were imported.
    assert_eq!(nurse_hears.told().await?, news(1, 2));
    assert_eq!(helper_hears.told().await?, news(1, 2));

    nurse.note(client(1), "Sov godt.")?;
    nurse.sync().await?;
    assert_eq!(helper_hears.told().await?, news(1, 3));
    helper.note(client(1), "Spiste frokost.")?;
    helper.sync().await?;
    // The nurse's first is the helper's, so her own was not told before it.
    assert_eq!(nurse_hears.told().await?, news(1, 4));

    // Sending again stores nothing, and asking is no news; the next that is told is the next.
    let change = nurse.note(client(2), "Ville ikke dusje.")?;
    nurse.sync().await?;
    nurse.push(crate::tablet::journal(client(2)), &change.bytes).await?;
    helper.sync().await?;
    nurse.goal(client(1), "Gå til postkassen selv")?;
    nurse.sync().await?;
    assert_eq!(helper_hears.told().await?, news(1, 5));
    assert_eq!(helper_hears.told().await?, news(1, 6));
    Ok(())
}

#[tokio::test]
async fn nothing_is_told_of_another_team() -> Result<()> {
    let world = World::new().await?;
    let (mut stranger, mut nurse) = (world.enrol(STRANGER).await?, world.enrol(NURSE).await?);
    let (helper, rover) = (world.enrol(HELPER).await?, world.enrol(ROVER).await?);
    let mut helper_hears = Stream::of(&helper).await?;
    let mut rover_hears = Stream::of(&rover).await?;
    assert_eq!(helper_hears.told().await?, news(1, 2));
    assert_eq!([rover_hears.told().await?, rover_hears.told().await?], [news(1, 2), news(2, 1)]);
    stranger.note(client(9), "Hemmelig.")?;
    stranger.sync().await?;
    nurse.note(client(1), "Sov godt.")?;
    nurse.sync().await?;
    assert_eq!([rover_hears.told().await?, rover_hears.told().await?], [news(2, 2), news(1, 3)]);
    assert_eq!(helper_hears.told().await?, news(1, 3));
    Ok(())
}

#[tokio::test]
async fn whoever_lets_herself_in_hears_of_that_team_from_then_on_and_until_it_ends() -> Result<()> {
    let world = World::with(|settings| settings.heartbeat = Duration::from_millis(20)).await?;
    let (mut stranger, nurse) = (world.enrol(STRANGER).await?, world.enrol(NURSE).await?);
    let mut nurse_hears = Stream::of(&nurse).await?;
    assert_eq!(nurse_hears.told().await?, news(1, 2));
    let id = client(9).to_string();
    nurse.break_glass(&id, "Falt på trappa.").await?.message::<BreakGlassResponse>()?;
    assert_eq!(nurse_hears.told().await?, news(2, 1));
    stranger.sync().await?;
    stranger.note(client(9), "Ambulansen er på vei.")?;
    stranger.sync().await?;
    assert_eq!(nurse_hears.told().await?, news(2, 2));
    // One that listens anew hears of both.
    let mut again = Stream::of(&nurse).await?;
    assert_eq!([again.told().await?, again.told().await?], [news(1, 2), news(2, 2)]);

    world.clock.forward(12 * 60);
    // With the second of two signs of life the team is looked up at the latest.
    for _ in 0..3 {
        assert_eq!(again.next().await?, Heard::SignOfLife);
    }
    stranger.now = world.clock_now();
    stranger.note(client(9), "Hjemme igjen.")?;
    stranger.sync().await?;
    for _ in 0..3 {
        assert_eq!(again.next().await?, Heard::SignOfLife);
    }
    Ok(())
}

#[tokio::test]
async fn what_is_refused_is_not_told() -> Result<()> {
    let world = World::new().await?;
    let (mut helper, mut lead) = (world.enrol(HELPER).await?, world.enrol(LEAD).await?);
    let nurse = world.enrol(NURSE).await?;
    let mut nurse_hears = Stream::of(&nurse).await?;
    assert_eq!(nurse_hears.told().await?, news(1, 2));
    helper.note(client(9), "Ikke vår bruker.")?;
    helper.sync().await?;
    lead.note(client(1), "Sov godt.")?;
    lead.sync().await?;
    assert_eq!(nurse_hears.told().await?, news(1, 3));
    Ok(())
}

#[tokio::test]
async fn a_tablet_has_one_stream_and_the_new_one_ends_the_old() -> Result<()> {
    let world = World::with(|settings| settings.streams = 2).await?;
    let (nurse, helper) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    let mut old = Stream::of(&nurse).await?;
    assert_eq!(old.told().await?, news(1, 2));
    let mut new = Stream::of(&nurse).await?;
    assert_eq!(old.told().await?, Heard::End);
    assert_eq!(new.told().await?, news(1, 2));

    // And all together have so many.
    let mut other = Stream::of(&helper).await?;
    assert_eq!(other.told().await?, news(1, 2));
    let third = world.enrol(LEAD).await?;
    let refused = third.device.live(Some(&third.token)).await?;
    assert_eq!(refused.headers()["retry-after"], "5");
    assert_eq!(Answer::of(refused).await?.problem()?, (503, "server_busy".into()));
    // A refusal costs nobody a stream.
    let mut lead = world.enrol(LEAD).await?;
    lead.note(client(1), "Sov godt.")?;
    lead.sync().await?;
    assert_eq!([new.told().await?, other.told().await?], [news(1, 3), news(1, 3)]);
    Ok(())
}

#[tokio::test]
async fn signs_of_life_come_and_a_revoked_tablet_hears_no_more() -> Result<()> {
    let world = World::with(|settings| settings.heartbeat = Duration::from_millis(20)).await?;
    let (lost, kept) = (world.enrol(NURSE).await?, world.enrol(HELPER).await?);
    let mut lost_hears = Stream::of(&lost).await?;
    let mut kept_hears = Stream::of(&kept).await?;
    for hears in [&mut lost_hears, &mut kept_hears] {
        assert_eq!(hears.told().await?, news(1, 2));
        for _ in 0..3 {
            assert_eq!(hears.next().await?, Heard::SignOfLife);
        }
    }
    let at = Timestamp::from_millis(MORNING);
    let revoked = world.store()?.write(|records| records.revoke_tablet(lost.actor.tablet, at));
    assert!(revoked?);
    assert_eq!(lost_hears.told().await?, Heard::End);
    assert_eq!(lost.device.live(Some(&lost.token)).await?.status(), 403);
    assert_eq!(kept_hears.next().await?, Heard::SignOfLife);
    Ok(())
}

#[tokio::test]
async fn what_changes_behind_the_servers_back_is_told_with_the_next_sign_of_life() -> Result<()> {
    let world = World::with(|settings| settings.heartbeat = Duration::from_millis(20)).await?;
    let former = world.enrol(FORMER).await?;
    let rover = world.enrol(ROVER).await?;
    let mut former_hears = Stream::of(&former).await?;
    let mut rover_hears = Stream::of(&rover).await?;
    assert_eq!([rover_hears.told().await?, rover_hears.told().await?], [news(1, 2), news(2, 1)]);
    // She comes back into the team, and another process stores something.
    let database = rusqlite::Connection::open(world.database())?;
    database.execute("UPDATE member SET to_day = NULL", [])?;
    assert_eq!(former_hears.told().await?, news(1, 2));
    let mut again = ours()?;
    again.team.id = team(3);
    again.team.clients.clear();
    again.documents.clear();
    import(&mut world.store()?, &again, Timestamp::from_millis(MORNING))?;
    assert_eq!(rover_hears.told().await?, news(3, 0));
    Ok(())
}

#[tokio::test]
async fn a_server_that_stops_ends_its_streams_and_does_not_wait_for_them() -> Result<()> {
    let world = World::new().await?;
    let nurse = world.enrol(NURSE).await?;
    let mut hears = Stream::of(&nurse).await?;
    assert_eq!(hears.told().await?, news(1, 2));
    // Stopping gives up on what is under way after ten seconds, and would then cut the stream.
    let world = world.restart().await?;
    assert_eq!(hears.told().await?, Heard::End);
    let mut nurse = nurse;
    nurse.device.server = world.url("");
    let mut hears = Stream::of(&nurse).await?;
    assert_eq!(hears.told().await?, news(1, 2));
    Ok(())
}
