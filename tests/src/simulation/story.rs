//! The story of a run: what happened, when, in words.

use kjent_core::time::Timestamp;

/// What happened, in order.
#[derive(Debug, Default)]
pub struct Story {
    events: Vec<(i64, String)>,
}

impl Story {
    /// Tells one thing more.
    pub fn tell(&mut self, at: i64, event: String) {
        self.events.push((at, event));
    }

    /// The last events, one a line.
    pub fn end(&self, events: usize) -> String {
        let from = self.events.len().saturating_sub(events);
        let lines = self.events.iter().skip(from).map(|(at, event)| {
            let at = Timestamp::from_millis(*at).utc();
            format!("{}  {event}", at.format("%Y-%m-%d %H:%M:%S%.3f"))
        });
        lines.collect::<Vec<_>>().join("\n")
    }
}
