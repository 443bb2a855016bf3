//! A conversation: lines in, answers out. Line editing, history and completion on a terminal; a batch from a pipe.
//!
//! What a line does is decided by [`Line::parse`]; who answers it is the caller's.

mod editor;

pub use editor::{Editor, Read};

/// What one line asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Line {
    /// Nothing.
    Empty,
    /// A question.
    Question(String),
    /// `:who "…" [by NAME]`
    Who {
        /// The quote.
        quote: String,
        /// Who is claimed to have said it.
        by: Option<String>,
    },
    /// `:trace "…"`
    Trace(String),
    /// `:quotes NAME`
    Quotes(String),
    /// `:open N`, the N-th citation of the last answer.
    Open(usize),
    /// `:why`
    Why,
    /// `:sources`
    Sources,
    /// `:forget`
    Forget,
    /// `:json`
    Json,
    /// `:help`
    Help,
    /// `:quit`
    Quit,
    /// A command that is none, with what may have been meant.
    Unknown {
        /// The command given.
        command: String,
        /// The nearest one.
        meant: Option<&'static str>,
    },
    /// A command that needs something more.
    Incomplete(&'static str),
}

/// The commands and what they do, for `:help` and completion.
pub const COMMANDS: &[(&str, &str)] = &[
    (":help", "this list"),
    (":why", "how the last answer came about"),
    (":sources", "all citations of the last answer"),
    (":open N", "show the document of the N-th citation"),
    (":quotes NAME", "what a person is quoted with"),
    (":who \"…\" by NAME", "check a quote (the name may be left out)"),
    (":trace \"…\"", "who printed a quote, and what each changed"),
    (":forget", "start afresh: nothing asked so far is meant any more"),
    (":json", "switch between text and JSON"),
    (":quit", "leave (also q, exit, Ctrl-D)"),
];

impl Line {
    /// Reads one line.
    #[must_use]
    pub fn parse(line: &str) -> Self {
        let line = line.trim();
        let Some(command) = line.strip_prefix(':') else { return Self::bare(line) };
        let (name, rest) = command.split_once(char::is_whitespace).unwrap_or((command, ""));
        Self::command(name, rest.trim())
    }

    /// A line without a colon: a question, but for the words that leave or ask for help in every other program.
    fn bare(line: &str) -> Self {
        match line.to_lowercase().as_str() {
            "" => Self::Empty,
            "q" | "quit" | "exit" | "bye" | "quit()" | "exit()" => Self::Quit,
            "help" | "?" => Self::Help,
            _ => Self::Question(line.to_owned()),
        }
    }

    fn command(name: &str, rest: &str) -> Self {
        match name {
            "help" | "h" | "?" => Self::Help,
            "why" => Self::Why,
            "sources" => Self::Sources,
            "forget" => Self::Forget,
            "json" => Self::Json,
            "quit" | "q" | "exit" => Self::Quit,
            "open" => rest.parse().ok().filter(|&n| n > 0).map_or(Self::Incomplete(":open N, a number from 1"), Self::Open),
            "quotes" if rest.is_empty() => Self::Incomplete(":quotes NAME"),
            "quotes" => Self::Quotes(rest.to_owned()),
            "who" if rest.is_empty() => Self::Incomplete(":who \"the words\" by NAME"),
            "who" => Self::who(rest),
            "trace" if rest.is_empty() => Self::Incomplete(":trace \"the words\""),
            "trace" => Self::Trace(rest.to_owned()),
            _ => Self::Unknown { command: format!(":{name}"), meant: nearest(name) },
        }
    }

    /// A quote in marks, and a name behind it; without marks everything is the quote.
    fn who(rest: &str) -> Self {
        let marks = [('"', '"'), ('“', '”'), ('‘', '’'), ('\'', '\'')];
        let marked = marks.iter().find_map(|&(open, close)| {
            let inner = rest.strip_prefix(open)?;
            let end = inner.rfind(close)?;
            Some((inner.get(..end)?, inner.get(end + close.len_utf8()..)?.trim()))
        });
        let Some((quote, after)) = marked else { return Self::Who { quote: rest.to_owned(), by: None } };
        let by = after.strip_prefix("by ").or_else(|| after.strip_prefix("--by ")).unwrap_or(after).trim();
        Self::Who { quote: quote.to_owned(), by: (!by.is_empty()).then(|| by.to_owned()) }
    }
}

/// The command whose name differs least.
fn nearest(name: &str) -> Option<&'static str> {
    let names = COMMANDS.iter().filter_map(|(usage, _)| usage.split_whitespace().next());
    let ratio = |command: &str| similar::TextDiff::from_chars(command.trim_start_matches(':'), name).ratio();
    names
        .map(|command| (ratio(command), command))
        .filter(|(ratio, _)| *ratio > 0.5)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, command)| command)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_a_question_unless_it_begins_with_a_colon() {
        assert_eq!(Line::parse("  who chairs it? "), Line::Question("who chairs it?".into()));
        assert_eq!(Line::parse(""), Line::Empty);
        assert_eq!(Line::parse(":why"), Line::Why);
        for line in ["q", "exit", " QUIT "] {
            assert_eq!(Line::parse(line), Line::Quit, "{line}");
        }
    }

    #[test]
    fn a_quote_stands_between_marks_and_the_name_behind_it() {
        let who = |quote: &str, by: Option<&str>| Line::Who { quote: quote.into(), by: by.map(str::to_owned) };
        assert_eq!(Line::parse(":who \"we won't\" by Ann Lee"), who("we won't", Some("Ann Lee")));
        assert_eq!(Line::parse(":who “we won’t”"), who("we won’t", None));
        assert_eq!(Line::parse(":who we won't go"), who("we won't go", None));
    }

    #[test]
    fn a_slip_is_answered_with_what_was_meant() {
        assert_eq!(Line::parse(":soruces"), Line::Unknown { command: ":soruces".into(), meant: Some(":sources") });
        assert_eq!(Line::parse(":open x"), Line::Incomplete(":open N, a number from 1"));
    }
}
