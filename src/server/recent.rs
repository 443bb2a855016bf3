//! What was answered a moment ago is answered again from memory, and what many ask at once is thought about once.
//!
//! An answer is kept no longer than a worker may go on with the state of the index that it has open ([`super::workers::FRESH`]). What went wrong is never kept.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Instant;

use tokio::sync::OnceCell;

use super::problem::Problem;
use super::workers::FRESH;

/// Most answers kept at a time; what is asked beyond them is thought about each time.
const MOST: usize = 256;
/// Most bytes of a request that is kept.
const REQUEST: usize = 4 * 1024;

/// An answer and when its making began; unset as long as it is being thought about.
type Answer = OnceCell<(Instant, Vec<u8>)>;

/// The answers of the last moment by what was asked.
#[derive(Default)]
pub(super) struct Recent {
    answers: Mutex<BTreeMap<String, Arc<Answer>>>,
}

impl Recent {
    /// The answer to a request: one just made, the one that somebody else waits for already, or a new one.
    pub(super) async fn once(&self, request: String, make: impl Future<Output = Result<Vec<u8>, Problem>>) -> Result<Vec<u8>, Problem> {
        let Some(answer) = self.place(request) else { return make.await };
        let begun = Instant::now();
        let (_, bytes) = answer.get_or_try_init(async || make.await.map(|bytes| (begun, bytes))).await?;
        Ok(bytes.clone())
    }

    /// Where the answer to a request is or will be kept; `None` where there is no room for it. What is past, or nobody waits for, is forgotten.
    fn place(&self, request: String) -> Option<Arc<Answer>> {
        let mut answers = self.answers.lock().unwrap_or_else(PoisonError::into_inner);
        answers.retain(|_, answer| match answer.get() {
            Some((begun, _)) => begun.elapsed() < FRESH,
            None => Arc::strong_count(answer) > 1,
        });
        if request.len() > REQUEST || (answers.len() >= MOST && !answers.contains_key(&request)) {
            return None;
        }
        Some(Arc::clone(answers.entry(request).or_default()))
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::task::JoinSet;

    use super::*;

    /// How many of the requests made at once are answered, and how often something was thought about.
    fn asked(recent: &Arc<Recent>, requests: &[&str], answer: &Result<Vec<u8>, Problem>) -> (usize, usize) {
        let thought = Arc::new(AtomicUsize::new(0));
        let mut all = JoinSet::new();
        let runtime = super::super::runtime().unwrap();
        for &request in requests {
            let (recent, request, thought, answer) = (Arc::clone(recent), request.to_owned(), Arc::clone(&thought), answer.clone());
            let make = async move {
                thought.fetch_add(1, Ordering::Relaxed);
                tokio::task::yield_now().await;
                answer
            };
            all.spawn_on(async move { recent.once(request, make).await.is_ok() }, runtime.handle());
        }
        let answered = runtime.block_on(all.join_all());
        (answered.into_iter().filter(|&answered| answered).count(), thought.load(Ordering::Relaxed))
    }

    #[test]
    fn what_many_ask_at_once_is_thought_about_once() {
        let (recent, yes) = (Arc::default(), Ok(b"yes".to_vec()));
        assert_eq!(asked(&recent, &["a", "b", "a", "a"], &yes), (4, 2));
        assert_eq!(asked(&recent, &["a"], &yes), (1, 0));
        std::thread::sleep(FRESH);
        assert_eq!(asked(&recent, &["a"], &yes), (1, 1));
    }

    #[test]
    fn what_went_wrong_or_is_too_much_is_not_kept() {
        let (recent, yes) = (Arc::default(), Ok(b"yes".to_vec()));
        assert_eq!(asked(&recent, &["a", "a"], &Err(Problem::busy())), (0, 2));
        assert_eq!(asked(&recent, &["a"], &yes), (1, 1));
        let long = "a".repeat(REQUEST + 1);
        assert_eq!(asked(&recent, &[&long, &long], &yes), (2, 2));
    }

    #[test]
    fn only_so_much_is_kept() {
        let (recent, yes) = (Arc::default(), Ok(b"yes".to_vec()));
        let many: Vec<String> = (0..MOST).map(|number| number.to_string()).collect();
        let many: Vec<&str> = many.iter().map(String::as_str).collect();
        assert_eq!(asked(&recent, &many, &yes), (MOST, MOST));
        assert_eq!(asked(&recent, &["0", "beyond", "beyond"], &yes), (3, 2));
    }
}
