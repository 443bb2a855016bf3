//! Results become text for a terminal, or JSON. Nothing here decides anything; nothing here prints: text goes to a writer.

pub mod explain;
mod history;
mod hyperlink;
pub mod json;
mod listing;
pub mod page;
mod rechecked;
pub mod report;
pub mod standoff;
pub mod terminal;
