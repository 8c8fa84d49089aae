//! The day's rules, as cases.

use kjent_core::ids::ClientId;
use kjent_core::view::{FillingView, LackView, ReadinessView};

use super::*;

fn at(text: &str) -> NaiveDateTime {
    format!("2026-11-21T{text}:00").parse().unwrap_or_default()
}

fn id(number: u8) -> VisitId {
    VisitId::from_bytes(&[number; 16]).unwrap_or_else(|| unreachable!())
}

fn card(number: u8, mine: bool, state: VisitState) -> VisitCardView {
    VisitCardView {
        visit: id(number),
        client: ClientId::from_bytes(&[number; 16]).unwrap_or_else(|| unreachable!()),
        name: "Line Danser".into(),
        address: "Testveien 2".into(),
        entry: None,
        starts: at(&format!("{number:02}:00")),
        minutes: 30,
        mine,
        to_give: false,
        worker_name: "Anna".into(),
        taken_over: None,
        what_matters: None,
        interventions: Vec::new(),
        asks_for: Vec::new(),
        critical: Vec::new(),
        important: Vec::new(),
        threads: Vec::new(),
        unread: 0,
        last_here: None,
        carers_28_days: 0,
        unplanned: None,
        state,
        erased: None,
        wrong_person: None,
    }
}

fn today(visits: Vec<VisitCardView>) -> TodayView {
    TodayView {
        day: at("08:00").date(),
        now: at("08:30"),
        visits,
        readiness: ReadinessView::default(),
        filling: None,
        late_work: 0,
        gaps: 0,
        to_give: 0,
        grants: 0,
    }
}

fn finished() -> VisitState {
    VisitState::Finished { at: at("07:58"), by: "Anna".into(), report: EntryState::Waiting }
}

#[test]
fn the_next_visit_is_the_one_under_way_and_otherwise_the_first_of_mine() {
    use VisitState::{Planned, UnderWay};
    let under_way = || UnderWay { since: at("08:17") };
    let cases = [
        (
            vec![card(7, true, finished()), card(8, false, Planned), card(9, true, Planned)],
            Some(id(9)),
        ),
        (vec![card(7, true, Planned), card(9, true, under_way())], Some(id(9))),
        (vec![card(7, true, finished()), card(9, false, under_way())], None),
        (vec![], None),
    ];
    for (visits, expected) in cases {
        assert_eq!(next_visit(&today(visits)), expected);
    }
}

#[test]
fn a_visit_stands_where_its_state_and_the_clock_put_it() {
    let planned = card(8, true, VisitState::Planned);
    assert_eq!(standing(&planned, Some(id(8)), at("08:30")), Standing::Now);
    assert_eq!(standing(&planned, Some(id(8)), at("07:30")), Standing::Next);
    assert_eq!(standing(&planned, Some(id(7)), at("08:30")), Standing::Later);
    let own = Standing::Finished { at: at("07:58"), by: None, report: EntryState::Waiting };
    assert_eq!(standing(&card(7, true, finished()), None, at("08:30")), own);
    let mut others = card(7, true, finished());
    others.worker_name = "Berit".into();
    let by_anna = Standing::Finished {
        at: at("07:58"),
        by: Some("Anna".into()),
        report: EntryState::Waiting,
    };
    assert_eq!(standing(&others, None, at("08:30")), by_anna);
}

#[test]
fn the_list_is_mine_or_the_teams() {
    let day = today(vec![card(7, true, finished()), card(8, false, VisitState::Planned)]);
    assert_eq!(visits(&day, Shown::Mine).count(), 1);
    assert_eq!(visits(&day, Shown::Team).count(), 2);
    assert_eq!(first_name("Line Danser"), "Line");
}

#[test]
fn readiness_needs_proof_and_says_when_it_is_old() {
    let mut day = today(Vec::new());
    assert_eq!(readiness(&day), Readiness::NotCompared);
    assert!(!knows_all_visits(&day));
    day.readiness.as_of = Some(at("07:10"));
    assert_eq!(readiness(&day), Readiness::Nothing);
    assert!(knows_all_visits(&day));
    day.readiness = ReadinessView { due: 9, ready: 9, holds_days: 14, ..day.readiness };
    let all = Readiness::All { count: 9, as_of: None, holds_days: 14, runs_out: false };
    assert_eq!(readiness(&day), all);
    let yesterday = at("16:00") - chrono::Duration::days(1);
    day.readiness.as_of = Some(yesterday);
    let all = Readiness::All { count: 9, as_of: Some(yesterday), holds_days: 14, runs_out: false };
    assert_eq!(readiness(&day), all);
    let lack = LackView::Journal { client_name: Some("Line Danser".into()) };
    day.readiness.missing = vec![lack.clone()];
    let some = Readiness::Some { ready: 9, due: 9, missing: vec![lack] };
    assert_eq!(readiness(&day), some);
    assert!(!knows_all_visits(&day));
    day.readiness.missing.clear();
    day.filling = Some(FillingView { percent: 0, seconds_left: None });
    assert!(!knows_all_visits(&day));
}

#[test]
fn an_estimate_is_round_and_never_too_short() {
    let cases = [
        (0, TimeLeft::Seconds(10)),
        (11, TimeLeft::Seconds(20)),
        (50, TimeLeft::Seconds(50)),
        (51, TimeLeft::Minutes(1)),
        (61, TimeLeft::Minutes(2)),
        (3600, TimeLeft::Minutes(60)),
    ];
    for (seconds, left) in cases {
        assert_eq!(time_left(seconds), left, "{seconds}");
    }
}
