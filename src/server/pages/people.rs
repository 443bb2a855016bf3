//! The pages about people: who is quoted how often; and of one, by whom, when, about what, and all quotations.

use axum::extract::State;
use axum::http::Uri;
use axum::response::Response;
use maud::{Markup, html};
use serde::Deserialize;

use super::super::problem::Problem;
use super::super::request::{self, FIELD, Part};
use super::charts::{bar, bars};
use super::listing::quotation;
use super::{ON_A_PAGE, Section, Shared, layout, link, make, parts};
use crate::engine::{Engine, Person, Wanted};
use crate::question::Constraints;
use crate::text::fold;

#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
struct Form {
    name: String,
    page: Option<usize>,
}

pub(super) async fn page(State(state): Shared, uri: Uri) -> Response {
    make(state, move |engine| {
        let form: Form = request::query(&uri)?;
        let (page, part) = Part::page(form.page, ON_A_PAGE);
        let name: String = form.name.trim().chars().take(FIELD).collect();
        if name.is_empty() { everybody(engine, page, part) } else { somebody(engine, &name, page, part) }
    })
    .await
}

fn everybody(engine: &Engine, page: usize, part: Part) -> Result<Markup, Problem> {
    let people = engine.people()?;
    let most = people.iter().map(|person| person.quoted + person.reported).max().unwrap_or(0);
    let content = html! {
        h1 { "People" }
        (search(""))
        p.dim { (people.len()) " are quoted by name. Dark: in quotation marks; light: in reported speech." }
        div.scroll tabindex="0" role="region" aria-label="Who is quoted how often" {
            table.people {
                thead { tr {
                    th scope="col" { "Name" } th scope="col" { "Quotations" } th.number scope="col" { "Quoted" } th.number scope="col" { "Reported" }
                    th.number scope="col" { "Documents" } th scope="col" { "Speaks of" }
                } }
                tbody { @for person in part.of(&people) { (row(person, most)) } }
            }
        }
        (parts::pager("/people", &[], page, people.len() > part.end()))
    };
    Ok(layout("People", Section::People, &content))
}

fn search(name: &str) -> Markup {
    html! { form.check action="/people" method="get" { (parts::input("name", "Name", name, "a name, or a part of it")) button type="submit" { "Show" } } }
}

fn row(person: &Person, most: usize) -> Markup {
    html! {
        tr {
            th scope="row" {
                a href=(link::page("/people", &[("name", &person.name)])) dir="auto" { (parts::line(&person.name)) }
                @if let Some(role) = &person.role { br; span.dim dir="auto" { (parts::line(role)) } }
            }
            td { (bar(person.quoted, person.reported, most)) }
            td.number { (person.quoted) }
            td.number { (person.reported) }
            td.number { (person.documents) }
            td dir="auto" { (person.subjects.iter().take(3).map(|(word, _)| parts::line(word)).collect::<Vec<_>>().join(", ")) }
        }
    }
}

/// The one of that name: the name itself, else the first whose name holds all its words.
fn find<'p>(people: &'p [Person], name: &str) -> Option<&'p Person> {
    let holds = |person: &&Person| {
        let theirs = fold(&person.name);
        fold(name).split_whitespace().all(|word| theirs.split_whitespace().any(|own| own == word))
    };
    people.iter().find(|person| person.name == name).or_else(|| people.iter().find(holds))
}

fn somebody(engine: &Engine, name: &str, page: usize, part: Part) -> Result<Markup, Problem> {
    let people = engine.people()?;
    let person = find(&people, name);
    let speaker = person.map_or(name, |person| person.name.as_str());
    let constraints = Constraints { speaker: Some(speaker.to_owned()), ..Constraints::default() };
    let (records, total) = engine.quotations(&Wanted { constraints, indirect: true, ..Wanted::default() }, part.end())?;
    let shown = records.get(part.offset.min(records.len())..).unwrap_or_default();
    let content = html! {
        h1 dir="auto" { (parts::line(speaker)) }
        @if let Some(role) = person.and_then(|person| person.role.as_ref()) { p.lead dir="auto" { (parts::line(role)) } }
        @if let Some(person) = person.filter(|_| page == 1) { (figures(person)) }
        @if total == 0 { (nobody(&people, name)) } @else {
            h2 { (total) @if total == 1 { " quotation" } @else { " quotations" } }
            (parts::warnings(&engine.beside_quotations(shown, &Constraints::default())))
            @for record in shown { (quotation(engine, record)) }
        }
        (parts::pager("/people", &[("name", name)], page, total > part.end()))
    };
    Ok(layout(speaker, Section::People, &content))
}

fn figures(person: &Person) -> Markup {
    let named = |(name, count): &(String, usize)| (html! { span dir="auto" { (parts::line(name)) } }, *count);
    html! {
        p {
            (person.quoted) " in quotation marks, " (person.reported) " in reported speech, in "
            (person.documents) @if person.documents == 1 { " document." } @else { " documents." }
        }
        div.charts {
            (bars("By outlet", person.outlets.iter().take(10).map(named)))
            (bars("By year", person.years.iter().map(|(year, count)| (html! { (year) }, *count))))
            (bars("Words they use more than others", person.subjects.iter().map(named)))
        }
    }
}

/// Nobody of that name: who comes near it.
fn nobody(people: &[Person], name: &str) -> Markup {
    let near = |person: &&Person| {
        let theirs = fold(&person.name);
        fold(name)
            .split_whitespace()
            .any(|word| theirs.split_whitespace().any(|own| similar::TextDiff::from_chars(own, word).ratio() > 0.7))
    };
    let near: Vec<&Person> = people.iter().filter(near).take(8).collect();
    html! {
        section.nothing {
            p.lead { "Nobody of that name is quoted in these documents." }
            @if !near.is_empty() {
                h2 { "Did you mean" }
                ul { @for person in near { li { a href=(link::page("/people", &[("name", &person.name)])) dir="auto" { (parts::line(&person.name)) } } } }
            }
            (search(name))
        }
    }
}
