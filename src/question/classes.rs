//! The fifty classes of answers of Li and Roth ("Learning question classifiers", COLING 2002), three more that news asks for, and what
//! they are to this program.

use super::AnswerType::{
    self, Age, Date, Definition, Duration, List, Money, Number, Organization, Person, Place, Reason, Share, Statement, Thing,
};

/// Every class with its answer type; a class is its position here.
pub(super) const CLASSES: [(&str, AnswerType); 53] = [
    ("ABBR:abb", Thing),
    ("ABBR:exp", Definition),
    ("DESC:def", Definition),
    ("DESC:desc", Thing),
    ("DESC:manner", Thing),
    ("DESC:reason", Reason),
    ("ENTY:animal", Thing),
    ("ENTY:body", Thing),
    ("ENTY:color", Thing),
    ("ENTY:cremat", Thing),
    ("ENTY:currency", Thing),
    ("ENTY:dismed", Thing),
    ("ENTY:event", Thing),
    ("ENTY:food", Thing),
    ("ENTY:instru", Thing),
    ("ENTY:lang", Thing),
    ("ENTY:letter", Thing),
    ("ENTY:other", Thing),
    ("ENTY:plant", Thing),
    ("ENTY:product", Thing),
    ("ENTY:religion", Thing),
    ("ENTY:sport", Thing),
    ("ENTY:substance", Thing),
    ("ENTY:symbol", Thing),
    ("ENTY:techmeth", Thing),
    ("ENTY:termeq", Thing),
    ("ENTY:veh", Thing),
    ("ENTY:word", Thing),
    ("HUM:desc", Definition),
    ("HUM:gr", Organization),
    ("HUM:ind", Person),
    ("HUM:title", Definition),
    ("LOC:city", Place),
    ("LOC:country", Place),
    ("LOC:mount", Place),
    ("LOC:other", Place),
    ("LOC:state", Place),
    ("NUM:code", Number),
    ("NUM:count", Number),
    ("NUM:date", Date),
    ("NUM:dist", Number),
    ("NUM:money", Money),
    ("NUM:ord", Number),
    ("NUM:other", Number),
    ("NUM:perc", Share),
    ("NUM:period", Duration),
    ("NUM:speed", Number),
    ("NUM:temp", Number),
    ("NUM:volsize", Number),
    ("NUM:weight", Number),
    ("NUM:age", Age),
    ("DESC:said", Statement),
    ("LIST:any", List),
];

/// The class of a label, as its position.
pub(super) fn class(label: &str) -> Option<usize> {
    CLASSES.iter().position(|(name, _)| *name == label)
}

/// The class of a type of answer as `training/questions` names it.
pub(super) fn class_of(kind: &str) -> Option<usize> {
    class(match kind {
        "person" => "HUM:ind",
        "organization" => "HUM:gr",
        "place" => "LOC:other",
        "date" => "NUM:date",
        "duration" => "NUM:period",
        "age" => "NUM:age",
        "number" => "NUM:count",
        "share" => "NUM:perc",
        "money" => "NUM:money",
        "role" => "HUM:title",
        "definition" => "DESC:def",
        "reason" => "DESC:reason",
        "statement" => "DESC:said",
        "list" => "LIST:any",
        "thing" => "ENTY:other",
        _ => return None,
    })
}

/// The coarse class a class belongs to: the letters before the colon.
pub(super) fn coarse(class: usize) -> &'static str {
    CLASSES.get(class).and_then(|(name, _)| name.split(':').next()).unwrap_or_default()
}
