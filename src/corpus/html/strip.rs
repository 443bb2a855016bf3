//! The plain way out of a page that must not be parsed: its words without its tags.

use super::guard::{Tag, Tags};

/// Elements that stand inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time",
    "u", "wbr",
];
/// Longest entity that is looked for, in bytes.
const LONGEST_ENTITY: usize = 12;

/// The words of `page`, a line for every block.
pub(super) fn tags(page: &str) -> String {
    let mut text = String::with_capacity(page.len() / 2);
    let mut at = 0;
    for tag in Tags::of(page) {
        add(&mut text, page.get(at..tag.start).unwrap_or_default());
        break_line(&mut text, &tag);
        at = tag.end;
    }
    add(&mut text, page.get(at..).unwrap_or_default());
    text.push('\n');
    text
}

fn break_line(text: &mut String, tag: &Tag<'_>) {
    let inline = INLINE.iter().any(|name| tag.name.eq_ignore_ascii_case(name));
    if !inline && !text.is_empty() && !text.ends_with("\n\n") {
        text.push_str(if text.ends_with('\n') { "\n" } else { "\n\n" });
    }
}

fn add(text: &mut String, words: &str) {
    let mut words = words.strip_prefix("<!--").map_or(words, |comment| comment.split_once("-->").map_or("", |(_, after)| after));
    while let Some(amp) = words.find('&') {
        squeeze(text, words.get(..amp).unwrap_or_default());
        let rest = words.get(amp..).unwrap_or_default();
        let (c, length) = entity(rest);
        text.push(c);
        words = rest.get(length..).unwrap_or_default();
    }
    squeeze(text, words);
}

fn squeeze(text: &mut String, words: &str) {
    for c in words.chars() {
        if !c.is_whitespace() {
            text.push(c);
        } else if !text.ends_with([' ', '\n']) && !text.is_empty() {
            text.push(' ');
        }
    }
}

/// The character an entity at the start of `rest` stands for, and its length; an ampersand stands for itself.
fn entity(rest: &str) -> (char, usize) {
    let end = rest.bytes().take(LONGEST_ENTITY).position(|byte| byte == b';').unwrap_or(0);
    let name = rest.get(1..end.max(1)).unwrap_or_default();
    let number = match name.strip_prefix('#').map(|digits| (digits, digits.strip_prefix(['x', 'X']))) {
        Some((_, Some(hex))) => u32::from_str_radix(hex, 16).ok(),
        Some((digits, None)) => digits.parse().ok(),
        None => NAMED.iter().find(|(known, _)| *known == name).map(|(_, c)| u32::from(*c)),
    };
    let known = number.and_then(char::from_u32).filter(|c| !c.is_control());
    known.map_or(('&', 1), |c| (c, end + 1))
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
    fn words_stay_with_a_line_for_every_block() {
        assert_eq!(
            tags("<div><p>It is <b>shut</b> &amp; sold for &#163;5&hellip;</p><p>A & B &bogus;<script>x<y</script></div>"),
            "It is shut & sold for £5…\n\nA & B &bogus;\n\n\n"
        );
    }
}
