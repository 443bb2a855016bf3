//! What was read lately is kept; what nobody has asked for in a while goes.

use std::collections::BTreeMap;
use std::sync::Arc;

/// Values by key: those asked for since the younger half was last full, and those asked for before.
pub(super) struct Recent<K, V> {
    /// How many values a half holds: twice as many are kept at most.
    half: usize,
    younger: BTreeMap<K, Arc<V>>,
    older: BTreeMap<K, Arc<V>>,
}

impl<K: Ord + Copy, V> Recent<K, V> {
    pub(super) fn new(half: usize) -> Self {
        Self { half, younger: BTreeMap::new(), older: BTreeMap::new() }
    }

    pub(super) fn get(&mut self, key: K) -> Option<Arc<V>> {
        if let Some(value) = self.younger.get(&key) {
            return Some(Arc::clone(value));
        }
        let value = self.older.remove(&key)?;
        self.keep(key, Arc::clone(&value));
        Some(value)
    }

    pub(super) fn keep(&mut self, key: K, value: Arc<V>) {
        if self.younger.len() >= self.half {
            self.older = std::mem::take(&mut self.younger);
        }
        self.younger.insert(key, value);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_asked_for_stays_and_the_rest_goes() {
        let mut recent = Recent::new(2);
        for key in 0..10 {
            recent.keep(key, Arc::new(key));
            assert_eq!(recent.get(0).as_deref(), Some(&0));
        }
        assert_eq!(recent.get(9).as_deref(), Some(&9));
        assert_eq!(recent.get(3), None);
    }
}
