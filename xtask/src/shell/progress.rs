//! One line on the terminal that says what is being done, and what became of it.

use std::{
    env,
    io::{IsTerminal, Write, stderr},
    time::{Duration, Instant},
};

/// How often a step reports where nobody watches it.
const REPORT_EVERY: Duration = Duration::from_secs(30);
const WHEEL: [char; 4] = ['◐', '◓', '◑', '◒'];

/// A step that is going on.
pub struct Progress {
    title: String,
    last: String,
    started: Instant,
    reported: Instant,
    turns: usize,
    is_watched: bool,
}

impl Progress {
    pub fn start(title: &str) -> Self {
        let now = Instant::now();
        let progress = Self {
            title: title.to_owned(),
            last: String::new(),
            started: now,
            reported: now,
            turns: 0,
            is_watched: stderr().is_terminal(),
        };
        if progress.is_watched {
            progress.draw();
        } else {
            eprintln!("· {title}");
        }
        progress
    }

    /// The program said something.
    pub fn says(&mut self, line: &str) {
        let line = line.trim();
        if !line.is_empty() {
            self.last = line.to_owned();
        }
        self.ticks();
    }

    /// Some time has gone.
    pub fn ticks(&mut self) {
        let interval = if self.is_watched { Duration::from_millis(100) } else { REPORT_EVERY };
        if self.reported.elapsed() < interval {
            return;
        }
        self.reported = Instant::now();
        self.turns += 1;
        if self.is_watched {
            self.draw();
        } else {
            eprintln!("  … {} ({})", self.last, seconds(self.started.elapsed()));
        }
    }

    pub fn done(self) {
        self.end('✓');
    }

    pub fn failed(self) {
        self.end('✗');
    }

    fn end(self, mark: char) {
        let clear = if self.is_watched { "\r\x1b[2K" } else { "" };
        eprintln!("{clear}{mark} {} ({})", self.title, seconds(self.started.elapsed()));
    }

    fn draw(&self) {
        // std cannot ask for the width; a shell that exports it is believed, and 80 fits nearly all.
        let width = env::var("COLUMNS").ok().and_then(|width| width.parse().ok()).unwrap_or(80);
        let wheel = WHEEL[self.turns % WHEEL.len()];
        let line =
            format!("{wheel} {} {}  {}", self.title, seconds(self.started.elapsed()), self.last);
        let line: String = line.chars().take(width.max(1) - 1).collect();
        eprint!("\r\x1b[2K{line}");
        // A terminal that went away takes its progress line with it.
        let _ = stderr().flush();
    }
}

/// "0.4 s", "12 s", "3 min 5 s".
pub fn seconds(time: Duration) -> String {
    match time.as_secs() {
        0..10 => format!("{:.1} s", time.as_secs_f32()),
        10..60 => format!("{} s", time.as_secs()),
        whole => format!("{} min {} s", whole / 60, whole % 60),
    }
}
