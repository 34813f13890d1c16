CREATE TABLE author (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL
);

CREATE TABLE book (
  id INTEGER PRIMARY KEY,
  author_id INTEGER NOT NULL REFERENCES author (id),
  title TEXT NOT NULL,
  year INTEGER CHECK (year BETWEEN 1450 AND 2100),
  copies INTEGER NOT NULL DEFAULT 1 CHECK (copies >= 0)
);

CREATE TABLE reader (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE,
  pin_hash TEXT NOT NULL
);

CREATE TABLE loan (
  id INTEGER PRIMARY KEY,
  book_id INTEGER NOT NULL REFERENCES book (id),
  reader_id INTEGER NOT NULL REFERENCES reader (id),
  due TEXT NOT NULL,
  returned TEXT
);

CREATE INDEX book_author ON book (author_id);
CREATE INDEX loan_book ON loan (book_id);
CREATE INDEX loan_reader ON loan (reader_id);
CREATE INDEX loan_due ON loan (due);
