//! Exact match and F1 of an answer, as SQuAD's scorer has them (Rajpurkar et al. 2016).

/// Lower-case words without punctuation and articles.
fn normalized(text: &str) -> Vec<String> {
    let plain: String = text.to_lowercase().chars().filter(|c| !c.is_ascii_punctuation()).collect();
    plain.split_whitespace().filter(|word| !["a", "an", "the"].contains(word)).map(str::to_owned).collect()
}

/// Whether the answer is one of the accepted ones, and its best F1 against them, 0 to 1.
pub(super) fn score(given: &str, accepted: &[&str]) -> (bool, f64) {
    let given = normalized(given);
    let mut best = (false, 0.0_f64);
    for accepted in accepted.iter().map(|text| normalized(text)) {
        best = (best.0 || given == accepted, best.1.max(f1(&given, &accepted)));
    }
    best
}

fn f1(given: &[String], accepted: &[String]) -> f64 {
    if given.is_empty() || accepted.is_empty() {
        return f64::from(u8::from(given == accepted));
    }
    let mut left = accepted.to_vec();
    let take = |word: &&String| left.iter().position(|other| other == *word).map(|at| left.swap_remove(at)).is_some();
    let shared = given.iter().filter(take).count() as f64;
    2.0 * shared / (given.len() + accepted.len()) as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_punctuation_and_articles_do_not_count() {
        assert_eq!(score("The Old Mill.", &["old mill"]), (true, 1.0));
    }

    #[test]
    fn the_best_of_the_accepted_answers_counts() {
        let (exact, f1) = score("in 1802", &["1802", "the year 1802"]);
        assert!(!exact && (f1 - 2.0 / 3.0).abs() < 1e-9);
        assert_eq!(score("burned", &["1911"]), (false, 0.0));
    }
}
