//! The tags the tagger decides between: the universal ones, split where English grammar needs the form (a verb's
//! tense and participles, plurals, possessive and relative pronouns). The parser reads these; the outside sees [`Tag`].

use super::Tag;

/// How many there are.
pub(super) const FINE_TAGS: usize = 32;

/// What stands for "before the sentence" and "no such tag" in features.
pub(super) const NO_TAG: Fine = Fine(63);

/// A fine tag: a position in [`TABLE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Fine(pub(super) u8);

impl Fine {
    /// The universal tag.
    pub(super) fn tag(self) -> Tag {
        TABLE.get(usize::from(self.0)).map_or(Tag::X, |entry| entry.0)
    }

    /// As a value in features.
    #[inline]
    pub(super) fn value(self) -> u64 {
        u64::from(self.0)
    }

    /// The fine tag for a universal tag and a tag of the Penn Treebank.
    pub(super) fn from_gold(tag: Tag, penn: &str) -> Self {
        let exact = TABLE.iter().position(|(universal, penns)| *universal == tag && penns.contains(&penn));
        let first = || TABLE.iter().position(|(universal, _)| *universal == tag);
        Self(exact.or_else(first).and_then(|at| u8::try_from(at).ok()).unwrap_or(0))
    }
}

/// Universal tag and the Penn tags it covers; the first entry of a universal tag takes what no entry names.
#[rustfmt::skip]
const TABLE: [(Tag, &[&str]); FINE_TAGS] = [
    (Tag::Adj, &["JJ"]), (Tag::Adj, &["JJR", "JJS"]),
    (Tag::Adp, &["IN"]),
    (Tag::Adv, &["RB"]), (Tag::Adv, &["WRB"]),
    (Tag::Aux, &["VBZ", "VBP", "VBD"]), (Tag::Aux, &["VB"]), (Tag::Aux, &["VBN", "VBG"]), (Tag::Aux, &["MD"]),
    (Tag::Cconj, &["CC"]),
    (Tag::Det, &["DT"]),
    (Tag::Intj, &["UH"]),
    (Tag::Noun, &["NN"]), (Tag::Noun, &["NNS"]),
    (Tag::Num, &["CD"]),
    (Tag::Part, &["TO"]), (Tag::Part, &["RB"]), (Tag::Part, &["POS"]),
    (Tag::Pron, &["PRP"]), (Tag::Pron, &["PRP$"]), (Tag::Pron, &["WP", "WDT", "WP$"]), (Tag::Pron, &["DT", "NN", "EX"]),
    (Tag::Propn, &["NNP", "NNPS"]),
    (Tag::Punct, &["."]),
    (Tag::Sconj, &["IN"]),
    (Tag::Sym, &["SYM"]),
    (Tag::Verb, &["VBD"]), (Tag::Verb, &["VBZ", "VBP"]), (Tag::Verb, &["VB"]), (Tag::Verb, &["VBN"]), (Tag::Verb, &["VBG"]),
    (Tag::X, &["FW"]),
];
