//! Character references of HTML and XML (`&amp;`, `&#163;`) become characters. Unknown ones are left alone.

/// Longest reference that is looked for, in bytes.
const LONGEST: usize = 12;

/// `words` with the characters that its references stand for.
pub(super) fn decoded(words: &str) -> String {
    let mut text = String::with_capacity(words.len());
    let mut rest = words;
    while let Some(amp) = rest.find('&') {
        let (before, reference) = rest.split_at(amp);
        let (c, length) = first(reference);
        text.push_str(before);
        text.push(c);
        rest = reference.get(length..).unwrap_or_default();
    }
    text + rest
}

/// The character that a reference at the start of `rest` stands for, and its length in bytes; an ampersand stands for itself.
pub(super) fn first(rest: &str) -> (char, usize) {
    let end = rest.bytes().take(LONGEST).position(|byte| byte == b';').unwrap_or(0);
    character(rest.get(1..end.max(1)).unwrap_or_default()).map_or(('&', 1), |c| (c, end + 1))
}

/// The character that a reference with this name, or number behind `#`, stands for.
pub(super) fn character(name: &str) -> Option<char> {
    let number = match name.strip_prefix('#').map(|digits| (digits, digits.strip_prefix(['x', 'X']))) {
        Some((_, Some(hex))) => u32::from_str_radix(hex, 16).ok(),
        Some((digits, None)) => digits.parse().ok(),
        None => return NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| *c),
    };
    number.and_then(char::from_u32).filter(|c| !c.is_control() || c.is_whitespace())
}

const NAMED: &[(&str, char)] = &[
    ("amp", '&'),
    ("lt", '<'),
    ("gt", '>'),
    ("quot", '"'),
    ("apos", '\''),
    ("nbsp", ' '),
    ("ldquo", '“'),
    ("rdquo", '”'),
    ("lsquo", '‘'),
    ("rsquo", '’'),
    ("ndash", '–'),
    ("mdash", '—'),
    ("hellip", '…'),
    ("pound", '£'),
    ("euro", '€'),
    ("bull", '•'),
    ("copy", '©'),
    ("eacute", 'é'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_references_are_characters_and_others_words() {
        assert_eq!(decoded("A &amp; B &bogus; &#163;5&#xA0;&hellip; &#0; & C"), "A & B &bogus; £5\u{a0}… &#0; & C");
        assert_eq!(character("#xD800"), None);
    }
}
