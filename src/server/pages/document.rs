//! A document's page: its text with quotations tinted by speaker, boilerplate dimmed, and the place that was opened marked.

use std::collections::BTreeMap;

use axum::extract::{Path, State};
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::api;
use super::super::request::{self, PlaceRequest};
use super::{Section, Shared, layout, link, make, parts};
use crate::corpus::{Block, BlockKind};
use crate::engine::{DocumentRecord, Wanted};
use crate::index::QuotationRecord;
use crate::quotation::QuotationKind;
use crate::span::Span;

/// How many tints there are; further speakers share them.
const TINTS: usize = 8;
/// Bytes of a document that stand on a page.
const LENGTH: usize = 150_000;

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    start: Option<usize>,
    end: Option<usize>,
    page: Option<usize>,
}

pub(super) async fn page(State(state): Shared, Path(id): Path<String>, uri: Uri) -> Response {
    make(state, move |engine| {
        let form: Form = request::query(&uri)?;
        let document = engine.document(&id)?;
        let text = engine.text(&document)?;
        let marked = api::span(&text, PlaceRequest { start: form.start, end: form.end })?;
        let wanted = Wanted { document: Some(document.id.clone()), indirect: true, ..Wanted::default() };
        let (quotations, _) = engine.quotations(&wanted, usize::MAX)?;
        let cast = Cast::new(&quotations);
        let pages = cut(&engine.blocks(&document)?, text.len());
        let number = number(&pages, marked, form.page);
        let shown = pages.get(number - 1).map(Vec::as_slice).unwrap_or_default();
        let view = View { text: &text, said: cast.said(&quotations), marked };
        let content = html! {
            (head(&document))
            (parts::warnings(&engine.stale(std::iter::once(document.as_ref()))))
            (cast.legend())
            article.document lang="en" { @for block in shown { (view.block(*block)) } }
            (parts::pager(&link::document(&document.id), &[], number, number < pages.len()))
        };
        Ok(layout(document.title.as_deref().unwrap_or(&document.id), Section::Documents, &content))
    })
    .await
}

fn head(document: &DocumentRecord) -> Markup {
    html! {
        h1 dir="auto" { (parts::line(document.title.as_deref().unwrap_or(&document.id))) }
        p.lead {
            @if let Some(outlet) = &document.publisher { span.outlet dir="auto" { (parts::line(outlet)) } " " }
            @if !document.authors.is_empty() { "by " span dir="auto" { (document.authors.iter().map(|author| parts::line(author)).collect::<Vec<_>>().join(", ")) } " " }
            @if let Some(day) = document.published { time datetime=(day) { (day.strftime("%-d %B %Y")) } }
        }
        p.dim {
            code { (parts::line(&document.path)) } " · "
            a href=(link::page("/quotes", &[("in", &document.id), ("indirect", "true")])) { "Its quotations" }
        }
    }
}

/// The document's blocks by pages; a document without blocks is one.
fn cut(blocks: &[Block], length: usize) -> Vec<Vec<Block>> {
    let whole = [Block { span: Span::new(0, length), kind: BlockKind::Paragraph }];
    let blocks = if blocks.is_empty() { &whole } else { blocks };
    let mut pages: Vec<Vec<Block>> = Vec::new();
    let mut start = 0;
    for block in blocks {
        match pages.last_mut() {
            Some(page) if block.span.end.saturating_sub(start) <= LENGTH => page.push(*block),
            _ => {
                start = block.span.start;
                pages.push(vec![*block]);
            }
        }
    }
    pages
}

/// The page that is asked for, or that the place stands on; from 1.
fn number(pages: &[Vec<Block>], marked: Option<Span>, asked: Option<usize>) -> usize {
    let holds = |span: Span| pages.iter().position(|page| page.iter().any(|block| block.span.end > span.start)).map(|at| at + 1);
    asked.or_else(|| holds(marked?)).unwrap_or(1).clamp(1, pages.len().max(1))
}

/// Who speaks in a document, with how many quotations, and the tint of each.
struct Cast {
    names: Vec<(String, usize)>,
}

impl Cast {
    fn new(quotations: &[QuotationRecord]) -> Self {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for speaker in quotations.iter().filter_map(|record| record.quotation.speaker.as_ref()) {
            *counts.entry(&speaker.name).or_default() += 1;
        }
        let mut names: Vec<(String, usize)> = counts.into_iter().map(|(name, count)| (name.to_owned(), count)).collect();
        names.sort_by(|one, other| other.1.cmp(&one.1).then_with(|| one.0.cmp(&other.0)));
        Self { names }
    }

    fn tint(&self, name: &str) -> Option<usize> {
        self.names.iter().position(|(known, _)| known == name).map(|at| at % TINTS)
    }

    /// What is said where, by whom; the longest first where they overlap.
    fn said(&self, quotations: &[QuotationRecord]) -> Vec<Said> {
        let one = |record: &QuotationRecord| {
            let speaker = record.quotation.speaker.as_ref();
            let name = speaker.map_or("Speaker not named", |speaker| speaker.name.as_str());
            let reported = record.quotation.kind == QuotationKind::Indirect;
            let who = if reported { format!("Reported: {}", parts::line(name)) } else { parts::line(name) };
            let class = format!(
                "said {} {}",
                speaker.and_then(|s| self.tint(&s.name)).map_or("nobody".to_owned(), |tint| format!("t{tint}")),
                if reported { "reported" } else { "" }
            );
            record
                .quotation
                .pieces
                .iter()
                .map(|&span| Said { span, class: class.trim_end().to_owned(), who: who.clone() })
                .collect::<Vec<_>>()
        };
        let mut said: Vec<Said> = quotations.iter().flat_map(one).collect();
        said.sort_by_key(|said| (said.span.start, std::cmp::Reverse(said.span.end), said.class.clone()));
        said
    }

    fn legend(&self) -> Markup {
        html! {
            @if !self.names.is_empty() {
                nav.legend aria-label="Who speaks here" {
                    ul {
                        @for (at, (name, count)) in self.names.iter().enumerate() {
                            li { span class={ "said t" (at % TINTS) } { a href=(link::page("/people", &[("name", name)])) dir="auto" { (parts::line(name)) } } " " (count) }
                        }
                    }
                }
            }
        }
    }
}

/// A piece of a quotation.
struct Said {
    span: Span,
    class: String,
    who: String,
}

/// A document's text and what is to be seen in it.
struct View<'v> {
    text: &'v str,
    said: Vec<Said>,
    marked: Option<Span>,
}

impl View<'_> {
    fn block(&self, block: Block) -> Markup {
        let words = self.stretches(block.span);
        match block.kind {
            BlockKind::Title => html! { p.title dir="auto" { (words) } },
            BlockKind::Heading => html! { h2 dir="auto" { (words) } },
            BlockKind::Byline => html! { p.byline dir="auto" { (words) } },
            BlockKind::Paragraph => html! { p dir="auto" { (words) } },
            BlockKind::ListItem => html! { p.item dir="auto" { (words) } },
            BlockKind::BlockQuote => html! { blockquote dir="auto" { (words) } },
            BlockKind::Caption => html! { p.caption dir="auto" { (words) } },
            BlockKind::Boilerplate(_) => html! { p.aside dir="auto" { (words) } },
        }
    }

    /// The words of a block, cut wherever a quotation or the marked place begins or ends.
    fn stretches(&self, block: Span) -> Markup {
        let near: Vec<&Said> = self.said.iter().filter(|said| said.span.overlaps(block)).collect();
        let spans = near.iter().map(|said| said.span).chain(self.marked);
        let mut edges: Vec<usize> =
            spans.flat_map(|span| [span.start, span.end]).filter(|edge| (block.start..block.end).contains(edge)).collect();
        edges.extend([block.start, block.end]);
        edges.sort_unstable();
        edges.dedup();
        html! {
            @for pair in edges.windows(2) {
                @if let [start, end] = *pair { (self.stretch(Span::new(start, end), &near)) }
            }
        }
    }

    fn stretch(&self, span: Span, near: &[&Said]) -> Markup {
        let words = parts::text(span.slice(self.text));
        let inside = self.marked.is_some_and(|marked| marked.contains(span) && !marked.is_empty());
        let first = self.marked.is_some_and(|marked| inside && marked.start == span.start);
        let words = html! { @if inside { mark id=[first.then_some("place")] { (words) } } @else { (words) } };
        match near.iter().find(|said| said.span.contains(span)) {
            Some(said) => html! { span class=(said.class) title=(said.who) { (words) } },
            None => words,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn block(start: usize, end: usize) -> Block {
        Block { span: Span::new(start, end), kind: BlockKind::Paragraph }
    }

    #[test]
    fn a_quotation_and_the_marked_place_may_cross() {
        let said = Said { span: Span::new(4, 12), class: "said t0".into(), who: "A <b>".into() };
        let view = View { text: "one two <i> four", said: vec![said], marked: Some(Span::new(8, 16)) };
        let page = view.block(block(0, 16)).into_string();
        assert_eq!(
            page,
            "<p dir=\"auto\">one <span class=\"said t0\" title=\"A &lt;b&gt;\">two </span><span class=\"said t0\" title=\"A &lt;b&gt;\">\
             <mark id=\"place\">&lt;i&gt; </mark></span><mark>four</mark></p>"
        );
    }

    #[test]
    fn a_long_document_is_cut_at_blocks_and_opened_where_the_place_is() {
        let blocks: Vec<Block> = (0..4).map(|at| block(at * 100_000, at * 100_000 + 90_000)).collect();
        let pages = cut(&blocks, 390_000);
        assert_eq!(pages.iter().map(Vec::len).collect::<Vec<_>>(), [1, 1, 1, 1]);
        assert_eq!(number(&pages, Some(Span::new(200_005, 200_009)), None), 3);
        assert_eq!((number(&pages, None, None), number(&pages, None, Some(99))), (1, 4));
        assert_eq!(cut(&[], 10).len(), 1);
    }
}
