//! The quotations of a text become a page of W3C Web Annotations (<https://www.w3.org/TR/annotation-model/>).
//!
//! Each quotation is an annotation: its targets are the pieces of it, each with a position and with its words and what stands around them; its
//! bodies say who is speaking, in what role, and how it is reported.

use serde_json::{Value, json};

use super::kind_name;
use crate::engine::surroundings;
use crate::quotation::{Quotation, Speaker};
use crate::span::{CharIndex, Span};

/// The annotations of one text; `source` names it.
#[must_use]
pub fn annotations(source: &str, text: &str, quotations: &[Quotation]) -> Value {
    let characters = CharIndex::new(text);
    let target = |piece: &Span| {
        let (before, after) = surroundings(text, *piece);
        json!({"source": source, "selector": [
            {"type": "TextPositionSelector", "start": characters.chars_before(piece.start), "end": characters.chars_before(piece.end)},
            {"type": "TextQuoteSelector", "exact": piece.slice(text), "prefix": before, "suffix": after}]})
    };
    let items = quotations.iter().enumerate().map(|(number, quotation)| {
        let targets: Vec<Value> = quotation.pieces.iter().map(target).collect();
        json!({"type": "Annotation", "id": format!("{source}#quotation-{}", number + 1), "motivation": "identifying",
               "body": bodies(quotation), "target": targets})
    });
    json!({"@context": "http://www.w3.org/ns/anno.jsonld", "type": "AnnotationPage", "id": source, "items": items.collect::<Vec<_>>()})
}

fn bodies(quotation: &Quotation) -> Vec<Value> {
    let tag = json!({"type": "TextualBody", "purpose": "tagging", "value": kind_name(quotation.kind)});
    quotation.speaker.iter().flat_map(speaker).chain([tag]).collect()
}

fn speaker(speaker: &Speaker) -> Vec<Value> {
    let name = json!({"type": "TextualBody", "purpose": "identifying", "value": speaker.name});
    let role = speaker.role.as_ref().map(|role| json!({"type": "TextualBody", "purpose": "describing", "value": role}));
    std::iter::once(name).chain(role).collect()
}
