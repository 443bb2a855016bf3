//! Arguments become settings and options; results become an exit code.

use std::process::ExitCode;

/// Runs the program with the process's arguments.
#[must_use]
pub fn main() -> ExitCode {
    ExitCode::from(2)
}
