//! Words become [`CueClass`]es: what kind of speech a verb or noun reports, if any.
//!
//! The lexicon holds lemmas; inflected forms are undone by rule, irregular ones by a list. Which cue goes with which quotation
//! is not decided here.

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::{FxHashMap, FxHashSet};

/// What kind of reporting word it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum CueClass {
    /// say, tell, add
    Say = 1,
    /// ask, wonder
    Ask = 2,
    /// write, tweet, read (of a text)
    Write = 3,
    /// think, believe, fear
    Think = 4,
    /// call, describe, dub
    Label = 5,
    /// praise, accuse, dismiss
    Judge = 6,
    /// find, show, reveal
    Find = 7,
    /// laugh, shrug, smile
    Gesture = 8,
}

const SAY: &str = "acknowledge add address admit admonish advise affirm agree allege announce answer argue articulate assert assure attest aver avow \
bark beg begin bellow blare blurt boast boom brag caution chant chime chuckle cite claim clarify comment complain concede conclude confess confide \
confirm contend continue counter counsel crow cry declare decree demand deny detail disclose drawl echo elaborate emphasise emphasize exclaim exhort \
explain explode expound fume gasp grumble groan growl gush hint holler howl implore imply indicate inform insist instruct intone interject interrupt \
introduce joke lament lecture maintain mention moan mumble murmur muse mutter narrate note object observe offer opine order outline petition plead \
pledge pray predict proclaim profess promise pronounce propose protest purr quip quote rail rant recall recite reckon recommend recount reflect reiterate \
relate relay remark remind repeat reply report reprimand request respond retort reveal roar say scoff scream scold shout shriek sigh sing snap snarl snort \
speak speculate stammer state stress stutter submit suggest summarise summarize surmise swear sympathise sympathize talk taunt tease tell testify thank \
thunder urge utter vent venture voice volunteer vow wail warn whine whisper yell yelp elucidate preach pontificate enthuse insinuate put point fire shoot go according posit stipulate \
underline underscore reassure invoke extol expostulate rejoin lie brief sum finish close open conjecture bemoan";
const ASK: &str = "ask enquire inquire query question wonder press quiz challenge grill";
const WRITE: &str =
    "write tweet post email e-mail publish pen read blog retweet text type print scribble caption headline title sign author release issue";
const THINK: &str = "accept appreciate assume believe conceive consider deem doubt dream expect fear feel figure foresee guess hope imagine know \
like love regret realise realize regard remember see suppose suspect sense think trust understand want worry wish hear learn decide envisage anticipate concern";
const LABEL: &str = "call characterise characterize describe dub label brand term name deride decry denounce cast paint portray nickname refer hail \
tout bill style depict frame liken compare";
const JUDGE: &str = "accuse applaud assail attack back berate blame blast bash belittle castigate censure chastise chide commend compliment condemn \
criticise criticize credit defend dismiss disparage disavow disown endorse excoriate express extend fault greet hammer highlight insult knock lambast \
lambaste laud lash mock needle oppose pan praise pummel push rap rebuff rebuke rebut reject repudiate ridicule rip salute savage single slam slap slate support \
tear trash tweak vilify vouch warm welcome congratulate rally pitch promote signal threaten thrash target trumpet invite encourage";
const FIND: &str = "argue conclude discover estimate find forecast judge list note observe record rule show state reveal indicate suggest include contain contend calculate determine \
establish project rate recommend hold demonstrate specify";
const GESTURE: &str = "beam cheer deadpan frown gesture grin laugh nod pause shrug smile smirk sob sneer weep wince grimace giggle";

const NOUNS: &[&str] = &[
    "accusation",
    "ad",
    "admission",
    "advertisement",
    "advice",
    "affidavit",
    "allegation",
    "analysis",
    "announcement",
    "answer",
    "appeal",
    "argument",
    "article",
    "assertion",
    "assessment",
    "assurance",
    "attack",
    "audit",
    "autobiography",
    "belief",
    "bill",
    "blog",
    "boast",
    "book",
    "broadcast",
    "brochure",
    "call",
    "caption",
    "caution",
    "chant",
    "charge",
    "claim",
    "column",
    "comment",
    "commentary",
    "complaint",
    "conclusion",
    "confession",
    "constitution",
    "contract",
    "correction",
    "court",
    "criticism",
    "declaration",
    "demand",
    "denial",
    "description",
    "dispatch",
    "document",
    "dossier",
    "edict",
    "editorial",
    "email",
    "essay",
    "evidence",
    "executive-order",
    "explanation",
    "extract",
    "fear",
    "feature",
    "filing",
    "finding",
    "footage",
    "guidance",
    "guideline",
    "headline",
    "indictment",
    "inquiry",
    "inscription",
    "insistence",
    "inspection",
    "interview",
    "investigation",
    "invitation",
    "judgement",
    "judgment",
    "law",
    "lawsuit",
    "leaflet",
    "letter",
    "line",
    "magazine",
    "manifesto",
    "manual",
    "memo",
    "memoir",
    "message",
    "motion",
    "motto",
    "note",
    "notice",
    "oath",
    "obituary",
    "objection",
    "observation",
    "op-ed",
    "opinion",
    "order",
    "pamphlet",
    "paper",
    "passage",
    "petition",
    "phrase",
    "placard",
    "plan",
    "platform",
    "plea",
    "pledge",
    "poll",
    "post",
    "poster",
    "prediction",
    "promise",
    "proposal",
    "prospectus",
    "question",
    "quip",
    "quote",
    "reaction",
    "recommendation",
    "record",
    "refrain",
    "release",
    "remark",
    "reply",
    "report",
    "resolution",
    "response",
    "retort",
    "review",
    "rule",
    "ruling",
    "script",
    "section",
    "segment",
    "sentiment",
    "sign",
    "slogan",
    "song",
    "speech",
    "spot",
    "standard",
    "statement",
    "story",
    "study",
    "submission",
    "subpoena",
    "suggestion",
    "suit",
    "summary",
    "survey",
    "testimony",
    "text",
    "threat",
    "title",
    "transcript",
    "treaty",
    "tweet",
    "verdict",
    "video",
    "view",
    "vow",
    "warning",
    "website",
    "word",
    "words",
];

const IRREGULAR: &[(&str, &str)] = &[
    ("said", "say"),
    ("says", "say"),
    ("saith", "say"),
    ("told", "tell"),
    ("wrote", "write"),
    ("written", "write"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("thought", "think"),
    ("felt", "feel"),
    ("knew", "know"),
    ("known", "know"),
    ("saw", "see"),
    ("seen", "see"),
    ("found", "find"),
    ("swore", "swear"),
    ("sworn", "swear"),
    ("sang", "sing"),
    ("sung", "sing"),
    ("began", "begin"),
    ("begun", "begin"),
    ("understood", "understand"),
    ("heard", "hear"),
    ("held", "hold"),
    ("shown", "show"),
    ("dreamt", "dream"),
    ("learnt", "learn"),
    ("tore", "tear"),
    ("torn", "tear"),
    ("wept", "weep"),
    ("foresaw", "foresee"),
    ("foreseen", "foresee"),
    ("forecast", "forecast"),
    ("read", "read"),
    ("quipped", "quip"),
    ("quipping", "quip"),
    ("lying", "lie"),
    ("recommended", "recommend"),
    ("cast", "cast"),
    ("pled", "plead"),
    ("went", "go"),
    ("goes", "go"),
    ("gone", "go"),
    ("shot", "shoot"),
];

/// Lemmas and irregular forms, with lemma and class.
type Verbs = FxHashMap<&'static str, (&'static str, CueClass)>;

static VERBS: LazyLock<Verbs> = LazyLock::new(|| {
    use CueClass::{Ask, Find, Gesture, Judge, Label, Say, Think, Write};
    let lists = [(SAY, Say), (ASK, Ask), (WRITE, Write), (THINK, Think), (LABEL, Label), (JUDGE, Judge), (FIND, Find), (GESTURE, Gesture)];
    let mut verbs = Verbs::default();
    for (list, class) in lists {
        for verb in list.split_whitespace() {
            // A verb of two classes keeps the first.
            verbs.entry(verb).or_insert((verb, class));
        }
    }
    for (form, lemma) in IRREGULAR {
        if let Some(&known) = verbs.get(lemma) {
            verbs.insert(form, known);
        }
    }
    verbs
});

/// The lexicon, ready for look-ups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Lexicon {
    verbs: &'static Verbs,
}

impl Lexicon {
    pub(super) fn new() -> Self {
        Self { verbs: &VERBS }
    }

    fn class(&self, form: &str) -> Option<(&'static str, CueClass)> {
        self.verbs.get(form).copied()
    }

    /// The reporting verb that lower-case `word` is a form of.
    pub(super) fn verb(&self, word: &str) -> Option<(&'static str, CueClass)> {
        let inflected = matches!(word.as_bytes().last(), Some(b'd' | b's' | b'g'));
        let base = || inflected.then(|| bases(word).into_iter().flatten().find_map(|base| self.class(&base))).flatten();
        self.class(word).or_else(base)
    }
}

static NOUN_FORMS: LazyLock<FxHashSet<&str>> = LazyLock::new(|| NOUNS.iter().copied().collect());

/// Whether lower-case `word` is a noun that reports ("claim", "statements").
pub(super) fn is_cue_noun(word: &str) -> bool {
    let singular = word.strip_suffix('s').unwrap_or(word);
    NOUN_FORMS.contains(word) || NOUN_FORMS.contains(singular)
}

/// What `word` may be a regular form of.
fn bases(word: &str) -> [Option<Cow<'_, str>>; 5] {
    let strip = |suffix: &str| word.strip_suffix(suffix).filter(|stem| stem.len() >= 2);
    let y = strip("ied").or_else(|| strip("ies")).map(|stem| Cow::Owned(format!("{stem}y")));
    let past = strip("ed").and_then(|_| word.strip_suffix('d'));
    let plain = strip("ed").or_else(|| strip("ing"));
    let with_e = past.map(Cow::Borrowed).or_else(|| plain.map(|stem| Cow::Owned(format!("{stem}e"))));
    let undoubled = plain.and_then(undouble);
    [y, plain.or(strip("es")).map(Cow::Borrowed), with_e, undoubled.map(Cow::Borrowed), strip("s").map(Cow::Borrowed)]
}

fn undouble(stem: &str) -> Option<&str> {
    let mut letters = stem.chars().rev();
    let last = letters.next()?;
    (letters.next() == Some(last)).then(|| stem.strip_suffix(last).unwrap_or(stem))
}

/// Whether the subject of this verb, given folded, says the contrary of what it governs: "denied that jobs would go".
pub(crate) fn is_denial(word: &str) -> bool {
    const FORMS: &[&str] = &[
        "denied", "denies", "deny", "denying", "dispute", "disputed", "disputes", "refute", "refuted", "refutes", "reject", "rejected",
        "rejects",
    ];
    FORMS.contains(&word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_lead_to_their_verb() {
        let lexicon = Lexicon::new();
        for (form, lemma) in [
            ("said", "say"),
            ("denies", "deny"),
            ("denied", "deny"),
            ("quipped", "quip"),
            ("argues", "argue"),
            ("arguing", "argue"),
            ("stresses", "stress"),
            ("told", "tell"),
            ("calling", "call"),
            ("cries", "cry"),
        ] {
            assert_eq!(lexicon.verb(form).map(|(lemma, _)| lemma), Some(lemma), "{form}");
        }
        assert_eq!(lexicon.verb("walked"), None);
    }

    #[test]
    fn the_list_of_nouns_is_sorted() {
        assert!(NOUNS.is_sorted());
        assert!(is_cue_noun("claims") && !is_cue_noun("table"));
    }
}
