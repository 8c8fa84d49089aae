//! What nothing can go below: the same content as JSON in one piece, compressed as well as zstd
//! can (-19); and one write with its fsync.

use std::fs::File;
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};

use anyhow::Context;
use kjent_core::document::{Document, Fact};
use kjent_core::fact::FactBody;
use kjent_core::ids::FactId;
use kjent_core::protocol::Bundle;
use serde_json::{Map, Value, json};

/// The size of this content as JSON in one piece, and compressed.
pub fn packed(content: &[Value]) -> anyhow::Result<(u64, u64)> {
    let json = serde_json::to_vec(content)?;
    let packed = zstd::bulk::compress(&json, 19)?;
    Ok((u64::try_from(json.len())?, u64::try_from(packed.len())?))
}

/// A fact with everything that stands in it.
pub fn fact(id: FactId, fact: &Fact) -> anyhow::Result<Value> {
    let body = fact.read()?;
    anyhow::ensure!(body != FactBody::Unknown, "a fact of an unknown kind");
    Ok(json!({
        "id": id, "client": fact.client, "author": fact.author, "kind": fact.kind,
        "written": fact.written, "happened": fact.happened, "body": body.to_json(),
    }))
}

/// All content of a team, document by document: what its plans say now, and every fact.
pub fn content(bundle: &Bundle) -> anyhow::Result<Vec<Value>> {
    let mut content = vec![serde_json::to_value(&bundle.team)?];
    for each in &bundle.documents {
        let changes = each.changes.iter().map(|bytes| bytes.as_slice());
        let document = Document::load(each.document, changes)?;
        let mut plan = Map::new();
        for part in each.document.kind.parts() {
            let objects = document.objects(*part).into_iter().map(|object| {
                let fields = document.fields(*part, object).context("an object is missing")?;
                Ok((object.to_string(), Value::Object(fields.values)))
            });
            let objects = objects.collect::<anyhow::Result<Map<_, _>>>()?;
            plan.insert(part.key().to_owned(), Value::Object(objects));
        }
        let facts = document
            .facts()
            .into_iter()
            .map(|id| fact(id, &Fact::open(&document.fact(id).context("a fact is missing")?)?));
        let facts = facts.collect::<anyhow::Result<Vec<_>>>()?;
        content.push(json!({ "document": each.document, "plan": plan, "facts": facts }));
    }
    Ok(content)
}

/// How long 200 writes of 4 kB take, each with its fsync.
pub fn fsyncs(folder: &Path) -> anyhow::Result<Vec<Duration>> {
    let mut file = File::create(folder.join("fsync"))?;
    let mut times = Vec::new();
    for _ in 0..200 {
        let start = Instant::now();
        file.write_all(&[7; 4096])?;
        file.sync_all()?;
        times.push(start.elapsed());
    }
    Ok(times)
}
