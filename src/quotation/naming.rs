//! Words by which somebody is known, taken apart: which given names are short for which, and who in a role is its holder.
//!
//! "The mayor's wife" is no mayor, and the "chief of staff to Ann Bell" is not Ann Bell: what a role says of others is told from what it
//! says of whoever has it.

use super::gender::Genders;

/// Given names, each with the short forms it is known by.
const SHORT_FORMS: &[&str] = &[
    "abigail abby gail",
    "alan al",
    "albert al bert",
    "alexander alex al sandy alec sasha",
    "alexandra alex sandra sasha",
    "alfred alf fred",
    "alison ali",
    "amanda mandy",
    "andrew andy drew",
    "angela angie",
    "anthony tony ant",
    "antonio tony",
    "arthur art",
    "barbara barb",
    "benjamin ben benny",
    "benedict ben",
    "bernadette bernie",
    "bernard bernie",
    "bradley brad",
    "cameron cam",
    "catherine cath cathy kate katie cat",
    "charles charlie chuck chas",
    "charlotte charlie lottie",
    "christian chris",
    "christina chris tina",
    "christine chris",
    "christopher chris kit",
    "clifford cliff",
    "cynthia cindy",
    "daniel dan danny",
    "david dave davey",
    "deborah deb debbie",
    "dennis den",
    "derek del",
    "donald don donnie",
    "dorothy dot dotty",
    "douglas doug",
    "edmund ed eddie ned ted",
    "edward ed eddie ned ted teddy",
    "edwin ed eddie",
    "eleanor ellie nell",
    "elizabeth beth betsy betty liz lizzie libby eliza",
    "emily em",
    "eugene gene",
    "ezekiel zeke",
    "florence flo",
    "frances fran",
    "francis fran frank",
    "franklin frank",
    "frederick fred freddie freddy",
    "gabriel gabe",
    "geoffrey geoff",
    "george georgie",
    "gerald gerry jerry",
    "gerard gerry",
    "gillian gill",
    "graham gray",
    "gregory greg",
    "gwendolyn gwen wendy",
    "harold harry hal",
    "henry harry hank hal",
    "herbert herb bert",
    "hubert bert",
    "isabella bella izzy",
    "jacob jake",
    "jacqueline jackie",
    "james jim jimmy jamie",
    "janet jan",
    "janice jan",
    "jeffrey jeff",
    "jennifer jen jenny",
    "jeremy jerry jez",
    "jessica jess",
    "joanna jo",
    "joanne jo",
    "john jack johnny",
    "jonathan jon jonny",
    "joseph joe joey",
    "josephine jo josie",
    "joshua josh",
    "judith judy",
    "julian jules",
    "katherine kath kathy kate katie kit",
    "kathleen kath kathy",
    "kathryn kath kathy kate",
    "kenneth ken kenny",
    "kimberly kim",
    "laurence larry laurie",
    "lawrence larry laurie",
    "leonard len lenny leo",
    "leslie les",
    "lewis lew",
    "louis lou",
    "louise lou",
    "lucy lu",
    "madeleine maddie",
    "margaret maggie meg peggy madge",
    "martin marty",
    "mary molly polly",
    "matilda tilly",
    "matthew matt",
    "maxwell max",
    "maximilian max",
    "melanie mel",
    "melissa mel",
    "michael mike mick mickey",
    "mitchell mitch",
    "nathan nat nate",
    "nathaniel nat nate",
    "natalie nat",
    "nicholas nick nicky",
    "nicola nicky",
    "oliver ollie",
    "pamela pam",
    "patricia pat patty tricia trish",
    "patrick pat paddy",
    "penelope penny",
    "peter pete",
    "philip phil",
    "phillip phil",
    "philippa pippa",
    "rachel rach",
    "raymond ray",
    "rebecca becky becca",
    "reginald reg",
    "richard dick rich richie rick ricky",
    "robert bob bobby rob robbie",
    "roderick rod",
    "rodney rod",
    "roger rog",
    "ronald ron ronnie",
    "rosalind ros roz",
    "rosemary rosie",
    "russell russ",
    "salvatore sal",
    "samantha sam",
    "samuel sam sammy",
    "sandra sandy",
    "sebastian seb",
    "sidney sid",
    "simon si",
    "solomon sol",
    "stanley stan",
    "stephanie steph",
    "stephen steve",
    "steven steve",
    "stewart stu",
    "stuart stu",
    "susan sue susie",
    "susanna sue susie",
    "suzanne sue susie",
    "sylvester sly",
    "teresa terry tess",
    "terence terry",
    "theodore ted teddy theo",
    "theresa terry tess",
    "thomas tom tommy",
    "timothy tim timmy",
    "valerie val",
    "veronica ronnie",
    "victor vic",
    "victoria vic vicky tori",
    "vincent vince",
    "virginia ginny",
    "walter walt wally",
    "wilfred wilf",
    "william bill billy will willie",
    "winifred winnie",
    "zachary zach zack zac",
];

/// Whether two given names (lower-case, without full stops) may be one person's: equal, an initial, or one short for the other. Names that are
/// known have the short forms known of them, so that Paul is not Paula; of others any beginning of three letters is one.
#[must_use]
pub(crate) fn given_names_agree(one: &str, other: &str) -> bool {
    let (short, long) = if one.chars().count() <= other.chars().count() { (one, other) } else { (other, one) };
    let initial = short.chars().count() == 1 && long.starts_with(short);
    one == other || initial || is_short_for(one, other) || is_short_for(other, one) || may_begin(short, long)
}

fn is_short_for(short: &str, long: &str) -> bool {
    SHORT_FORMS.iter().any(|line| {
        let mut names = line.split(' ');
        names.next() == Some(long) && names.any(|name| name == short)
    })
}

fn may_begin(short: &str, long: &str) -> bool {
    !Genders::new().is_name(short) && short.chars().count() >= 3 && long.starts_with(short)
}

/// A role or description, taken apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct RoleWords<'r> {
    /// Whoever it belongs to ("Ofsted" in "Ofsted's chief inspector"), or `""`.
    pub(crate) possessor: &'r str,
    /// What its holder is ("chief inspector").
    pub(crate) principal: &'r str,
    /// What it is of, for or at ("the mines" in "inspector of the mines"), as far as a "to"; or `""`.
    pub(crate) of: &'r str,
}

/// Words that part what somebody is from what they are it of.
const LINKS: &[&str] = &["of", "for", "at", "in", "with", "from", "on", "to", "who", "which", "that"];

/// Takes a role apart; of several in one line, the first.
#[must_use]
pub(crate) fn role_words(role: &str) -> RoleWords<'_> {
    let role = role.split([',', ';', '(']).find(|part| !part.trim().is_empty()).unwrap_or_default().trim();
    let link = words_of(role).find(|(_, word)| LINKS.contains(&word.to_lowercase().as_str()));
    let (holder, rest) =
        link.map_or((role, ""), |(at, word)| (role.get(..at).unwrap_or_default(), role.get(at + word.len()..).unwrap_or_default()));
    let linked = link.is_some_and(|(_, word)| ["of", "for", "at", "in", "with", "from"].contains(&word.to_lowercase().as_str()));
    let end = words_of(rest).find(|(_, word)| word.eq_ignore_ascii_case("to")).map_or(rest.len(), |(at, _)| at);
    let cut = ["'s ", "’s "].iter().filter_map(|mark| holder.rfind(mark).map(|at| (at, at + mark.len()))).max();
    let (possessor, principal) =
        cut.map_or(("", holder), |(at, after)| (holder.get(..at).unwrap_or_default(), holder.get(after..).unwrap_or_default()));
    RoleWords {
        possessor: possessor.trim(),
        principal: principal.trim(),
        of: if linked { rest.get(..end).unwrap_or_default().trim() } else { "" },
    }
}

/// The words parted by white space, each with its place in bytes.
fn words_of(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let start = text.as_ptr() as usize;
    text.split_whitespace().map(move |word| (word.as_ptr() as usize - start, word))
}

/// Nouns for bodies, without plural endings.
const BODIES: &[&str] = &[
    "academy",
    "agency",
    "alliance",
    "army",
    "association",
    "authority",
    "bank",
    "board",
    "body",
    "bureau",
    "campaign",
    "centre",
    "center",
    "charity",
    "church",
    "club",
    "coalition",
    "college",
    "commission",
    "committee",
    "company",
    "conference",
    "confederation",
    "congress",
    "constabulary",
    "corporation",
    "council",
    "court",
    "department",
    "federation",
    "firm",
    "force",
    "forum",
    "foundation",
    "fund",
    "government",
    "group",
    "hospital",
    "house",
    "inc",
    "inquiry",
    "inspectorate",
    "institute",
    "institution",
    "league",
    "ltd",
    "ministry",
    "movement",
    "museum",
    "network",
    "nhs",
    "office",
    "opposition",
    "organisation",
    "organization",
    "parliament",
    "partnership",
    "party",
    "police",
    "port",
    "regulator",
    "school",
    "senate",
    "service",
    "society",
    "state",
    "station",
    "team",
    "treasury",
    "tribunal",
    "trust",
    "union",
    "university",
    "watchdog",
];

/// Whether a lower-case word is a noun that names of bodies have, in the singular or plural.
pub(crate) fn is_body_word(word: &str) -> bool {
    let plural = |body: &str| word.strip_suffix("ies").is_some_and(|stem| body.strip_suffix('y') == Some(stem));
    BODIES.iter().any(|body| word == *body || word.strip_suffix('s') == Some(body) || plural(body))
}

/// Whether the words can name a body, by the words alone: initials, a noun for one, or a single word that is no given name.
#[must_use]
pub(crate) fn may_name_body(name: &str) -> bool {
    let words: Vec<&str> = name.split(|c: char| !c.is_alphanumeric()).filter(|word| word.chars().count() > 1).collect();
    let initials = |word: &&str| word.chars().count() >= 2 && word.chars().all(|c| c.is_uppercase() || c.is_numeric());
    let content: Vec<&&str> = words.iter().filter(|word| !word.eq_ignore_ascii_case("the")).collect();
    let single = matches!(content.as_slice(), [one] if !Genders::new().is_name(&one.to_lowercase()));
    words.iter().any(initials) || words.iter().any(|word| is_body_word(&word.to_lowercase())) || single
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_forms_of_a_name_agree_and_other_names_do_not() {
        for (one, other) in
            [("tom", "thomas"), ("thomas", "tom"), ("t", "thomas"), ("chris", "christopher"), ("raf", "rafael"), ("kate", "catherine")]
        {
            assert!(given_names_agree(one, other), "{one} {other}");
        }
        for (one, other) in [("paul", "paula"), ("ann", "anna"), ("jean", "jeanette"), ("carl", "carla"), ("tom", "tim")] {
            assert!(!given_names_agree(one, other), "{one} {other}");
        }
    }

    #[test]
    fn a_role_is_told_from_those_it_names() {
        let parts = |role: &'static str| {
            let RoleWords { possessor, principal, of } = role_words(role);
            (possessor, principal, of)
        };
        assert_eq!(parts("the mayor's wife"), ("the mayor", "wife", ""));
        assert_eq!(parts("Inspectorate’s chief inspector of mines"), ("Inspectorate", "chief inspector", "mines"));
        assert_eq!(parts("chief of staff to Ann Bell"), ("", "chief", "staff"));
        assert_eq!(parts("adviser to Ann Bell"), ("", "adviser", ""));
        assert_eq!(parts("spokesman for the Ferry Board, who lives there"), ("", "spokesman", "the Ferry Board"));
    }

    #[test]
    fn bodies_are_known_by_their_nouns_and_initials() {
        for name in ["Ferry Board", "FWU", "the Mines Inspectorate", "Whitehall", "Workers' Unions"] {
            assert!(may_name_body(name), "{name}");
        }
        for name in ["Ann Bell", "Ann", "Hanna Brode"] {
            assert!(!may_name_body(name), "{name}");
        }
    }
}
