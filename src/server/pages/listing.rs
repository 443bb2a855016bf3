//! The pages that list: quotations by speaker, subject, document; and all documents.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::request::{self, Part, QuotesRequest};
use super::{ON_A_PAGE, Section, Shared, layout, link, make, parts};
use crate::engine::Engine;
use crate::index::QuotationRecord;
use crate::question::Constraints;
use crate::quotation::QuotationKind;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    by: String,
    about: String,
    #[serde(rename = "in")]
    document: String,
    indirect: bool,
    page: Option<usize>,
}

pub(super) async fn quotes(State(state): Shared, uri: Uri) -> Response {
    make(state, move |engine| {
        let form: Form = request::query(&uri)?;
        let (page, part) = Part::page(form.page, ON_A_PAGE);
        let request = QuotesRequest {
            by: Some(form.by.clone()),
            about: Some(form.about.clone()),
            document: Some(form.document.clone()),
            indirect: form.indirect,
            ..QuotesRequest::default()
        };
        let (records, total) = engine.quotations(&request.wanted()?, part.end())?;
        let shown = records.get(part.offset.min(records.len())..).unwrap_or_default();
        let indirect = if form.indirect { "true" } else { "" };
        let fields = [("by", form.by.as_str()), ("about", &form.about), ("in", &form.document), ("indirect", indirect)];
        let content = html! {
            h1 { "Quotations" }
            (quotes_form(&form))
            @if total == 0 {
                section.nothing { p.lead { "No quotations fit." } p { "A part of a name is enough; reported speech is only shown where it is asked for." } }
            } @else { p.dim { (total) " fit." } }
            (parts::warnings(&engine.beside_quotations(shown, &Constraints::default())))
            @for record in shown { (quotation(engine, record)) }
            (parts::pager("/quotes", &fields, page, total > part.end()))
        };
        Ok(layout("Quotations", Section::Quotes, &content))
    })
    .await
}

fn quotes_form(form: &Form) -> Markup {
    html! {
        form.check action="/quotes" method="get" {
            div.fields {
                (parts::input("by", "By", &form.by, "a name"))
                (parts::input("about", "About", &form.about, "words"))
                (parts::input("in", "In the document", &form.document, "id or file name"))
            }
            label.box { input type="checkbox" name="indirect" value="true" checked[form.indirect]; " Reported speech too" }
            button type="submit" { "List" }
        }
    }
}

/// One quotation with its speaker and place.
pub(super) fn quotation(engine: &Engine, record: &QuotationRecord) -> Markup {
    let words = record.pieces.iter().map(|piece| parts::line(piece)).collect::<Vec<_>>().join(" … ");
    let reported = record.quotation.kind == QuotationKind::Indirect;
    html! {
        figure.citation {
            blockquote dir="auto" { @if reported { span.dim { "Reported: " } (words) } @else { "“" (words) "”" } }
            figcaption {
                @match &record.quotation.speaker { Some(speaker) => { "— " (parts::speaker(speaker)) br; } None => { span.dim { "Speaker not named" } br; } }
                (parts::source(&record.document)) " " (parts::open(engine, &record.document, record.quotation.span()))
            }
        }
    }
}

#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
struct Page {
    page: Option<usize>,
}

pub(super) async fn documents(State(state): Shared, uri: Uri) -> Response {
    make(state, move |engine| {
        let form: Page = request::query(&uri)?;
        let (page, part) = Part::page(form.page, ON_A_PAGE * 2);
        let all = engine.documents()?;
        let content = html! {
            h1 { "Documents" }
            p.dim { (all.len()) " documents." }
            ul.documents {
                @for document in part.of(&all) {
                    li {
                        a href=(link::document(&document.id)) { (parts::source(document)) }
                        br; code.dim { (parts::line(&document.id)) }
                    }
                }
            }
            (parts::pager("/documents", &[], page, all.len() > part.end()))
        };
        Ok(layout("Documents", Section::Documents, &content))
    })
    .await
}
