"""Turns the data sets in a folder into span questions: `Example(question, passage, answers)`, answers as character
ranges of the passage, an empty list where the passage does not hold the answer.

Sources: SQuADShifts (people's questions), QAMR (people's questions over single sentences), PolNeAR (templates over marked
quotations, roles and appositives; this project's own questions over its articles). Unanswerable pairs are made by rule: passages that look alike but lack the answer,
windows of the right passage without the answer's sentence, and near misses (an entity, number, year or word of the
question changed). Everything is drawn from a seed; nothing is drawn from the held-out paragraphs (`held_out`)."""
import hashlib
import json
import random
import re
from collections import defaultdict
from pathlib import Path
from typing import NamedTuple

import numpy as np
from sklearn.feature_extraction.text import TfidfVectorizer

SHIFTS = ("new_wiki", "reddit", "amazon")


class Example(NamedTuple):
    question: str
    passage: str
    answers: list  # [(start, end)], characters of the passage
    kind: str = ""


def held_out(passage):
    """The development split: one passage in sixteen, by the first byte of the SHA-256 of its UTF-8 text."""
    return hashlib.sha256(passage.encode()).digest()[0] % 16 == 0


# ---------------------------------------------------------------- SQuADShifts

def squadshifts(data):
    """All questions with every annotator's answer, as written."""
    out = []
    for name in SHIFTS:
        with open(Path(data) / "qa" / f"squadshifts_{name}.json") as file:
            for article in json.load(file)["data"]:
                for paragraph in article["paragraphs"]:
                    text = paragraph["context"]
                    for qa in paragraph["qas"]:
                        spans = [trimmed(text, a["answer_start"], a["answer_start"] + len(a["text"]))
                                 for a in qa["answers"] if a["text"].strip()
                                 and text[a["answer_start"]:a["answer_start"] + len(a["text"])] == a["text"]]
                        if spans:
                            out.append(Example(qa["question"].strip(), text, spans, name))
    return out


def trimmed(text, start, end):
    """The span without white space and without a full stop, comma or colon at its end."""
    while start < end and text[start].isspace():
        start += 1
    while end > start + 1 and (text[end - 1].isspace() or text[end - 1] in ".,;:" and not abbreviation(text[start:end])):
        end -= 1
    return start, end


def abbreviation(text):
    return re.search(r"(\b[A-Za-z]\.|\b(?:Inc|Ltd|Co|Corp|Jr|Sr|St|etc|No|vs)\.)$", text) is not None


# ---------------------------------------------------------------- QAMR

BRACKETS = {"-LRB-": "(", "-RRB-": ")", "-LSB-": "[", "-RSB-": "]", "-LCB-": "{", "-RCB-": "}"}
GLUE_LEFT = re.compile(r"^(?:[.,;:!?%)\]}…]+|''|'|'s|'S|'re|'ve|'ll|'d|'m|n't|N'T)$")


def detokenised(tokens):
    """The text of Penn Treebank tokens and the character range of each token in it."""
    text, ranges, opened, tight = "", [], False, True
    for token in tokens:
        surface = BRACKETS.get(token, token)
        opening = token == "``" or token == '"' and not opened
        closing = token == "''" and opened or token == '"' and opened
        if opening or closing:
            surface, opened = '"', opening
        if surface == "--":
            surface = "–"
        space = not (tight or closing or not opening and GLUE_LEFT.match(surface))
        text += " " * space
        ranges.append((len(text), len(text) + len(surface)))
        text += surface
        tight = opening or surface in "([{$£€#"
    return text, ranges


def qamr(data, rng):
    """Questions over one to four sentences of a document; answers of the writer and both validators where contiguous."""
    folder = Path(data) / "qa"
    tokens = dict(line.rstrip("\n").split("\t") for line in open(folder / "qamr_sentences.tsv"))
    documents = defaultdict(list)
    for key in tokens:
        documents[key.split(":")[2]].append(key)
    for keys in documents.values():
        keys.sort(key=lambda k: tuple(map(int, k.split(":")[3:])))
    out, seen = [], set()
    for name in ("qamr_dev.tsv", "qamr_test.tsv"):
        for line in open(folder / name):
            row = line.rstrip("\n").split("\t")
            key, question = row[0], row[5].strip()
            if key not in tokens or (key, question.lower()) in seen:
                continue
            seen.add((key, question.lower()))
            picks = [list(map(int, field.split())) for field in (row[6], row[7].split(":")[1], row[8].split(":")[1])]
            picks = [p for p in picks if p and p[-1] - p[0] + 1 == len(p)]
            if len(picks) < 2 or not set(picks[0]) & set(picks[1]):
                continue
            out.append(joined(key, question, picks, tokens, documents[key.split(":")[2]], rng))
    return out


def joined(key, question, picks, tokens, keys, rng):
    """The question over its sentence with up to three neighbours of the same document."""
    at = keys.index(key)
    before, after = rng.choice([(0, 0), (0, 1), (1, 0), (1, 1), (0, 2), (2, 0), (1, 2), (2, 1)])
    text, spans = "", []
    for k in keys[max(0, at - before):at + after + 1]:
        sentence, ranges = detokenised(tokens[k].split())
        text += " " if text else ""
        if k == key:
            spans = [(len(text) + ranges[p[0]][0], len(text) + ranges[p[-1]][1]) for p in picks if p[-1] < len(ranges)]
        text += sentence
    return Example(question, text, spans, "qamr")


# ---------------------------------------------------------------- PolNeAR: quotations and roles

TITLE = (r"President|Vice President|Prime Minister|Minister|Secretary of State|Secretary|Attorney General|Governor|Gov\.|"
         r"Senator|Sen\.|Rep\.|Congressman|Congresswoman|Mayor|Judge|Justice|Director|Chairman|Chairwoman|Chief Executive|"
         r"Chief|Leader|Speaker|Ambassador|General|Spokesman|Spokeswoman|spokesman|spokeswoman|director|manager|chairman")
NAME = r"[A-Z][a-z]+(?:[- ][A-Z][A-Za-z.]*)? (?:de |van |von )?[A-Z][A-Za-z'’-]+"
ROLE_BEFORE = re.compile(rf"\b((?:[A-Z][A-Za-z]+ ){{0,3}}(?:{TITLE})) ({NAME})\b")
ROLE_AFTER = re.compile(rf"\b({NAME}), ((?:the|a|an) [^,.;:()\"“”—–]{{8,70}}), ")
AGE = re.compile(rf"\b({NAME}), (\d{{2}})(?=, |\. |; )")
ROLE_NOUN = re.compile(r"^(?:the|a|an) (?:\S+ ){0,4}?(?:\w+(?:er|or|ist|man|woman|ian|ant)|president|chief|head|secretary|"
                       r"analyst|fellow|leader|host|expert|candidate|strategist|nominee)\b")
ABOUT = re.compile(r"\b(?:about|on|over|of|for|against|with) (?:the |a |his |her |their )?([a-z]{4,}(?: [a-z]{4,})?)\b")
STOP = set("that this they them their there then than what when where which while with would will were have been being about "
           "after again could should because before just like very much many more most some only into over your from these "
           "those every really going know think want other people things thing something anything".split())


def articles(data):
    with open(Path(data) / "quotes" / "polnear_train.jsonl") as file:
        return [a for a in map(json.loads, file) if not held_out(a["text"])]


def window(text, start, end, rng, low=200, high=700):
    """A stretch of the article around a range, cut at line or sentence ends, with the range's offset in it."""
    target = rng.randint(low, high)
    lead = rng.randint(0, max(0, target - (end - start)))
    left = max(0, start - lead)
    if left:
        found = re.search(r"(?<=[.!?”\"])\s+|\n+", text[left:start])
        left = left + found.end() if found else max(text.rfind("\n", 0, start) + 1, text.rfind(". ", 0, start) + 2 if text.rfind(". ", 0, start) >= 0 else 0)
    right = min(len(text), max(end, left + target))
    found = re.search(r"[.!?][”\"]?(?=\s)|\n", text[right:])
    right = right + found.end() if found else len(text)
    return text[left:right].strip("\n"), left + len(text[left:right]) - len(text[left:right].lstrip("\n"))


def polnear(data, rng):
    """Who said …, what did … say (about …), who is …, over windows of news articles; one in four has no answer there."""
    docs, out = articles(data), []
    for at, doc in enumerate(docs):
        other = docs[(at + 1 + rng.randrange(len(docs) - 1)) % len(docs)]
        made = quotation_questions(doc, other, rng) + role_questions(doc, rng)
        rng.shuffle(made)
        out += made[:9]
    return out


def placed(doc, question, focus, context, rng, kind):
    """The example for an answer range of the article; the window covers `context` too."""
    start, end = min(focus[0], context[0]), max(focus[1], context[1])
    passage, offset = window(doc["text"], start, end, rng)
    span = (focus[0] - offset, focus[1] - offset)
    if span[0] < 0 or passage[span[0]:span[1]] != doc["text"][focus[0]:focus[1]]:
        return []
    return [Example(question, passage, [span], kind)]


def quotation_questions(doc, other, rng):
    out, text = [], doc["text"]
    for quote in doc["quotes"]:
        start, end = quote["start"], quote["end"]
        words = text[start:end].split()
        if quote.get("speaker_kind") not in ("name", "nominal") or not 4 <= len(words) or end - start > 450:
            continue
        speaker = (quote["speaker_start"], quote["speaker_end"])
        if abs(speaker[0] - start) > 600:
            continue
        both = (min(speaker[0], start), max(speaker[1], end))
        name = quote.get("speaker_full") or quote["speaker_text"]
        piece = " ".join(words[:rng.randint(5, 12)]).strip(" ,.;:—–-")
        topics = [m.group(1) for m in ABOUT.finditer(text[start:end]) if not set(m.group(1).split()) & STOP]
        kind = rng.random()
        if kind < 0.55:
            ask = rng.choice(['Who said "{}"?', "Who said that {}?", "Who said {}?", "Who is quoted as saying “{}”?", "who said {}"])
            out += placed(doc, ask.format(piece), speaker, both, rng, "who-said")
        elif topics:
            ask = rng.choice(["What did {} say about {}?", "What does {} say about {}?", "What was said by {} about {}?"])
            out += placed(doc, ask.format(name, rng.choice(topics)), trimmed(text, start, end), both, rng, "what-said")
        elif kind < 0.8 and quote["speaker_kind"] == "name":
            ask = rng.choice(["What did {} say?", "What did {} tell reporters?", "What was {}'s comment?"])
            out += placed(doc, ask.format(name), trimmed(text, start, end), both, rng, "what-said")
        if out and rng.random() < 0.3:
            out.append(spoiled(out[-1], other, rng))
    return out


def spoiled(example, other, rng):
    """The same kind of question, asked of a passage that cannot answer it: its quotation or speaker is another article's."""
    quotes = [q for q in other["quotes"] if q.get("speaker_kind") == "name" and len(q["text"].split()) > 4]
    if not quotes:
        return Example(example.question, window(other["text"], 0, 200, rng)[0], [], "said-null")
    quote = rng.choice(quotes)
    if example.kind == "who-said":
        question = f'Who said "{" ".join(quote["text"].split()[:9])}"?'
    else:
        name = quote.get("speaker_full") or quote["speaker_text"]
        if name.split()[-1] in example.passage:
            return Example(example.question, window(other["text"], 0, 200, rng)[0], [], "said-null")
        question = re.sub(r"^(What did|What does|What was said by|What was) .*?( say| tell| about|'s comment)", rf"\1 {name}\2", example.question)
    return Example(question, example.passage, [], "said-null")


def role_questions(doc, rng):
    out, text = [], doc["text"]
    for m in list(ROLE_BEFORE.finditer(text))[:6]:
        role = m.group(1)
        if len(role.split()) > 1 and rng.random() < 0.7:
            ask = rng.choice(["Who is the {}?", "Who is {}?", "Who serves as {}?", "What is the name of the {}?"])
            out += placed(doc, ask.format(role), m.span(2), m.span(2), rng, "role")
        elif len(role.split()) > 1:
            ask = rng.choice(["Who is {}?", "What is {}'s position?", "What office does {} hold?"])
            out += placed(doc, ask.format(m.group(2)), m.span(1), m.span(1), rng, "role")
    for m in list(ROLE_AFTER.finditer(text))[:6]:
        if not ROLE_NOUN.match(m.group(2)):
            continue
        if rng.random() < 0.5:
            out += placed(doc, rng.choice(["Who is {}?", "What is {}'s job?", "What does {} do?"]).format(m.group(1)), m.span(2), m.span(1), rng, "role")
        else:
            role = re.sub(r"^(a|an) ", "the ", m.group(2))
            out += placed(doc, f"Who is {role}?", m.span(1), m.span(2), rng, "role")
    return out + age_questions(doc, rng)


def age_questions(doc, rng):
    """The ages printed behind names, asked by full name, by surname, and of somebody else."""
    out = []
    for m in list(AGE.finditer(doc["text"]))[:4]:
        name = m.group(1) if rng.random() < 0.6 else rng.choice(["Mr ", "Ms ", "Mrs ", ""]) + m.group(1).split()[-1]
        ask = rng.choice(["How old is {}?", "How old was {}?", "What age is {}?", "What is {}'s age?", "age of {}"])
        made = placed(doc, ask.format(name), m.span(2), m.span(1), rng, "age")
        out += made
        others = [e for e in re.findall(NAME, made[0].passage) if e not in m.group(1) and m.group(1) not in e] if made else []
        if others and rng.random() < 0.5:
            out.append(Example(ask.format(rng.choice(others)), made[0].passage, [], "age-null"))
    return out


# ---------------------------------------------------------------- windows and unanswerable pairs

SENTENCE_END = re.compile(r"(?<=[.!?])[\"”')\]]*\s+|\n+")


def sentences(text):
    """Character ranges of sentences, by plain punctuation: good enough to cut windows."""
    cuts = [0] + [m.end() for m in SENTENCE_END.finditer(text)] + [len(text)]
    return [(a, b) for a, b in zip(cuts, cuts[1:]) if text[a:b].strip()]


def cropped(example, rng):
    """A window of one to four sentences that holds all answers of the example, or the example itself."""
    parts = sentences(example.passage)
    low, high = min(s for s, _ in example.answers), max(e for _, e in example.answers)
    first = max((i for i, (a, _) in enumerate(parts) if a <= low), default=0)
    last = min((i for i, (_, b) in enumerate(parts) if b >= high), default=len(parts) - 1)
    size = max(rng.randint(1, 4), last - first + 1)
    first = rng.randint(max(0, last - size + 1), first)
    start, end = parts[first][0], parts[min(len(parts), first + size) - 1][1]
    if end < high:
        return example
    spans = [(s - start, e - start) for s, e in example.answers]
    return example._replace(passage=example.passage[start:end].rstrip(), answers=spans)


def shortened(example, rng):
    """A window of one to four sentences: with the answers if there are any, anywhere in the passage otherwise."""
    if example.answers:
        return cropped(example, rng)
    parts = sentences(example.passage)
    if not parts:
        return example
    at, size = rng.randrange(len(parts)), rng.randint(1, 4)
    return example._replace(passage=example.passage[parts[at][0]:parts[min(len(parts), at + size) - 1][1]].strip())


def without_answer(example, rng):
    """A window of the passage in which none of the answers' words stands, or None."""
    parts = sentences(example.passage)
    wanted = {example.passage[s:e].lower() for s, e in example.answers}
    low, high = min(s for s, _ in example.answers), max(e for _, e in example.answers)
    runs = [(i, j) for i in range(len(parts)) for j in range(i + 1, min(len(parts), i + 4) + 1)
            if parts[j - 1][1] <= low or parts[i][0] >= high]
    rng.shuffle(runs)
    for i, j in runs:
        text = example.passage[parts[i][0]:parts[j - 1][1]].strip()
        if len(text) > 40 and not any(w in text.lower() for w in wanted):
            return Example(example.question, text, [], "elsewhere")
    return None


ANTONYMS = """first last|largest smallest|biggest smallest|highest lowest|oldest youngest|best worst|most least|more less|more fewer|
before after|north south|east west|northern southern|eastern western|won lost|win lose|increase decrease|increased decreased|rise fall|rose fell|
male female|men women|man woman|boys girls|mother father|brother sister|husband wife|son daughter|king queen|start end|started ended|begin end|began ended|
open close|opened closed|buy sell|bought sold|accept reject|accepted rejected|support oppose|supported opposed|supports opposes|like dislike|love hate|
good bad|positive negative|cheap expensive|easy difficult|fast slow|early late|hot cold|high low|large small|big small|long short|old new|young old|
strong weak|heavy light|rich poor|public private|major minor|left right|above below|inside outside|internal external|import export|
arrive leave|enter leave|create destroy|built demolished|add remove|added removed|gain lose|gained lost|same different|always never|allow forbid|allowed banned|
legal illegal|known unknown|likely unlikely|maximum minimum|upper lower|winter summer|spring autumn|morning evening|day night|advantage disadvantage|
friend enemy|defend attack|attacked defended|born killed|died married|founded dissolved|joined left|success failure|help hinder|teach learn|lend borrow"""
OPPOSITE = {}
for _pair in ANTONYMS.replace("\n", "").split("|"):
    _a, _b = _pair.split()
    OPPOSITE.setdefault(_a, _b)
    OPPOSITE.setdefault(_b, _a)
AUXILIARY = re.compile(r"\b(did|does|do|was|were|is|are|can|could|has|have|had|will|would)\b( \w+)?", re.I)
NUMBER = re.compile(r"(?<![\w.])\d[\d,]*(?:\.\d+)?(?![\w])")
CAPITALS = re.compile(r"(?<=[a-z,'’] )(?:[A-Z][\w'’.-]*)(?: (?:of |the |and )?[A-Z][\w'’.-]*)*")


def entities(text):
    """Capitalised word sequences that do not begin the text or a sentence."""
    return [m.group(0).rstrip(".'’") for m in CAPITALS.finditer(text) if len(m.group(0)) > 2]


def near_miss(example, pool, rng):
    """The question with one fact changed so that the passage no longer answers it, or None."""
    makers = [changed_entity, changed_number, changed_word, negated, changed_entity]
    rng.shuffle(makers)
    for maker in makers:
        if maker is negated and rng.random() < 0.7:
            continue
        question = maker(example, pool, rng)
        if question and question != example.question:
            return Example(question, example.passage, [], "near-miss")
    return None


def changed_entity(example, pool, rng):
    names = [e for e in entities(example.question) if e.split()[-1] in example.passage]
    if not names:
        return None
    name, answer = rng.choice(names), " ".join(example.passage[s:e] for s, e in example.answers)
    near = [e for e in entities(example.passage) if e not in name and name not in e and e not in answer and answer not in e
            and e not in example.question and not set(e.split()) & set(example.question.split())]
    far = [e for e in rng.sample(pool, 6) if e not in example.passage and len(e.split()) <= 3]
    choice = near if near and rng.random() < 0.35 else far
    return example.question.replace(name, rng.choice(choice)) if choice else None


def changed_number(example, pool, rng):
    found = [m for m in NUMBER.finditer(example.question) if m.group(0) in example.passage]
    if not found:
        return None
    m = rng.choice(found)
    others = [n for n in NUMBER.findall(example.passage) if n != m.group(0) and len(n) == len(m.group(0))]
    value = m.group(0).replace(",", "")
    if others and rng.random() < 0.3:
        new = rng.choice(others)
    elif "." in value or len(value) > 9:
        return None
    elif len(value) == 4 and value[0] in "12":
        new = str(int(value) + rng.choice([-40, -17, -10, -5, -3, -2, -1, 1, 2, 3, 5, 10, 16]))
    else:
        new = str(max(1, int(value) + rng.choice([-7, -3, -2, -1, 1, 2, 3, 5, 12, int(value) + 1])))
    return None if new == value else example.question[:m.start()] + new + example.question[m.end():]


def changed_word(example, pool, rng):
    words = [m for m in re.finditer(r"[a-z]+", example.question) if m.group(0) in OPPOSITE]
    if not words:
        return None
    m = rng.choice(words)
    new = OPPOSITE[m.group(0)]
    return None if new in example.passage.lower().split() else example.question[:m.start()] + new + example.question[m.end():]


def negated(example, pool, rng):
    m = AUXILIARY.search(example.question)
    if not m or re.search(r"\bnot\b|n't", example.question):
        return None
    if m.group(1).lower() in ("did", "does", "do") and m.group(2):
        at = m.end()
    else:
        at = m.end(1)
    return example.question[:at] + " not" + example.question[at:]


class Neighbours:
    """For each question passages that look alike by TF-IDF and do not hold the answer."""

    def __init__(self, examples, keep=8):
        self.passages = list(dict.fromkeys(e.passage for e in examples))
        vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
        matrix = vectors.fit_transform(self.passages).T.tocsr()
        self.lower = [p.lower() for p in self.passages]
        self.near = []
        for at in range(0, len(examples), 1000):
            scores = (vectors.transform([e.question for e in examples[at:at + 1000]]) @ matrix).toarray()
            top = np.argpartition(-scores, keep, axis=1)[:, :keep]
            self.near += [[int(k) for k in row] for row in top]

    def draw(self, index, example, rng):
        wanted = [example.passage[s:e].lower() for s, e in example.answers]
        fit = [k for k in self.near[index] if self.passages[k] != example.passage
               and not any(w in self.lower[k] for w in wanted)]
        return self.passages[rng.choice(fit)] if fit else None


# ---------------------------------------------------------------- questions over news

HARD = 3  # an unanswerable pair's rank among the stretches most like the question, on average
LONGEST_LIST = 240  # characters from the first member of a list to the end of the last


class News:
    """People's wording over whole articles: `training/questions/news.jsonl`, its questions marked `train`.

    A positive is a stretch around the answer; the unanswerable pairs are stretches of all these articles that look most like the
    question without holding an answer, as the program would find them."""

    def __init__(self, data, questions):
        with open(Path(data) / "quotes" / "polnear_train.jsonl") as file:
            texts = {a["id"]: a["text"] for a in map(json.loads, file)}
        with open(questions) as file:
            self.asked = [q for q in map(json.loads, file) if q["split"] == "train"]
        self.pool = sorted({name for q in self.asked for name in entities(q["question"])})
        self.texts = {q["article"]: texts[q["article"]] for q in self.asked}
        self.stretches = []
        for text in self.texts.values():
            parts = sentences(text)
            self.stretches += [text[parts[i][0]:parts[min(i + 3, len(parts)) - 1][1]].strip() for i in range(0, len(parts), 2)]
        vectors = TfidfVectorizer(sublinear_tf=True, stop_words="english", dtype=np.float32)
        matrix = vectors.fit_transform(self.stretches).T.tocsr()
        scores = (vectors.transform([q["question"] for q in self.asked]) @ matrix).toarray()
        self.near = np.argsort(-scores, axis=1, kind="stable")[:, :14]

    def draw(self, rng):
        """Each question with the words around its answer or a stretch that lacks it, often both; now and then with one fact of it changed."""
        out = []
        for number, question in enumerate(self.asked):
            positive = self.positive(question, rng) if question["answers"] else None
            out += [positive] if positive else []
            if positive and rng.random() < 0.3:
                changed = near_miss(positive, self.pool, rng)
                out += [changed] if changed else []
            if not positive or rng.random() < 0.6:
                text = self.texts[question["article"]]
                wanted = [text[s:e].lower() for s, e in question["answers"]]
                fit = [k for k in self.near[number] if not any(w in self.stretches[k].lower() for w in wanted)]
                hard = min(int(rng.expovariate(1 / HARD)), len(fit) - 1)
                out += [Example(question["question"], self.stretches[fit[hard]], [], "news-null")] if fit else []
        return out

    def positive(self, question, rng):
        """The sentences around the answer; nothing for a list whose members lie too far apart to be one span."""
        text, answers = self.texts[question["article"]], [tuple(a) for a in question["answers"]]
        if question["type"] == "list":
            answers = [(min(s for s, _ in answers), max(e for _, e in answers))]
            if answers[0][1] - answers[0][0] > LONGEST_LIST:
                return None
        answers = [a for a in answers if abs(a[0] - answers[0][0]) < 300]
        low, high = min(s for s, _ in answers), max(e for _, e in answers)
        parts = sentences(text)
        first = max((i for i, (a, _) in enumerate(parts) if a <= low), default=0)
        last = min((i for i, (_, b) in enumerate(parts) if b >= high), default=len(parts) - 1)
        before, after = rng.choice([(1, 1)] * 5 + [(0, 1), (1, 0), (2, 0), (0, 2), (2, 2), (0, 0)])
        start, end = parts[max(0, first - before)][0], parts[min(len(parts) - 1, last + after)][1]
        spans = [trimmed(text, *a) for a in answers[:1] + answers[:3]]
        return Example(question["question"], text[start:end].rstrip(), [(s - start, e - start) for s, e in spans], "news")


# ---------------------------------------------------------------- an epoch

def worn(question, rng):
    """The question as people type it: now and then without its mark, seldom with a slip of the finger."""
    draw = rng.random()
    if draw < 0.12:
        return question.rstrip("?! ")
    if draw < 0.15 and len(question) > 15:
        at = rng.randrange(5, len(question) - 2)
        return question[:at] + question[at + 1] + question[at] + question[at + 2:] if rng.random() < 0.5 else question[:at] + question[at + 1:]
    return question


class Source:
    """All training material; `epoch` draws one epoch's examples from it."""

    def __init__(self, data, seed, questions=None, times=8):
        rng = random.Random(seed)
        self.seed, self.data = seed, data
        self.news, self.times = News(data, questions) if questions else None, times
        self.shifts = [e for e in squadshifts(data) if not held_out(e.passage)]
        self.neighbours = Neighbours(self.shifts)
        self.pool = sorted({n for e in self.shifts for n in entities(e.question)} | {n for e in qamr(data, rng) for n in entities(e.passage)})

    def epoch(self, number):
        rng = random.Random(f"{self.seed}/{number}")
        out = []
        for index, example in enumerate(self.shifts):
            out += self.of_shift(index, example, rng)
        sentences_asked = qamr(self.data, rng)
        rng.shuffle(sentences_asked)
        for example in sentences_asked[:11000]:
            out += self.of_sentence(example, rng)
        out += polnear(self.data, rng)
        for _ in range(self.times if self.news else 0):
            out += self.news.draw(rng)
        rng.shuffle(out)
        return [e._replace(question=worn(e.question, rng)) for e in out]

    def of_shift(self, index, example, rng):
        small = cropped(example, rng) if rng.random() < 0.45 else example
        out, draw = [small], rng.random()
        if draw < 0.20:
            passage = self.neighbours.draw(index, example, rng)
            if passage:
                absent = Example(example.question, passage, [], "retrieved")
                out.append(shortened(absent, rng) if rng.random() < 0.5 else absent)
        elif draw < 0.30:
            out.append(without_answer(example, rng))
        elif draw < 0.52:
            out.append(near_miss(small, self.pool, rng))
        return [e for e in out if e]

    def of_sentence(self, example, rng):
        out, draw = [example], rng.random()
        if draw < 0.12:
            out.append(near_miss(example, self.pool, rng))
        elif draw < 0.17:
            out.append(without_answer(example, rng))
        return [e for e in out if e]


def development(data, seed=7):
    """The held-out questions, and unanswerable pairs over held-out passages: `(answerable, unanswerable)`."""
    rng = random.Random(seed)
    asked = [e for e in squadshifts(data) if held_out(e.passage)]
    neighbours, absent = Neighbours(asked), []
    pool = sorted({n for e in asked for n in entities(e.question)})
    for index, example in enumerate(asked):
        passage = neighbours.draw(index, example, rng)
        if passage:
            absent.append(Example(example.question, passage, [], "retrieved"))
        changed = near_miss(example, pool, rng)
        if changed:
            absent.append(changed)
    return asked, absent
