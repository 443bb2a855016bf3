//! The command line: commands, options, and their help. Nothing is decided here.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

/// Answers from your own documents, in their own words, with the speaker and the place.
#[derive(Debug, Parser)]
#[command(name = "sayso", version, about, disable_help_subcommand = true, max_term_width = 100)]
#[command(after_help = "Exit codes: 0 answered or confirmed; 1 no answer, not confirmed; 2 it could not be done.")]
pub(super) struct Arguments {
    /// What to do; without one, on a terminal, a conversation begins.
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Options every command understands.
    #[command(flatten)]
    pub(super) common: Common,
}

/// Options every command understands.
#[derive(Args, Clone, Debug)]
pub(super) struct Common {
    /// The index's folder.
    #[arg(long, global = true, value_name = "DIR", env = "SAYSO_INDEX", help_heading = "Common options")]
    pub(super) index: Option<PathBuf>,
    /// An Elasticsearch or OpenSearch cluster that holds the index instead: http(s)://HOST:PORT[/NAME], several nodes with commas
    /// between them [env: SAYSO_ENGINE]. Who asks is told by SAYSO_ENGINE_USER and SAYSO_ENGINE_PASSWORD, or SAYSO_ENGINE_API_KEY.
    #[arg(long, global = true, value_name = "URL", value_delimiter = ',', help_heading = "Common options")]
    pub(super) engine: Vec<String>,
    /// Certificates (PEM) of the authority that signed the cluster's own.
    #[arg(long, global = true, value_name = "FILE", env = "SAYSO_ENGINE_CA", help_heading = "Common options")]
    pub(super) engine_ca: Option<PathBuf>,
    /// One JSON document on standard output instead of text.
    #[arg(long, global = true, help_heading = "Common options")]
    pub(super) json: bool,
    /// How many results at most.
    #[arg(long, global = true, value_name = "N", env = "SAYSO_TOP", value_parser = clap::value_parser!(u32).range(1..=10_000), help_heading = "Common options")]
    pub(super) top: Option<u32>,
    /// Show how the result came about.
    #[arg(long, global = true, help_heading = "Common options")]
    pub(super) explain: bool,
    /// Only documents published on or after this day (2013, 2013-10 or 2013-10-15).
    #[arg(long, global = true, value_name = "DATE", help_heading = "Common options")]
    pub(super) since: Option<String>,
    /// Only documents published on or before this day (2013, 2013-10 or 2013-10-15).
    #[arg(long, global = true, value_name = "DATE", help_heading = "Common options")]
    pub(super) until: Option<String>,
    /// Only documents of this outlet.
    #[arg(long, global = true, value_name = "NAME", help_heading = "Common options")]
    pub(super) source: Option<String>,
    /// Only what this person said.
    #[arg(long, global = true, value_name = "NAME", help_heading = "Common options")]
    pub(super) speaker: Option<String>,
    /// How far questions are read: linear alone, or neural behind it.
    #[arg(long, global = true, value_enum, value_name = "READER", env = "SAYSO_READER", help_heading = "Common options")]
    pub(super) reader: Option<ReaderChoice>,
    /// No progress, no hints, no summary; errors only.
    #[arg(long, short, global = true, help_heading = "Common options")]
    pub(super) quiet: bool,
    /// When to use colour.
    #[arg(long, global = true, value_enum, value_name = "WHEN", env = "SAYSO_COLOR", help_heading = "Common options")]
    pub(super) color: Option<ColorChoice>,
    /// When cited places are links to their files.
    #[arg(long, global = true, value_enum, value_name = "WHEN", env = "SAYSO_LINKS", help_heading = "Common options")]
    pub(super) links: Option<ColorChoice>,
    /// Long output straight to the terminal.
    #[arg(long, global = true, help_heading = "Common options")]
    pub(super) no_pager: bool,
    /// Say at the end how long it took.
    #[arg(long, global = true, help_heading = "Common options")]
    pub(super) timing: bool,
    /// Unreadable files are failures (exit code 2), not warnings.
    #[arg(long, global = true, help_heading = "Common options")]
    pub(super) strict: bool,
}

/// When to use colour, or links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ColorChoice {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Also into files and pipes.
    Always,
    /// Nowhere.
    Never,
}

/// How far questions are read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReaderChoice {
    /// A log-linear model alone: fast, less often right.
    Linear,
    /// A small transformer behind it.
    Neural,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Build or update the index of a folder of documents.
    Index(IndexArguments),
    /// Ask one question.
    Ask(AskArguments),
    /// Check a quote: who said it, whether it is whole and word for word.
    Who(WhoArguments),
    /// Follow an utterance: who printed it first, what each document changed, who is credited.
    Trace(TraceArguments),
    /// List quotations in the index.
    Quotes(QuotesArguments),
    /// Quotations with speakers straight from texts, no index.
    Extract(ExtractArguments),
    /// Show a document's text, or a place in it.
    Show(ShowArguments),
    /// What the index holds.
    Status(StatusArguments),
    /// Write a dossier on questions, quotes and people.
    Report(ReportArguments),
    /// Verify saved citations again: of a report, or of any JSON that sayso printed.
    Recheck(RecheckArguments),
    /// Judge answers and quote checks against judged questions.
    Eval(EvalArguments),
    /// Ask in conversation.
    Repl,
    /// Pages for people and an interface for programs, over HTTP on this machine.
    #[cfg(feature = "server")]
    Serve(ServeArguments),
    /// The Model Context Protocol on standard input and output, for programs that quote on people's behalf.
    #[cfg(feature = "server")]
    Mcp,
    /// Print a completion script for a shell.
    Completions {
        /// Which shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page.
    Man,
    /// Read files for another sayso (standard input asks, standard output answers).
    #[command(hide = true, name = crate::corpus::worker::COMMAND)]
    ReadWorker,
}

/// `sayso index`
#[derive(Args, Debug)]
pub(super) struct IndexArguments {
    /// Folders and files, `-` for standard input (default: the roots the index knows; for a new index `corpus/`).
    pub(super) paths: Vec<PathBuf>,
    /// Forget what is there and build anew.
    #[arg(long)]
    pub(super) rebuild: bool,
    /// Say what would be done, and write nothing.
    #[arg(long)]
    pub(super) dry_run: bool,
    /// Read files again that could not be read before, though they did not change.
    #[arg(long)]
    pub(super) retry: bool,
    /// Stay, and update the index whenever the documents change; Ctrl-C ends it.
    #[arg(long, conflicts_with = "dry_run")]
    pub(super) watch: bool,
    /// Only files that fit this pattern (as in .gitignore; may be given more than once).
    #[arg(long, value_name = "GLOB")]
    pub(super) include: Vec<String>,
    /// No files and folders that fit this pattern (as in .gitignore; may be given more than once).
    #[arg(long, value_name = "GLOB")]
    pub(super) exclude: Vec<String>,
    /// What the files are, whatever they look like (text, markdown, html, mail, mbox, csv, json, jsonl, …).
    #[arg(long, value_name = "NAME")]
    pub(super) format: Option<String>,
    /// On a cluster: over how many primary shards a new index is spread.
    #[arg(long, value_name = "N", default_value_t = 3, value_parser = clap::value_parser!(u32).range(1..=1024))]
    pub(super) shards: u32,
    /// On a cluster: how many copies of each shard there are beside the primary.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u32).range(0..=16))]
    pub(super) replicas: u32,
    /// Which field of records (JSON, tables) holds what: text=NAME, title=NAME, date=NAME, author=NAME, source=NAME, url=NAME.
    #[arg(long, value_name = "PART=NAME")]
    pub(super) field: Vec<String>,
}

/// `sayso ask`
#[derive(Args, Debug)]
pub(super) struct AskArguments {
    /// The question, in quotes or not.
    pub(super) question: Vec<String>,
    /// JSON lines of {"id","question"}; `-` is standard input. One JSON document a line comes out, in order.
    #[arg(long, value_name = "FILE", conflicts_with = "question")]
    pub(super) batch: Option<PathBuf>,
    /// Answer so many questions of a batch at once; what comes out is the same. Says on standard error how fast it went.
    #[arg(long, value_name = "N", requires = "batch", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub(super) jobs: Option<u16>,
}

/// `sayso who`
#[derive(Args, Debug)]
pub(super) struct WhoArguments {
    /// The quote, as it is or copied with its tag ("…," said NAME).
    pub(super) quote: Vec<String>,
    /// Who is said to have said it.
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// JSON lines of {"id","quote","by"?}; `-` is standard input. One JSON document a line comes out, in order.
    #[arg(long, value_name = "FILE", conflicts_with = "quote")]
    pub(super) batch: Option<PathBuf>,
    /// Also write the verdict into a file, with everything that `sayso recheck FILE` needs to verify it again.
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    pub(super) passport: Option<PathBuf>,
}

/// `sayso trace`
#[derive(Args, Debug)]
pub(super) struct TraceArguments {
    /// The quote.
    pub(super) quote: Vec<String>,
}

/// `sayso quotes`
#[derive(Args, Debug)]
pub(super) struct QuotesArguments {
    /// Only by this speaker.
    #[arg(long, value_name = "NAME")]
    pub(super) by: Option<String>,
    /// Only about this.
    #[arg(long, value_name = "TEXT")]
    pub(super) about: Option<String>,
    /// Only in this document (id, path, file name, or the beginning of one).
    #[arg(long = "in", value_name = "DOC")]
    pub(super) document: Option<String>,
    /// Indirect speech too.
    #[arg(long)]
    pub(super) indirect: bool,
}

/// `sayso extract`
#[derive(Args, Debug)]
pub(super) struct ExtractArguments {
    /// Files (none or `-`: standard input).
    pub(super) files: Vec<PathBuf>,
    /// The input is JSON lines of {"id","text"}; so is the output.
    #[arg(long)]
    pub(super) jsonl: bool,
    /// How the quotations are written.
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<ExtractFormat>,
    /// Indirect speech too (in text marked as reported).
    #[arg(long)]
    pub(super) indirect: bool,
    /// Write brat's files (the text and its .ann) into this folder.
    #[arg(long, value_name = "FOLDER")]
    pub(super) out: Option<PathBuf>,
}

/// How quotations are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ExtractFormat {
    /// For people.
    Text,
    /// One JSON document.
    Json,
    /// A line of JSON a text.
    Jsonl,
    /// brat standoff.
    Brat,
    /// W3C Web Annotation (JSON-LD).
    #[value(alias = "web-annotation", alias = "w3c")]
    Annotation,
}

/// `sayso serve`
#[cfg(feature = "server")]
#[derive(Args, Debug)]
pub(super) struct ServeArguments {
    /// Where to listen; port 0 takes a free one. Beyond this machine a token is needed.
    #[arg(long, value_name = "ADDRESS:PORT", env = "SAYSO_BIND", default_value = "127.0.0.1:7297")]
    pub(super) bind: std::net::SocketAddr,
    /// Also answer to this name (with or without a port) in the Host header.
    #[arg(long, value_name = "NAME")]
    pub(super) allow_host: Vec<String>,
    /// A file whose first line is the token that clients must show, as a bearer token or as a password.
    #[arg(long, value_name = "FILE", env = "SAYSO_TOKEN_FILE")]
    pub(super) token_file: Option<PathBuf>,
    /// How many seconds a client may keep silent before it is dropped.
    #[arg(long, value_name = "SECONDS", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=600))]
    pub(super) patience: u64,
}

/// `sayso show`
#[derive(Args, Debug)]
pub(super) struct ShowArguments {
    /// A document (id, path, file name, or the beginning of one), with `:START-END` in characters to mark a place.
    pub(super) document: String,
    /// The bare text, byte for byte.
    #[arg(long)]
    pub(super) raw: bool,
}

/// `sayso status`
#[derive(Args, Debug)]
pub(super) struct StatusArguments {
    /// List every document with its metadata.
    #[arg(long)]
    pub(super) documents: bool,
}

/// `sayso recheck`
#[derive(Args, Debug)]
pub(super) struct RecheckArguments {
    /// A report, or what sayso printed with --json, one document or one a line (`-`: standard input).
    pub(super) file: PathBuf,
}

/// `sayso report`
#[derive(Args, Debug)]
pub(super) struct ReportArguments {
    /// A question (may be given more than once).
    #[arg(long, value_name = "TEXT")]
    pub(super) question: Vec<String>,
    /// A quote to check (may be given more than once).
    #[arg(long, value_name = "TEXT")]
    pub(super) quote: Vec<String>,
    /// Who is said to have said the quote.
    #[arg(long, value_name = "NAME", requires = "quote")]
    pub(super) by: Option<String>,
    /// Somebody who may be quoted (may be given more than once).
    #[arg(long, value_name = "NAME")]
    pub(super) person: Vec<String>,
    /// JSON lines of {"question"}, {"quote","by"?} or {"person"}; `-` is standard input.
    #[arg(long, value_name = "FILE")]
    pub(super) from: Option<PathBuf>,
    /// How the report is written (default: as the name of the file says, else Markdown).
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub(super) format: Option<ReportFormat>,
    /// Write it into this file, which must not be there yet.
    #[arg(long, value_name = "FILE")]
    pub(super) out: Option<PathBuf>,
    /// Write over the file if it is there.
    #[arg(long, requires = "out")]
    pub(super) overwrite: bool,
    /// What the report is called.
    #[arg(long, value_name = "TEXT")]
    pub(super) title: Option<String>,
}

/// How a report is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum ReportFormat {
    /// Markdown.
    #[value(alias = "markdown")]
    Md,
    /// One HTML file that needs nothing else.
    Html,
    /// W3C Web Annotations (JSON-LD).
    #[value(aliases = ["annotation", "webannotation", "w3c"])]
    Annotations,
}

/// `sayso eval`
#[derive(Args, Debug)]
pub(super) struct EvalArguments {
    /// Judged questions (*.questions.jsonl), judged quote checks (*.quotes.jsonl), or folders of them.
    #[arg(required_unless_present_any = ["quotes", "squad"])]
    pub(super) files: Vec<PathBuf>,
    /// Articles with judged quotations, or quote checks labelled exact, altered, misattributed or not_found (JSON lines). Checks run over
    /// the articles given with them, else over the index.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) quotes: Vec<PathBuf>,
    /// Score these quotations ({"id","quotes"} lines) instead of those sayso finds in the articles.
    #[arg(long, value_name = "FILE", requires = "quotes")]
    pub(super) predicted: Option<PathBuf>,
    /// Questions in SQuAD's format (JSON), asked of a folder made of their articles.
    #[arg(long, value_name = "FILE", num_args = 1..)]
    pub(super) squad: Vec<PathBuf>,
    /// Ask each of the --squad questions of its own paragraph instead.
    #[arg(long, requires = "squad", conflicts_with = "leave_out")]
    pub(super) paragraph: bool,
    /// Leave every Nth article of the --squad files out of the folder, to see what is answered nevertheless (0: none).
    #[arg(long, value_name = "N", default_value_t = 0, requires = "squad")]
    pub(super) leave_out: usize,
    /// Print times too; set by the common option.
    #[arg(skip)]
    pub(super) timing: bool,
    /// How many failures to list (0: none).
    #[arg(long, value_name = "N", default_value_t = 40)]
    pub(super) failures: usize,
}
