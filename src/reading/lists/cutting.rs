//! A span that is a whole list is cut into its members: at semicolons, or else at commas and the last "and".
//!
//! Where the list begins and ends is known already. What stands in parentheses parts nothing, nor does an "and" inside a name.

use std::ops::Range;

use crate::reading::view::View;
use crate::span::Span;
use crate::text::Shape;

/// The members of the list that some tokens are, in order, in bytes of the document's text; one alone where they are no list.
pub(super) fn members(view: &View<'_>, tokens: Range<usize>) -> Vec<Span> {
    let outside = outside_parentheses(view, tokens.clone());
    let parted_by = |mark: &str| outside.iter().any(|&position| word(view, position) == mark);
    let marks: &[&str] = if parted_by(";") { &[";"] } else { &[",", "and", "or", "&"] };
    let parts = |position: usize| {
        let word = word(view, position);
        marks.contains(&word) && !(is_coordinator(word) && inside_name(view, position))
    };
    let mut found = Vec::new();
    let mut start = tokens.start;
    for &position in outside.iter().filter(|&&position| parts(position)) {
        found.extend(member(view, start..position));
        start = position + 1;
    }
    found.extend(member(view, start..tokens.end));
    found
}

fn word<'v>(view: &'v View<'_>, position: usize) -> &'v str {
    view.cells.get(position).map_or("", |cell| cell.word.as_str())
}

fn is_coordinator(word: &str) -> bool {
    matches!(word, "and" | "or" | "&")
}

/// Whether a token lies inside a name, with tokens of it on both sides.
fn inside_name(view: &View<'_>, position: usize) -> bool {
    view.mention(position).is_some_and(|mention| mention.tokens.start < position && position + 1 < mention.tokens.end)
}

/// The tokens that no parentheses hold.
fn outside_parentheses(view: &View<'_>, tokens: Range<usize>) -> Vec<usize> {
    let mut depth = 0_usize;
    let mut found = Vec::new();
    for position in tokens {
        match word(view, position) {
            "(" | "[" => depth += 1,
            ")" | "]" => depth = depth.saturating_sub(1),
            _ if depth == 0 => found.push(position),
            _ => {}
        }
    }
    found
}

/// The member without the words that join it to the others and without what follows it in parentheses; none where nothing is left.
fn member(view: &View<'_>, tokens: Range<usize>) -> Option<Span> {
    let joins = |position: &usize| is_coordinator(word(view, *position)) || matches!(word(view, *position), "both" | "either" | "also");
    let start = tokens.clone().find(|position| !joins(position) && !is_mark(view, *position))?;
    let bracket = (start..tokens.end).find(|&position| matches!(word(view, position), "(" | "[")).unwrap_or(tokens.end);
    let last = (start..bracket).rev().find(|&position| !is_mark(view, position))?;
    Some(view.span(start..last + 1))
}

fn is_mark(view: &View<'_>, position: usize) -> bool {
    view.cells.get(position).is_none_or(|cell| {
        matches!(cell.shape, Shape::Quote) || matches!(cell.word.as_str(), "," | ";" | ":" | "(" | ")" | "–" | "—" | "-")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::question::{Constraints, parse};
    use crate::reading::Look;
    use crate::reading::tests::passage;

    fn check(list: &str, expected: &[&str]) {
        let text = format!("They are {list}.");
        let passages = [passage(0, &text)];
        let question = parse("Which ones are they?", &Constraints::default());
        let look = Look::new(&question, &passages);
        let span = Span::new("They are ".len(), text.len() - 1);
        let found = members(&look.views[0], look.views[0].tokens_in(span));
        assert_eq!(found.iter().map(|member| member.slice(&text)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn members_stand_between_commas_and_the_last_and() {
        check("Tarnside, Ostwick and Saltby", &["Tarnside", "Ostwick", "Saltby"]);
        check("both the pumps and the gate", &["the pumps", "the gate"]);
        check("more pumps; a gate, with locks; and a wall", &["more pumps", "a gate, with locks", "a wall"]);
    }

    #[test]
    fn parentheses_part_nothing() {
        check("Nora Pike (Ind, Saltby and Wold) and Hugh Tolley", &["Nora Pike", "Hugh Tolley"]);
    }
}
