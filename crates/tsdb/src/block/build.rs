//! Writing a block: series by series, in the order of their labels, then what finds them, then the footer.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use evenkeel_labels::LabelSet;
use evenkeel_metric::Column;

use super::footer::{Footer, Section};
use super::{CHUNK_SAMPLES, MAGIC, MAGIC_END};
use crate::codec::bytes::{put_text, put_varint, put_zigzag};
use crate::codec::chunk;
use crate::codec::values::Scratch;
use crate::folder;

/// A block that is being written. What is not published is removed at the next start.
#[derive(Debug)]
pub(crate) struct Builder {
    path: PathBuf,
    out: BufWriter<File>,
    length: u64,
    footer: Footer,
    /// Names, values, and the series that have them.
    pairs: BTreeMap<Box<str>, BTreeMap<Box<str>, Vec<u32>>>,
    /// Labels and chunks of each series; the labels become numbers once all are known.
    series: Vec<(LabelSet, Vec<Entry>)>,
    scratch: Scratch,
    bytes: Vec<u8>,
}

/// A chunk in the directory.
#[derive(Debug, Clone, Copy)]
struct Entry {
    min: i64,
    max: i64,
    samples: u64,
    length: u64,
    histograms: bool,
}

impl Builder {
    /// Begins a file beside the blocks.
    pub(crate) fn create(folder: &Path, number: u64) -> io::Result<Self> {
        let path = folder.join(format!("{number:010}.partial"));
        let file = folder::private_file(&path)?;
        file.set_len(0)?;
        let mut out = BufWriter::with_capacity(1 << 18, file);
        out.write_all(MAGIC)?;
        Ok(Self {
            path,
            out,
            length: MAGIC.len() as u64,
            footer: Footer { number, min: i64::MAX, max: i64::MIN, ..Footer::default() },
            pairs: BTreeMap::new(),
            series: Vec::new(),
            scratch: Scratch::default(),
            bytes: Vec::new(),
        })
    }

    /// Adds a series, which comes behind those that were added.
    pub(crate) fn series(&mut self, labels: LabelSet, column: &Column) -> io::Result<()> {
        let mut entries = Vec::new();
        for (at, numbers) in parts(&column.times).zip(parts(&column.values)) {
            self.bytes.clear();
            chunk::put_numbers(at, numbers, &mut self.scratch, &mut self.bytes);
            entries.extend(entry(at.first(), at.last(), at.len(), false));
            self.write_chunk(&mut entries)?;
        }
        for samples in parts(&column.histograms) {
            self.bytes.clear();
            chunk::put_histograms(samples, &mut self.bytes);
            let (first, last) = (samples.first().map(|(at, _)| at), samples.last().map(|(at, _)| at));
            entries.extend(entry(first, last, samples.len(), true));
            self.write_chunk(&mut entries)?;
        }
        self.finish_series(labels, entries);
        Ok(())
    }

    fn write_chunk(&mut self, entries: &mut [Entry]) -> io::Result<()> {
        let Some(entry) = entries.last_mut() else { return Ok(()) };
        entry.length = self.bytes.len() as u64;
        self.out.write_all(&self.bytes)?;
        self.length += entry.length;
        Ok(())
    }

    fn finish_series(&mut self, labels: LabelSet, entries: Vec<Entry>) {
        if entries.is_empty() {
            return;
        }
        let place = u32::try_from(self.series.len()).unwrap_or(u32::MAX);
        for (name, value) in labels.iter() {
            if !self.pairs.contains_key(name) {
                self.pairs.insert(name.into(), BTreeMap::new());
            }
            let Some(values) = self.pairs.get_mut(name) else { continue };
            match values.get_mut(value) {
                Some(places) => places.push(place),
                None => drop(values.insert(value.into(), vec![place])),
            }
        }
        for entry in &entries {
            self.footer.min = self.footer.min.min(entry.min);
            self.footer.max = self.footer.max.max(entry.max);
            self.footer.samples += entry.samples;
            self.footer.chunks += 1;
        }
        self.series.push((labels, entries));
    }

    /// Writes what is left and publishes the block; nothing, when no series was added.
    pub(crate) fn finish(
        mut self,
        folder: &Path,
        level: u64,
        log_from: u64,
        parents: Vec<u64>,
    ) -> io::Result<Option<PathBuf>> {
        if self.series.is_empty() {
            fs::remove_file(&self.path)?;
            return Ok(None);
        }
        self.footer.series = self.series.len() as u64;
        (self.footer.level, self.footer.log_from, self.footer.parents) = (level, log_from, parents);
        let labels = self.labels_section();
        self.footer.labels = self.section(&labels)?;
        let directory = self.directory_section();
        self.footer.directory = self.section(&directory)?;
        let mut end = Vec::new();
        self.footer.put(&mut end);
        let (length, sum) = (u32::try_from(end.len()).unwrap_or(u32::MAX), crc32c::crc32c(&end));
        end.extend_from_slice(&length.to_le_bytes());
        end.extend_from_slice(&sum.to_le_bytes());
        end.extend_from_slice(MAGIC_END);
        self.out.write_all(&end)?;
        self.out.flush()?;
        self.out.get_ref().sync_all()?;
        let path = folder.join(super::name(self.footer.min, self.footer.max, self.footer.number));
        fs::rename(&self.path, &path)?;
        folder::sync(folder)?;
        Ok(Some(path))
    }

    /// Removes what was written.
    pub(crate) fn abandon(self) {
        let _ = fs::remove_file(&self.path);
    }

    fn section(&mut self, bytes: &[u8]) -> io::Result<Section> {
        let section = Section { offset: self.length, length: bytes.len() as u64, sum: crc32c::crc32c(bytes) };
        self.out.write_all(bytes)?;
        self.length += section.length;
        Ok(section)
    }

    /// Names, their values, and the series of each: how many, and the steps between them.
    fn labels_section(&self) -> Vec<u8> {
        let mut out = Vec::new();
        put_varint(&mut out, self.pairs.len() as u64);
        for (name, values) in &self.pairs {
            put_text(&mut out, name);
            put_varint(&mut out, values.len() as u64);
            let mut before = "";
            for (value, places) in values {
                let shared = shared_prefix(before, value);
                put_varint(&mut out, shared as u64);
                put_text(&mut out, value.get(shared..).unwrap_or_default());
                before = value;
                put_places(places, &mut out);
            }
        }
        out
    }

    /// Series by series: numbers of its labels, ascending, and its chunks.
    fn directory_section(&self) -> Vec<u8> {
        let mut numbers: BTreeMap<&str, BTreeMap<&str, u64>> = BTreeMap::new();
        let mut next = 0;
        for (name, values) in &self.pairs {
            let of_name = numbers.entry(name).or_default();
            for value in values.keys() {
                of_name.insert(value, next);
                next += 1;
            }
        }
        let mut out = Vec::new();
        for (labels, entries) in &self.series {
            put_varint(&mut out, labels.len() as u64);
            let mut before = 0;
            for (name, value) in labels.iter() {
                let number = numbers.get(name).and_then(|values| values.get(value)).copied().unwrap_or(0);
                put_varint(&mut out, number - before);
                before = number;
            }
            self.put_entries(entries, &mut out);
        }
        out
    }

    fn put_entries(&self, entries: &[Entry], out: &mut Vec<u8>) {
        put_varint(out, entries.len() as u64);
        let mut at = self.footer.min;
        for entry in entries {
            put_varint(out, entry.samples << 1 | u64::from(entry.histograms));
            put_zigzag(out, entry.min.wrapping_sub(at));
            put_varint(out, entry.max.wrapping_sub(entry.min) as u64);
            put_varint(out, entry.length);
            at = entry.max;
        }
    }
}

/// Parts of about the same size, none larger than a chunk may be.
fn parts<T>(samples: &[T]) -> impl Iterator<Item = &[T]> {
    let count = samples.len().div_ceil(CHUNK_SAMPLES).max(1);
    samples.chunks(samples.len().div_ceil(count).max(1))
}

fn entry(first: Option<&i64>, last: Option<&i64>, samples: usize, histograms: bool) -> Option<Entry> {
    Some(Entry { min: *first?, max: *last?, samples: samples as u64, length: 0, histograms })
}

fn shared_prefix(a: &str, b: &str) -> usize {
    let mut shared = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    while !b.is_char_boundary(shared) {
        shared -= 1;
    }
    shared
}

fn put_places(places: &[u32], out: &mut Vec<u8>) {
    let mut bytes = Vec::with_capacity(places.len() + 8);
    let mut before = 0;
    for place in places {
        put_varint(&mut bytes, u64::from(place - before));
        before = *place;
    }
    put_varint(out, places.len() as u64);
    put_varint(out, bytes.len() as u64);
    out.extend_from_slice(&bytes);
}
