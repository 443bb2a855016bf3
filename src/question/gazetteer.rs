//! Nouns by the kind of thing they name, as evidence for the classifier: what is asked for ("what film …") and what is spoken of.

/// Kinds with their nouns, folded and in the singular.
const KINDS: &[(&str, &str)] = &[
    (
        "animal",
        "animal bird fish dog cat horse breed mammal insect fowl reptile snake spider bear lion tiger elephant monkey ape whale shark wolf fox cow bull pig sheep goat rabbit mouse rat duck goose chicken turkey penguin eagle owl canine feline dinosaur creature beast species pet worm frog turtle bee ant butterfly mosquito kangaroo dolphin mascot puppy kitten",
    ),
    (
        "body",
        "bone muscle organ finger hand foot eye ear nose heart brain liver lung skin tooth tongue blood gland limb joint artery vein nerve body hair neck",
    ),
    ("color", "color colour hue shade"),
    (
        "work",
        "book novel film movie song play poem painting opera musical album show series sitcom magazine newspaper symphony ballad comic cartoon documentary program programme story tale autobiography biography ballet work sculpture statue bible trilogy hymn anthem lyric video soap thriller sequel essay column",
    ),
    (
        "disease",
        "disease illness disorder syndrome cancer virus drug medicine medication vaccine treatment cure symptom infection fever allergy phobia addiction ailment condition fear flu aids malaria cholera plague pill antibiotic therapy remedy",
    ),
    (
        "event",
        "event war battle revolution festival holiday ceremony disaster earthquake hurricane storm crash election trial invasion treaty conference celebration tragedy riot strike olympics crisis massacre explosion incident expedition accident contest race tournament",
    ),
    (
        "food",
        "food drink beverage fruit vegetable meat cheese wine beer cereal cake candy soup sauce bread dish spice dessert cocktail sandwich ingredient snack cookie chocolate sugar salt coffee tea juice milk nut grape bean rice liquor whiskey gum meal delicacy potato berry pizza diet",
    ),
    ("instrument", "instrument guitar piano violin drum flute trumpet saxophone harp organ cello horn"),
    ("language", "language dialect tongue"),
    ("plant", "plant tree flower rose weed grass herb vegetation crop flora shrub blossom bush"),
    (
        "product",
        "product brand computer car software toy detergent soap perfume cigarette cosmetic machine device appliance toothpaste shampoo clothes garment dress shoe hat suit gadget invention jeans razor camera phone telephone television",
    ),
    ("religion", "religion faith sect denomination"),
    (
        "sport",
        "sport game hobby card dance martial exercise football baseball basketball hockey tennis golf soccer cricket rugby boxing chess poker toy",
    ),
    (
        "substance",
        "substance metal element gas chemical material mineral fuel acid stone gem gemstone compound liquid rock oil alloy fabric fiber fibre jewel gold silver iron oxygen wood",
    ),
    ("symbol", "symbol sign logo emblem flag motto"),
    ("technique", "technique method process procedure system strategy stroke style way art trick"),
    ("term", "term word name nickname phrase synonym slang expression equivalent title surname pseudonym alias moniker"),
    (
        "vehicle",
        "vehicle ship boat plane airplane aircraft train car automobile truck submarine helicopter spacecraft spaceship shuttle jet bomber bicycle motorcycle vessel yacht liner locomotive satellite",
    ),
    ("letter", "letter alphabet vowel consonant"),
    ("currency", "currency coin unit"),
    ("abbreviation", "abbreviation acronym initials abbreviated stand"),
    ("meaning", "meaning definition mean origin difference history nature function"),
    ("city", "city capital town metropolis"),
    ("country", "country nation kingdom republic"),
    ("state", "state province"),
    ("mountain", "mountain peak volcano range"),
    ("waters", "river lake sea ocean strait bay canal waterfall gulf stream"),
    ("land", "continent island desert peninsula valley region area hemisphere planet star constellation galaxy"),
    (
        "building",
        "building hotel museum bridge tower castle palace cathedral church prison house monument dam stadium airport park zoo theater theatre library street avenue highway road",
    ),
    (
        "individual",
        "actor actress president king queen author writer poet singer player leader inventor explorer man woman person boy girl star astronaut scientist artist composer dictator emperor prince princess director general senator governor mayor pope prophet saint philosopher comedian comedienne novelist golfer pitcher quarterback boxer swimmer racer driver athlete spy outlaw gangster killer assassin detective character hero heroine villain goddess god duo character wife husband son daughter father mother brother sister monarch founder host hostess narrator choreographer designer architect chef politician statesman minister chancellor lawyer judge doctor nurse psychologist physicist chemist mathematician",
    ),
    (
        "group",
        "team company group band organization organisation party university college school agency airline corporation firm club tribe league network studio union gang people army orchestra choir",
    ),
    ("title", "occupation profession job title position career"),
    ("count", "number population"),
    ("distance", "distance length height wingspan diameter depth altitude elevation width radius size circumference"),
    ("measure", "temperature speed weight volume area acreage rate score odds record frequency capacity"),
    ("money", "price cost salary fee worth wage income budget fine tax money"),
    ("time", "year date day month century decade time birthday season age period lifespan expectancy"),
];

/// The kinds a noun (folded, in the singular) names.
pub(super) fn kinds(noun: &str) -> impl Iterator<Item = &'static str> {
    let listed = move |nouns: &str| !noun.is_empty() && nouns.split(' ').any(|listed| listed == noun);
    KINDS.iter().filter(move |(_, nouns)| listed(nouns)).map(|(kind, _)| *kind)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nouns_have_their_kinds() {
        assert_eq!(kinds("film").collect::<Vec<_>>(), ["work"]);
        assert_eq!(kinds("").count(), 0);
    }
}
