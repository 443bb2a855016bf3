//! `sayso completions` and `sayso man`: support for shells and the manual.

use clap::CommandFactory;
use clap_complete::Shell;

use super::Ending;
use super::arguments::Arguments;
use super::output::{Failure, Output};

/// Writes a completion script.
pub(super) fn completions(shell: Shell, output: &Output) -> Result<Ending, Failure> {
    let mut script = Vec::new();
    clap_complete::generate(shell, &mut Arguments::command(), "sayso", &mut script);
    output.text(&String::from_utf8_lossy(&script))?;
    Ok(Ending::Good)
}

/// Writes the manual page, all commands in one.
pub(super) fn manual(output: &Output) -> Result<Ending, Failure> {
    let mut page = Vec::new();
    clap_mangen::Man::new(Arguments::command()).render(&mut page)?;
    for command in Arguments::command().get_subcommands() {
        let name = command.get_name().to_uppercase();
        page.extend_from_slice(format!(".SH \"SAYSO {name}\"\n").as_bytes());
        let man = clap_mangen::Man::new(command.clone());
        man.render_description_section(&mut page)?;
        man.render_options_section(&mut page)?;
    }
    output.text(&String::from_utf8_lossy(&page))?;
    Ok(Ending::Good)
}
