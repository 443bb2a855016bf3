//! A passage of a document becomes the [`Excerpt`] a quote is compared with: words, sentences, and who speaks where.

use std::sync::Arc;

use super::words::{Word, words};
use crate::index::{DocumentRecord, PassageRecord};
use crate::quotation::{Quotation, QuotationKind, Speaker};
use crate::span::Span;

/// Most words of narration between two pieces of one utterance ("said the deputy leader of the council, who had been ill").
pub(super) const LONGEST_ATTRIBUTION: usize = 25;

/// A passage, ready for comparison. Spans count bytes of the document's text.
#[derive(Clone, Debug)]
pub(super) struct Excerpt {
    pub(super) document: Arc<DocumentRecord>,
    /// The document's text at `span`.
    text: String,
    /// Where the passage stands.
    pub(super) span: Span,
    /// The share of the quote's words, by rarity, that stand there.
    pub(super) share: f32,
    pub(super) words: Vec<Word>,
    /// Sentences with the block each lies in.
    pub(super) sentences: Vec<(Span, usize)>,
    pub(super) utterances: Vec<Utterance>,
    /// For each word, whether it stands between two pieces of one utterance, in nobody's mouth.
    pub(super) between: Vec<bool>,
}

/// One utterance: a quotation, or several that are printed as one.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Utterance {
    pub(super) pieces: Vec<Span>,
    pub(super) kind: QuotationKind,
    pub(super) speaker: Option<Speaker>,
    cue: Option<Span>,
}

impl Utterance {
    pub(super) fn cover(&self) -> Span {
        self.pieces.iter().copied().reduce(Span::cover).unwrap_or_default()
    }

    /// Whether the words are printed as somebody's own.
    pub(super) fn is_verbatim(&self) -> bool {
        matches!(self.kind, QuotationKind::Direct | QuotationKind::Partial)
    }

    pub(super) fn holds(&self, span: Span) -> bool {
        self.pieces.iter().any(|piece| piece.contains(span))
    }
}

impl Excerpt {
    pub(super) fn new(passage: &PassageRecord, share: f32) -> Self {
        let sentences = passage.analysis.sentences.iter().map(|sentence| (sentence.span, sentence.block)).collect();
        Self { share, ..Self::build(Arc::clone(&passage.document), passage.text.clone(), passage.span, sentences, &passage.quotations) }
    }

    pub(super) fn build(
        document: Arc<DocumentRecord>,
        text: String,
        span: Span,
        sentences: Vec<(Span, usize)>,
        quotations: &[Quotation],
    ) -> Self {
        let words = words(&text, span.start);
        let mut excerpt = Self { document, text, span, share: 1.0, words, sentences, utterances: Vec::new(), between: Vec::new() };
        excerpt.utterances = excerpt.join(quotations);
        excerpt.between = excerpt.words.iter().map(|word| excerpt.stands_between(word.span)).collect();
        excerpt
    }

    /// The words at a span of the document; `""` outside the passage.
    pub(super) fn slice(&self, span: Span) -> &str {
        if self.span.contains(span) { span.relative_to(self.span.start).slice(&self.text) } else { "" }
    }

    /// The sentence a byte lies in.
    pub(super) fn sentence_at(&self, byte: usize) -> Option<Span> {
        self.sentence_number(byte).and_then(|number| self.sentences.get(number)).map(|(span, _)| *span)
    }

    /// The position of the sentence a byte lies in.
    pub(super) fn sentence_number(&self, byte: usize) -> Option<usize> {
        let number = self.sentences.partition_point(|(span, _)| span.end <= byte);
        self.sentences.get(number).filter(|(span, _)| span.start <= byte).map(|_| number)
    }

    /// The sentences that overlap a span, as one span; the span itself where there are none.
    pub(super) fn sentences_around(&self, span: Span) -> Span {
        self.sentences.iter().map(|(sentence, _)| *sentence).filter(|sentence| sentence.overlaps(span)).fold(span, Span::cover)
    }

    /// The paragraph of the place and the one before it.
    pub(super) fn paragraphs_around(&self, span: Span) -> &str {
        let block = |byte: usize| self.sentence_number(byte).and_then(|number| self.sentences.get(number)).map(|(_, block)| *block);
        let Some(own) = block(span.start) else { return self.slice(self.sentences_around(span)) };
        let near = self.sentences.iter().filter(|(_, block)| *block == own || *block + 1 == own).map(|(sentence, _)| *sentence);
        self.slice(near.reduce(Span::cover).unwrap_or(span))
    }

    /// Quotations as utterances, in order; those printed around one attribution are joined.
    fn join(&self, quotations: &[Quotation]) -> Vec<Utterance> {
        let mut sorted: Vec<&Quotation> = quotations.iter().filter(|quotation| !quotation.pieces.is_empty()).collect();
        sorted.sort_by_key(|quotation| (quotation.span().start, std::cmp::Reverse(quotation.span().end)));
        let mut utterances: Vec<Utterance> = Vec::new();
        for quotation in sorted {
            let next = Utterance {
                pieces: quotation.pieces.clone(),
                kind: quotation.kind,
                speaker: quotation.speaker.clone(),
                cue: quotation.cue,
            };
            match utterances.iter().rposition(|before| self.continues(before, &next)) {
                Some(before) => merge(utterances.get_mut(before), next),
                None => utterances.push(next),
            }
        }
        utterances
    }

    /// Whether `next` goes on with `before` after an attribution: in the same paragraph, or at the head of the next one.
    fn continues(&self, before: &Utterance, next: &Utterance) -> bool {
        let gap = Span::new(before.cover().end, next.cover().start);
        let direct = before.kind == QuotationKind::Direct && next.kind == QuotationKind::Direct;
        let ordered = before.cover().end <= next.cover().start;
        let mentions = [&before.speaker, &next.speaker].into_iter().flatten().map(|speaker| speaker.mention_span);
        let cued = [before.cue, next.cue].into_iter().flatten().chain(mentions).any(|words| gap.contains(words));
        let same = match (&before.speaker, &next.speaker) {
            (Some(one), Some(other)) => one.name == other.name,
            _ => false,
        };
        let between = self.slice(gap);
        direct && ordered && cued && same && opens_paragraph(between) && words(between, 0).len() <= LONGEST_ATTRIBUTION
    }

    fn stands_between(&self, word: Span) -> bool {
        let verbatim = || self.utterances.iter().filter(|utterance| utterance.is_verbatim());
        verbatim().any(|utterance| utterance.cover().contains(word) && !utterance.holds(word))
            && !verbatim().any(|utterance| utterance.holds(word))
    }

    /// The number of the verbatim utterance that holds a word: the outermost.
    pub(super) fn voice(&self, position: usize) -> Option<usize> {
        let word = self.words.get(position)?.span;
        self.utterances.iter().position(|utterance| utterance.is_verbatim() && utterance.holds(word))
    }

    /// The utterance that holds most of the given words of the passage: the innermost where several hold as many.
    pub(super) fn utterance_of(&self, positions: &[usize]) -> Option<(&Utterance, usize)> {
        let spans: Vec<Span> = positions.iter().filter_map(|&position| self.words.get(position)).map(|word| word.span).collect();
        let held = |utterance: &Utterance| spans.iter().filter(|&&span| utterance.holds(span)).count();
        let counted = self.utterances.iter().map(|utterance| (utterance, held(utterance))).filter(|(_, held)| *held > 0);
        counted.min_by_key(|(utterance, held)| (std::cmp::Reverse(*held), !utterance.is_verbatim(), utterance.cover().len()))
    }
}

/// Whether the words between two pieces end before their paragraph does: the next piece then opens the paragraph after it, or stands in
/// the same one.
fn opens_paragraph(between: &str) -> bool {
    between.split_once('\n').is_none_or(|(_, after)| words(after, 0).is_empty())
}

fn merge(before: Option<&mut Utterance>, next: Utterance) {
    if let Some(before) = before {
        before.pieces.extend(next.pieces);
        before.cue = before.cue.or(next.cue);
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{document, speaker};
    use super::*;

    /// How many utterances Ann Bell's quotations in «…» become, all cued by "said".
    fn check(text: &str, expected: usize) {
        let speaker = Speaker { mention_span: Span::new(0, 0), ..speaker("Ann Bell") };
        let cues: Vec<Span> = text.match_indices("said").map(|(at, word)| Span::new(at, at + word.len())).collect();
        let opens = text.match_indices('«').map(|(at, mark)| at + mark.len());
        let pieces = opens.map(|start| Span::new(start, start + text[start..].find('»').unwrap()));
        let quotation = |piece: Span| Quotation {
            pieces: vec![piece],
            kind: QuotationKind::Direct,
            cue: cues.iter().copied().min_by_key(|cue| cue.start.abs_diff(piece.end)),
            speaker: Some(speaker.clone()),
            confidence: 1.0,
        };
        let quotations: Vec<Quotation> = pieces.map(quotation).collect();
        let span = Span::new(0, text.len());
        let excerpt = Excerpt::build(document("a"), text.to_owned(), span, vec![(span, 0)], &quotations);
        assert_eq!(excerpt.utterances.len(), expected, "{text}");
    }

    #[test]
    fn an_utterance_goes_on_after_its_attribution() {
        check("«It rains,» said Ms Bell. «We wait.»", 1);
        check("«It rains,» said Ms Bell.\n\n«We wait.»", 1);
    }

    #[test]
    fn narration_parts_utterances() {
        check("«It rains,» said Ms Bell.\n\nThe town slept on. «We wait.»", 2);
        check("«It rains,» said Ms Bell.\n\nShe sat down.\n\n«We wait.»", 2);
    }
}
