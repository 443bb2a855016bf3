//! Nouns that tell what answers a question: "cost" money, "percentage" a share, "councillor" a person.

use super::AnswerType;
use crate::text::thesaurus::{Topic, senses};

/// The singular of a folded noun, by its ending.
pub(super) fn singular(word: &str) -> String {
    match word {
        "people" => return "person".to_owned(),
        "men" => return "man".to_owned(),
        "women" => return "woman".to_owned(),
        "children" => return "child".to_owned(),
        "series" | "species" | "news" | "headquarters" | "premises" | "means" | "crossroads" => return word.to_owned(),
        _ => {}
    }
    let stem = |cut: usize| word.get(..word.len() - cut).unwrap_or(word);
    if word.ends_with("ies") && word.len() > 4 {
        format!("{}y", stem(3))
    } else if ["sses", "ches", "shes", "xes", "zzes"].iter().any(|ending| word.ends_with(ending)) {
        stem(2).to_owned()
    } else if word.ends_with('s') && word.len() > 3 && !["ss", "us", "is", "ous"].iter().any(|ending| word.ends_with(ending)) {
        stem(1).to_owned()
    } else {
        word.to_owned()
    }
}

/// Whether the folded noun is a plural, by its form.
pub(super) fn is_plural(word: &str) -> bool {
    matches!(word, "people" | "men" | "women" | "children") || singular(word) != word
}

const MONEY: &[&str] = &[
    "cost",
    "price",
    "salary",
    "wage",
    "budget",
    "bill",
    "fine",
    "rent",
    "loan",
    "fee",
    "bid",
    "debt",
    "loss",
    "profit",
    "income",
    "earnings",
    "payment",
    "payoff",
    "settlement",
    "expense",
    "funding",
    "grant",
    "turnover",
    "revenue",
    "saving",
    "tax",
    "compensation",
    "damages",
    "worth",
    "expenditure",
    "spending",
    "deficit",
    "surplus",
    "bonus",
    "pay",
    "price",
    "fare",
    "sum",
    "pension",
    "donation",
    "deposit",
    "money",
    "overspend",
    "shortfall",
];

const SHARE: &[&str] = &["percentage", "proportion", "share", "fraction", "percent", "rate", "majority", "odds", "probability", "interest"];

const NUMBER: &[&str] = &[
    "number",
    "population",
    "figure",
    "total",
    "level",
    "height",
    "weight",
    "length",
    "depth",
    "width",
    "size",
    "distance",
    "speed",
    "temperature",
    "score",
    "amount",
    "count",
    "quantity",
    "capacity",
    "caseload",
    "attendance",
    "crowd",
    "toll",
    "turnout",
    "result",
    "average",
    "volume",
    "area",
    "altitude",
    "circulation",
    "tally",
    "vote",
];

const DATE: &[&str] =
    &["date", "year", "day", "month", "time", "decade", "century", "week", "birthday", "anniversary", "deadline", "season"];

const DURATION: &[&str] = &["duration", "period", "term", "lifespan", "sentence"];

const AGE: &[&str] = &["age"];

const PERSON: &[&str] = &[
    "person",
    "man",
    "woman",
    "councillor",
    "minister",
    "mp",
    "officer",
    "director",
    "leader",
    "chairman",
    "chairwoman",
    "chair",
    "chief",
    "executive",
    "manager",
    "president",
    "secretary",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "inspector",
    "author",
    "writer",
    "journalist",
    "reporter",
    "editor",
    "player",
    "captain",
    "coach",
    "striker",
    "goalkeeper",
    "footballer",
    "doctor",
    "nurse",
    "teacher",
    "headteacher",
    "head",
    "boss",
    "owner",
    "founder",
    "artist",
    "actor",
    "actress",
    "singer",
    "king",
    "queen",
    "prince",
    "judge",
    "lawyer",
    "barrister",
    "senator",
    "governor",
    "mayor",
    "politician",
    "scientist",
    "professor",
    "administrator",
    "resident",
    "victim",
    "witness",
    "suspect",
    "farmer",
    "baker",
    "daughter",
    "son",
    "wife",
    "husband",
    "mother",
    "father",
    "brother",
    "sister",
    "widow",
    "successor",
    "predecessor",
    "winner",
    "candidate",
    "commissioner",
    "constable",
    "sergeant",
    "general",
    "bishop",
    "vicar",
    "rector",
    "poet",
    "composer",
    "inventor",
    "explorer",
    "character",
    "celebrity",
    "citizen",
    "boy",
    "girl",
    "child",
    "prophet",
    "deputy",
    "treasurer",
    "expert",
    "academic",
    "analyst",
    "engineer",
    "architect",
    "designer",
    "physicist",
    "novelist",
    "comedian",
    "philosopher",
    "psychologist",
    "trustee",
    "consultant",
    "surgeon",
    "headmaster",
    "headmistress",
    "cashier",
    "emperor",
    "saint",
    "god",
    "goddess",
    "hero",
    "heroine",
    "astronaut",
    "dictator",
    "pope",
    "monarch",
    "ruler",
    "quarterback",
    "pitcher",
    "star",
    "musician",
    "pianist",
    "author",
    "critic",
    "campaigner",
    "activist",
    "chancellor",
];

const ORGANIZATION: &[&str] = &[
    "organisation",
    "organization",
    "company",
    "firm",
    "council",
    "charity",
    "union",
    "party",
    "club",
    "team",
    "body",
    "agency",
    "department",
    "ministry",
    "bank",
    "university",
    "school",
    "college",
    "hospital",
    "trust",
    "league",
    "regulator",
    "watchdog",
    "inspectorate",
    "ombudsman",
    "consultancy",
    "brewery",
    "authority",
    "association",
    "board",
    "committee",
    "commission",
    "government",
    "newspaper",
    "paper",
    "outlet",
    "publication",
    "magazine",
    "broadcaster",
    "airline",
    "group",
    "institution",
    "institute",
    "foundation",
    "federation",
    "business",
    "corporation",
    "manufacturer",
    "maker",
    "retailer",
    "supermarket",
    "supplier",
    "contractor",
    "developer",
    "police",
    "force",
    "court",
    "tribunal",
    "orchestra",
    "band",
    "church",
    "insurer",
    "publisher",
    "soldier",
    "troop",
    "regiment",
    "army",
    "employer",
    "sponsor",
    "bidder",
    "quango",
    "campaign",
    "network",
    "studio",
    "gang",
    "tribe",
];

const PLACE: &[&str] = &[
    "city",
    "town",
    "village",
    "country",
    "county",
    "state",
    "place",
    "region",
    "area",
    "street",
    "road",
    "river",
    "lake",
    "sea",
    "ocean",
    "mountain",
    "island",
    "continent",
    "capital",
    "location",
    "district",
    "borough",
    "parish",
    "room",
    "building",
    "stadium",
    "ground",
    "station",
    "airport",
    "port",
    "nation",
    "province",
    "planet",
    "park",
    "address",
    "birthplace",
    "hometown",
    "headquarters",
    "valley",
    "desert",
    "site",
    "venue",
    "museum",
    "theatre",
    "hotel",
    "square",
    "suburb",
    "hemisphere",
    "peninsula",
    "territory",
    "part",
];

const ROLE: &[&str] =
    &["job", "role", "position", "occupation", "profession", "post", "rank", "career", "capacity", "trade", "office", "background"];

const REASON: &[&str] = &["reason", "cause", "motive", "purpose", "explanation", "justification", "motivation", "grounds", "rationale"];

const STATEMENT: &[&str] = &[
    "message",
    "reaction",
    "response",
    "comment",
    "view",
    "opinion",
    "statement",
    "remark",
    "word",
    "reply",
    "advice",
    "warning",
    "verdict",
    "promise",
    "criticism",
    "complaint",
    "apology",
    "argument",
];

/// What answers a question for this noun (folded, in the singular), where the noun alone decides.
pub(super) fn answer_type_of(noun: &str) -> Option<AnswerType> {
    let lists: [(&[&str], AnswerType); 12] = [
        (MONEY, AnswerType::Money),
        (SHARE, AnswerType::Share),
        (AGE, AnswerType::Age),
        (DATE, AnswerType::Date),
        (DURATION, AnswerType::Duration),
        (PERSON, AnswerType::Person),
        (ORGANIZATION, AnswerType::Organization),
        (PLACE, AnswerType::Place),
        (ROLE, AnswerType::Definition),
        (REASON, AnswerType::Reason),
        (STATEMENT, AnswerType::Statement),
        (NUMBER, AnswerType::Number),
    ];
    let listed = lists.iter().find(|(nouns, _)| nouns.contains(&noun)).map(|(_, answer_type)| *answer_type);
    listed.or_else(|| by_sense(noun))
}

/// What a noun that no list has is asked for, by what its usual sense is about.
fn by_sense(noun: &str) -> Option<AnswerType> {
    match senses(noun)?.topic() {
        Topic::Person => Some(AnswerType::Person),
        Topic::Group => Some(AnswerType::Organization),
        Topic::Location => Some(AnswerType::Place),
        _ => None,
    }
}

/// Nouns for a person by office, which a bare phrase asks the holder of: "chief executive of the alliance?".
pub(super) fn names_office(noun: &str) -> bool {
    PERSON.contains(&noun) || matches!(noun, "holder" | "incumbent")
}

/// Words for outlets, which also occur in their names.
const OUTLETS: &[&str] = &[
    "telegraph",
    "times",
    "guardian",
    "ledger",
    "courier",
    "herald",
    "post",
    "gazette",
    "chronicle",
    "express",
    "mail",
    "mirror",
    "observer",
    "echo",
    "argus",
    "tribune",
    "journal",
    "lantern",
    "press",
    "news",
    "radio",
    "bbc",
    "itv",
    "reuters",
    "examiner",
    "dispatch",
    "bulletin",
    "advertiser",
    "inquirer",
    "register",
    "globe",
    "sentinel",
    "messenger",
    "sun",
    "tv",
    "recorder",
    "scotsman",
    "cnn",
    "fm",
];

/// Whether a folded word occurs in names of newspapers, stations and sites.
pub(super) fn names_outlet(word: &str) -> bool {
    OUTLETS.contains(&word)
}

/// Nouns for something an outlet publishes.
pub(super) fn is_publication(noun: &str) -> bool {
    matches!(
        noun,
        "article"
            | "story"
            | "piece"
            | "column"
            | "editorial"
            | "item"
            | "post"
            | "blog"
            | "headline"
            | "feature"
            | "report"
            | "coverage"
            | "interview"
            | "review"
            | "dispatch"
            | "letter"
            | "page"
    )
}

/// The same, where the noun can mean nothing else (an inspectorate writes reports, too).
pub(super) fn is_press_item(noun: &str) -> bool {
    matches!(noun, "article" | "story" | "piece" | "column" | "editorial" | "headline" | "feature" | "coverage")
}

/// Nouns for the ones who publish.
pub(super) fn is_publisher(noun: &str) -> bool {
    matches!(
        noun,
        "outlet"
            | "paper"
            | "newspaper"
            | "publication"
            | "magazine"
            | "site"
            | "website"
            | "station"
            | "broadcaster"
            | "journal"
            | "source"
            | "daily"
            | "weekly"
            | "tabloid"
            | "blog"
            | "publisher"
    )
}
