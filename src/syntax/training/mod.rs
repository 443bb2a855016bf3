//! Treebanks become the models this module's front door reads: the command `train-syntax` calls [`train`].
//!
//! Pure like the rest: texts in, bytes and figures out. Everything is seeded; the same data gives the same bytes.

mod clusters;
mod conllu;
mod figures;
mod gold_names;
mod learner;
mod lemmas;
mod lexicon;
mod names;
mod news;
mod parses;
mod raw;
mod silver;
mod table;
mod tags;

use self::learner::Schedule;
use super::document;
use super::fine::Fine;
use super::form::{Form, Former, Lexicon};
use super::tagger::Tagger;
use crate::span::Span;
use crate::text::{Sentence, Token};
use std::collections::{BTreeMap, BTreeSet};

use super::{Files, Models, Relation};

/// The texts to learn from, whole files.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Treebanks to train on, in CoNLL-U.
    pub treebanks: Vec<String>,
    /// Treebanks to measure on, each with its name.
    pub development: Vec<(String, String)>,
    /// News articles with the full names of people in them.
    pub articles: Vec<(String, Vec<String>)>,
    /// Other running text without annotation, for word clusters.
    pub raw: Vec<String>,
}

/// What the training writes.
#[derive(Clone, Debug, Default)]
pub struct Trained {
    /// File names and bytes.
    pub files: Vec<(&'static str, Vec<u8>)>,
    /// The development figures, as lines of text.
    pub figures: String,
}

const TAGGER: Schedule = Schedule { seed: 11, passes: 8, rows: 60_000, rate: 0.05, dropout: 10 };
const NAMER: Schedule = Schedule { seed: 23, passes: 10, rows: 40_000, rate: 0.05, dropout: 20 };
const ACTIONS: Schedule = Schedule { seed: 37, passes: 8, rows: 60_000, rate: 0.05, dropout: 10 };
const RELATIONS: Schedule = Schedule { seed: 41, rows: 30_000, ..ACTIONS };

/// Classes of words, fine and coarse.
const CLUSTERS: [usize; 2] = [320, 48];

/// How often the project's own sentences stand among the examples.
const NEWS_WEIGHT: usize = 4;

/// Trains all models.
#[must_use]
pub fn train(data: &Data) -> Trained {
    let documents: Vec<conllu::Document> = data.treebanks.iter().flat_map(|text| conllu::read(text)).collect();
    // Several times, since the treebanks are three hundred times as long.
    let news = vec![news::document(); NEWS_WEIGHT];
    let lexicon = lexicon::build(&documents, &sources(data, &documents));
    let read: Vec<conllu::Document> = documents.iter().chain(&news).cloned().collect();
    let tagger = tags::train(&tagging_examples(&read, &lexicon).iter().collect::<Vec<_>>(), &TAGGER);
    let names = names::train(&naming_examples(data, &read, &lexicon, &tagger, &NAMER), &NAMER);
    let (actions, relations) = parses::train(&parsing_examples(&documents, &lexicon), &ACTIONS, &RELATIONS);
    let lemmas = lemmas::train(&documents);
    let models = Models::read(&Files {
        lexicon: &lexicon,
        lemmas: &lemmas,
        tagger: &tagger,
        names: &names,
        actions: &actions,
        relations: &relations,
    });
    let figures = data.development.iter().map(|(name, text)| figures::measure(&models, name, &conllu::read(text))).collect();
    let files = vec![
        ("lexicon.bin", lexicon),
        ("lemmas.bin", lemmas),
        ("tagger.bin", tagger),
        ("names.bin", names),
        ("actions.bin", actions),
        ("relations.bin", relations),
    ];
    Trained { figures, files }
}

fn sources(data: &Data, documents: &[conllu::Document]) -> lexicon::Sources {
    let full = data
        .articles
        .iter()
        .flat_map(|(_, people)| people)
        .map(|name| name.split_whitespace().collect::<Vec<_>>())
        .filter(|words| words.len() >= 2);
    let mut sources = lexicon::Sources { clusters: word_clusters(data, documents), ..lexicon::Sources::default() };
    for words in full.filter(|words| is_person(words)) {
        sources.first_names.extend(words.iter().find(|word| !lexicon::is_title(word)).map(|&word| word.to_owned()));
        sources.surnames.extend(words.last().map(|&word| word.to_owned()));
    }
    sources
}

/// Fine and coarse classes of the words of the treebanks and the running text.
fn word_clusters(data: &Data, documents: &[conllu::Document]) -> BTreeMap<String, (u16, u8)> {
    let gold = documents
        .iter()
        .flat_map(|document| &document.sentences)
        .map(|sentence| sentence.words.iter().map(|word| lexicon::folded(word)).collect());
    let raw = data.articles.iter().map(|(text, _)| text).chain(&data.raw);
    let sentences: Vec<Vec<String>> = gold.chain(raw.flat_map(|text| raw_sentences(text))).collect();
    let [fine, coarse] = CLUSTERS.map(|classes| clusters::cluster(&sentences, classes));
    let pair = |(word, fine): (String, u16)| {
        let coarse = coarse.get(&word).and_then(|&class| u8::try_from(class).ok()).unwrap_or(0);
        (word, (fine, coarse))
    };
    fine.into_iter().map(pair).collect()
}

/// The folded words of each sentence of a text without annotation.
fn raw_sentences(source: &str) -> Vec<Vec<String>> {
    let text = crate::text::analyze(source, &[Span::new(0, source.len())]);
    let words = |sentence: &Sentence| text.tokens.get(sentence.tokens.clone()).unwrap_or_default().iter();
    let folded = |token: &Token| lexicon::folded(token.span.slice(source));
    text.sentences.iter().map(|sentence| words(sentence).map(folded).collect()).collect()
}

/// Whether a full name of a speaker is a person's: capitalized words, none of an organization.
fn is_person(words: &[&str]) -> bool {
    let capital = |word: &&str| word.chars().next().is_some_and(char::is_uppercase) && word.chars().skip(1).any(char::is_lowercase);
    let organization = words.iter().any(|word| lexicon::is_organization(word) || ["The", "New", "United"].contains(word));
    words.len() <= 4 && words.iter().all(|word| capital(word) || word.len() <= 2) && !organization
}

fn forms(words: &[String], former: &mut Former<'_>) -> Vec<Form> {
    words.iter().map(|word| former.form(word)).collect()
}

fn tagging_examples(documents: &[conllu::Document], lexicon: &[u8]) -> Vec<tags::Example> {
    let mut former = Former::new(Lexicon::read(lexicon));
    let sentences = documents.iter().flat_map(|document| &document.sentences);
    sentences.map(|sentence| (forms(&sentence.words, &mut former), sentence.tags.clone())).collect()
}

/// How often the treebank's documents stand among the examples: the news articles are many more.
const GOLD_WEIGHT: usize = 3;

/// The treebank's documents and the news articles; of what the rules leave open there, a first model labels all but people.
fn naming_examples(data: &Data, documents: &[conllu::Document], lexicon: &[u8], tagger: &[u8], schedule: &Schedule) -> Vec<names::Example> {
    let mut former = Former::new(Lexicon::read(lexicon));
    let tagger = Tagger::read(tagger);
    let named = documents.iter().filter(|document| document.named);
    let gold: Vec<names::Example> = named.map(|document| naming_example(document, &mut former, &tagger)).collect();
    let first = names::train(&gold, schedule);
    let mut examples: Vec<names::Example> =
        data.articles.iter().map(|(text, people)| silver_example(text, people, &mut former, &tagger)).collect();
    examples.iter_mut().for_each(|example| silver::fill(example, &first));
    examples.extend((0..GOLD_WEIGHT).flat_map(|_| gold.iter().cloned()));
    examples
}

/// A news article, labelled where that is sure.
fn silver_example(source: &str, people: &[String], former: &mut Former<'_>, tagger: &Tagger<'_>) -> names::Example {
    let text = crate::text::analyze(source, &[Span::new(0, source.len())]);
    let mut example = names::Example::default();
    let words: Vec<&str> = text.tokens.iter().map(|token| token.span.slice(source)).collect();
    example.forms = words.iter().map(|word| former.form(word)).collect();
    for sentence in &text.sentences {
        tagger.tag(&example.forms[sentence.tokens.clone()], &mut example.tags);
        example.ends.push(sentence.tokens.end);
    }
    let people = people.iter().map(|name| name.split_whitespace().collect::<Vec<_>>()).filter(|words| is_person(words));
    let people: BTreeSet<Vec<String>> = people.map(|words| words.into_iter().map(str::to_owned).collect()).collect();
    let surnames = people.iter().filter_map(|words| words.last()).map(String::as_str).collect();
    let article = silver::Article { words, forms: &example.forms, tags: &example.tags, people: &people, surnames };
    example.labels = text.sentences.iter().flat_map(|sentence| silver::known_labels(&article, sentence.tokens.clone())).collect();
    example
}

fn naming_example(document: &conllu::Document, former: &mut Former<'_>, tagger: &Tagger<'_>) -> names::Example {
    let mut example = names::Example::default();
    for sentence in &document.sentences {
        let forms = forms(&sentence.words, former);
        tagger.tag(&forms, &mut example.tags);
        example.labels.extend(super::names::labels(forms.len(), &sentence.mentions).into_iter().map(Some));
        example.forms.extend(forms);
        example.ends.push(example.forms.len());
    }
    example
}

/// How many parts the treebanks are cut into, each tagged by a model that never saw it.
const FOLDS: usize = 5;

fn parsing_examples(documents: &[conllu::Document], lexicon: &[u8]) -> Vec<parses::Example> {
    let tagged = tagging_examples(documents, lexicon);
    let tags = unseen_tags(&tagged);
    let sentences = documents.iter().flat_map(|document| &document.sentences);
    sentences.zip(tagged).zip(tags).map(|((sentence, (forms, _)), tags)| parsing_example(sentence, forms, tags)).collect()
}

fn parsing_example(sentence: &conllu::Sentence, forms: Vec<Form>, tags: Vec<Fine>) -> parses::Example {
    let root = u32::try_from(tags.len()).unwrap_or(u32::MAX);
    let heads = sentence.heads.iter().map(|head| head.and_then(|head| u32::try_from(head).ok()).unwrap_or(root)).collect();
    let relations = sentence.heads.iter().zip(&sentence.relations);
    let relations = relations.map(|(head, relation)| if head.is_none() { Relation::Root } else { *relation }).collect();
    parses::Example { forms, tags, heads, relations }
}

/// Tags as the tagger gives them to sentences it was not trained on.
fn unseen_tags(examples: &[tags::Example]) -> Vec<Vec<Fine>> {
    let schedule = Schedule { passes: 3, ..TAGGER };
    let mut tagged = vec![Vec::new(); examples.len()];
    for fold in 0..FOLDS {
        let seen: Vec<&tags::Example> =
            examples.iter().enumerate().filter(|(at, _)| at % FOLDS != fold).map(|(_, example)| example).collect();
        let bytes = tags::train(&seen, &schedule);
        let tagger = Tagger::read(&bytes);
        for at in (fold..examples.len()).step_by(FOLDS) {
            tagger.tag(&examples[at].0, &mut tagged[at]);
        }
    }
    tagged
}
