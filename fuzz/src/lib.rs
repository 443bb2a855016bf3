//! What each fuzz target does with arbitrary bytes, and what must hold whatever they are. A broken promise is a panic.
//!
//! The targets of cargo-fuzz call these functions, and so does `tests/fuzz-smoke.rs` of the project, which needs nothing but a stable
//! compiler: there seeds and mutations of them come in.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use sayso::corpus::{self, Block, Document, Format, Reader, Reading};
use sayso::index::{Filter, Index, IndexError, Options, QuotationFilter, Scope, Search, update};
use sayso::question::{self, Constraints};
use sayso::span::Span;
use sayso::text::{self, Text, quantities};
use sayso::{quotation, syntax, verification};

/// A target: what it is called, and what it does with bytes.
pub type Target = (&'static str, fn(&[u8]));

/// All of them, in the order of the data's way.
pub const TARGETS: &[Target] = &[
    ("reader", reader),
    ("formats", formats),
    ("metadata", metadata),
    ("tokenizer", tokenizer),
    ("quotations", quotations),
    ("question", question),
    ("quote", quote),
    ("index", index),
];

/// A text, Markdown or HTML file: blocks in order, on the borders of characters, leaving no word out.
pub fn reader(data: &[u8]) {
    for name in ["a.txt", "a.md", "a.html"] {
        if let Ok(document) = corpus::parse(Path::new(name), name, data) {
            check_blocks(&document);
        }
    }
}

/// A file of a format that may hold many documents. The first byte says which; those whose parsers are other people's and may
/// overflow the stack (PDF, and mail nested without end) are read by a process of their own in the program, and left out here.
pub fn formats(data: &[u8]) {
    const FORMATS: [Format; 13] = [
        Format::Mailbox,
        Format::Table,
        Format::Json,
        Format::JsonLines,
        Format::Docx,
        Format::Odt,
        Format::Epub,
        Format::Rtf,
        Format::Warc,
        Format::Gzip,
        Format::Zip,
        Format::Tar,
        Format::Zstandard,
    ];
    let Some((first, bytes)) = data.split_first() else { return };
    let format = FORMATS[usize::from(*first) % FORMATS.len()];
    let mut reader = Reader::new(Reading { format: Some(format), ..Reading::default() });
    let name = format!("a.{}", format.ending());
    let _ = reader.read_bytes(bytes.to_vec(), Path::new(&name), &name, &mut |document| {
        check_blocks(&document);
        std::ops::ControlFlow::Continue(())
    });
}

/// What a page or a text says of itself: values without a line's end, from where the text has them.
pub fn metadata(data: &[u8]) {
    let (name, bytes) = data.split_at(data.len().min(12));
    let name = PathBuf::from(String::from_utf8_lossy(name).replace(['/', '\0'], "-")).with_extension("html");
    for name in [name.as_path(), Path::new("2014-03-02-report.txt"), Path::new("note.md")] {
        let Ok(document) = corpus::parse(name, "a", bytes) else { continue };
        let metadata = &document.metadata;
        let spans = [
            metadata.title.as_ref().and_then(|title| title.span),
            metadata.publisher.as_ref().and_then(|publisher| publisher.span),
            metadata.published.as_ref().and_then(|published| published.span),
            metadata.updated.as_ref().and_then(|updated| updated.span),
        ];
        for span in spans.into_iter().flatten().chain(metadata.authors.iter().filter_map(|author| author.span)) {
            check_span(&document.text, span);
        }
        for author in &metadata.authors {
            assert!(!author.value.trim().is_empty(), "an author without a name");
        }
    }
}

/// Text: tokens in order, none empty, each in one sentence; quantities where tokens are; every word has a stem and a language has a name.
pub fn tokenizer(data: &[u8]) {
    let source = String::from_utf8_lossy(data);
    let cut = analyzed(&source);
    let mut end = 0;
    for token in &cut.tokens {
        check_span(&source, token.span);
        assert!(token.span.start >= end && !token.span.is_empty(), "{:?} after {end}", token.span);
        end = token.span.end;
        assert!(!text::stem(token.span.slice(&source)).is_empty() || token.span.slice(&source).chars().all(|c| !c.is_alphanumeric()));
    }
    let covered: usize = cut.sentences.iter().map(|sentence| sentence.tokens.len()).sum();
    assert_eq!(covered, cut.tokens.len(), "tokens outside sentences");
    for quantity in quantities::find(&source, &cut.tokens) {
        check_span(&source, quantity.span);
        if let Some(date) = quantity.date {
            let _ = (date.first_day(), date.last_day(), date.iso());
        }
    }
    let _ = text::language(&source).map(|language| language.stem(&source));
    assert_eq!(syntax::analyze(&source, &cut).words.len(), cut.tokens.len());
}

/// Quotations of a text: pieces, cues and mentions on the borders of characters, pieces in order.
pub fn quotations(data: &[u8]) {
    let source = String::from_utf8_lossy(data);
    let Ok(document) = corpus::parse(Path::new("a.txt"), "a", source.as_bytes()) else { return };
    let blocks: Vec<Block> = document.blocks.iter().copied().filter(|block| block.kind.is_article()).collect();
    let spans: Vec<Span> = blocks.iter().map(|block| block.span).collect();
    let cut = text::analyze(&document.text, &spans);
    let syntax = syntax::analyze(&document.text, &cut);
    for found in quotation::extract(&document.text, &blocks, &cut, &syntax) {
        assert!(!found.pieces.is_empty(), "a quotation without words");
        found.pieces.iter().chain(&found.cue).for_each(|&span| check_span(&document.text, span));
        assert!(found.pieces.windows(2).all(|pair| pair[0].end <= pair[1].start), "pieces out of order: {:?}", found.pieces);
        assert!((0.0..=1.0).contains(&found.confidence), "{}", found.confidence);
    }
}

/// A question: understood in some way, always in the same.
pub fn question(data: &[u8]) {
    let words = String::from_utf8_lossy(data);
    let options = Constraints::default();
    let parsed = question::parse(&words, &options);
    assert_eq!(parsed, question::parse(&words, &options), "the same question, understood otherwise");
    assert!(parsed.focus.iter().all(|&token| token < parsed.text.tokens.len()));
    assert!(parsed.terms.iter().all(|term| term.token < parsed.text.tokens.len()));
    let _ = (question::parse_as_told(&words, &options), question::oddities(&words), question::day(&words, true));
}

/// A quote, with the name after its last line's end, checked over a small index: what matches stands in the document where it is said to.
pub fn quote(data: &[u8]) {
    let given = String::from_utf8_lossy(data);
    let (quote, by) = given.rsplit_once('\n').map_or((given.as_ref(), None), |(quote, by)| (quote, Some(by)));
    let index = Index::open(&SMALL.path().join("index")).expect("the small index opens");
    let verdict = verification::check(&index, quote, by, &Constraints::default()).expect("the small index is sound");
    for found in &verdict.matches {
        let text = index.text(&found.document).expect("the small index is sound");
        assert_eq!(found.span.slice(&text), found.text, "a match that does not stand there");
    }
    let _ = verification::trace(&index, quote, &Constraints::default()).expect("the small index is sound");
}

/// An index of which a file was damaged: the first byte says which file, the next ones where, the rest stands there afterwards. It opens and
/// says what it always said, or why not, in a line.
pub fn index(data: &[u8]) {
    let [which, high, low, rest @ ..] = data else { return };
    let folder = tempfile::tempdir().expect("a temporary folder");
    let copy = folder.path().join("index");
    let files = copied(&SMALL.path().join("index"), &copy);
    let path = &files[usize::from(*which) % files.len()];
    let mut bytes = fs::read(path).expect("a file just copied");
    let at = (usize::from(*high) << 8 | usize::from(*low)).min(bytes.len());
    match rest {
        [] => bytes.truncate(at),
        rest => bytes.iter_mut().skip(at).zip(rest).for_each(|(byte, new)| *byte = *new),
    }
    fs::write(path, bytes).expect("a file of ours");
    match everything(&copy) {
        Ok(said) => assert_eq!(&said, &*SAID, "{}: says something else", path.display()),
        Err(error) => assert!(!error.to_string().contains('\n'), "{error}"),
    }
}

fn analyzed(source: &str) -> Text {
    text::analyze(source, &[Span::new(0, source.len())])
}

#[track_caller]
fn check_span(text: &str, span: Span) {
    assert!(text.get(span.start..span.end).is_some(), "{span:?} does not fit the text");
}

fn check_blocks(document: &Document) {
    let mut end = 0;
    for block in &document.blocks {
        check_span(&document.text, block.span);
        assert!(block.span.start >= end && !block.span.is_empty(), "{:?} after {end}", block.span);
        let between = &document.text[end..block.span.start];
        assert!(!between.chars().any(char::is_alphanumeric), "left out: {between:?}");
        end = block.span.end;
    }
    assert!(!document.text[end..].chars().any(char::is_alphanumeric), "left out at the end");
}

/// A folder with three short reports and their index, made once.
static SMALL: LazyLock<tempfile::TempDir> = LazyLock::new(|| {
    let folder = tempfile::tempdir().expect("a temporary folder");
    let news = folder.path().join("news");
    fs::create_dir_all(&news).expect("a folder of ours");
    for (name, text) in REPORTS {
        fs::write(news.join(name), text).expect("a file of ours");
    }
    update(&folder.path().join("index"), Some(&[news]), &Options::default(), &mut |_| ()).expect("three short reports are indexed");
    folder
});

/// What the small index says when it is sound.
static SAID: LazyLock<String> = LazyLock::new(|| everything(&SMALL.path().join("index")).expect("the small index is sound"));

const REPORTS: [(&str, &str); 3] = [
    (
        "weir.txt",
        "The Cove Gazette\n\nWeir at Saltby collapses\n\nBy Hester Quill\n4 March 2014\n\nThe weir at Saltby collapsed on Monday after a week of rain.\n\n\
         “We heard it go,” said Bram Tolley, the warden, “and we will not rebuild it unless the council pays.”\n",
    ),
    (
        "council.md",
        "---\ntitle: Council to pay for weir\nauthor: Moss Arden\ndate: 2014-03-20\npublication: Saltby Letters\n---\n\nThe council will pay £90,000, Una Fairlie said.\n\n\
         > It would be a shame to lose it.\n\n\"It is one weir in seven,\" Ms Fairlie said.\n",
    ),
    (
        "moulin.txt",
        "Le moulin de Saltby rouvre ses portes, après deux ans de travaux qui ont coûté 90 000 euros à la commune, a dit le gardien dans une lettre.\n",
    ),
];

/// Everything an index says when all it offers is used.
fn everything(directory: &Path) -> Result<String, IndexError> {
    let index = Index::open(directory)?;
    let status = index.status()?;
    let mut said = format!("{} {} {:?}\n", status.documents, status.chunks, status.failed);
    let stems = [("weir".to_owned(), 1.0), ("council".to_owned(), 1.0)];
    let filter = Filter { english: true, ..Filter::default() };
    for hit in index.search(&Search { stems: &stems, scope: Scope::Everything, title: 0.5, filter: &filter, near: 0.0, limit: 10 })? {
        said += &format!("{:?} {:?}\n", hit.score, index.passage_around(&hit, 2)?.0.text);
    }
    for document in index.documents()? {
        said += &format!("{:?} {:?} {:?}\n", document.title, index.text(&document)?, index.blocks(&document)?);
    }
    said += &format!("{:?} {:?} {:?}\n", index.speakers()?, index.outlets()?, index.languages()?);
    said += &format!("{:?}\n", index.candidates(&["weir".to_owned()], 5)?.len());
    Ok(said + &format!("{:?}", index.quotations(&QuotationFilter::default())?.len()))
}

/// Copies an index; its files, in the order of their names.
fn copied(from: &Path, to: &Path) -> Vec<PathBuf> {
    fs::create_dir_all(to).expect("a folder of ours");
    let mut entries: Vec<_> = fs::read_dir(from).expect("a folder of ours").flatten().map(|entry| entry.path()).collect();
    entries.sort();
    let mut files = Vec::new();
    for path in entries {
        let target = to.join(path.file_name().unwrap_or_default());
        if path.is_dir() {
            files.extend(copied(&path, &target));
        } else {
            fs::copy(&path, &target).expect("a copy of our own file");
            files.push(target);
        }
    }
    files
}
