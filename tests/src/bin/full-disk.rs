//! The part of the full-disk test that runs on the small disk; `faults::full_disk` starts it.

use kjent_tests::faults::full_disk;

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    full_disk::main(&arguments).await
}
