//! Small words become particles of surnames, where they are.

/// Small words inside surnames, folded, without accents.
const PARTICLES: &[&str] = &[
    "al", "ap", "bin", "bint", "da", "de", "del", "della", "den", "der", "di", "do", "dos", "du", "el", "ibn", "la", "le", "ten", "ter",
    "van", "von", "zu",
];

/// Whether the folded word is a particle of a surname ("van", "del").
pub(crate) fn is_particle(word: &str) -> bool {
    PARTICLES.contains(&word)
}
