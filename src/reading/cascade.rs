//! Two readers in one: the linear one reads everything, a deeper one the best of it, and their scores are brought together.
//!
//! Where a rule has found the answer (an utterance, a list, a reason, a deciding sentence), the deeper reader is not asked: it
//! marks short spans only. What it marks is weighed by how much the sentence speaks of the question and how well the words fit the
//! answer type, since it was trained on texts that are not news.

use super::linear::{LinearReader, Look};
use super::{Candidate, Reader};
use crate::question::{AnswerType, Question, Subject};
use crate::retrieval::Passage;

/// The linear reader and a deeper one behind it.
pub struct Cascade {
    linear: LinearReader,
    deeper: Box<dyn Reader>,
}

/// What a span in a sentence that holds nothing of the question scores.
const UNCOVERED: f32 = -4.0;
/// What one in a sentence that holds all of it scores more.
const COVERED: f32 = 5.0;
/// What one unit of the deeper reader's log-odds counts.
const DEEPER: f32 = 0.6;
/// Its log-odds count no further than this either way.
const SURE: f32 = 8.0;
/// What a unit of fit to the answer type counts.
const FIT: f32 = 0.7;
/// Score from which a rule's candidate is taken without asking the deeper reader.
const RULED: f32 = 0.0;

impl Cascade {
    /// Puts a deeper reader behind the linear one.
    #[must_use]
    pub fn new(linear: LinearReader, deeper: Box<dyn Reader>) -> Self {
        Self { linear, deeper }
    }
}

impl Reader for Cascade {
    fn read(&self, question: &Question, passages: &[Passage], _shortlist: Vec<Candidate>) -> Vec<Candidate> {
        if matches!(question.subject, Subject::Document { .. }) {
            return Vec::new();
        }
        let look = self.linear.look(question, passages);
        let shortlist = self.linear.candidates(&look);
        if is_ruled(question) && shortlist.first().is_some_and(|best| best.score > RULED) {
            return shortlist;
        }
        let deeper = self.deeper.read(question, passages, shortlist.clone());
        fuse(&look, shortlist, deeper)
    }
}

/// Whether rules rather than spans answer this kind of question.
fn is_ruled(question: &Question) -> bool {
    let speech = matches!(question.subject, Subject::SaidBy | Subject::WhoSaid);
    speech || matches!(question.answer_type, AnswerType::List | AnswerType::Statement | AnswerType::Reason | AnswerType::YesNo)
}

/// The deeper reader's candidates on the linear one's scale, with the linear one's where it saw nothing.
fn fuse(look: &Look<'_>, shortlist: Vec<Candidate>, deeper: Vec<Candidate>) -> Vec<Candidate> {
    if deeper.is_empty() {
        return shortlist;
    }
    let mut found: Vec<Candidate> = deeper.into_iter().map(|candidate| weighed(look, candidate)).collect();
    let unseen =
        |candidate: &Candidate| !found.iter().any(|other| other.passage == candidate.passage && other.span.overlaps(candidate.span));
    let rest: Vec<Candidate> = shortlist.into_iter().filter(unseen).map(doubted).collect();
    found.extend(rest);
    found.sort_by(|a, b| b.score.total_cmp(&a.score).then((a.passage, a.span).cmp(&(b.passage, b.span))));
    found
}

fn weighed(look: &Look<'_>, mut candidate: Candidate) -> Candidate {
    let covered = look.covered(candidate.passage, candidate.span);
    let fit = look.fit(candidate.passage, candidate.span);
    let odds = candidate.score;
    candidate.score = UNCOVERED + COVERED * covered + DEEPER * odds.clamp(-SURE, SURE) + FIT * fit;
    candidate.parts.extend([("deeper", odds), ("covered", covered), ("kind", fit)]);
    candidate
}

/// What the deeper reader passed over is doubtful.
fn doubted(mut candidate: Candidate) -> Candidate {
    candidate.score -= 2.0;
    candidate
}
