//! The documents of one file come in, one after another, and take the place of those it had.

use std::collections::BTreeSet;

use super::Work;
use crate::index::error::IndexError;
use crate::index::manifest::FileState;
use crate::index::pipeline;
use crate::index::prepare::Prepared;
use crate::text::Language;

/// A file whose documents are coming in.
#[derive(Default)]
pub(super) struct Current {
    /// Identifiers of documents it had before and has not had again.
    old: BTreeSet<String>,
    /// What the entries of its first document carry.
    pub(super) key: Option<u32>,
    pub(super) documents: u32,
    /// What was odd about its documents.
    problems: Vec<String>,
}

/// How many oddities of a file's documents are kept: one odd habit of a mailbox shows in every message.
const ODDITIES: usize = 12;

impl Work<'_> {
    /// Identifiers of the documents a file had before.
    pub(super) fn documents_of(&self, position: usize) -> Vec<String> {
        let known = self.job(position).and_then(|job| Some((&job.found.id, job.known.as_ref()?)));
        known.map(|(id, state)| self.target.writer.documents_of(id, state)).unwrap_or_default()
    }

    pub(super) fn remove(&mut self, ids: impl IntoIterator<Item = String>) -> Result<(), IndexError> {
        for id in ids {
            if self.target.writer.remove(&id)? {
                self.summary.removed.push(id);
            }
        }
        Ok(())
    }

    /// Writes one of a file's documents.
    pub(super) fn document(&mut self, position: usize, mut prepared: Prepared) -> Result<(), IndexError> {
        if self.current.documents == 0 {
            self.current.old = self.documents_of(position).into_iter().collect();
        }
        let id = self.free_id(std::mem::take(&mut prepared.record.id));
        *(if self.current.old.remove(&id) { &mut self.summary.changed } else { &mut self.summary.added }) += 1;
        let room = ODDITIES.saturating_sub(self.current.problems.len());
        self.current.problems.extend(prepared.problems.iter().take(room).cloned());
        self.summary.problems.extend(prepared.problems.iter().take(room).map(|problem| (id.clone(), problem.clone())));
        prepared.record.id = id;
        if let Some(language) = prepared.particulars.language.filter(|language| *language != Language::English) {
            *self.summary.foreign.entry(language.name()).or_default() += 1;
        }
        let Some(job) = self.job(position) else { return Ok(()) };
        let key = self.target.writer.replace(prepared, &pipeline::state(job, self.plan.listed))?;
        self.current.key.get_or_insert(key);
        self.current.documents += 1;
        self.dirty = true;
        Ok(())
    }

    /// The identifier, or where another document has it already, that with a number behind it.
    fn free_id(&self, id: String) -> String {
        let free = |id: &String| self.current.old.contains(id) || self.target.writer.key_of(id).is_none();
        let numbered = (2..).map(|number: usize| format!("{id}~{number}"));
        std::iter::once(id.clone()).chain(numbered).find(free).unwrap_or(id)
    }

    /// A file was read, to its end or, with a failure, to some place before it.
    pub(super) fn read(
        &mut self,
        position: usize,
        digest: String,
        problems: Vec<String>,
        failure: Option<String>,
    ) -> Result<(), IndexError> {
        let Some(job) = self.job(position) else { return Ok(()) };
        let mut current = std::mem::take(&mut self.current);
        self.remove(std::mem::take(&mut current.old))?;
        self.summary.problems.extend(problems.iter().map(|problem| (job.found.id.clone(), problem.clone())));
        self.summary.failed.extend(failure.clone().map(|failure| (job.found.path.clone(), failure)));
        current.problems.extend(problems);
        let (key, documents, problems) = (current.key, current.documents, current.problems);
        let state = FileState { digest, key, documents, problems, failure, ..pipeline::state(job, self.plan.listed) };
        self.target.writer.files.files.insert(job.found.id.clone(), state);
        self.dirty = true;
        Ok(())
    }
}
