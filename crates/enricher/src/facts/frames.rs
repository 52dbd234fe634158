//! The frames of facts, as people write them: which words state what kind of fact, and what has to stand beside them.

use std::sync::Arc;

use document::Measure;
use rustc_hash::FxHashSet;
use serde::Deserialize;
use serde::de::Error as _;

use super::patterns::Patterns;
use super::small::Small;
use crate::tokens::hash;

/// The frames of one language, ready to be looked for.
#[derive(Debug)]
pub(super) struct Frames {
    pub all: Vec<Frame>,
    /// Every phrase of the file, with what it is.
    pub phrases: Patterns<Role>,
    /// Hashes of the nouns that an organization is called by.
    pub companies: FxHashSet<u64>,
    /// The small words of the language.
    pub small: Small,
}

/// What states a kind of fact.
#[derive(Debug)]
pub(super) struct Frame {
    /// Kind of the fact.
    pub kind: Arc<str>,
    /// Who its agents are.
    pub agents: Agents,
    /// The measures that its amount may have; empty when it has none.
    pub measures: Vec<Measure>,
    /// What there is no fact without.
    pub needs: Vec<Need>,
    /// How far its amount may stand from the trigger, in tokens.
    pub amount_reach: usize,
    /// Sums of money below are prices, and not its amount.
    pub least_sum: f64,
    /// The kinds that it gives way to when they have the same amount.
    pub yields: Vec<String>,
    /// Whether it is something done, that may be refused or come to nothing; what is only measured cannot.
    pub is_deed: bool,
    /// Whether it is no fact before it is reached: a target, a forecast.
    pub is_reached: bool,
    /// Whether its phrases leave what other frames read in them alone.
    pub is_besides: bool,
}

/// Who the agents of a fact are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Agents {
    /// Who does it.
    Subject,
    /// Who does it, and with whom if anybody is named.
    Parties,
    /// At least two, who do it with each other.
    Pair,
    /// Who does it; to whom it is done is the fact's object.
    SubjectAndObject,
    /// Who puts money in, where they are named, else who gets it.
    Backers,
    /// To whom it is given; what is given is the fact's object.
    Receiver,
    /// Who pays; for whom it is paid is the fact's object, without which there is no fact.
    Payer,
}

/// What a fact cannot be without.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum Need {
    /// An amount.
    Amount,
    /// An amount, or two agents.
    AmountOrParties,
    /// An object, or, where a verb states it, an amount.
    Object,
    /// An amount a unit of time, or a power.
    Rate,
    /// Goods by number or quantity, right behind a verb.
    Goods,
    /// A place.
    Place,
    /// A word that says how far it has come.
    Status,
    /// Of a noun, one of the frame's events beside it.
    #[serde(skip)]
    Event,
}

/// What a phrase is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Role {
    /// A verb that states a fact of the frame of this number.
    Verb(u16),
    /// A noun that does.
    Noun(u16),
    /// Something that has to stand beside a noun of this frame.
    Event(u16),
    /// Something that, right behind a trigger of this frame, makes it something else.
    Unless(u16),
    /// Something that gives a fact of this frame this status.
    Status(u16, Status),
    /// Something that makes a fact of this frame an announced one, unless the verb before it says more.
    New(u16),
    /// Beside a name: who is named tells, and does not act.
    Source,
    /// Before a name: who is named takes part.
    Companion,
    /// Before a name: who is named has, or is, what came before.
    Genitive,
    /// Before a name: who is named does what is done.
    Agentive,
    /// Before a name: what is named is where it happens.
    Locative,
    /// Before a name, where it is none of the others.
    Preposition,
    /// Before names: they are examples.
    Example,
    /// Stands for the organization that was spoken of.
    StandIn,
    /// The same, in a word.
    Pronoun,
    /// Stands for whoever took over a company in the deal told of last.
    Buyer,
    /// Stands for the company that was taken over in it.
    Target,
    /// Stands for the first of the two organizations that were spoken of last.
    Former,
    /// Stands for the second of them.
    Latter,
    /// Makes whoever is named behind it act: *allows X to build*.
    Causative,
    /// Says that the sentence turns aside: who is named in it is not whom the next one speaks of.
    Aside,
    /// Before a noun: it is of whom was spoken of.
    Possessive,
    /// Speaks of organizations that are not named.
    Generic,
    /// Ends a clause.
    Clause,
    /// Denies, or asks.
    Negation,
    /// Denies whatever follows in its clause, however far.
    Denial,
    /// Leaves open whether it is so, unless whoever acts announced it: *said it would*.
    Conditional,
    /// Announces what follows.
    Announcement,
    /// Goes on about who is named right before it.
    Relative,
    /// Begins a clause in which others act than around it: *le groupe, dont X détient la moitié, …*.
    Embedding,
    /// Stands for the two organizations that were spoken of.
    Both,
    /// Says that it may be.
    Doubt,
    /// Right before a verb: it did not come about (*nearly bought*).
    Nearly,
    /// Before what somebody did not want (*turned down an offer to buy …*).
    Refusal,
    /// Before what somebody only tried, hoped or wanted (*tried to buy*).
    Attempt,
    /// Says that a sum is a fine (*fined*).
    Fine,
    /// Behind what came to nothing (*the takeover … fell through*).
    Failure,
    /// Opens what somebody has made up (*in the novel*).
    Fiction,
    /// Begins what has to come about first (*if*).
    Condition,
    /// Before a date: it is not that of what is told (*until 2029*, *qu'en 2022*).
    Elsewhen,
    /// Before an organization, behind a noun: whose it is (*net profit at X*).
    Host,
    /// Before an organization that money goes into.
    Into,
    /// Before an organization, behind a sum: what it is paid for.
    Payee,
    /// Begins a condition that is only a formality of others (*subject to approval*).
    Approval,
    /// Speaks for an organization (*le directeur général*).
    Spokesman,
    /// Says that it will be.
    Plan,
    /// Makes a participle a verb.
    Auxiliary,
    /// Before a name: with it a contract is made.
    Party,
    /// Before a name: to it something is given.
    Receiver,
    /// Before a name, behind an amount: whose it is.
    Holder,
    /// Stands for the noun before it: *celle de X*.
    Same,
}

impl Role {
    /// Whether it leads to another name, or to another clause: *of*, *with*, *which*.
    pub(super) fn links(self) -> bool {
        matches!(
            self,
            Self::Genitive
                | Self::Preposition
                | Self::Locative
                | Self::Companion
                | Self::Agentive
                | Self::Relative
                | Self::Embedding
        )
    }
}

/// How far a fact has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Status {
    Announced,
    UnderConstruction,
    Operating,
    Closed,
    Completed,
}

impl Status {
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Self::Announced => "announced",
            Self::UnderConstruction => "under_construction",
            Self::Operating => "operating",
            Self::Closed => "closed",
            Self::Completed => "completed",
        }
    }
}

/// A file of frames, as it is written.
#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct File {
    #[serde(default)]
    words: Words,
    #[serde(default)]
    frame: Vec<Written>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct Words {
    source: Vec<String>,
    pub companion: Vec<String>,
    pub genitive: Vec<String>,
    pub agentive: Vec<String>,
    pub locative: Vec<String>,
    pub preposition: Vec<String>,
    example: Vec<String>,
    pub article: Vec<String>,
    pub determiner: Vec<String>,
    pub joint: Vec<String>,
    pub alternative: Vec<String>,
    pub passive: Vec<String>,
    pub plural: Vec<String>,
    pub indefinite: Vec<String>,
    pub there: Vec<String>,
    pub first_person: Vec<String>,
    pub head_first: bool,
    pub verb_final: bool,
    host: Vec<String>,
    stand_in: Vec<String>,
    pronoun: Vec<String>,
    buyer: Vec<String>,
    target: Vec<String>,
    former: Vec<String>,
    payee: Vec<String>,
    latter: Vec<String>,
    pub to: Vec<String>,
    causative: Vec<String>,
    pub past: Vec<String>,
    pub branch: Vec<String>,
    possessive: Vec<String>,
    aside: Vec<String>,
    generic: Vec<String>,
    clause: Vec<String>,
    negation: Vec<String>,
    denial: Vec<String>,
    conditional: Vec<String>,
    announcement: Vec<String>,
    pub relative: Vec<String>,
    pub embedding: Vec<String>,
    both: Vec<String>,
    doubt: Vec<String>,
    nearly: Vec<String>,
    refusal: Vec<String>,
    attempt: Vec<String>,
    fine: Vec<String>,
    pub body: Vec<String>,
    failure: Vec<String>,
    fiction: Vec<String>,
    condition: Vec<String>,
    approval: Vec<String>,
    elsewhen: Vec<String>,
    into: Vec<String>,
    pub spokesman: Vec<String>,
    plan: Vec<String>,
    auxiliary: Vec<String>,
    party: Vec<String>,
    receiver: Vec<String>,
    holder: Vec<String>,
    same: Vec<String>,
    pub company: Vec<String>,
    definite: Vec<String>,
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    kind: String,
    agents: Agents,
    #[serde(default)]
    verbs: Vec<String>,
    #[serde(default)]
    nouns: Vec<String>,
    #[serde(default)]
    events: Vec<String>,
    #[serde(default)]
    unless: Vec<String>,
    #[serde(default)]
    amount: Vec<Measure>,
    #[serde(default)]
    amount_reach: Option<usize>,
    #[serde(default)]
    needs: Vec<Need>,
    #[serde(default)]
    least_sum: f64,
    #[serde(default)]
    yields: Vec<String>,
    #[serde(default)]
    measured: bool,
    #[serde(default)]
    reached: bool,
    #[serde(default)]
    besides: bool,
    #[serde(default)]
    status: StatusWords,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
struct StatusWords {
    announced: Vec<String>,
    new: Vec<String>,
    under_construction: Vec<String>,
    operating: Vec<String>,
    closed: Vec<String>,
    completed: Vec<String>,
}

impl Frames {
    /// The frames that these files state: the built-in one, and those that add to it.
    pub(super) fn read<'f>(files: impl IntoIterator<Item = &'f str>) -> Result<Self, toml::de::Error> {
        let mut frames = Vec::new();
        let mut phrases = Vec::new();
        let mut companies = FxHashSet::default();
        let mut definite = Vec::new();
        let mut small = Small::default();
        for file in files {
            let File { mut words, frame } = toml::from_str(file)?;
            small.add(&words);
            definite.append(&mut words.definite);
            for noun in &words.company {
                companies.insert(hash(&noun.to_lowercase()));
                words.stand_in.extend(definite.iter().map(|article| format!("{article} {noun}")));
            }
            phrases.extend(words.roles());
            for written in frame {
                written.check()?;
                let number = frames.len() as u16;
                let Written {
                    kind,
                    agents,
                    verbs,
                    nouns,
                    events,
                    unless,
                    amount,
                    amount_reach,
                    needs,
                    least_sum,
                    yields,
                    measured,
                    reached,
                    besides,
                    status,
                } = written;
                let mut needs = needs;
                needs.extend((!events.is_empty()).then_some(Need::Event));
                frames.push(Frame {
                    kind: kind.into(),
                    agents,
                    measures: amount,
                    needs,
                    amount_reach: amount_reach.unwrap_or(12),
                    least_sum,
                    yields,
                    is_deed: !measured,
                    is_reached: reached,
                    is_besides: besides,
                });
                let all =
                    |phrases: Vec<String>, role: Role| phrases.into_iter().map(move |phrase| (phrase, role));
                phrases.extend(all(verbs, Role::Verb(number)));
                phrases.extend(all(nouns, Role::Noun(number)));
                phrases.extend(all(events, Role::Event(number)));
                phrases.extend(all(unless, Role::Unless(number)));
                phrases.extend(all(status.new, Role::New(number)));
                for (words, status) in [
                    (status.announced, Status::Announced),
                    (status.under_construction, Status::UnderConstruction),
                    (status.operating, Status::Operating),
                    (status.closed, Status::Closed),
                    (status.completed, Status::Completed),
                ] {
                    phrases.extend(all(words, Role::Status(number, status)));
                }
            }
        }
        let kinds: FxHashSet<&str> = frames.iter().map(|frame: &Frame| &*frame.kind).collect();
        for frame in &frames {
            if let Some(unknown) = frame.yields.iter().find(|kind| !kinds.contains(kind.as_str())) {
                return Err(wrong(
                    &frame.kind,
                    &format!("`yields` names {unknown:?}, which no frame has for its kind"),
                ));
            }
        }
        Ok(Self { all: frames, phrases: Patterns::new(phrases), companies, small })
    }

    /// Whether a word is a noun that a company is called by.
    pub(super) fn is_company(&self, form: &str, hash: u64) -> bool {
        self.companies.contains(&hash)
            || self.small.endings.iter().any(|noun| form.len() > noun.len() && form.ends_with(noun.as_str()))
    }
}

/// What is wrong with the frame of a kind.
fn wrong(kind: &str, what: &str) -> toml::de::Error {
    toml::de::Error::custom(format!("the frame of kind {kind:?}: {what}"))
}

impl Written {
    /// Refuses what could never state a fact, or would state one everywhere.
    fn check(&self) -> Result<(), toml::de::Error> {
        if self.verbs.is_empty() && self.nouns.is_empty() {
            return Err(wrong(&self.kind, "it has neither `verbs` nor `nouns`"));
        }
        let lists = [&self.verbs, &self.nouns, &self.events, &self.unless];
        let empty = |phrase: &&String| {
            phrase.split_whitespace().next().is_none_or(|first| first.chars().all(|letter| letter == '*'))
        };
        match lists.into_iter().flatten().find(empty) {
            Some(phrase) => {
                Err(wrong(&self.kind, &format!("the phrase {phrase:?} does not begin with a word")))
            }
            None => Ok(()),
        }
    }
}

impl Words {
    fn roles(mut self) -> impl Iterator<Item = (String, Role)> {
        // *le groupe* is also in *du groupe* and *au groupe*.
        let contracted: Vec<_> = self
            .stand_in
            .iter()
            .filter_map(|phrase| phrase.strip_prefix("le "))
            .flat_map(|noun| [format!("du {noun}"), format!("au {noun}")])
            .collect();
        self.stand_in.extend(contracted);
        [
            (self.source, Role::Source),
            (self.companion, Role::Companion),
            (self.genitive, Role::Genitive),
            (self.agentive, Role::Agentive),
            (self.locative, Role::Locative),
            (self.preposition, Role::Preposition),
            (self.example, Role::Example),
            (self.stand_in, Role::StandIn),
            (self.pronoun, Role::Pronoun),
            (self.buyer, Role::Buyer),
            (self.target, Role::Target),
            (self.former, Role::Former),
            (self.latter, Role::Latter),
            (self.causative, Role::Causative),
            (self.possessive, Role::Possessive),
            (self.aside, Role::Aside),
            (self.generic, Role::Generic),
            (self.clause, Role::Clause),
            (self.negation, Role::Negation),
            (self.denial, Role::Denial),
            (self.conditional, Role::Conditional),
            (self.announcement, Role::Announcement),
            (self.relative, Role::Relative),
            (self.embedding, Role::Embedding),
            (self.both, Role::Both),
            (self.doubt, Role::Doubt),
            (self.nearly, Role::Nearly),
            (self.refusal, Role::Refusal),
            (self.attempt, Role::Attempt),
            (self.fine, Role::Fine),
            (self.failure, Role::Failure),
            (self.fiction, Role::Fiction),
            (self.condition, Role::Condition),
            (self.approval, Role::Approval),
            (self.elsewhen, Role::Elsewhen),
            (self.host, Role::Host),
            (self.into, Role::Into),
            (self.payee, Role::Payee),
            (self.spokesman, Role::Spokesman),
            (self.plan, Role::Plan),
            (self.auxiliary, Role::Auxiliary),
            (self.party, Role::Party),
            (self.receiver, Role::Receiver),
            (self.holder, Role::Holder),
            (self.same, Role::Same),
        ]
        .into_iter()
        .flat_map(|(words, role)| words.into_iter().map(move |word| (word, role)))
    }
}
