"""Passages in SQLite's FTS5, beside which the bench sets sayso.

    fts5.py index DATABASE PROGRAM ARGUMENT...    indexes the lines that the program prints, a passage each
    fts5.py ask DATABASE QUESTIONS WARMING        asks each line of the file, the words joined by OR, and prints milliseconds;
                                                  the first lines only warm up
"""

import sqlite3
import subprocess
import sys
import time


def index(database, command):
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA journal_mode = off")
    connection.execute("CREATE VIRTUAL TABLE passages USING fts5(text, tokenize = 'porter unicode61')")
    with subprocess.Popen(command, stdout=subprocess.PIPE, encoding="utf-8") as lines:
        connection.executemany("INSERT INTO passages (text) VALUES (?)", ((line,) for line in lines.stdout))
    connection.commit()


def ask(database, questions, warming):
    connection = sqlite3.connect(database)
    for number, words in enumerate(open(questions, encoding="utf-8")):
        query = " OR ".join('"' + word.replace('"', '""') + '"' for word in words.split())
        start = time.perf_counter()
        connection.execute("SELECT text FROM passages WHERE passages MATCH ? ORDER BY rank LIMIT 10", (query,)).fetchall()
        if number >= warming:
            print((time.perf_counter() - start) * 1000)


if sys.argv[1] == "index":
    index(sys.argv[2], sys.argv[3:])
elif sys.argv[1] == "ask":
    ask(sys.argv[2], sys.argv[3], int(sys.argv[4]))
else:
    sqlite3.connect(":memory:").execute("CREATE VIRTUAL TABLE t USING fts5(x)")
