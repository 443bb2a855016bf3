//! The quantities of a passage, with their places in the document.

use crate::index::PassageRecord;
use crate::span::Span;
use crate::text::Token;
use crate::text::quantities::{self, Quantity};

/// The quantities of a passage, in order; tokens count within the passage, spans within the document.
pub(crate) fn find(record: &PassageRecord) -> Vec<Quantity> {
    let base = record.span.start;
    let tokens: Vec<Token> = record.analysis.tokens.iter().map(|token| Token { span: token.span.relative_to(base), ..*token }).collect();
    let mut found = quantities::find(&record.text, &tokens);
    for quantity in &mut found {
        quantity.span = Span::new(quantity.span.start + base, quantity.span.end + base);
    }
    found
}
