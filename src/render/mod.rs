//! Results become text for a terminal, or JSON. Nothing here decides anything; nothing here prints: text goes to a writer.

pub mod explain;
pub mod json;
pub mod page;
pub mod terminal;
