//! What single characters are: parts of words, quotation marks, dashes, currency signs. Knows nothing of context.

/// Whether the character can stand inside a word (letters, digits, combining marks).
pub(super) fn is_word(c: char) -> bool {
    if c.is_ascii() { c.is_ascii_alphanumeric() } else { c.is_alphanumeric() || is_mark(c) }
}

/// Combining marks and joiners, which belong to the letter before them.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, '\u{300}'..='\u{36f}' | '\u{1ab0}'..='\u{1aff}' | '\u{1dc0}'..='\u{1dff}' | '\u{20d0}'..='\u{20ff}'
        | '\u{fe00}'..='\u{fe2f}' | '\u{200c}' | '\u{200d}' | '\u{ad}' | '\u{94d}' | '\u{1f3fb}'..='\u{1f3ff}')
}

/// White space, and the invisible characters that separate as white space does.
pub(super) fn is_blank(c: char) -> bool {
    c.is_whitespace()
        || c.is_control()
        || matches!(c, '\u{200b}' | '\u{2060}' | '\u{feff}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}')
}

/// Straight and curly apostrophes (also the marks used for them by mistake).
pub(super) fn is_apostrophe(c: char) -> bool {
    matches!(c, '\'' | '\u{2019}' | '\u{2018}' | '\u{2bc}' | '\u{ff07}' | '\u{b4}' | '`')
}

/// Quotation marks, apostrophes included.
pub(super) fn is_quote(c: char) -> bool {
    is_apostrophe(c)
        || matches!(c, '"' | '\u{201a}'..='\u{201f}' | '\u{ab}' | '\u{bb}' | '\u{2039}' | '\u{203a}' | '\u{300c}'..='\u{300f}' | '\u{ff02}')
}

/// Marks that can only open a quotation.
pub(super) fn opens_quote(c: char) -> bool {
    matches!(c, '\u{201c}' | '\u{2018}' | '\u{201e}' | '\u{201a}' | '\u{ab}' | '\u{2039}' | '\u{300c}' | '\u{300e}')
}

/// Hyphens that join the parts of a compound.
pub(super) fn is_hyphen(c: char) -> bool {
    matches!(c, '-' | '\u{2010}' | '\u{2011}')
}

/// Hyphens and dashes of every length, and the minus sign.
pub(super) fn is_dash(c: char) -> bool {
    is_hyphen(c) || matches!(c, '\u{2012}'..='\u{2015}' | '\u{2212}' | '\u{2e3a}' | '\u{2e3b}')
}

/// Currency signs.
pub(super) fn is_currency(c: char) -> bool {
    matches!(c, '$' | '\u{a2}'..='\u{a5}' | '\u{20a0}'..='\u{20bf}')
}

/// Marks that begin an item of a list.
pub(super) fn is_bullet(c: char) -> bool {
    matches!(
        c,
        '\u{2022}' | '\u{2023}' | '\u{25e6}' | '\u{2043}' | '\u{25aa}' | '\u{25ab}' | '\u{25cf}' | '\u{25a0}' | '\u{b7}' | '\u{2219}' | '*'
    )
}

/// Characters that stand for themselves rather than structure a sentence.
pub(super) fn is_symbol(c: char) -> bool {
    if c.is_ascii() {
        return matches!(c, '$' | '%' | '+' | '=' | '<' | '>' | '^' | '~' | '|' | '&' | '#' | '@');
    }
    is_currency(c)
        || matches!(c, '\u{a6}' | '\u{a9}' | '\u{ac}' | '\u{ae}'..='\u{b1}' | '\u{d7}' | '\u{f7}' | '\u{2030}' | '\u{2100}'..='\u{27bf}' | '\u{2900}'..='\u{2bff}' | '\u{1f000}'..='\u{1faff}')
}
