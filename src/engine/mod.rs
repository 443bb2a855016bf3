//! The library's front door: build an index, open it, ask, check a quote, list, show.
//!
//! Plain values go in and come out; no tantivy type, no terminal, no environment. Everything here can be called from a test.

pub mod conversation;
mod dossier;
mod error;
mod heard;
mod people;
mod recheck;
mod reports;
mod saved;
mod stale;
mod undated;

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::path::Path;
use std::rc::Rc;
use std::sync::Arc;

use crate::answer::{self, Outcome};
use crate::corpus::{self, Block, Document};
use crate::index::{Filter, Index, QuotationFilter, QuotationRecord};
use crate::question::{self, Constraints, Question, Subject};
use crate::quotation::{self, Quotation, QuotationKind};
use crate::reading::{self, Candidate, Look, Reader};
use crate::retrieval::{self, Passage};
use crate::span::{CharIndex, Span};
use crate::syntax;
use crate::text;
use crate::verification::{self, Verdict};

use self::heard::{heard, not_read};

pub use crate::index::{
    Cluster, Credentials, DocumentRecord, Home, IndexError, Options as UpdateOptions, Particulars, Planned, Progress, Summary, keep, update,
};
pub use crate::reading::Depth;
pub use crate::verification::{Printing, Trace};
pub use dossier::{Entry, Finding, Holdings, Inquiry, Profile};
pub use error::EngineError;
pub use people::Person;
pub use recheck::{CONTEXT, Differing, Rechecked, State, recheck, surroundings};
pub use saved::{Cited, ELEMENT, FENCE, Saved, Stood, Told, documents};

/// How a question is asked.
#[derive(Clone, Debug, Default)]
pub struct AskOptions {
    /// How many answers at most; 0 for the usual number.
    pub top: usize,
    /// Limits on where answers may come from.
    pub constraints: Constraints,
    /// Whether to keep the explanation.
    pub explain: bool,
}

/// A question and what came of it.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The question, understood.
    pub question: Question,
    /// What came of it.
    pub outcome: Outcome,
    /// How it came about, if it was asked for.
    pub explanation: Option<Explanation>,
    /// What the user should know beside the result.
    pub warnings: Vec<Warning>,
}

/// How an answer came about.
#[derive(Clone, Debug)]
pub struct Explanation {
    /// Answer type, in words.
    pub answer_type: String,
    /// The words that say what the answer is one of.
    pub focus: Vec<String>,
    /// The stems looked for.
    pub terms: Vec<String>,
    /// The passages read.
    pub passages: Vec<Passage>,
    /// The best candidates with their words.
    pub candidates: Vec<(String, Candidate)>,
    /// What the gates between "answered" and "silent" saw.
    pub gates: Vec<String>,
}

/// Which quotations are wanted. What is empty limits nothing.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// Limits of outlet, date and speaker.
    pub constraints: Constraints,
    /// About this.
    pub about: Option<String>,
    /// In this document.
    pub document: Option<String>,
    /// Indirect speech too.
    pub indirect: bool,
}

/// Something the user should know beside the result.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// The file it is about.
    pub path: Option<String>,
    /// What about it.
    pub message: String,
}

/// What an index holds.
#[derive(Clone, Debug)]
pub struct Status {
    /// The index's folder.
    pub directory: String,
    /// The index's format version.
    pub format: u32,
    /// Number of documents.
    pub documents: usize,
    /// Number of passages.
    pub passages: usize,
    /// Number of quotations, in quotation marks and without.
    pub quotations: usize,
    /// How many of them are in indirect speech.
    pub indirect: usize,
    /// Number of different speakers.
    pub speakers: usize,
    /// The outlets, by name.
    pub outlets: Vec<String>,
    /// Size on disk, in bytes.
    pub bytes: u64,
    /// The folders and files indexed.
    pub roots: Vec<String>,
    /// What could not be read, and why.
    pub unreadable: Vec<Warning>,
    /// All documents, by id.
    pub list: Vec<Arc<DocumentRecord>>,
}

/// Most characters of a question.
pub const QUESTION: usize = 2_000;
/// Most characters of a quote.
pub const QUOTE: usize = 10_000;
/// How many passages are read for a question.
const PASSAGES: usize = 24;
/// How many of them an explanation shows.
const EXPLAINED: usize = 10;
/// How many answers are kept when nobody says how many.
const ANSWERS: usize = 5;

/// An open index and the readers over it.
pub struct Engine {
    index: Index,
    depth: Depth,
    readers: OnceCell<Vec<Box<dyn Reader>>>,
    speakers: OnceCell<Vec<String>>,
    /// The outlet of each document without a date of publication.
    undated: OnceCell<Vec<Option<String>>>,
    texts: RefCell<Vec<(String, Rc<str>)>>,
}

impl Engine {
    /// Opens the index that lives in a folder, or wherever.
    ///
    /// # Errors
    /// Where there is no index, or one of another format, or the files cannot be read.
    pub fn open(home: impl Into<Home>) -> Result<Self, EngineError> {
        let index = Index::open(home)?;
        let (readers, speakers, undated) = (OnceCell::new(), OnceCell::new(), OnceCell::new());
        Ok(Self { index, depth: Depth::default(), readers, speakers, undated, texts: RefCell::default() })
    }

    /// The same engine, its readers going so far.
    #[must_use]
    pub fn with_depth(self, depth: Depth) -> Self {
        Self { depth, readers: OnceCell::new(), ..self }
    }

    /// Takes up the newest state of the index; whether there was a newer one.
    ///
    /// # Errors
    /// Where the index cannot be read; the state that was open is kept then.
    pub fn refresh(&mut self) -> Result<bool, EngineError> {
        let changed = self.index.reload()?;
        if changed {
            self.texts.borrow_mut().clear();
            self.speakers = OnceCell::new();
            self.undated = OnceCell::new();
        }
        Ok(changed)
    }

    /// Loads the readers now rather than with the first question.
    pub fn prepare(&self) {
        self.readers.get_or_init(|| reading::readers(self.depth));
    }

    /// Answers a question; of two at once, the first.
    ///
    /// # Errors
    /// Where the question has no word or is longer than [`QUESTION`], the index cannot be read, or no outlet has the name given.
    pub fn ask(&self, words: &str, options: &AskOptions) -> Result<Asked, EngineError> {
        refuse_long("question", words, QUESTION)?;
        if !words.contains(char::is_alphanumeric) {
            return Err(EngineError::NoQuestion);
        }
        self.know_outlet(&options.constraints)?;
        let (words, mut warnings) = heard(words);
        let question = question::parse(words.as_str(), &options.constraints);
        let (mut asked, settled) = self.answer(question, options)?;
        // A question that reads as one about a document, while no document is meant, may be about what they tell.
        if !settled {
            let (told, _) = self.answer(question::parse_as_told(words.as_str(), &options.constraints), options)?;
            if matches!(told.outcome, Outcome::Answered { .. }) {
                asked = told;
            }
        }
        warnings.append(&mut asked.warnings);
        Ok(Asked { warnings, ..asked })
    }

    /// What came of a question, and whether that settles it.
    fn answer(&self, mut question: Question, options: &AskOptions) -> Result<(Asked, bool), EngineError> {
        let mut passages = retrieval::retrieve(&self.index, &question, PASSAGES)?;
        // "According to the Post" may speak of an outlet that documents of others cite: named in the words, unlike in an option, it gives way.
        let about_documents = matches!(question.subject, Subject::Document { .. });
        if passages.is_empty()
            && options.constraints.source.is_none()
            && let Some(named) = question.constraints.source.take()
        {
            passages = retrieval::retrieve(&self.index, &question, PASSAGES)?;
            // What is known of documents may have the name as an author's.
            question.constraints.source = about_documents.then_some(named);
        }
        let look = Look::new(&question, &passages);
        let candidates = self.read(&look);
        // Only questions about documents look at all of them, and there may be very many.
        let documents = if about_documents { self.index.documents()? } else { Vec::new() };
        let evidence = answer::Evidence { look: &look, candidates: &candidates, documents: &documents };
        let decision = answer::decide(&evidence, if options.top == 0 { ANSWERS } else { options.top });
        let explanation = options.explain.then(|| explain(&question, passages, candidates, decision.gates));
        let outcome = answer::place(decision.outcome, &question, &|document| self.text(document).ok());
        let mut warnings = self.changed(&outcome);
        warnings.extend(self.undated(&question.constraints));
        if !about_documents {
            warnings.extend(retrieval::passed_over(&self.index, &question)?.iter().map(not_read));
        }
        Ok((Asked { question, outcome, explanation, warnings }, decision.settled))
    }

    /// The passages most likely to answer a question, best first, `limit` at most.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn passages(&self, words: &str, limit: usize) -> Result<Vec<Passage>, EngineError> {
        Ok(retrieval::retrieve(&self.index, &question::parse(words, &Constraints::default()), limit)?)
    }

    /// All readers' candidates, best first. The readers are loaded with the first question: nothing else needs them.
    fn read(&self, look: &Look<'_>) -> Vec<Candidate> {
        self.readers.get_or_init(|| reading::readers(self.depth)).iter().fold(Vec::new(), |shortlist, reader| reader.read(look, shortlist))
    }

    /// Warnings for cited files that are no longer what was indexed.
    fn changed(&self, outcome: &Outcome) -> Vec<Warning> {
        let Outcome::Answered { answers, .. } = outcome else { return Vec::new() };
        self.stale(answers.iter().flat_map(|answer| &answer.citations).map(|citation| citation.document.as_ref()))
    }

    /// Checks a quote, and with `by` whether that person said it.
    ///
    /// # Errors
    /// Where the quote is longer than [`QUOTE`], the index cannot be read, or no outlet has the name given.
    pub fn check(&self, quote: &str, by: Option<&str>, constraints: &Constraints) -> Result<Verdict, EngineError> {
        refuse_long("quote", quote, QUOTE)?;
        self.know_outlet(constraints)?;
        Ok(verification::check(&self.index, quote, by, constraints)?)
    }

    /// Follows the utterance that a quote is from through the documents: who printed it first, and what each changed.
    ///
    /// # Errors
    /// Where the quote is longer than [`QUOTE`], the index cannot be read, or no outlet has the name given.
    pub fn trace(&self, quote: &str, constraints: &Constraints) -> Result<Trace, EngineError> {
        refuse_long("quote", quote, QUOTE)?;
        self.know_outlet(constraints)?;
        Ok(verification::trace(&self.index, quote, constraints)?)
    }

    /// Quotations that fit, `limit` at most, and how many fit in all, those of copies of one report once; in the order of the documents, single words in marks last.
    ///
    /// # Errors
    /// Where the index cannot be read, or no document or outlet has the name given.
    pub fn quotations(&self, wanted: &Wanted, limit: usize) -> Result<(Vec<QuotationRecord>, usize), EngineError> {
        let Constraints { source, since, until, speaker } = wanted.constraints.clone();
        let outlets = source.map(|source| self.outlets_named(&source)).transpose()?;
        let document = wanted.document.as_deref().map(|name| self.document(name)).transpose()?;
        let mut kinds = vec![QuotationKind::Direct, QuotationKind::Partial];
        kinds.extend(wanted.indirect.then_some(QuotationKind::Indirect));
        let filter = Filter { outlets, since, until, ..Filter::default() };
        let mut records = self.index.quotations(&QuotationFilter { speaker, about: wanted.about.clone(), document, filter, kinds })?;
        records = reports::once(records);
        records.sort_by_key(is_scrap);
        let total = records.len();
        records.truncate(limit);
        Ok((records, total))
    }

    /// An outlet that is not here is a slip of the name, not silence of the documents.
    fn know_outlet(&self, constraints: &Constraints) -> Result<(), EngineError> {
        constraints.source.as_deref().map_or(Ok(()), |source| self.outlets_named(source).map(|_| ()))
    }

    /// The outlets a name means: those whose name holds all its words.
    fn outlets_named(&self, name: &str) -> Result<Vec<String>, EngineError> {
        let wanted: Vec<String> = name.split_whitespace().map(text::fold).collect();
        let fits = |outlet: &String| wanted.iter().all(|word| text::fold(outlet).contains(word.as_str()));
        let outlets: Vec<String> = self.outlets()?.into_iter().filter(fits).collect();
        if outlets.is_empty() { Err(EngineError::NoOutlet { name: name.to_owned(), known: self.outlets()? }) } else { Ok(outlets) }
    }

    /// The document with this id, path, file name, or unique beginning of one.
    ///
    /// # Errors
    /// Where none fits, or several do.
    pub fn document(&self, name: &str) -> Result<Arc<DocumentRecord>, EngineError> {
        let mut found = self.index.find(name)?;
        match found.len() {
            1 => Ok(found.remove(0)),
            0 => Err(EngineError::NoDocument { name: name.to_owned(), near: self.documents_like(name)? }),
            _ => Err(EngineError::Ambiguous { name: name.to_owned(), ids: found.iter().map(|document| document.id.clone()).collect() }),
        }
    }

    /// The documents whose file names are most like a name, three at most.
    fn documents_like(&self, name: &str) -> Result<Vec<String>, EngineError> {
        let file = |id: &str| text::fold(id.rsplit('/').next().unwrap_or(id));
        let given = file(name);
        let like = |id: &str| similar::TextDiff::from_chars(&given, file(id)).ratio();
        let mut ranked: Vec<(f32, String)> = self.documents()?.iter().map(|document| (like(&document.id), document.id.clone())).collect();
        ranked.retain(|(like, _)| *like >= 0.75);
        ranked.sort_by(|one, other| other.0.total_cmp(&one.0).then_with(|| one.1.cmp(&other.1)));
        Ok(ranked.into_iter().take(3).map(|(_, id)| id).collect())
    }

    /// A document's text, all spans count in.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn text(&self, document: &DocumentRecord) -> Result<Rc<str>, EngineError> {
        if let Some((_, text)) = self.texts.borrow().iter().find(|(id, _)| *id == document.id) {
            return Ok(Rc::clone(text));
        }
        let text: Rc<str> = self.index.text(document)?.into();
        let mut texts = self.texts.borrow_mut();
        if texts.len() >= 8 {
            texts.remove(0);
        }
        texts.push((document.id.clone(), Rc::clone(&text)));
        Ok(text)
    }

    /// A document's blocks.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn blocks(&self, document: &DocumentRecord) -> Result<Vec<Block>, EngineError> {
        Ok(self.index.blocks(document)?)
    }

    /// The character positions of a span given in bytes.
    #[must_use]
    pub fn characters(&self, document: &DocumentRecord, span: Span) -> Range<usize> {
        let text = self.text(document).unwrap_or_else(|_| "".into());
        let characters = CharIndex::new(&text);
        characters.chars_before(span.start)..characters.chars_before(span.end)
    }

    /// What the index holds.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn status(&self) -> Result<Status, EngineError> {
        let status = self.index.status()?;
        let unreadable = status
            .failed
            .into_iter()
            .map(|(_, state)| Warning { path: Some(state.path.display().to_string()), message: state.failure.unwrap_or_default() });
        let (_, quotations) = self.quotations(&Wanted { indirect: true, ..Wanted::default() }, 0)?;
        let (_, marked) = self.quotations(&Wanted::default(), 0)?;
        Ok(Status {
            directory: self.index.home().to_string(),
            format: status.format,
            documents: status.documents,
            passages: usize::try_from(status.chunks).unwrap_or(usize::MAX),
            quotations,
            indirect: quotations.saturating_sub(marked),
            speakers: self.speakers()?.len(),
            outlets: self.outlets()?,
            bytes: self.index.size()?,
            roots: status.roots.iter().map(|root| root.display().to_string()).collect(),
            unreadable: unreadable.collect(),
            list: self.index.documents()?,
        })
    }

    /// All documents, by id.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn documents(&self) -> Result<Vec<Arc<DocumentRecord>>, EngineError> {
        Ok(self.index.documents()?)
    }

    /// What is known about a document beside what answers need: its file, and where its metadata were read.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn particulars(&self, document: &DocumentRecord) -> Result<Particulars, EngineError> {
        Ok(self.index.particulars(document)?.unwrap_or_default())
    }

    /// All speakers' names, sorted.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn speakers(&self) -> Result<Vec<String>, EngineError> {
        Ok(self.index.speakers()?)
    }

    /// Whether somebody of this very name is quoted.
    fn is_speaker(&self, name: &str) -> bool {
        let speakers = self.speakers.get_or_init(|| self.speakers().unwrap_or_default());
        name.contains(' ') && speakers.binary_search_by(|known| known.as_str().cmp(name)).is_ok()
    }

    /// All outlets' names, sorted.
    ///
    /// # Errors
    /// Where the index cannot be read.
    pub fn outlets(&self) -> Result<Vec<String>, EngineError> {
        Ok(self.index.outlets()?)
    }
}

/// What nobody asks or quotes at once is refused: reading it would take as long as it is.
fn refuse_long(what: &'static str, words: &str, most: usize) -> Result<(), EngineError> {
    let length = words.trim().chars().count();
    if length > most { Err(EngineError::TooLong { what, length, most }) } else { Ok(()) }
}

/// Whether only a word or two stand between the marks.
fn is_scrap(record: &QuotationRecord) -> bool {
    record.quotation.kind == QuotationKind::Partial && record.pieces.iter().flat_map(|piece| piece.split_whitespace()).nth(2).is_none()
}

fn explain(question: &Question, passages: Vec<Passage>, candidates: Vec<Candidate>, gates: Vec<String>) -> Explanation {
    let token = |&position: &usize| question.text.tokens.get(position).map(|token| token.span.slice(&question.words).to_owned());
    let words = |candidate: &Candidate| {
        let passage = passages.get(candidate.passage);
        passage.map(|passage| passage.record.slice(candidate.span).to_owned()).unwrap_or_default()
    };
    let shown = candidates.into_iter().take(EXPLAINED).map(|candidate| (words(&candidate), candidate)).collect();
    Explanation {
        answer_type: format!("{:?}", question.answer_type).to_lowercase(),
        focus: question.focus.iter().filter_map(token).collect(),
        terms: question.terms.iter().map(|term| term.stem.clone()).collect(),
        candidates: shown,
        passages: passages.into_iter().take(EXPLAINED).collect(),
        gates,
    }
}

/// The quotations of a bare text, as a plain text file with it would have them.
#[must_use]
pub fn extract(text: &str) -> Vec<Quotation> {
    match corpus::parse(Path::new("text.txt"), "text.txt", text.as_bytes()) {
        Ok(document) => extract_document(&document),
        Err(_) => Vec::new(),
    }
}

/// The quotations of a document just read.
#[must_use]
pub fn extract_document(document: &Document) -> Vec<Quotation> {
    let spans: Vec<Span> = document.blocks.iter().filter(|block| block.kind.is_article()).map(|block| block.span).collect();
    let blocks: Vec<Block> = document.blocks.iter().copied().filter(|block| block.kind.is_article()).collect();
    let words = text::analyze(&document.text, &spans);
    let syntax = syntax::analyze(&document.text, &words);
    quotation::extract(&document.text, &blocks, &words, &syntax)
}

/// Whether somebody is reported to have said it (scare quotes and titles are not speech).
#[must_use]
pub fn is_speech(quotation: &Quotation) -> bool {
    quotation.kind != QuotationKind::NotSpeech
}
