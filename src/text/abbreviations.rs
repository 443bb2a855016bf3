//! Words that keep their point, and whether a sentence may end with it.

/// How an abbreviation behaves before what follows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Abbreviation {
    /// A title or the like, always followed by what it belongs to: "Mr.", "Dr.", "Gen."; never ends a sentence.
    Title,
    /// Stands before a number: "No. 10", "p. 4", "vol. 2"; elsewhere the point is a full stop.
    BeforeNumber,
    /// May stand anywhere: "Inc.", "etc.", "Jan.", "Calif."; ends a sentence when a new one begins after it.
    Free,
}

const TITLES: &[&str] = &[
    "Adm", "Amb", "Asst", "Atty", "Br", "Brig", "Capt", "Card", "Cllr", "Cmdr", "Col", "Comdr", "Cpl", "Ctr", "Dr", "Drs", "Ens", "Fr",
    "Ft", "Gen", "Gov", "Hon", "Insp", "Lt", "Lieut", "M", "MM", "Maj", "Messrs", "Mlle", "Mme", "Mr", "MR", "Mrs", "MRS", "Ms", "MS",
    "Msgr", "Mt", "Mx", "Ofc", "Pfc", "Pres", "Prof", "Pvt", "Rep", "Reps", "Rev", "Revd", "Sen", "Sens", "Sgt", "Sr", "Ste", "Supt",
    "Treas", "vs", "Vs", "viz", "cf", "Cf", "ca", "approx", "Approx",
];

const BEFORE_NUMBER: &[&str] = &[
    "No", "no", "Nos", "nos", "NO", "p", "pp", "P", "vol", "Vol", "vols", "fig", "Fig", "figs", "Figs", "art", "Art", "sec", "Sec", "ch",
    "Ch", "para", "Para", "eq", "Eq", "ed", "Ed", "c", "b", "d", "r", "Rs", "rs", "Mar", "Jun", "Jul", "Apt", "Rm",
];

const FREE: &[&str] = &[
    "Jan", "Feb", "Apr", "Aug", "Sept", "Sep", "Oct", "Nov", "Dec", "Mon", "Tues", "Wed", "Thurs", "Thu", "Fri", "Inc", "Ltd", "Corp",
    "Co", "Cos", "Bros", "LLC", "plc", "Jr", "JR", "Esq", "etc", "Etc", "est", "Dept", "dept", "Univ", "univ", "Assn", "assn", "Ave",
    "Blvd", "Rd", "Hwy", "Calif", "Conn", "Fla", "Mass", "Mich", "Minn", "Tenn", "Colo", "Ariz", "Ark", "Ga", "Md", "Mo", "Neb", "Nev",
    "Okla", "Ore", "Penn", "Pa", "Tex", "Va", "Vt", "Wis", "Wyo", "Ky", "Kan", "Ala", "Mont", "Del", "Ont", "Que", "oz", "lb", "lbs",
    "hrs", "mins", "yrs", "ext", "Ext", "Tel", "tel", "incl", "Mfg", "Intl", "Natl", "Govt", "govt", "Gov't", "misc", "al", "St",
];

/// How the word (without its point) behaves as an abbreviation, if it is one.
pub(super) fn abbreviation(word: &str) -> Option<Abbreviation> {
    // The longest entry has six letters; longer words are looked up in vain.
    if word.len() > 6 {
        return None;
    }
    if TITLES.contains(&word) {
        Some(Abbreviation::Title)
    } else if BEFORE_NUMBER.contains(&word) {
        Some(Abbreviation::BeforeNumber)
    } else if FREE.contains(&word) {
        Some(Abbreviation::Free)
    } else {
        None
    }
}

/// Words that often begin a sentence and seldom follow an abbreviation inside one.
const STARTERS: &[&str] = &[
    "A",
    "About",
    "After",
    "All",
    "Also",
    "Although",
    "An",
    "And",
    "Another",
    "Any",
    "Are",
    "As",
    "At",
    "Because",
    "Before",
    "Both",
    "But",
    "By",
    "Can",
    "Despite",
    "Did",
    "Do",
    "Does",
    "During",
    "Each",
    "Earlier",
    "Even",
    "Every",
    "For",
    "From",
    "Further",
    "Had",
    "Has",
    "Have",
    "He",
    "Her",
    "Here",
    "His",
    "How",
    "However",
    "I",
    "If",
    "In",
    "Instead",
    "Is",
    "It",
    "Its",
    "Last",
    "Later",
    "Many",
    "Meanwhile",
    "More",
    "Most",
    "My",
    "Neither",
    "No",
    "Nor",
    "Not",
    "Nothing",
    "Now",
    "Of",
    "On",
    "Once",
    "One",
    "Only",
    "Or",
    "Others",
    "Our",
    "Over",
    "Police",
    "She",
    "Since",
    "So",
    "Some",
    "Such",
    "That",
    "The",
    "Their",
    "Then",
    "There",
    "These",
    "They",
    "This",
    "Those",
    "Though",
    "Through",
    "To",
    "Today",
    "Two",
    "Under",
    "Until",
    "Was",
    "We",
    "Were",
    "What",
    "When",
    "Where",
    "Which",
    "While",
    "Who",
    "Why",
    "With",
    "Yesterday",
    "Yet",
    "You",
    "Your",
];

/// Whether the word often begins a sentence.
pub(super) fn starts_sentence(word: &str) -> bool {
    STARTERS.binary_search(&word).is_ok()
}

/// Verbs that attach a question or exclamation to its speaker: “Why?” Webb asked.
const SPEECH_VERBS: &[&str] = &[
    "added",
    "adds",
    "admitted",
    "announced",
    "answered",
    "argued",
    "argues",
    "asked",
    "asks",
    "called",
    "claimed",
    "commented",
    "continued",
    "cried",
    "declared",
    "demanded",
    "exclaimed",
    "explained",
    "insisted",
    "joked",
    "laughed",
    "noted",
    "quipped",
    "recalled",
    "remarked",
    "replied",
    "said",
    "says",
    "shouted",
    "told",
    "tweeted",
    "warned",
    "wondered",
    "writes",
    "wrote",
    "yelled",
];

/// Whether the word is a verb of speech in a form that follows or precedes a quotation.
pub(super) fn is_speech_verb(word: &str) -> bool {
    SPEECH_VERBS.binary_search(&word).is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_sorted_for_the_search() {
        assert!(STARTERS.is_sorted());
        assert!(SPEECH_VERBS.is_sorted());
    }
}
