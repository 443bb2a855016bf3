//! Articles with judged quotations become figures: which quotations were found, and whether the speakers are right.
//!
//! The measure is that of the scorer that comes with the converted PolNeAR data (`score.py`; its head says what counts), to the digit: a quotation is found where the
//! spans share 80 % of their characters, its speaker right where title, surname or head noun agree. Quotations outside the filter count
//! neither way.

mod names;
mod spans;

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::{Deserialize, Serialize};

use self::spans::{Range, pair, shared, trim, words};
use crate::engine;
use crate::quotation::QuotationKind;
use crate::span::CharIndex;

/// An article with the quotations a person found in it.
#[derive(Clone, Debug, Deserialize)]
pub struct JudgedArticle {
    /// Identifier.
    pub id: String,
    /// The article.
    pub text: String,
    /// Its quotations.
    pub quotes: Vec<JudgedQuotation>,
}

/// A quotation that a person found; positions in characters.
#[derive(Clone, Debug, Deserialize)]
pub struct JudgedQuotation {
    start: usize,
    end: usize,
    #[serde(default)]
    kind: Option<String>,
    #[serde(default)]
    speaker_text: Option<String>,
    #[serde(default)]
    speaker_kind: Option<String>,
    #[serde(default)]
    speaker_full: Option<String>,
    #[serde(default)]
    speaker_full_how: Option<String>,
}

/// The quotations a system found in one article.
#[derive(Clone, Debug, Deserialize)]
pub struct FoundArticle {
    /// The article's identifier.
    pub id: String,
    /// What was found.
    pub quotes: Vec<FoundQuotation>,
}

/// A quotation that a system found; positions in characters.
#[derive(Clone, Debug, Deserialize)]
pub struct FoundQuotation {
    start: usize,
    end: usize,
    #[serde(default)]
    speaker_text: Option<String>,
    #[serde(default)]
    speaker_name: Option<String>,
    #[serde(default)]
    speaker: Option<FoundSpeaker>,
}

/// A speaker as `sayso extract --jsonl` writes it.
#[derive(Clone, Debug, Deserialize)]
struct FoundSpeaker {
    name: String,
    mention: String,
}

impl FoundQuotation {
    /// The words used at the quotation; `""` for none.
    fn mention(&self) -> &str {
        let own = self.speaker.as_ref().map(|speaker| speaker.mention.as_str());
        self.speaker_text.as_deref().or(own).unwrap_or_default()
    }

    /// The resolved name; the mention where there is none.
    fn name(&self) -> &str {
        let own = self.speaker.as_ref().map(|speaker| speaker.name.as_str());
        self.speaker_name.as_deref().or(own).filter(|name| !name.is_empty()).unwrap_or_else(|| self.mention())
    }
}

/// Which judged quotations count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Scope {
    /// Least words.
    pub words: usize,
    /// Only those judged as direct.
    pub direct: bool,
}

impl Scope {
    /// All of them.
    pub const ALL: Self = Self { words: 1, direct: false };
    /// Direct ones of five words or more.
    pub const DIRECT: Self = Self { words: 5, direct: true };
}

/// How many speakers of one kind were given and right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Speakers {
    /// Judged quotations found that have one.
    pub all: usize,
    /// A speaker was named.
    pub given: usize,
    /// The same string, but for titles.
    pub strict: usize,
    /// Surname or head noun agree.
    pub lenient: usize,
}

/// How many resolved names were right.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Names {
    /// Judged quotations found whose speaker's full name is known.
    pub all: usize,
    /// The surname agrees.
    pub last: usize,
    /// The first name as well.
    pub full: usize,
}

/// Figures over judged articles.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct ExtractionReport {
    /// Judged quotations.
    pub gold: usize,
    /// Quotations found.
    pub found: usize,
    /// How many of those stand between pairs of apostrophes (''so'') in articles whose judges listed none that does: nobody judged them, yet each
    /// counts as found wrongly.
    pub unjudged: usize,
    /// Found with the very span.
    pub exact: usize,
    /// Found with most of it.
    pub overlapping: usize,
    /// Found, and the speaker right (or rightly none).
    pub end_to_end: usize,
    /// Speakers, by what the judges have at the quotation: a name, a pronoun, a noun.
    pub speakers: BTreeMap<String, Speakers>,
    /// Resolved names, by what the resolution had to do.
    pub names: BTreeMap<String, Names>,
}

/// Precision, recall and their harmonic mean, 0 to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Measure {
    /// Of those found, how many are right.
    pub precision: f64,
    /// Of those judged, how many were found.
    pub recall: f64,
    /// Their harmonic mean.
    pub f1: f64,
}

/// What sayso finds in an article, as [`crate::engine::extract`] does.
#[must_use]
pub fn find(article: &JudgedArticle) -> FoundArticle {
    let characters = CharIndex::new(&article.text);
    let mut quotes = Vec::new();
    for quotation in engine::extract(&article.text) {
        if !matches!(quotation.kind, QuotationKind::Direct | QuotationKind::Partial) {
            continue;
        }
        let speaker =
            quotation.speaker.as_ref().map(|speaker| FoundSpeaker { name: speaker.name.clone(), mention: speaker.mention.clone() });
        quotes.extend(quotation.pieces.iter().map(|piece| FoundQuotation {
            start: characters.chars_before(piece.start),
            end: characters.chars_before(piece.end),
            speaker_text: None,
            speaker_name: None,
            speaker: speaker.clone(),
        }));
    }
    FoundArticle { id: article.id.clone(), quotes }
}

/// Compares what was found with what was judged; what is missing from `found` was not found.
#[must_use]
pub fn judge_extraction(articles: &[JudgedArticle], found: &[FoundArticle], scope: Scope) -> ExtractionReport {
    let by_id: BTreeMap<&str, &[FoundQuotation]> = found.iter().map(|found| (found.id.as_str(), found.quotes.as_slice())).collect();
    let mut report = ExtractionReport::default();
    for article in articles {
        report.count(article, by_id.get(article.id.as_str()).copied().unwrap_or_default(), scope);
    }
    report
}

/// A judged quotation, trimmed, and whether it counts.
struct Gold<'a> {
    span: Range,
    quotation: &'a JudgedQuotation,
    counts: bool,
}

fn judged<'a>(article: &'a JudgedArticle, text: &[char], scope: Scope) -> Vec<Gold<'a>> {
    let one = |quotation: &'a JudgedQuotation| {
        let span = trim(text, (quotation.start, quotation.end));
        let direct = !scope.direct || quotation.kind.as_deref() == Some("direct");
        (span.1 > span.0).then(|| Gold { span, quotation, counts: direct && words(text, span) >= scope.words })
    };
    article.quotes.iter().filter_map(one).collect()
}

/// The quotations found, trimmed, each span once.
fn distinct<'f>(found: &'f [FoundQuotation], text: &[char]) -> Vec<(Range, &'f FoundQuotation)> {
    let mut seen = BTreeSet::new();
    let trimmed = found.iter().map(|quotation| (trim(text, (quotation.start, quotation.end)), quotation));
    trimmed.filter(|(span, _)| span.1 > span.0 && seen.insert(*span)).collect()
}

impl ExtractionReport {
    fn count(&mut self, article: &JudgedArticle, found: &[FoundQuotation], scope: Scope) {
        let text: Vec<char> = article.text.chars().collect();
        let (gold, found) = (judged(article, &text, scope), distinct(found, &text));
        let (own, theirs): (Vec<Range>, Vec<Range>) =
            (gold.iter().map(|gold| gold.span).collect(), found.iter().map(|(span, _)| *span).collect());
        let (of_gold, of_found) = pair(&own, &theirs);
        for (gold, hit) in gold.iter().zip(&of_gold).filter(|(gold, _)| gold.counts) {
            self.gold += 1;
            if let Some((span, quotation)) = hit.and_then(|hit| found.get(hit)) {
                self.overlapping += 1;
                self.exact += usize::from(*span == gold.span);
                self.count_speaker(gold.quotation, quotation);
            }
        }
        let passed_over = !own.iter().any(|span| is_between_apostrophes(&text, *span));
        for ((span, _), hit) in found.iter().zip(&of_found) {
            let surplus = hit.is_none() && is_surplus(&gold, &text, *span, scope);
            self.found += usize::from(surplus || hit.and_then(|hit| gold.get(hit)).is_some_and(|gold| gold.counts));
            self.unjudged += usize::from(surplus && passed_over && is_between_apostrophes(&text, *span));
        }
    }

    fn count_speaker(&mut self, gold: &JudgedQuotation, found: &FoundQuotation) {
        match gold.speaker_text.as_deref().filter(|speaker| !speaker.is_empty()) {
            None => self.end_to_end += usize::from(found.mention().is_empty()),
            Some(speaker) => {
                let right = names::judge(speaker, found.mention());
                let kind = self.speakers.entry(gold.speaker_kind.clone().unwrap_or_else(|| "name".to_owned())).or_default();
                kind.all += 1;
                kind.given += usize::from(!found.mention().is_empty());
                kind.strict += usize::from(right.strict);
                kind.lenient += usize::from(right.lenient);
                self.end_to_end += usize::from(right.lenient);
            }
        }
        self.count_name(gold, found);
    }

    fn count_name(&mut self, gold: &JudgedQuotation, found: &FoundQuotation) {
        let how = gold.speaker_full_how.as_deref();
        let Some(full) = gold.speaker_full.as_deref().filter(|full| !full.is_empty() && how != Some("dcoref-silver")) else { return };
        let kind = match (gold.speaker_kind.as_deref(), how) {
            (Some("pronoun"), _) => "pronoun->name",
            (_, Some("unique-in-article")) => "surname->full",
            _ => "full in quote",
        };
        let (last, whole) = names::judge_full(full, found.name());
        let names = self.names.entry(kind.to_owned()).or_default();
        names.all += 1;
        names.last += usize::from(last);
        names.full += usize::from(whole);
    }

    fn measure(&self, right: usize) -> Measure {
        measured(right, self.found, self.gold)
    }

    /// The measure without the quotations that nobody judged.
    fn measure_judged(&self, right: usize) -> Measure {
        measured(right, self.found - self.unjudged.min(self.found), self.gold)
    }

    /// Quotations found with the very span.
    #[must_use]
    pub fn exact(&self) -> Measure {
        self.measure(self.exact)
    }

    /// Quotations found with most of it.
    #[must_use]
    pub fn overlap(&self) -> Measure {
        self.measure(self.overlapping)
    }

    /// Quotations found with their speaker.
    #[must_use]
    pub fn whole(&self) -> Measure {
        self.measure(self.end_to_end)
    }
}

fn measured(right: usize, found: usize, gold: usize) -> Measure {
    let share = |of: usize| if of == 0 { 0.0 } else { right as f64 / of as f64 };
    let (precision, recall) = (share(found), share(gold));
    let f1 = if precision + recall == 0.0 { 0.0 } else { 2.0 * precision * recall / (precision + recall) };
    Measure { precision, recall, f1 }
}

/// Whether two apostrophes stand right before a span.
fn is_between_apostrophes(text: &[char], span: Range) -> bool {
    span.0 >= 2 && text.get(span.0 - 2..span.0) == Some(&['\'', '\''])
}

/// Whether what was found is none of the judged ones, and not mostly one that does not count.
fn is_surplus(gold: &[Gold], text: &[char], span: Range, scope: Scope) -> bool {
    let ignored = |gold: &Gold| !gold.counts && shared(span, gold.span) as f64 > 0.5 * (span.1 - span.0) as f64;
    !gold.iter().any(ignored) && (scope.words <= 1 || words(text, span) >= scope.words)
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "P {:.1} R {:.1} F1 {:.1}", 100.0 * self.precision, 100.0 * self.recall, 100.0 * self.f1)
    }
}

impl fmt::Display for ExtractionReport {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let percent = |part: usize, whole: usize| 100.0 * part as f64 / whole.max(1) as f64;
        let sum = |field: fn(&Speakers) -> usize| self.speakers.values().map(field).sum::<usize>();
        writeln!(f, "  gold {} pred {}", self.gold, self.found)?;
        writeln!(f, "  quote exact      {}", self.exact())?;
        writeln!(f, "  quote >=0.8      {}", self.overlap())?;
        let all = sum(|speakers| speakers.all);
        let (strict, lenient) = (sum(|speakers| speakers.strict), sum(|speakers| speakers.lenient));
        writeln!(f, "  speaker on matched ({all}): strict {:.1}%  lenient {:.1}%", percent(strict, all), percent(lenient, all))?;
        for (kind, one) in &self.speakers {
            let (given, strict, lenient) = (percent(one.given, one.all), percent(one.strict, one.all), percent(one.lenient, one.all));
            writeln!(f, "     {kind:8} n={:4} given {given:.1}% strict {strict:.1}% lenient {lenient:.1}%", one.all)?;
        }
        writeln!(f, "  end-to-end       {}", self.whole())?;
        if self.unjudged > 0 {
            writeln!(f, "  without {} between pairs of apostrophes, which the judges passed over:", self.unjudged)?;
            writeln!(f, "     quote >=0.8   {}", self.measure_judged(self.overlapping))?;
            writeln!(f, "     end-to-end    {}", self.measure_judged(self.end_to_end))?;
        }
        let sum = |field: fn(&Names) -> usize| self.names.values().map(field).sum::<usize>();
        let all = sum(|names| names.all);
        if all > 0 {
            let (last, full) = (percent(sum(|names| names.last), all), percent(sum(|names| names.full), all));
            writeln!(f, "  resolved name ({all}): last name {last:.1}%  full name {full:.1}%")?;
        }
        self.names.iter().try_for_each(|(kind, one)| {
            writeln!(f, "     {kind:14} n={:4} last {:.1}% full {:.1}%", one.all, percent(one.last, one.all), percent(one.full, one.all))
        })
    }
}

#[cfg(test)]
mod tests;
