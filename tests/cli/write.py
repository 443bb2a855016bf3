"""Writes one report in every format that a tool on this machine can write, into the folder named first.

Prints a line a file: its name, a tab, and the tool; or "skipped", a tab, the name, a tab, and what is missing.
"""
import importlib
import sys
from pathlib import Path

FOLDER = Path(sys.argv[1])
TITLE = "Nests full at the heronry"
AUTHOR = "Hester Quill"
PARAGRAPHS = [
    "The heronry at Tarnside is full for the first time since its trees were felled.",
    "The director of the heronry, Piers Aldous, said on Friday that \u201cthe nests are full for the first time in 30 years\u201d.",
    "Visitors may come to the hide from April, a caf\u00e9 will open beside it in May.",
]
TEXT = "\n\n".join(PARAGRAPHS)


def pdf_reportlab(path, tools):
    canvas = tools["reportlab.pdfgen.canvas"].Canvas(str(path))
    canvas.setTitle(TITLE)
    canvas.setAuthor(AUTHOR)
    simple = tools["reportlab.lib.utils"].simpleSplit
    y = 780
    for paragraph in [TITLE, *PARAGRAPHS]:
        for line in simple(paragraph, "Helvetica", 11, 440):
            canvas.setFont("Helvetica", 11)
            canvas.drawString(72, y, line)
            y -= 14
        y -= 12
    canvas.save()


def pdf_fpdf(path, tools):
    pdf = tools["fpdf"].FPDF()
    pdf.set_title(TITLE)
    pdf.set_author(AUTHOR)
    pdf.add_page()
    pdf.set_font("Helvetica", size=11)
    for paragraph in [TITLE, *PARAGRAPHS]:
        pdf.multi_cell(0, 6, paragraph.replace("\u201c", '"').replace("\u201d", '"'), new_x="LMARGIN", new_y="NEXT")
        pdf.ln(4)
    pdf.output(str(path))


def docx(path, tools):
    document = tools["docx"].Document()
    document.core_properties.title = TITLE
    document.core_properties.author = AUTHOR
    document.add_heading(TITLE, 0)
    for paragraph in PARAGRAPHS:
        document.add_paragraph(paragraph)
    document.save(str(path))


def odt(path, tools):
    document = tools["odf.opendocument"].OpenDocumentText()
    document.meta.addElement(tools["odf.dc"].Title(text=TITLE))
    document.meta.addElement(tools["odf.dc"].Creator(text=AUTHOR))
    document.text.addElement(tools["odf.text"].H(outlinelevel=1, text=TITLE))
    for paragraph in PARAGRAPHS:
        document.text.addElement(tools["odf.text"].P(text=paragraph))
    document.save(str(path))


def epub(path, tools):
    module = tools["ebooklib.epub"]
    book = module.EpubBook()
    book.set_identifier("heronry")
    book.set_title(TITLE)
    book.set_language("en")
    book.add_author(AUTHOR)
    chapter = module.EpubHtml(title=TITLE, file_name="one.xhtml", lang="en")
    chapter.content = f"<h1>{TITLE}</h1>" + "".join(f"<p>{paragraph}</p>" for paragraph in PARAGRAPHS)
    book.add_item(chapter)
    book.toc = [chapter]
    book.spine = ["nav", chapter]
    book.add_item(module.EpubNcx())
    book.add_item(module.EpubNav())
    module.write_epub(str(path), book)


def pandoc(path, tools):
    source = f"---\ntitle: {TITLE}\nauthor: {AUTHOR}\n---\n\n{TEXT}\n"
    target = {"htm": "html"}.get(path.suffix[1:], path.suffix[1:])
    tools["pypandoc"].convert_text(source, target, format="markdown", outputfile=str(path), extra_args=["--standalone"])


def message(tools):
    letter = tools["email.message"].EmailMessage()
    letter["Subject"] = TITLE
    letter["From"] = f"{AUTHOR} <hester@quill.example>"
    letter["To"] = "desk@gazette.example"
    letter["Date"] = "Fri, 14 Mar 2014 10:15:00 +0000"
    letter["Message-ID"] = "<nests@quill.example>"
    letter.set_content(TEXT + "\n")
    return letter


def eml(path, tools):
    path.write_bytes(message(tools).as_bytes())


def mbox(path, tools):
    box = tools["mailbox"].mbox(str(path))
    box.add(message(tools))
    box.flush()
    box.close()


def table(path, tools):
    with open(path, "w", newline="", encoding="utf-8") as file:
        rows = tools["csv"].writer(file, delimiter="\t" if path.suffix == ".tsv" else ",")
        rows.writerow(["title", "author", "text"])
        rows.writerow([TITLE, AUTHOR, TEXT])


def json_lines(path, tools):
    record = {"title": TITLE, "author": AUTHOR, "date": "2014-03-14", "text": TEXT}
    path.write_text(tools["json"].dumps(record if path.suffix == ".jsonl" else [record]) + "\n", encoding="utf-8")


def warc(path, tools):
    page = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>" + "".join(f"<p>{p}</p>" for p in PARAGRAPHS) + "</body></html>"
    headers = tools["warcio.statusandheaders"].StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    with open(path, "wb") as file:
        writer = tools["warcio.warcwriter"].WARCWriter(file, gzip=path.suffix == ".gz")
        payload = tools["io"].BytesIO(page.encode())
        writer.write_record(writer.create_warc_record("https://gazette.example/nests", "response", payload=payload, http_headers=headers))


def gz(path, tools):
    path.write_bytes(tools["gzip"].compress(TEXT.encode()))


def zst(path, tools):
    path.write_bytes(tools["zstandard"].ZstdCompressor().compress(TEXT.encode()))


def zipped(path, tools):
    with tools["zipfile"].ZipFile(path, "w", tools["zipfile"].ZIP_DEFLATED) as archive:
        archive.writestr("inner/nests.txt", TEXT)


def tarred(path, tools):
    with tools["tarfile"].open(path, "w:gz") as archive:
        entry = tools["tarfile"].TarInfo("inner/nests.txt")
        entry.size = len(TEXT.encode())
        archive.addfile(entry, tools["io"].BytesIO(TEXT.encode()))


WRITERS = [
    ("reportlab.pdf", pdf_reportlab, ["reportlab.pdfgen.canvas", "reportlab.lib.utils"]),
    ("fpdf2.pdf", pdf_fpdf, ["fpdf"]),
    ("python-docx.docx", docx, ["docx"]),
    ("odfpy.odt", odt, ["odf.opendocument", "odf.dc", "odf.text"]),
    ("ebooklib.epub", epub, ["ebooklib.epub"]),
    ("pandoc.docx", pandoc, ["pypandoc"]),
    ("pandoc.odt", pandoc, ["pypandoc"]),
    ("pandoc.epub", pandoc, ["pypandoc"]),
    ("pandoc.rtf", pandoc, ["pypandoc"]),
    ("pandoc.htm", pandoc, ["pypandoc"]),
    ("email.eml", eml, ["email.message"]),
    ("mailbox.mbox", mbox, ["email.message", "mailbox"]),
    ("csv.csv", table, ["csv"]),
    ("csv.tsv", table, ["csv"]),
    ("json.json", json_lines, ["json"]),
    ("json.jsonl", json_lines, ["json"]),
    ("warcio.warc", warc, ["warcio.statusandheaders", "warcio.warcwriter", "io"]),
    ("warcio.warc.gz", warc, ["warcio.statusandheaders", "warcio.warcwriter", "io"]),
    ("gzip.txt.gz", gz, ["gzip"]),
    ("zstandard.txt.zst", zst, ["zstandard"]),
    ("zipfile.zip", zipped, ["zipfile"]),
    ("tarfile.tar.gz", tarred, ["tarfile", "io"]),
]

for name, write, needed in WRITERS:
    try:
        tools = {module: importlib.import_module(module) for module in needed}
    except ImportError as error:
        print("skipped", name, error.name, sep="\t")
        continue
    write(FOLDER / name, tools)
    print(name, needed[0], sep="\t")
