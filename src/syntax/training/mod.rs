//! Treebanks become the models this module's front door reads: the command `train-syntax` calls [`train`].
//!
//! Pure like the rest: texts in, bytes and figures out. Everything is seeded; the same data gives the same bytes.

mod conllu;
mod figures;
mod gold_names;
mod lexicon;
mod names;
mod perceptron;
mod table;
mod tags;

use super::Models;
use super::document;
use super::fine::Fine;
use super::form::{Form, Former, Lexicon};
use super::tagger::Tagger;

/// The texts to learn from, whole files.
#[derive(Clone, Debug, Default)]
pub struct Data {
    /// Treebanks to train on, in CoNLL-U.
    pub treebanks: Vec<String>,
    /// Treebanks to measure on, each with its name.
    pub development: Vec<(String, String)>,
    /// Full names of people, from other sources.
    pub people: Vec<String>,
    /// Running text without annotation, for word clusters.
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

/// How one model is trained.
#[derive(Clone, Copy, Debug)]
struct Schedule {
    seed: u64,
    /// Models trained apart and summed.
    models: u64,
    passes: usize,
    /// By how much the right class must win.
    margin: f32,
    /// Changes a feature must have seen to be kept.
    least: u32,
    /// Features kept.
    rows: usize,
}

const TAGGER: Schedule = Schedule { seed: 11, models: 1, passes: 8, margin: 2.0, least: 2, rows: 60_000 };
const NAMER: Schedule = Schedule { seed: 23, models: 2, passes: 12, margin: 2.0, least: 2, rows: 50_000 };

/// Trains all models.
#[must_use]
pub fn train(data: &Data) -> Trained {
    let documents: Vec<conllu::Document> = data.treebanks.iter().flat_map(|text| conllu::read(text)).collect();
    let lexicon = lexicon::build(&documents, &sources(data));
    let tagger = tags::train(&tagging_examples(&documents, &lexicon), &TAGGER);
    let names = names::train(&naming_examples(&documents, &lexicon, &tagger), &NAMER);
    let models = Models::read(&lexicon, &tagger, &names);
    let figures = data.development.iter().map(|(name, text)| figures::measure(&models, name, &conllu::read(text))).collect();
    Trained { figures, files: vec![("lexicon.bin", lexicon), ("tagger.bin", tagger), ("names.bin", names)] }
}

fn sources(data: &Data) -> lexicon::Sources {
    let full = data.people.iter().map(|name| name.split_whitespace().collect::<Vec<_>>()).filter(|words| words.len() >= 2);
    let mut sources = lexicon::Sources::default();
    for words in full.filter(|words| is_person(words)) {
        sources.first_names.extend(words.iter().find(|word| !lexicon::is_title(word)).map(|&word| word.to_owned()));
        sources.surnames.extend(words.last().map(|&word| word.to_owned()));
    }
    sources
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

fn naming_examples(documents: &[conllu::Document], lexicon: &[u8], tagger: &[u8]) -> Vec<names::Example> {
    let mut former = Former::new(Lexicon::read(lexicon));
    let tagger = Tagger::read(tagger);
    documents.iter().filter(|document| document.named).map(|document| naming_example(document, &mut former, &tagger)).collect()
}

fn naming_example(document: &conllu::Document, former: &mut Former<'_>, tagger: &Tagger<'_>) -> names::Example {
    let mut example = names::Example::default();
    for sentence in &document.sentences {
        let forms = forms(&sentence.words, former);
        tagger.tag(&forms, &mut example.tags);
        example.labels.extend(super::names::labels(forms.len(), &sentence.mentions));
        example.forms.extend(forms);
        example.ends.push(example.forms.len());
    }
    example
}
