//! Given names, titles and nouns become a [`Gender`], where they tell one.
//!
//! Lists of common English given names; names given to both are left out, so that silence means "unknown".

use std::borrow::Cow;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::unaccented;

/// What a pronoun agrees with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Gender {
    /// he
    Male,
    /// she
    Female,
}

const MALE: &str = "aaron abdul abdullah abraham adam adrian ahmed alan albert aleksandr alexander alexei alfred ali alistair allan allen amir anders andre andrei andrew andy \
angus anthony antonio archie arnold arthur barack barney barry bart ben benedict benjamin bernard bernie bert bill billy bob bobby boris brad bradley brandon brendan brent \
brett brian bruce bryan byron calvin carl carlos cecil cedric charles charlie chester chris christian christopher chuck clarence clark clayton clifford clint clive \
clyde cody colin conor corey craig curtis cyril dale damian damien dan daniel danny darrell darren darryl dave david dean declan dennis denis derek derrick desmond dick diego \
dimitri dirk dominic don donald douglas doug duncan dustin dwight earl ed eddie edgar edmund edward edwin elijah eli elliott emmanuel eric erik ernest ethan eugene evan ewan \
felix fergus fernando francis francisco frank franklin fred freddie frederick gabriel gareth garry gary gavin gene geoff geoffrey george gerald gerard giles giovanni \
glen glenn godfrey gordon graeme graham grant greg gregory guy hamish hank hans harold harry harvey hassan hector henry herbert herman homer horace howard hubert hugh hugo \
humphrey ian ibrahim igor ivan isaac ismail ivor jack jacob jacques jake jamal james jared jason javier jay jeb jeff jeffrey jeremy jerome jerry jesus jim jimmy joachim \
joe joel john johnny jon jonathan jorge jose joseph josh joshua juan julian julio justin karl keith ken kenneth kevin kieran kirk kurt kyle lance larry lars \
laurence lawrence leo leon leonard leroy lester lewis liam lionel lloyd louis luca lucas luis luke malcolm manuel marc marcel marco marcus mario mark martin marvin matt \
matteo matthew maurice max mehmet melvin michael miguel mick mike mikhail miles milton mitch mitchell mitt mohamed mohammad mohammed morris moses muhammad murray nathan nathaniel neal ned \
neil nelson newt nicholas nick nicolas nigel noah noel norman oliver omar oscar osama otto owen pablo patrick paul pavel pedro percy perry pete peter phil philip phillip \
pierre piers preston ralph ramon randall randy raphael raul ray raymond reginald rene rex ricardo rich richard rick ricky rob robert roberto rod roderick rodney roger roland \
ron ronald ronnie rory ross roy rudy rufus rupert russ russell ryan salman salvador samuel saul scott sean sebastian seamus sergei sergey seth shane sheldon sidney \
silvio simon spencer stan stanley stefan stephen steve steven stewart stuart sven ted terence terrence terry theodore thomas tim timothy toby todd tom tommy tony travis \
trevor tristan tyler victor vince vincent vladimir wade wallace walter warren wayne wesley wilfred will william winston wolfgang yusuf xavier zachary zack reince rand marco \
aidan aiden alasdair alastair alejandro alessandro alfie amit anil arjun arun ashok axel barnaby björn bjorn bruno callum cathal cian ciarán ciaran \
cillian conall connor cormac damon darius darragh deepak dermot diarmuid dmitri dmitry donal dónal dougal dougie eamon eamonn éamon emil emilio \
enrique euan fabian fabio federico fintan fionn florian françois francois gilbert giuseppe guillermo gustav hamza hasan heinrich horst hussein iain \
idris ignacio imran ivo jens jesper joaquin johan johann jonas josé jörg jürgen karim keir kenji khalid klaus kofi kwame lachlan lasse leif lennox \
leopold lorcan lorenzo luc ludovic luigi magnus malachy manfred manoj marek martyn matthias mehdi micheál mohan morten mustafa nabil niall nico nikhil \
nikolai oisín oisin olaf oskar pádraig padraig padraic paolo pascal patrik pawel paulo raj rajesh rakesh ramesh ranjit ravi reinhard rhys rohan rolf \
ronan ruairí ruairi samir sanjay seán séamus shaun shawn simeon stefano suresh tariq thierry tobias tomás tomas tomasz torsten uwe vijay vikram viktor \
vinod werner wojciech yannick yves zoltan";

const FEMALE: &str = "abigail ada adele adriana agatha agnes aisha alexandra alexandria alice alicia alison allison alyssa amanda amber amelia amina amy ana anastasia angela \
angelina anita ann anna annabel anne annette annie antonia april arianna astrid audrey barbara beatrice becky belinda bella bernadette beth bethany betsy betty beverley beverly \
bonnie brenda brianna bridget brigitte britney caitlin camilla candace candice carla carly carmen carol carole caroline carolyn carrie cassandra catherine cathy cecilia celia charlene \
charlotte chelsea cheryl chloe christina christine cindy claire clara clare claudia colleen condoleezza connie constance cora corinne courtney cristina crystal cynthia daisy danielle daphne \
dawn deborah debbie debra deirdre delia denise diana diane dianne dina dolores donna dora doreen doris dorothy edith eileen elaine eleanor elena elisabeth elise eliza elizabeth ella \
ellen eloise elsie emily emma erica erika erin esther ethel eva eve evelyn faith fatima felicity fiona florence frances freya gail gemma genevieve georgia georgina geraldine gertrude gillian gina \
gladys gloria grace greta gwen hannah harriet hazel heather heidi helen helena helga henrietta hilary hillary holly hope huma ida imogen ingrid irene iris isabel isabella isabelle ivanka \
ivy jacqueline jane janet janice jasmine jeanette jenna jennifer jenny jessica jill joan joanna joanne jocelyn josephine joy joyce juanita judith judy julia juliana julie juliet june karen \
karin kate katherine kathleen kathryn kathy katie katrina kayla kellyanne kerry-ann khadija kirsten kirsty kristen kristin kristina laura lauren leah leila lena leona lesley leticia lillian lily linda lisa liz \
lois loretta lorraine louisa louise lucia lucille lucinda lucy lydia lynn lynne mabel madeleine madison maeve maggie mandy marcia margaret margot maria marian marianne marie marilyn marina \
marjorie marlene martha mary matilda maureen maxine maya megan melanie melania melinda melissa meredith mia michaela michelle mildred millie miranda miriam moira mollie molly monica muriel myra nadia nancy \
naomi natalia natalie natasha nellie nicole nina nora norma olga olivia pamela patricia patty paula pauline penelope penny petra philippa phoebe phyllis polly priscilla priti rachel raquel \
rebecca renee rhonda rita roberta robin-ann rosa rosalind rosamund rose rosemary rosie roxanne ruth sabrina sally samantha sandra sara sarah selina serena sharon sheila shelley sheryl shirley sian sienna simone \
sonia sophia sophie stacey stacy stella stephanie sue susan susanna susannah suzanne svetlana sylvia tabitha tamara tammy tania tanya tara tatiana teresa tessa thelma theresa tiffany tina tracey tracy trudy ursula \
valerie vanessa vera verity veronica vicky victoria viola violet virginia vivian vivienne wanda wendy whitney wilma winifred yasmin yolanda yvette yvonne zara zoe lily \
aileen áine aine aisling alexa anika anja anneliese annika antoinette anya aoibhinn aoife arlene ava bernice bríd brid bridie brigid caitríona \
caitriona carina carolina catriona cecily celeste chiara ciara clodagh cordelia dagmar darlene davina deepa deidre delphine dervla dilys edna effie \
eilidh eimear elin elodie elsa emer emilia enid estelle eunice felicia fionnuala francesca freda frieda gráinne grainne gretchen gudrun gwyneth hana \
hanna hattie heike hermione hester hilda inés ines inge ingeborg isla isobel jacinta jana janine joni jolene josie justine kamala karina katarina kath \
katharina katharine kathrin katia katja katrin kendra kerstin kiera kristine lakshmi lara larissa leanne letitia lilian lilly lorna lynda lynette \
máire mairéad mairead marcella mariam marta martina maud mavis meera minnie morag myrtle nadine nasreen niamh nell nessa noreen nuala oonagh orla \
orlagh órla paige paloma philomena pippa priya radhika ramona róisín roisin rosalie rosalyn rowena ruby rukhsana sadie salma sandhya saoirse selma \
shabana shauna shazia sheena shelagh shirin shreya sigrid sinéad sinead siobhán siobhan sonja sorcha sunita susana tamsin theodora tilda ulrike úna \
una uzma velma vivien wilhelmina winnie yasmine zainab zahra zelda";

/// Names given to both, which tell nothing.
const EITHER: &str = "alex alexis andrea ashley bailey blair cameron carey casey chris dana dominique drew evelyn frankie hayden jackie jamie jan jean jess jo jody jordan kelly kerry kim \
lee leslie lindsay lindsey marion morgan nicky nicola pat reese riley robin rowan sam sandy sascha sasha shannon stacy sydney terry toni tracy val vivian";

const MALE_WORDS: &[&str] = &[
    "mr",
    "mr.",
    "sir",
    "lord",
    "king",
    "prince",
    "father",
    "brother",
    "son",
    "husband",
    "uncle",
    "man",
    "boy",
    "gentleman",
    "spokesman",
    "chairman",
    "businessman",
    "congressman",
    "councilman",
    "policeman",
    "fireman",
    "salesman",
    "sportsman",
    "grandfather",
    "nephew",
    "monk",
    "earl",
    "duke",
    "baron",
    "widower",
    "actor",
    "pope",
    "imam",
    "stepfather",
    "dad",
    "footballer",
    "fr",
    "fr.",
    "monsignor",
    "assemblyman",
    "statesman",
    "fisherman",
    "craftsman",
];
const FEMALE_WORDS: &[&str] = &[
    "mrs",
    "mrs.",
    "ms",
    "ms.",
    "miss",
    "dame",
    "lady",
    "queen",
    "princess",
    "mother",
    "sister",
    "daughter",
    "wife",
    "aunt",
    "woman",
    "girl",
    "spokeswoman",
    "chairwoman",
    "businesswoman",
    "congresswoman",
    "councilwoman",
    "policewoman",
    "saleswoman",
    "sportswoman",
    "grandmother",
    "niece",
    "nun",
    "countess",
    "duchess",
    "baroness",
    "widow",
    "actress",
    "waitress",
    "stepmother",
    "mum",
    "mom",
    "headmistress",
    "midwife",
    "assemblywoman",
    "heiress",
    "hostess",
];

type Known = FxHashMap<Cow<'static, str>, Gender>;

/// Words of both lists are of the first; accents may be left out.
fn known(male: impl Iterator<Item = &'static str>, female: impl Iterator<Item = &'static str>) -> Known {
    let known: Vec<(&str, Gender)> = female.map(|word| (word, Gender::Female)).chain(male.map(|word| (word, Gender::Male))).collect();
    let plain = known.iter().map(|&(word, gender)| (unaccented(word), gender));
    plain.chain(known.iter().map(|&(word, gender)| (Cow::Borrowed(word), gender))).collect()
}

static NAMES: LazyLock<Known> = LazyLock::new(|| known(MALE.split_whitespace(), FEMALE.split_whitespace()));

static WORDS: LazyLock<Known> = LazyLock::new(|| {
    let male = ["he", "him", "his", "himself"].iter().chain(MALE_WORDS).copied();
    let female = ["she", "her", "hers", "herself"].iter().chain(FEMALE_WORDS).copied();
    known(male, female)
});

/// Given names, ready for look-ups.
#[derive(Clone, Copy, Debug)]
pub(super) struct Genders {
    names: &'static Known,
}

impl Genders {
    pub(super) fn new() -> Self {
        Self { names: &NAMES }
    }

    /// Whether the word (lower-case) is known as a given name.
    pub(super) fn is_name(&self, word: &str) -> bool {
        self.names.contains_key(word) || EITHER.split_whitespace().any(|name| name == word)
    }

    /// The gender a given name tells (lower-case).
    pub(super) fn of_name(&self, name: &str) -> Option<Gender> {
        self.names.get(name).copied()
    }
}

/// The gender a title, a noun or a pronoun tells (lower-case).
pub(crate) fn of_word(word: &str) -> Option<Gender> {
    WORDS.get(word).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_nouns_tell_a_gender() {
        let genders = Genders::new();
        assert_eq!(genders.of_name("michael"), Some(Gender::Male));
        assert_eq!(genders.of_name("debbie"), Some(Gender::Female));
        assert_eq!(genders.of_name("robin"), None);
        assert_eq!(of_word("spokeswoman"), Some(Gender::Female));
    }

    #[test]
    fn no_name_is_in_both_lists() {
        let female: Vec<_> = FEMALE.split_whitespace().collect();
        let both: Vec<_> = MALE.split_whitespace().filter(|name| female.contains(name)).collect();
        assert!(both.is_empty(), "{both:?}");
    }
}
