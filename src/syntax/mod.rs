//! Tokens get parts of speech, dependencies and entity mentions.
//!
//! One [`Word`] a token, in the same order. Pure; the models are part of the binary.

mod arcs;
mod consistency;
mod document;
mod fine;
mod form;
mod lemma;
mod names;
mod network;
mod parser;
mod tagger;
pub mod training;
mod transition;
mod weights;
mod whole;

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

use self::document::Document;
use self::fine::Fine;
use self::form::{Form, Former, Lexicon};
use self::lemma::Lemmatiser;
use self::names::Namer;
use self::parser::{Parser, Tagged};
use self::tagger::Tagger;
use self::transition::Configuration;
use crate::text::{Text, Token};

/// The syntax of one text: parallel to its tokens.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Syntax {
    /// One entry for each token of the text.
    pub words: Vec<Word>,
    /// Entity mentions, in order, not overlapping.
    pub mentions: Vec<Mention>,
}

/// Part of speech and place in the dependency tree of one token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Word {
    /// Universal part of speech.
    pub tag: Tag,
    /// The token this one depends on (a position in the text's tokens, in the same sentence); `None` at the root.
    pub head: Option<u32>,
    /// The kind of dependency.
    pub relation: Relation,
}

/// Universal parts of speech (<https://universaldependencies.org/u/pos/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Tag {
    Adj,
    Adp,
    Adv,
    Aux,
    Cconj,
    Det,
    Intj,
    Noun,
    Num,
    Part,
    Pron,
    Propn,
    Punct,
    Sconj,
    Sym,
    Verb,
    X,
}

/// Universal dependency relations, with the subtypes English uses that matter here (<https://universaldependencies.org/u/dep/>).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs)]
pub enum Relation {
    Acl,
    AclRelcl,
    Advcl,
    Advmod,
    Amod,
    Appos,
    Aux,
    AuxPass,
    Case,
    Cc,
    Ccomp,
    Compound,
    CompoundPrt,
    Conj,
    Cop,
    Csubj,
    Dep,
    Det,
    Discourse,
    Dislocated,
    Expl,
    Fixed,
    Flat,
    Goeswith,
    Iobj,
    List,
    Mark,
    Nmod,
    NmodPoss,
    NmodUnmarked,
    Nsubj,
    NsubjPass,
    Nummod,
    Obj,
    Obl,
    OblAgent,
    OblUnmarked,
    Orphan,
    Parataxis,
    Punct,
    Reparandum,
    Root,
    Vocative,
    Xcomp,
}

/// A name in the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Its tokens, as positions in the text's tokens.
    pub tokens: Range<usize>,
    /// What it names.
    pub kind: EntityKind,
}

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum EntityKind {
    /// A person.
    Person,
    /// A company, council, party, club, agency.
    Organization,
    /// A place.
    Place,
    /// Any other name.
    Other,
}

/// The models, read in place from their bytes.
#[derive(Clone, Debug)]
struct Models<'m> {
    lexicon: Lexicon<'m>,
    lemmas: Lemmatiser<'m>,
    tagger: Tagger<'m>,
    names: Namer<'m>,
    parser: Parser<'m>,
}

/// The bytes of the models.
struct Files<'m> {
    lexicon: &'m [u8],
    lemmas: &'m [u8],
    tagger: &'m [u8],
    names: &'m [u8],
    actions: &'m [u8],
    relations: &'m [u8],
}

impl<'m> Models<'m> {
    fn read(files: &Files<'m>) -> Self {
        Self {
            lexicon: Lexicon::read(files.lexicon),
            lemmas: Lemmatiser::read(files.lemmas),
            tagger: Tagger::read(files.tagger),
            names: Namer::read(files.names),
            parser: Parser::read(files.actions, files.relations),
        }
    }

    /// The models that are part of the binary; the few weights that are copied out of them are so once.
    fn embedded() -> &'static Models<'static> {
        static MODELS: LazyLock<Models<'static>> = LazyLock::new(Models::of_binary);
        &MODELS
    }

    fn of_binary() -> Models<'static> {
        Models::read(&Files {
            lexicon: include_bytes!("../../models/syntax/lexicon.bin"),
            lemmas: LEMMAS,
            tagger: &TAGGER.0,
            names: &NAMES.0,
            actions: &ACTIONS.0,
            relations: &RELATIONS.0,
        })
    }

    fn forms(&self, source: &str, tokens: &[Token]) -> Vec<Form> {
        let mut former = Former::new(self.lexicon);
        tokens.iter().map(|token| former.form(token.span.slice(source))).collect()
    }

    fn tags(&self, forms: &[Form], text: &Text) -> Vec<Fine> {
        let mut tags = Vec::with_capacity(forms.len());
        for sentence in &text.sentences {
            tags.resize(sentence.tokens.start.min(forms.len()).max(tags.len()), OUTSIDE);
            self.tagger.tag(forms.get(sentence.tokens.clone()).unwrap_or_default(), &mut tags);
        }
        tags.resize(forms.len(), OUTSIDE);
        tags
    }

    fn analyze(&self, source: &str, text: &Text) -> Syntax {
        let forms = self.forms(source, &text.tokens);
        let tags = self.tags(&forms, text);
        let document = Document::new(&forms, &tags);
        let sentences = text.sentences.iter().map(|sentence| sentence.tokens.clone());
        let mut mentions = self.mentions(&document, sentences);
        let words: Vec<Word> = tags.into_iter().map(unparsed).collect();
        whole::complete(source, text, &words, &mut mentions);
        Syntax { words, mentions }
    }

    fn mentions(&self, document: &Document<'_>, sentences: impl Iterator<Item = Range<usize>>) -> Vec<Mention> {
        let mut mentions = Vec::new();
        sentences.for_each(|tokens| self.names.find(document, tokens, &mut mentions));
        consistency::settle(document, &mut mentions);
        mentions
    }

    /// The tree of a sentence whose first token is number `base` of its text.
    fn parse(&self, source: &str, tokens: &[Token], base: usize) -> Vec<Word> {
        let forms = self.forms(source, tokens);
        let mut tags = Vec::with_capacity(forms.len());
        self.tagger.tag(&forms, &mut tags);
        let mut words: Vec<Word> = tags.iter().copied().map(unparsed).collect();
        self.parser.parse(Tagged { forms: &forms, tags: &tags }, base, &mut Configuration::default(), &mut words);
        words
    }
}

/// A word of which only the tag is known.
fn unparsed(tag: Fine) -> Word {
    Word { tag: tag.tag(), head: None, relation: Relation::Root }
}

/// Bytes that begin a cache line: the rows of the larger models then take as few lines as they can.
#[repr(align(64))]
struct Aligned<const N: usize>([u8; N]);

static TAGGER: Aligned<{ include_bytes!("../../models/syntax/tagger.bin").len() }> =
    Aligned(*include_bytes!("../../models/syntax/tagger.bin"));
static NAMES: Aligned<{ include_bytes!("../../models/syntax/names.bin").len() }> =
    Aligned(*include_bytes!("../../models/syntax/names.bin"));
static ACTIONS: Aligned<{ include_bytes!("../../models/syntax/actions.bin").len() }> =
    Aligned(*include_bytes!("../../models/syntax/actions.bin"));
static RELATIONS: Aligned<{ include_bytes!("../../models/syntax/relations.bin").len() }> =
    Aligned(*include_bytes!("../../models/syntax/relations.bin"));

const LEMMAS: &[u8] = include_bytes!("../../models/syntax/lemmas.bin");

/// The tag of a token in no sentence.
const OUTSIDE: Fine = Fine(u8::MAX);

/// Tags and finds names in a text cut by [`crate::text::analyze`] from `source`. No word gets a head: [`parse`] is for the sentences
/// where one is worth its price.
#[must_use]
pub fn analyze(source: &str, text: &Text) -> Syntax {
    Models::embedded().analyze(source, text)
}

/// The dependency tree of one sentence, given by its tokens: a word for each. Heads are positions in the text's tokens.
#[must_use]
pub fn parse(source: &str, text: &Text, sentence: Range<usize>) -> Vec<Word> {
    Models::embedded().parse(source, text.tokens.get(sentence.clone()).unwrap_or_default(), sentence.start)
}

/// The parts of speech alone, one for each token: faster than [`analyze`], which finds the same.
#[must_use]
pub fn tag(source: &str, text: &Text) -> Vec<Tag> {
    let models = Models::embedded();
    models.tags(&models.forms(source, &text.tokens), text).into_iter().map(Fine::tag).collect()
}

/// The dictionary form of a word in lower case ("said" as a verb: "say"); the word itself where none is known.
///
/// ```
/// use sayso::syntax::{Tag, lemma};
/// assert_eq!(lemma("said", Tag::Verb), "say");
/// assert_eq!(lemma("councillors", Tag::Noun), "councillor");
/// ```
#[must_use]
pub fn lemma(word_folded: &str, tag: Tag) -> Cow<'_, str> {
    Lemmatiser::read(LEMMAS).lemma(word_folded, tag)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Span;

    fn analyzed(source: &str) -> (Text, Syntax) {
        let text = crate::text::analyze(source, &[Span::new(0, source.len())]);
        let mut syntax = analyze(source, &text);
        for sentence in &text.sentences {
            syntax.words[sentence.tokens.clone()].copy_from_slice(&parse(source, &text, sentence.tokens.clone()));
        }
        (text, syntax)
    }

    fn check_tags(source: &str, expected: &[Tag]) {
        let (_, syntax) = analyzed(source);
        let tags: Vec<Tag> = syntax.words.iter().map(|word| word.tag).collect();
        assert_eq!(tags, expected, "{source}");
    }

    fn check_names(source: &str, expected: &[(&str, EntityKind)]) {
        let (text, syntax) = analyzed(source);
        let words = |mention: &Mention| {
            let (first, last) = (text.tokens[mention.tokens.start], text.tokens[mention.tokens.end - 1]);
            first.span.cover(last.span).slice(source)
        };
        let names: Vec<(&str, EntityKind)> = syntax.mentions.iter().map(|mention| (words(mention), mention.kind)).collect();
        assert_eq!(names, expected, "{source}");
    }

    fn check_shape(source: &str) {
        let (text, syntax) = analyzed(source);
        assert_eq!(syntax.words.len(), text.tokens.len());
        assert_eq!(tag(source, &text), syntax.words.iter().map(|word| word.tag).collect::<Vec<_>>());
        let mut end = 0;
        for mention in &syntax.mentions {
            assert!(mention.tokens.start >= end && mention.tokens.end > mention.tokens.start);
            end = mention.tokens.end;
        }
        assert!(end <= text.tokens.len());
        text.sentences.iter().for_each(|sentence| check_tree(&syntax.words, sentence.tokens.clone()));
    }

    /// Heads lie in the sentence, one word has none, and every way up ends there.
    fn check_tree(words: &[Word], tokens: Range<usize>) {
        let roots = tokens.clone().filter(|&at| words[at].head.is_none()).count();
        assert_eq!(roots, 1, "{tokens:?}");
        for at in tokens.clone() {
            assert_eq!(words[at].relation == Relation::Root, words[at].head.is_none());
            let way = std::iter::successors(words[at].head, |&head| words[head as usize].head).take(tokens.len() + 1);
            let way: Vec<usize> = way.map(|head| head as usize).collect();
            assert!(way.len() < tokens.len() && way.iter().all(|head| tokens.contains(head)), "{tokens:?}");
        }
    }

    /// The head and the relation of the first token written `word`.
    fn check_arc(source: &str, word: &str, head: &str, relation: Relation) {
        let (text, syntax) = analyzed(source);
        let written = |at: usize| text.tokens[at].span.slice(source);
        let at = (0..text.tokens.len()).find(|&at| written(at) == word).unwrap();
        let found = syntax.words[at].head.map_or("", |head| written(head as usize));
        assert_eq!((found, syntax.words[at].relation), (head, relation), "{word} in {source}");
    }

    #[test]
    fn words_get_their_parts_of_speech() {
        use Tag::{Adj, Adp, Aux, Det, Noun, Part, Pron, Propn, Punct, Verb};
        check_tags("The old mill closed in March.", &[Det, Adj, Noun, Verb, Adp, Propn, Punct]);
        check_tags("She has not left the house.", &[Pron, Aux, Part, Verb, Det, Noun, Punct]);
    }

    #[test]
    fn words_hang_on_their_heads() {
        let source = "The council leader said the plan would close three libraries.";
        check_arc(source, "leader", "said", Relation::Nsubj);
        check_arc(source, "said", "", Relation::Root);
        check_arc(source, "plan", "close", Relation::Nsubj);
        check_arc(source, "close", "said", Relation::Ccomp);
        check_arc(source, "libraries", "close", Relation::Obj);
    }

    #[test]
    fn lemmas_come_from_rules_and_exceptions() {
        let checks =
            [("was", Tag::Aux, "be"), ("taught", Tag::Verb, "teach"), ("libraries", Tag::Noun, "library"), ("blorps", Tag::Noun, "blorp")];
        checks.into_iter().for_each(|(word, tag, expected)| assert_eq!(lemma(word, tag), expected));
    }

    #[test]
    fn names_are_found_with_their_kind() {
        use EntityKind::{Person, Place};
        check_names("The keeper, Mr David Thornton, lives in Scotland.", &[("Mr David Thornton", Person), ("Scotland", Place)]);
    }

    proptest! {
        #[test]
        fn any_text_is_analyzed(source in "\\PC{0,200}") {
            check_shape(&source);
        }

        #[test]
        fn any_text_of_words_and_marks_is_analyzed(source in "([A-Za-z]{1,8}|[0-9.,£%]{1,4}|[“”\"'’.!?—-]|\n)( ([A-Z][a-z]{1,8}|[a-z]{1,6}|Mr\\.?|said)){0,30}") {
            check_shape(&source);
        }
    }
}
