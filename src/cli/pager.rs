//! Text that is longer than the terminal goes through the user's pager; where that cannot be started, straight to standard output.

use std::io::{self, Write};
use std::process::{Command, Stdio};

/// The pager the user has chosen, or the usual one; `None` where they want none.
pub(super) fn chosen() -> Option<String> {
    let named = ["SAYSO_PAGER", "PAGER"].iter().find_map(std::env::var_os);
    let pager = named.map_or_else(|| "less".to_owned(), |name| name.to_string_lossy().trim().to_owned());
    (!pager.is_empty() && pager != "cat").then_some(pager)
}

/// Rows of the terminal.
pub(super) fn rows() -> usize {
    terminal_size::terminal_size().map_or(usize::MAX, |(_, rows)| usize::from(rows.0))
}

/// Shows text in a pager and waits until its reader leaves it.
pub(super) fn show(pager: &str, text: &str) -> io::Result<()> {
    let mut command = Command::new("sh");
    command.args(["-c", pager]).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        // Colours and links as they are; leave at once where it fits; keep the screen.
        command.env("LESS", "FRX");
    }
    let mut child = command.spawn()?;
    if let Some(mut input) = child.stdin.take() {
        // Whoever leaves early has read enough.
        let _ = input.write_all(text.as_bytes());
    }
    let status = child.wait()?;
    if status.code() == Some(127) { Err(io::Error::from(io::ErrorKind::NotFound)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_pager_that_is_not_there_is_said() {
        assert!(show("no-such-pager-anywhere 2>/dev/null", "text").is_err());
        assert!(show("true", &"text\n".repeat(100_000)).is_ok());
    }
}
