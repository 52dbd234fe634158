# Every task of the project. `just` alone lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]

# List the tasks
default:
    @just --list --unsorted

# Build depeche and run the daemon: watch seeds/ and inbox/, store under data/
run *arguments:
    cargo run --release --quiet -- run {{ arguments }}

# Run all the tests
test *arguments:
    # The peers that the parser is measured against are built for `just bench-parse` alone.
    cargo test --workspace --exclude bench-parse {{ arguments }}

# All that CI checks: format, lints, tests, documentation
check: format-check lint test doc

# Format the code
format:
    cargo fmt --all

# Fail where the code is not formatted
format-check:
    cargo fmt --all --check

# Lint everything, warnings denied
lint:
    cargo clippy --workspace --all-targets --quiet -- -D warnings

# Build the documentation, warnings denied
doc:
    RUSTDOCFLAGS="-D warnings" cargo doc --workspace --no-deps --document-private-items --quiet

# Rewrite the expected files of the document tests from what the parser makes now; read the diff before you commit it
accept:
    DEPECHE_ACCEPT=1 cargo test --package parser --test testdata

# Kill the daemon five hundred times while documents pour in; a seed brings a run back
torture kills="500":
    DEPECHE_KILLS={{ kills }} cargo test --package depeche --test promises -- --nocapture torture

# Play histories of crashes and failures on the simulated disk, ten thousand unless told otherwise
simulate seeds="10000":
    DEPECHE_SEEDS={{ seeds }} cargo test --package sink -- --nocapture what_was_promised

# Measure the whole line: documents a second, latency, memory and start-up with a million lines
bench *what:
    cargo bench --quiet --package depeche --bench line -- {{ what }}

# Measure the parser beside its peers: pages a second, same pages, same process, one core
bench-parse *arguments:
    cargo run --release --quiet --package bench-parse -- {{ arguments }}

# Measure the enricher: tokens and articles a second, one core
bench-enrich:
    cargo bench --quiet --package enricher --bench enrich

# Fuzz the parser for so many seconds a target; installs cargo-fuzz and a nightly compiler where they are missing
fuzz seconds="60":
    cargo +nightly --version > /dev/null 2>&1 || rustup toolchain install nightly --profile minimal
    cargo fuzz --version > /dev/null 2>&1 || cargo install --locked cargo-fuzz
    for target in html text mail jsonld dates; do \
        cargo +nightly fuzz run --release "$target" -- -max_total_time={{ seconds }} -timeout=10 -rss_limit_mb=2048; \
    done

# Train the enricher's models anew from crates/train/data, print their scores, write them to crates/enricher/model
train *languages:
    cargo run --release --quiet --package train -- {{ languages }}

# Score the records of the seeds against the gold beside the repository, where it is
score:
    rm -rf target/score && cargo run --release --quiet -- ingest seeds --store target/score
    python3 ../shared/score/score_articles.py ../shared/gold/seeds.json target/score
