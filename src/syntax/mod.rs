//! Tokens get parts of speech, dependencies and entity mentions.
//!
//! One [`Word`] a token, in the same order. Pure; the models are part of the binary.

mod document;
mod fine;
mod form;
mod names;
mod tagger;
pub mod training;
mod weights;

use std::ops::Range;

use serde::{Deserialize, Serialize};

use self::document::Document;
use self::fine::Fine;
use self::form::{Form, Former, Lexicon};
use self::names::Namer;
use self::tagger::Tagger;
use crate::text::Text;

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
#[derive(Clone, Copy, Debug)]
struct Models<'m> {
    lexicon: Lexicon<'m>,
    tagger: Tagger<'m>,
    names: Namer<'m>,
}

impl<'m> Models<'m> {
    fn read(lexicon: &'m [u8], tagger: &'m [u8], names: &'m [u8]) -> Self {
        Self { lexicon: Lexicon::read(lexicon), tagger: Tagger::read(tagger), names: Namer::read(names) }
    }

    /// The models that are part of the binary.
    fn embedded() -> Models<'static> {
        Models::read(
            include_bytes!("../../models/syntax/lexicon.bin"),
            include_bytes!("../../models/syntax/tagger.bin"),
            include_bytes!("../../models/syntax/names.bin"),
        )
    }

    fn forms(&self, source: &str, text: &Text) -> Vec<Form> {
        let mut former = Former::new(self.lexicon);
        text.tokens.iter().map(|token| former.form(token.span.slice(source))).collect()
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
        let forms = self.forms(source, text);
        let tags = self.tags(&forms, text);
        let document = Document::new(&forms, &tags);
        let mut mentions = Vec::new();
        for sentence in &text.sentences {
            self.names.find(&document, sentence.tokens.clone(), &mut mentions);
        }
        let words = tags.iter().map(|tag| Word { tag: tag.tag(), head: None, relation: Relation::Root }).collect();
        Syntax { words, mentions }
    }
}

/// The tag of a token in no sentence.
const OUTSIDE: Fine = Fine(u8::MAX);

/// Tags, parses and finds names in a text cut by [`crate::text::analyze`] from `source`.
#[must_use]
pub fn analyze(source: &str, text: &Text) -> Syntax {
    Models::embedded().analyze(source, text)
}

/// The parts of speech alone, one for each token: several times faster than [`analyze`].
#[must_use]
pub fn tag(source: &str, text: &Text) -> Vec<Tag> {
    let models = Models::embedded();
    models.tags(&models.forms(source, text), text).into_iter().map(Fine::tag).collect()
}
