//! Bodies and products that more than their own name tells: by a legal form, a place, their company or a compound.

use std::ops::Range;

use document::{EntityKind, Span};

use super::super::Name;
use super::{Found, Search};
use crate::lexicon::Class;
use crate::tokens::{Case, Tokens};

/// How many words a product's name has at most behind its company's.
const PRODUCT: usize = 2;

impl Search<'_> {
    /// Where the product ends that follows its company's name: *Microsoft Copilot*.
    pub(super) fn product(&self, range: &Range<usize>, name: Name) -> Option<usize> {
        if name.kind != EntityKind::Organization || name.tongues & self.bit == 0 || self.capitals[range.start]
        {
            return None;
        }
        let next = self.behind(range.end).filter(|&next| self.is_capital(next) && self.is_one_line(range))?;
        (1..=PRODUCT).rev().map(|length| next + length).find(|&end| {
            end <= self.tokens.len()
                && (next + 1..end).all(|index| !self.tokens[index].line)
                && self.lexicon.is_entry(Class::Product, self.tokens, next..end)
        })
    }

    /// A body that is named after its place: *Metro de Madrid*, *Banca d'Italia*, *Universität Leipzig*.
    pub(super) fn body(&self, index: usize) -> Option<Found> {
        let head = self.tokens[index];
        if !self.tongue.is_body(head.hash) || !self.is_capital(index) || self.capitals[index] {
            return None;
        }
        let is_small = |at: usize| {
            let hash = self.tokens[at].hash;
            self.tokens[at].case == Case::Lower
                && (self.tongue.is_link(hash)
                    || self.tongue.is_determiner(hash)
                    || matches!(self.form(at), "d'" | "l'" | "dell'"))
        };
        let joints = (0..2).take_while(|more| self.behind(index + 1 + more).is_some_and(is_small)).count();
        let at = self.behind(index + 1 + joints).filter(|&at| self.is_capital(at))?;
        let hashes = self.tokens.as_slice()[at..].iter().map(|token| token.hash);
        let (length, name) = self.names.longest(hashes)?;
        let place = name.kind == EntityKind::Place && name.tongues & self.bit != 0;
        (place && self.is_one_line(&(at..at + length)))
            .then(|| self.found(index..at + length, EntityKind::Organization))?
    }

    /// A company that its legal form tells: `Kuka Robotics GmbH`.
    pub(super) fn company(&self, index: usize) -> Option<Found> {
        if !self.is_capital(index)
            || self.capitals[index]
            || self.tongue.is_determiner(self.tokens[index].hash)
        {
            return None;
        }
        // A capital noun before a capital name would be taken for its beginning.
        if self.tongue.nouns_capital
            && self
                .before(index)
                .is_some_and(|before| self.is_capital(before) && !self.tokens[before].sentence)
        {
            return None;
        }
        let most = 5;
        let mut at = index;
        while at < index + most {
            let next = if at == index {
                at
            } else {
                self.behind(at).or_else(|| (self.tokens.word(at) == "&").then_some(at))?
            };
            if at > index && self.is_legal_form(next) {
                return self.found(index..next + 1, EntityKind::Organization);
            }
            // Der Autobauer Volkswagen AG: what the lists know is found by itself.
            if self.tongue.is_organization_noun(self.form(next)) || self.listed(next).is_some() {
                return None;
            }
            if self.tokens.word(next) != "&" && !self.is_capital(next) {
                return None;
            }
            at += 1;
        }
        None
    }

    /// The body that a compound begins with: *Siemens-Chef*, *ASML-topman*.
    pub(super) fn compound(&self, index: usize) -> Option<Found> {
        let token = self.tokens[index];
        if !matches!(self.tongue.code, "de" | "nl") || !self.is_capital(index) || self.capitals[index] {
            return None;
        }
        let word = self.tokens.word(index);
        for (hyphen, _) in word.match_indices('-').rev().take(3) {
            let (head, tail) = (&word[..hyphen], &word[hyphen + 1..]);
            let tokens = Tokens::new(head);
            let Some((1, name)) = self.names.longest(tokens.as_slice().iter().map(|token| token.hash)) else {
                continue;
            };
            if tokens.len() != 1
                || name.kind != EntityKind::Organization
                || name.tongues & self.bit == 0
                || tokens[0].end - tokens[0].start < 3
                || (name.capitals && tokens[0].case == Case::Title)
                || self.lexicon.has(Class::Common, tokens[0].hash)
            {
                continue;
            }
            let ambiguous = self.tongue.words.longest([tokens[0].hash]).is_some()
                || self.tongue.bare.contains(&tokens[0].hash)
                || self.is_given_name(tokens[0].hash);
            let shown = self.tongue.is_organization_noun(&tail.to_lowercase());
            // Two names joined are a third one: Müller-Westernhagen, Coca-Cola.
            let joined = !self.tongue.nouns_capital && tail.chars().next().is_some_and(char::is_uppercase);
            if (ambiguous && !shown) || joined {
                continue;
            }
            let start = token.start as usize;
            return Some(Found {
                tokens: index..index + 1,
                span: Span::new(start, start + hyphen),
                kind: name.kind,
            });
        }
        None
    }
}
