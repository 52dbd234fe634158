//! Groups the words of a table of word vectors by meaning, for `data/clusters_*.tsv.zst`.
//!
//! usage: `cargo run --release -p train --bin clusters -- FINE COARSE < VECTORS > CLUSTERS`
//!
//! A line of VECTORS is the words that share a vector, separated by spaces, a tab, and the numbers of the vector,
//! separated by spaces; the commonest first. A line of CLUSTERS is a word, a tab, its fine cluster, a tab, its
//! coarse cluster. Spherical k-means with a fixed start: the same vectors give the same clusters.

use std::io::{BufRead, Write, stdin, stdout};

use anyhow::{Context, Result, bail};

const ROUNDS: usize = 20;

/// The centres are found with this many of the commonest words; the others join the nearest.
const HEAD: usize = 60_000;

fn main() -> Result<()> {
    let mut arguments = std::env::args().skip(1).map(|argument| argument.parse::<usize>());
    let (Some(Ok(fine)), Some(Ok(coarse))) = (arguments.next(), arguments.next()) else {
        bail!("usage: clusters FINE COARSE < VECTORS > CLUSTERS");
    };
    let (mut words, mut vectors) = (Vec::new(), Vec::new());
    for line in stdin().lock().lines() {
        let line = line?;
        let (word, numbers) = line.split_once('\t').context("a line without a tab")?;
        let numbers: Result<Vec<f32>, _> = numbers.split(' ').map(str::parse).collect();
        words.push(word.to_owned());
        vectors.push(unit(numbers?));
    }
    let (centres, nearest) = cluster(&vectors, fine);
    let (_, nearest_coarse) = cluster(&centres, coarse);
    let mut out = stdout().lock();
    for (words, &cluster) in words.iter().zip(&nearest) {
        for word in words.split(' ') {
            writeln!(out, "{word}\t{cluster}\t{}", nearest_coarse[cluster])?;
        }
    }
    Ok(())
}

/// The centres of `count` clusters, and the cluster of each vector.
fn cluster(vectors: &[Vec<f32>], count: usize) -> (Vec<Vec<f32>>, Vec<usize>) {
    // Common words are spread well enough to start from, and they are the same ones each time.
    let head = vectors.len().min(count * 4);
    let mut centres: Vec<Vec<f32>> = (0..count).map(|index| vectors[index * head / count].clone()).collect();
    let common = &vectors[..vectors.len().min(HEAD)];
    for _ in 0..ROUNDS {
        let nearest = assign(common, &centres);
        let mut sums = vec![vec![0.0; vectors[0].len()]; count];
        for (cluster, vector) in nearest.into_iter().zip(common) {
            for (sum, value) in sums[cluster].iter_mut().zip(vector) {
                *sum += value;
            }
        }
        for (centre, sum) in centres.iter_mut().zip(sums) {
            // A cluster that lost all its vectors keeps its centre.
            if sum.iter().any(|value| *value != 0.0) {
                *centre = unit(sum);
            }
        }
    }
    let nearest = assign(vectors, &centres);
    (centres, nearest)
}

/// The nearest centre of each vector, the first of several.
fn assign(vectors: &[Vec<f32>], centres: &[Vec<f32>]) -> Vec<usize> {
    let nearest = |vector: &Vec<f32>| {
        let mut best = (f32::NEG_INFINITY, 0);
        for (index, centre) in centres.iter().enumerate() {
            let likeness = product(vector, centre);
            if likeness > best.0 {
                best = (likeness, index);
            }
        }
        best.1
    };
    vectors.iter().map(nearest).collect()
}

/// The dot product, summed in eight lanes in a fixed order.
fn product(left: &[f32], right: &[f32]) -> f32 {
    let mut lanes = [0.0_f32; 8];
    for (left, right) in left.chunks(8).zip(right.chunks(8)) {
        for ((lane, left), right) in lanes.iter_mut().zip(left).zip(right) {
            *lane += left * right;
        }
    }
    lanes.iter().sum()
}

fn unit(mut vector: Vec<f32>) -> Vec<f32> {
    let length = product(&vector, &vector).sqrt().max(f32::MIN_POSITIVE);
    for value in &mut vector {
        *value /= length;
    }
    vector
}
