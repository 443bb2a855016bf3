//! The plain way out of a page that must not be parsed: its words without its tags.

use super::guard::{Tag, Tags};
use crate::corpus::entity;

/// Elements that stand inside a line.
const INLINE: &[&str] = &[
    "a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "mark", "q", "s", "small", "span", "strong", "sub", "sup", "time",
    "u", "wbr",
];

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
        let (c, length) = entity::first(rest);
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
