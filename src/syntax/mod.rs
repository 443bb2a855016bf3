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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::span::Span;

    fn analyzed(source: &str) -> (Text, Syntax) {
        let text = crate::text::analyze(source, &[Span::new(0, source.len())]);
        let syntax = analyze(source, &text);
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
    }

    #[test]
    fn words_get_their_parts_of_speech() {
        use Tag::{Adj, Adp, Aux, Det, Noun, Part, Pron, Propn, Punct, Verb};
        check_tags("The old mill closed in March.", &[Det, Adj, Noun, Verb, Adp, Propn, Punct]);
        check_tags("She has not left the house.", &[Pron, Aux, Part, Verb, Det, Noun, Punct]);
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
