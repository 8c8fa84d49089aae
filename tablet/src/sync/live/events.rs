//! Server-sent events out of the bytes that bring them, however these are cut.

/// The longest line, and the most data that one event may have, in bytes: ours have a hundred.
const LONGEST: usize = 4096;

/// An event.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Event {
    /// Its name; empty when it has none.
    pub name: String,
    /// Its data.
    pub data: String,
}

/// The stream has a line or an event that is longer than any of ours, or no text.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct NoEvents;

/// What has been read and is no whole event yet.
#[derive(Debug, Default)]
pub(super) struct Events {
    line: Vec<u8>,
    event: Event,
}

impl Events {
    /// Takes the next bytes, and gives the events that they complete.
    pub(super) fn take(&mut self, bytes: &[u8]) -> Result<Vec<Event>, NoEvents> {
        let mut events = Vec::new();
        for piece in bytes.split_inclusive(|byte| *byte == b'\n') {
            let (piece, is_whole) = match piece.strip_suffix(b"\n") {
                Some(piece) => (piece, true),
                None => (piece, false),
            };
            if self.line.len() + piece.len() > LONGEST {
                return Err(NoEvents);
            }
            self.line.extend_from_slice(piece);
            if is_whole {
                let line = std::mem::take(&mut self.line);
                events.extend(self.line(line.strip_suffix(b"\r").unwrap_or(&line))?);
            }
        }
        Ok(events)
    }

    fn line(&mut self, line: &[u8]) -> Result<Option<Event>, NoEvents> {
        if line.is_empty() {
            let event = std::mem::take(&mut self.event);
            return Ok((!event.data.is_empty()).then_some(event));
        }
        let line = std::str::from_utf8(line).map_err(|_| NoEvents)?;
        let (field, value) = line.split_once(':').unwrap_or((line, ""));
        let value = value.strip_prefix(' ').unwrap_or(value);
        match field {
            "event" => value.clone_into(&mut self.event.name),
            "data" => {
                if self.event.data.len() + value.len() >= LONGEST {
                    return Err(NoEvents);
                }
                if !self.event.data.is_empty() {
                    self.event.data.push('\n');
                }
                self.event.data.push_str(value);
            }
            // Comments, which have no name, and fields that we have no use for.
            _ => {}
        }
        Ok(None)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn event(name: &str, data: &str) -> Event {
        Event { name: name.into(), data: data.into() }
    }

    #[test]
    fn events_are_the_same_however_the_bytes_are_cut() -> Result<(), NoEvents> {
        let stream = ": hei\n\nevent: news\ndata: {\"a\":1}\n\n:\n\ndata:x\r\ndata: æ\r\nid: 7\r\n\r\n\
                      retry: 5\n\nevent: empty\n\nevent: last\ndata: no end";
        let expected = [event("news", "{\"a\":1}"), event("", "x\næ")];
        for size in 1..stream.len() {
            let mut events = Events::default();
            let mut read = Vec::new();
            for piece in stream.as_bytes().chunks(size) {
                read.extend(events.take(piece)?);
            }
            assert_eq!(read, expected, "in pieces of {size}");
        }
        Ok(())
    }

    #[test]
    fn a_stream_that_would_fill_the_memory_is_no_stream() {
        let endless: [&[u8]; 3] = [b"data: xxxxxxxxxxxxxxx", b"data: xxxxxxxxxxxxxxx\n", b":::"];
        for piece in endless {
            let mut events = Events::default();
            let refused = (0..LONGEST).any(|_| events.take(piece) == Err(NoEvents));
            assert!(refused, "{piece:?}");
        }
        assert_eq!(Events::default().take(b"data: \xff\n"), Err(NoEvents));
    }
}
