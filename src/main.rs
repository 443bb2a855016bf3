//! Parses, runs, reports the error, sets the exit code.

fn main() -> std::process::ExitCode {
    sayso::cli::main()
}
