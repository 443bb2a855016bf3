//! Questions about a document itself: who wrote it, when it was published, by whom, what it is called.

use super::asking::{Asking, Manner};
use super::plural::singular;
use super::press::{is_certain_publisher, is_press_item, is_publication, is_publisher, names_outlet};
use super::wording::{Wording, is_auxiliary, is_determiner};
use super::{Field, Subject};

/// The document asked about, if the question asks about one.
pub(super) fn find(wording: &Wording, asking: &Asking) -> Option<Subject> {
    let field = author(wording, asking)
        .or_else(|| published(wording, asking))
        .or_else(|| publisher(wording, asking))
        .or_else(|| title_of(wording, asking))
        .or_else(|| listed(wording, asking))?;
    Some(Subject::Document { field, title: title(wording) })
}

/// Whether a title in marks or the noun of a publication stands at or after `at`.
fn names_document(wording: &Wording, at: usize) -> bool {
    wording.quoted(at).is_some() || names_item(wording, at)
}

/// Whether the noun of a publication stands at or after `at`.
fn names_item(wording: &Wording, at: usize) -> bool {
    (at..wording.len()).any(|at| is_publication(&singular(wording.word(at))) && is_described(wording, at))
}

/// "the Courier's piece", "an article about", "the story headlined": the noun is of the press, or an outlet is named with it.
fn is_described(wording: &Wording, at: usize) -> bool {
    let noun = singular(wording.word(at));
    is_press_item(&noun)
        || is_titled(wording, at + 1)
        || wording.word(at + 1) == "by" && wording.is_person(at + 2)
        || (0..wording.len()).any(|other| wording.is_capitalized(other) && names_outlet(wording.word(other)))
        || matches!(wording.before(at), "news" | "newspaper")
}

/// "titled", "headlined": what follows is a title.
fn is_titled(wording: &Wording, at: usize) -> bool {
    matches!(wording.word(at), "headlined" | "titled" | "entitled")
}

/// A title without marks after the verb: capitals and what stands between them, to the end.
fn bare_title(wording: &Wording, at: usize) -> Option<(usize, usize)> {
    let end = wording.end();
    let long = end > at + 1 && !is_determiner(wording.word(at));
    (wording.is_capitalized(at) && long && wording.word(at + 1) != "'s").then_some((at, end))
}

fn author(wording: &Wording, asking: &Asking) -> Option<Field> {
    let writes =
        |at: usize| matches!(wording.word(at), "wrote" | "writes" | "written" | "authored" | "penned" | "reported" | "wrtoe" | "worte");
    if matches!(asking.manner, Manner::Who | Manner::What | Manner::Which) || asking.manner == Manner::Bare {
        let verb = (asking.end..wording.len().min(asking.end + 3)).find(|&at| writes(at));
        let object = verb.map(|verb| verb + 1);
        let by_person = asking.manner == Manner::Who
            || asking.focus.last().is_some_and(|&head| {
                matches!(singular(wording.word(head)).as_str(), "journalist" | "reporter" | "writer" | "author" | "correspondent")
            });
        if let Some(object) = object.filter(|_| by_person) {
            let reported = wording.word(object - 1) == "reported";
            let document = names_document(wording, object) || (!reported && bare_title(wording, object).is_some());
            return document.then_some(Field::Author);
        }
    }
    let author_of = wording
        .find(0, &["author", "writer", "byline", "journalist", "authors"])
        .filter(|&at| matches!(wording.word(at + 1), "of" | "on" | "behind" | "for"));
    if let Some(at) = author_of {
        return (names_document(wording, at) || bare_title(wording, at + 2).is_some() || asks_author(wording, at)).then_some(Field::Author);
    }
    // "By whom is the Register's report on …?"
    (wording.word(0) == "by" && matches!(wording.word(1), "whom" | "who") && names_document(wording, 2)).then_some(Field::Author)
}

/// "author of third of re-assessed councils": nothing is marked, but an author is asked of several words.
fn asks_author(wording: &Wording, at: usize) -> bool {
    wording.word(at).starts_with("author") && wording.end() > at + 3
}

fn published(wording: &Wording, asking: &Asking) -> Option<Field> {
    let verb = wording.find(
        0,
        &[
            "published",
            "publish",
            "printed",
            "posted",
            "appear",
            "appeared",
            "publication",
            "run",
            "carry",
            "print",
            "released",
            "out",
            "written",
            "dated",
        ],
    );
    let dated = matches!(asking.manner, Manner::When)
        || asking.focus.last().is_some_and(|&head| matches!(singular(wording.word(head)).as_str(), "date" | "day" | "year" | "month"));
    // "date of the article", "publication date of Third of councils …"
    let of = wording.find(0, &["date"]).filter(|&at| matches!(wording.word(at + 1), "of" | "on" | "for")).map(|at| at + 2);
    let published = wording.find(0, &["publication", "published", "dated"]).is_some();
    let named = of.is_some_and(|at| names_item(wording, at) || published && bare_title(wording, at).is_some());
    (dated && (named || verb.is_some() && names_document(wording, 0))).then_some(Field::Published)
}

fn publisher(wording: &Wording, asking: &Asking) -> Option<Field> {
    let outlet = asking.focus.last().is_some_and(|&head| is_publisher(&singular(wording.word(head))));
    let verb = |at: usize| {
        matches!(
            wording.word(at),
            "published"
                | "printed"
                | "ran"
                | "carried"
                | "reported"
                | "covered"
                | "broke"
                | "wrote"
                | "posted"
                | "says"
                | "said"
                | "publishes"
                | "run"
                | "carries"
        )
    };
    let who = asking.manner == Manner::Who
        && matches!(wording.word(asking.end), "published" | "printed" | "ran" | "carried")
        && names_document(wording, asking.end);
    let which = matches!(asking.manner, Manner::Which | Manner::What)
        && outlet
        && asking
            .focus
            .last()
            .is_some_and(|&head| is_certain_publisher(&singular(wording.word(head))) || names_document(wording, asking.end))
        && asking.end > asking.at + 1
        && (verb(asking.end) || is_auxiliary(wording.word(asking.end)));
    let place =
        asking.manner == Manner::Where && wording.find(0, &["published", "printed", "appear"]).is_some() && names_document(wording, 0);
    let source = outlet && asking.end == asking.at + 1 && names_document(wording, asking.end);
    (who || which || place || source).then_some(Field::Publisher)
}

/// "Which articles were published in October 2013", "what stories did Moss Arden write": titles answer.
fn listed(wording: &Wording, asking: &Asking) -> Option<Field> {
    let noun = asking.focus.last().map(|&head| singular(wording.word(head)))?;
    let asked = matches!(asking.manner, Manner::Which | Manner::What) && is_press_item(&noun);
    let verb = wording
        .find(asking.end, &["published", "publish", "printed", "print", "written", "write", "wrote", "appeared", "ran", "posted", "dated"]);
    (asked && verb.is_some_and(|verb| verb <= asking.end + 6)).then_some(Field::Title)
}

fn title_of(wording: &Wording, asking: &Asking) -> Option<Field> {
    let &head = asking.focus.last()?;
    let asked = matches!(wording.word(head), "title" | "headline" | "name") && wording.word(head + 1) == "of";
    (asked
        && (head + 2..wording.len()).any(|at| {
            is_press_item(&singular(wording.word(at))) || (is_publication(&singular(wording.word(at))) && wording.word(head) != "name")
        }))
    .then_some(Field::Title)
}

/// The title named: the words in marks, else the capitals after "wrote", "author of", "headlined".
fn title(wording: &Wording) -> Option<String> {
    if let Some((start, end)) = wording.quoted(0) {
        return Some(wording.printed(start, end).to_owned());
    }
    let called = |at: usize| wording.word(at) == "called" && is_publication(&singular(wording.before(at)));
    let named = (0..wording.len()).find(|&at| is_titled(wording, at) || called(at));
    let after = named.or_else(|| wording.find(0, &["wrote", "penned", "authored"])).map(|at| at + 1);
    let after_of = |words: &[&str]| wording.find(0, words).filter(|&at| wording.word(at + 1) == "of").map(|at| at + 2);
    let dated = || after_of(&["date"]).filter(|&at| bare_title(wording, at).is_some() && !names_item(wording, at));
    let of = || after_of(&["author", "writer", "authors"]).or_else(dated);
    let start = after.or_else(of)?;
    let described = (start..wording.len())
        .any(|at| is_publication(&singular(wording.word(at))) && (is_determiner(wording.word(start)) || wording.word(at + 1) == "about"));
    let (start, end) = (start, wording.end());
    (!described && end > start).then(|| wording.printed(start, end).to_owned())
}
