//! The words of a text tell which language it is in, and are stemmed by that language's own rules.
//!
//! Told by the alphabet where that settles it, else by the commonest little words ("der", "les", "och"), of which any running text is full.
//! Lists of names, tables and a few words are in no language. What is not surely in another language counts as English: a report must not
//! be lost over a doubt.

use std::cell::RefCell;
use std::sync::OnceLock;

use rust_stemmers::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use super::words::{fold, stem};

/// Languages that are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[allow(missing_docs, reason = "their names say it")]
pub enum Language {
    English,
    Arabic,
    Chinese,
    Czech,
    Danish,
    Dutch,
    Finnish,
    French,
    German,
    Greek,
    Hebrew,
    Hungarian,
    Irish,
    Italian,
    Japanese,
    Korean,
    Norwegian,
    Polish,
    Portuguese,
    Romanian,
    Russian,
    Spanish,
    Swedish,
    Tamil,
    Turkish,
    Ukrainian,
    Welsh,
    /// Surely not English, and none of the others.
    Other,
}

/// What is known of a language.
struct Profile {
    language: Language,
    name: &'static str,
    /// ISO 639-1.
    code: &'static str,
    stemmer: Option<Algorithm>,
    /// The commonest words, lower-case; none where the alphabet tells.
    words: &'static str,
}

const fn profile(language: Language, name: &'static str, code: &'static str, stemmer: Option<Algorithm>, words: &'static str) -> Profile {
    Profile { language, name, code, stemmer, words }
}

/// In the order of the languages.
const PROFILES: &[Profile] = &[
    profile(
        Language::English,
        "English",
        "en",
        Some(Algorithm::English),
        "the of and to in a is that for it on was with as at by be this from have are he not which you they his had has but were or an said she will who their we would been its there what more one can if when about said after all out up no her into than them some could him so do only new other",
    ),
    profile(Language::Arabic, "Arabic", "ar", Some(Algorithm::Arabic), ""),
    profile(Language::Chinese, "Chinese", "zh", None, ""),
    profile(
        Language::Czech,
        "Czech",
        "cs",
        None,
        "a se na v je že s z do to o i pro za by ale které jsou jako po který podle která má k od však jeho nebo už byl aby při bylo která před také být není jen může jejich ve si byla až mezi své této tím pokud",
    ),
    profile(
        Language::Danish,
        "Danish",
        "da",
        Some(Algorithm::Danish),
        "og i at er det en til af på for med den der som de ikke har et om var han fra men sig kan vil så eller jeg også efter skal ved hun havde blev være nu man over blevet siger når ud kun hvor deres hvis op mod nogle meget mere hvad",
    ),
    profile(
        Language::Dutch,
        "Dutch",
        "nl",
        Some(Algorithm::Dutch),
        "de van het een en in is dat op te zijn met voor die niet aan er om was ook als bij door maar naar dan uit nog wordt hij worden heeft over of werd deze tot hebben zich ze kan wel zo meer dit haar moet zou wat al hun kunnen waar",
    ),
    profile(
        Language::Finnish,
        "Finnish",
        "fi",
        Some(Algorithm::Finnish),
        "ja on ei että se oli hän mutta ovat myös kun kuin joka tai sen ole hänen olla niin jos sekä mukaan vain ollut voi jo siitä nyt mitä sitä ne jonka eivät vielä sanoi tämä kanssa jotka joita tämän ennen jälkeen olisi voidaan",
    ),
    profile(
        Language::French,
        "French",
        "fr",
        Some(Algorithm::French),
        "de la le et les des en un du une que est dans qui pour par il au sur pas plus ne se ce l d a s avec sont son n ou aux cette ont mais été être comme leur elle nous fait ces selon qu deux ses entre même ainsi sans après était on sa c vous tout si",
    ),
    profile(
        Language::German,
        "German",
        "de",
        Some(Algorithm::German),
        "der die und in den von zu das mit sich des auf für ist im dem nicht ein eine als auch es an werden aus er hat dass sie nach wird bei einer um am sind noch wie einem über einen so zum war haben nur oder aber vor zur bis mehr durch man sein wurde sei kann wenn ihre soll",
    ),
    profile(Language::Greek, "Greek", "el", Some(Algorithm::Greek), ""),
    profile(Language::Hebrew, "Hebrew", "he", None, ""),
    profile(
        Language::Hungarian,
        "Hungarian",
        "hu",
        Some(Algorithm::Hungarian),
        "a az és hogy nem is egy ez meg de csak már volt mint ki még azt vagy el ha ami aki lehet kell van sem majd pedig szerint minden után fel ezt amely nagy között most nincs így annak akkor lett illetve ezek amelyek",
    ),
    profile(
        Language::Irish,
        "Irish",
        "ga",
        None,
        "an na a i agus ar is le go do ag de bhí sé tá leis ó seo atá sin ach é ní siad chun raibh air mar nach bhfuil as faoi dá um gach sí iad nó den don aige féin bheith roimh",
    ),
    profile(
        Language::Italian,
        "Italian",
        "it",
        Some(Algorithm::Italian),
        "di e che la il in a per un è del non una con le si i da dei sono della come al nel più anche alla gli l ha dal lo o ma delle su questo stato se nella dalla ai dell degli tra loro suo sua essere hanno quando ed ogni ci dopo era sul",
    ),
    profile(Language::Japanese, "Japanese", "ja", None, ""),
    profile(Language::Korean, "Korean", "ko", None, ""),
    profile(
        Language::Norwegian,
        "Norwegian",
        "no",
        Some(Algorithm::Norwegian),
        "og i er det på til en av for at med som de har ikke den om et fra var han men seg kan vil så eller jeg også etter skal ved hun hadde ble være nå over blitt sier når ut bare hvor deres hvis opp mot noen mye mer hva",
    ),
    profile(
        Language::Polish,
        "Polish",
        "pl",
        None,
        "w i na z do się nie o że jest to od po za przez dla jak są a oraz co ale tym przy tego jego może lub być jako które który było ma już tylko czy która był także tej została gdy ich bardzo pod ze została jeśli tak można",
    ),
    profile(
        Language::Portuguese,
        "Portuguese",
        "pt",
        Some(Algorithm::Portuguese),
        "de a o que e do da em um para com não uma os no se na por mais as dos como mas ao ele das à seu sua ou quando muito nos já eu também só pelo pela até isso ela entre era depois sem mesmo aos ser são foi está têm há",
    ),
    profile(
        Language::Romanian,
        "Romanian",
        "ro",
        Some(Algorithm::Romanian),
        "de și în a la cu că să pe este din nu care un o pentru au fost mai ca sunt se al prin dar fi după sau ce lui unui unei iar acest sa ale ar când această dintre între cele acestui fără cum despre poate",
    ),
    profile(Language::Russian, "Russian", "ru", Some(Algorithm::Russian), ""),
    profile(
        Language::Spanish,
        "Spanish",
        "es",
        Some(Algorithm::Spanish),
        "de la que el en y a los se del las un por con no una su para es al lo como más o pero sus le ha me si sin sobre este ya entre cuando todo esta ser son dos también fue había era muy años hasta desde está han donde según porque",
    ),
    profile(
        Language::Swedish,
        "Swedish",
        "sv",
        Some(Algorithm::Swedish),
        "och i att det som en på är av för med den till inte har de ett om men var sig så han från vi kan när år under också efter eller nu sin där vid mot ska skulle kommer ut får finns vara hade alla andra mycket än här då sedan jag",
    ),
    profile(Language::Tamil, "Tamil", "ta", Some(Algorithm::Tamil), ""),
    profile(
        Language::Turkish,
        "Turkish",
        "tr",
        Some(Algorithm::Turkish),
        "ve bir bu da de için ile olarak çok daha olan gibi en ne var sonra kadar ama o her ki değil olduğu olduğunu göre ise mi ancak şey iki diye ya yok veya tarafından oldu bunu önce bütün olması hem",
    ),
    profile(Language::Ukrainian, "Ukrainian", "uk", None, ""),
    profile(
        Language::Welsh,
        "Welsh",
        "cy",
        None,
        "y yr yn a i o ar ac mae r n gan am wedi ei eu fod oedd bod hefyd hynny sydd un fel sy ond neu mewn gyda at yw nid gyfer roedd gael cael hyn wrth sef eich nad bydd rhwng dros dan ym gall bob",
    ),
    profile(Language::Other, "another language", "und", None, ""),
];

/// Words looked at.
const SAMPLE: usize = 600;
/// Fewest words in which a language shows.
const FEWEST: usize = 20;
/// The share of little words that running text has at least; lists of names have fewer.
const RUNNING: f32 = 0.12;
/// How many times as many of its little words as of English ones a text in another language has.
const SURELY: f32 = 1.6;

impl Language {
    fn profile(self) -> Option<&'static Profile> {
        PROFILES.get(self as usize)
    }

    /// Its English name.
    #[must_use]
    pub fn name(self) -> &'static str {
        self.profile().map_or("", |profile| profile.name)
    }

    /// Its code in ISO 639-1; `und` for one that is not known.
    #[must_use]
    pub fn code(self) -> &'static str {
        self.profile().map_or("", |profile| profile.code)
    }

    /// The language with this code.
    #[must_use]
    pub fn of_code(code: &str) -> Option<Self> {
        PROFILES.iter().find(|profile| profile.code == code).map(|profile| profile.language)
    }

    /// Whether a word, in lower case, is one of the little words that any text in this language is full of.
    #[must_use]
    pub fn is_little(self, word: &str) -> bool {
        little_words().get(word).is_some_and(|places| places.contains(&(self as usize)))
    }

    /// The stem of a word by the rules of this language (<https://snowballstem.org/algorithms/>), without an elided article ("l'eau");
    /// where there are no rules, the word in lower case.
    #[must_use]
    pub fn stem(self, word: &str) -> String {
        if self == Self::English {
            return stem(word);
        }
        let folded = fold(word);
        let bare = match folded.split_once('\'') {
            Some((article, rest)) if matches!(self, Self::French | Self::Italian) && article.chars().count() <= 5 && !rest.is_empty() => {
                rest
            }
            _ => folded.as_str(),
        };
        let Some(algorithm) = self.profile().and_then(|profile| profile.stemmer) else { return bare.to_owned() };
        STEMMERS.with_borrow_mut(|stemmers| {
            let stemmer = stemmers.entry(self).or_insert_with(|| Stemmer::create(algorithm));
            stemmer.stem(bare).into_owned()
        })
    }
}

thread_local! {
    static STEMMERS: RefCell<FxHashMap<Language, Stemmer>> = RefCell::default();
}

/// The language of a text; `None` where its words do not tell.
///
/// ```
/// use sayso::text::{Language, language};
///
/// let text = "Le moulin de Saltby sera fermé en juin, parce que la vanne est pourrie, ont dit ses propriétaires mardi dans une lettre.";
/// assert_eq!(language(text), Some(Language::French));
/// assert_eq!(language("Ann Lister 12, Bo Reed 9"), None);
/// ```
#[must_use]
pub fn language(text: &str) -> Option<Language> {
    by_alphabet(text).or_else(|| by_words(text))
}

/// The language that the letters settle, where most of them are not Latin.
fn by_alphabet(text: &str) -> Option<Language> {
    if text.is_ascii() {
        return None;
    }
    let letters: Vec<char> = text.chars().filter(|c| c.is_alphabetic()).take(SAMPLE * 5).collect();
    let count = |fits: fn(char) -> bool| letters.iter().filter(|&&c| fits(c)).count();
    let latin = count(|c| c.is_ascii() || matches!(c, '\u{c0}'..='\u{24f}' | '\u{1e00}'..='\u{1eff}'));
    if letters.len() < FEWEST || latin * 2 >= letters.len() {
        return None;
    }
    let mostly = |fits: fn(char) -> bool| count(fits) * 2 >= letters.len() - latin;
    let some = |fits: fn(char) -> bool| count(fits) * 200 >= letters.len();
    Some(match () {
        () if mostly(|c| matches!(c, '\u{400}'..='\u{4ff}')) => cyrillic(&some),
        () if mostly(|c| matches!(c, '\u{600}'..='\u{6ff}')) && !some(|c| matches!(c, 'پ' | 'چ' | 'ژ' | 'گ')) => Language::Arabic,
        () if mostly(|c| matches!(c, '\u{370}'..='\u{3ff}' | '\u{1f00}'..='\u{1fff}')) => Language::Greek,
        () if mostly(|c| matches!(c, '\u{590}'..='\u{5ff}')) => Language::Hebrew,
        () if mostly(|c| matches!(c, '\u{b80}'..='\u{bff}')) => Language::Tamil,
        () if mostly(|c| matches!(c, '\u{ac00}'..='\u{d7a3}')) => Language::Korean,
        () if some(|c| matches!(c, '\u{3040}'..='\u{30ff}')) => Language::Japanese,
        () if mostly(|c| matches!(c, '\u{3400}'..='\u{9fff}')) => Language::Chinese,
        () => Language::Other,
    })
}

fn cyrillic(some: &dyn Fn(fn(char) -> bool) -> bool) -> Language {
    if some(|c| matches!(c, 'і' | 'ї' | 'є' | 'ґ')) {
        Language::Ukrainian
    } else if some(|c| matches!(c, 'ы' | 'э')) {
        Language::Russian
    } else {
        Language::Other
    }
}

/// The language whose little words the text is full of.
fn by_words(text: &str) -> Option<Language> {
    let mut counts = [0_usize; PROFILES.len()];
    let (mut total, mut foreign) = (0, 0);
    for word in text.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).take(SAMPLE) {
        let word = word.to_lowercase();
        total += 1;
        foreign += usize::from(!word.is_ascii());
        for &place in little_words().get(word.as_str()).into_iter().flatten() {
            counts.iter_mut().skip(place).take(1).for_each(|count| *count += 1);
        }
    }
    let english = counts.first().copied().unwrap_or(0);
    // Of equals the first in the list, which English is not among.
    let best = counts.iter().enumerate().skip(1).rev().max_by_key(|(_, count)| **count);
    let (place, count) = best.map_or((0, 0), |(place, count)| (place, *count));
    let share = |count: usize| count as f32 / total.max(1) as f32;
    if total < FEWEST {
        return None;
    }
    if share(count) >= RUNNING && count as f32 >= SURELY * english as f32 {
        return PROFILES.get(place).map(|profile| profile.language);
    }
    if share(english) >= RUNNING {
        return Some(Language::English);
    }
    // Running text with letters that English does not have, and hardly one of its words.
    (share(foreign) >= 0.1 && share(english) < 0.05).then_some(Language::Other)
}

/// Which profiles have a word, as places in [`PROFILES`].
fn little_words() -> &'static FxHashMap<&'static str, Vec<usize>> {
    static WORDS: OnceLock<FxHashMap<&'static str, Vec<usize>>> = OnceLock::new();
    WORDS.get_or_init(|| {
        let mut words: FxHashMap<&'static str, Vec<usize>> = FxHashMap::default();
        for (place, profile) in PROFILES.iter().enumerate() {
            for word in profile.words.split(' ').filter(|word| !word.is_empty()) {
                let places = words.entry(word).or_default();
                if places.last() != Some(&place) {
                    places.push(place);
                }
            }
        }
        words
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn profiles_stand_where_their_languages_say() {
        for (place, profile) in PROFILES.iter().enumerate() {
            assert_eq!(profile.language as usize, place, "{}", profile.name);
        }
    }

    #[track_caller]
    fn check(text: &str, expected: Option<Language>) {
        assert_eq!(language(text), expected, "{text}");
    }

    #[test]
    fn running_text_tells_its_language() {
        use Language::{Arabic, Chinese, Dutch, German, Greek, Italian, Japanese, Polish, Portuguese, Russian, Spanish, Swedish, Welsh};
        check(
            "Die Mühle wird im Juni geschlossen, weil das Wehr verfault ist, sagten die Besitzer am Dienstag, und eine Reparatur würde zu viel kosten.",
            Some(German),
        );
        check(
            "El molino de Saltby cerrará en junio porque la compuerta se ha podrido, dijeron el martes sus dueños, y no hay dinero para las obras.",
            Some(Spanish),
        );
        check(
            "Il mulino di Saltby chiuderà a giugno perché la chiusa è marcita, hanno detto martedì i proprietari, e non ci sono soldi per i lavori.",
            Some(Italian),
        );
        check(
            "O moinho de Saltby vai fechar em junho porque a comporta apodreceu, disseram os donos na terça-feira, e não há dinheiro para as obras.",
            Some(Portuguese),
        );
        check(
            "De molen van Saltby gaat in juni dicht omdat de sluis verrot is, zeiden de eigenaars dinsdag, en er is geen geld voor het herstel.",
            Some(Dutch),
        );
        check(
            "Kvarnen i Saltby stängs i juni eftersom dammluckan har ruttnat, sade ägarna på tisdagen, och det finns inte pengar till en ny.",
            Some(Swedish),
        );
        check(
            "Młyn w Saltby zostanie zamknięty w czerwcu, ponieważ śluza zgniła, powiedzieli we wtorek jego właściciele, i nie ma pieniędzy na to, co jest potrzebne.",
            Some(Polish),
        );
        check(
            "Bydd y felin yn cau ym mis Mehefin am fod y llifddor wedi pydru, meddai ei pherchnogion, ac mae angen arian ar y cyngor i'w thrwsio.",
            Some(Welsh),
        );
        check("Мельница в Солтби закроется в июне, потому что шлюз сгнил, сказали во вторник её владельцы.", Some(Russian));
        check("Ο μύλος θα κλείσει τον Ιούνιο επειδή το φράγμα σάπισε, είπαν οι ιδιοκτήτες.", Some(Greek));
        check("ستغلق الطاحونة في يونيو لأن البوابة تعفنت كما قال أصحابها يوم الثلاثاء", Some(Arabic));
        check("水车将于六月关闭，因为水闸已经腐烂，业主周二表示，没有钱修理它。", Some(Chinese));
        check("水車は水門が腐ったため六月に閉鎖されると所有者が火曜日に述べた。", Some(Japanese));
    }

    #[test]
    fn english_with_foreign_names_stays_english() {
        check(
            "The mill in Saint-Rémy-lès-Chevreuse will close in June because the sluice has rotted, Françoise de la Tour and Jürgen von der Au said.",
            Some(Language::English),
        );
    }

    #[test]
    fn names_and_figures_are_in_no_language() {
        check(
            "Saltby 12 Ostwick 9 Tarnside 7 Hexcombe 4 Colne Abbas 3 Ash Ferrers 2 Marl Bridge 1 Home Farm 0 Old Bess 2 Lady Marl 1 Resolute 8 Tarn Queen 4",
            None,
        );
        check("Un moulin.", None);
        check("", None);
    }

    #[test]
    fn words_are_stemmed_by_their_own_rules() {
        assert_eq!(Language::French.stem("l'inondation"), Language::French.stem("Inondations"));
        assert_eq!(Language::German.stem("Überschwemmungen"), Language::German.stem("Überschwemmung"));
        assert_eq!(Language::Chinese.stem("水"), "水");
        assert_eq!(Language::English.stem("floods"), "flood");
    }
}
