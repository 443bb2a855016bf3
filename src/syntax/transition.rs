//! The arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011): a sentence's words move from a buffer to a
//! stack, and each is taken off the stack when its head is known. The root stands behind the last word.

use super::Relation;

/// What the parser can do next.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[repr(u8)]
pub(super) enum Action {
    /// The next word goes onto the stack.
    Shift = 0,
    /// The word on top of the stack depends on the next word.
    Left = 1,
    /// The word on top of the stack depends on the one below it.
    Right = 2,
}

impl Action {
    pub(super) const ALL: [Self; 3] = [Self::Shift, Self::Left, Self::Right];
}

/// What is known of a word while its sentence is parsed.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Node {
    pub(super) head: Option<u32>,
    pub(super) relation: Option<Relation>,
    pub(super) left: Side,
    pub(super) right: Side,
}

/// The dependents of a word on one side.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Side {
    /// The outermost, and the one attached before it.
    pub(super) outer: Option<u32>,
    pub(super) inner: Option<u32>,
    /// The first attached.
    pub(super) first: Option<u32>,
    pub(super) count: u32,
    /// Their relations, a bit each.
    pub(super) relations: u64,
}

impl Side {
    fn add(&mut self, dependent: u32, relation: Relation) {
        self.inner = self.outer;
        self.outer = Some(dependent);
        self.first = self.first.or(self.outer);
        self.count += 1;
        self.relations |= 1 << (relation as u8);
    }
}

/// A sentence on its way to being parsed. Words are numbered from 0; the number of words stands for the root.
#[derive(Clone, Debug, Default)]
pub(super) struct Configuration {
    pub(super) nodes: Vec<Node>,
    pub(super) stack: Vec<u32>,
    pub(super) next: u32,
    words: u32,
}

impl Configuration {
    /// Starts over with a sentence of `words` words.
    pub(super) fn reset(&mut self, words: usize) {
        self.nodes.clear();
        self.nodes.resize(words + 1, Node::default());
        self.stack.clear();
        self.next = 0;
        self.words = u32::try_from(words).unwrap_or(u32::MAX);
    }

    pub(super) fn done(&self) -> bool {
        self.stack.is_empty() && self.next >= self.words
    }

    /// The word `depth` below the top of the stack.
    pub(super) fn stacked(&self, depth: usize) -> Option<u32> {
        self.stack.len().checked_sub(depth + 1).and_then(|at| self.stack.get(at)).copied()
    }

    pub(super) fn node(&self, word: Option<u32>) -> Node {
        word.and_then(|word| self.nodes.get(word as usize)).copied().unwrap_or_default()
    }

    /// Whether the next word is the root.
    pub(super) fn at_root(&self) -> bool {
        self.next >= self.words
    }

    /// Whether an action can be taken: one word alone ends under the root.
    pub(super) fn allows(&self, action: Action) -> bool {
        match action {
            Action::Shift => !self.at_root(),
            Action::Left => !self.stack.is_empty() && (!self.at_root() || self.stack.len() == 1),
            Action::Right => self.stack.len() >= 2,
        }
    }

    /// The head and the dependent of the arc an action draws.
    pub(super) fn arc(&self, action: Action) -> Option<(u32, u32)> {
        let dependent = self.stacked(0)?;
        match action {
            Action::Shift => None,
            Action::Left => Some((self.next, dependent)),
            Action::Right => Some((self.stacked(1)?, dependent)),
        }
    }

    pub(super) fn shift(&mut self) {
        self.stack.push(self.next);
        self.next += 1;
    }

    /// Draws an arc and takes the dependent off the stack.
    pub(super) fn attach(&mut self, (head, dependent): (u32, u32), relation: Relation) {
        self.stack.pop();
        if let Some(node) = self.nodes.get_mut(dependent as usize) {
            (node.head, node.relation) = (Some(head), Some(relation));
        }
        if let Some(node) = self.nodes.get_mut(head as usize) {
            let side = if dependent < head { &mut node.left } else { &mut node.right };
            side.add(dependent, relation);
        }
    }
}
