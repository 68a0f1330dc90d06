-- The edition file, schema version 1. docs/edition-format.md is the normative page of it.
CREATE TABLE meta (
  name  TEXT PRIMARY KEY,
  value TEXT NOT NULL
) WITHOUT ROWID;

-- Concepts in static-rank order: id 0 is the first that a search shows among equals.
CREATE TABLE concept (
  id               INTEGER PRIMARY KEY,
  code             TEXT NOT NULL,
  display          TEXT NOT NULL,
  status           TEXT NOT NULL,
  effective_from   TEXT,
  effective_to     TEXT,
  transition_until TEXT,
  replaced_by      TEXT,
  not_selectable   INTEGER NOT NULL,
  usage            INTEGER NOT NULL,
  source_row       INTEGER,
  changed          INTEGER NOT NULL,
  carried_from     TEXT
);

CREATE TABLE designation (
  concept  INTEGER NOT NULL,
  ordinal  INTEGER NOT NULL,
  language TEXT,
  use      TEXT NOT NULL,
  value    TEXT NOT NULL,
  PRIMARY KEY (concept, ordinal)
) WITHOUT ROWID;

CREATE TABLE property_definition (
  id       INTEGER PRIMARY KEY,
  code     TEXT NOT NULL UNIQUE,
  type     TEXT NOT NULL,
  title_fa TEXT NOT NULL,
  title_en TEXT NOT NULL,
  repeats  INTEGER NOT NULL
);

-- Values as text: a decimal is written as published digits, a date as ISO, a boolean as true or false.
CREATE TABLE property (
  concept    INTEGER NOT NULL,
  ordinal    INTEGER NOT NULL,
  definition INTEGER NOT NULL,
  value      TEXT NOT NULL,
  PRIMARY KEY (concept, ordinal)
) WITHOUT ROWID;

CREATE TABLE parent (
  concept     INTEGER NOT NULL,
  ordinal     INTEGER NOT NULL,
  parent_code TEXT NOT NULL,
  PRIMARY KEY (concept, ordinal)
) WITHOUT ROWID;

-- Further rows of the same code with other content; designations and properties are JSON arrays.
CREATE TABLE variant (
  concept      INTEGER NOT NULL,
  ordinal      INTEGER NOT NULL,
  source_row   INTEGER,
  display      TEXT NOT NULL,
  designations TEXT NOT NULL,
  properties   TEXT NOT NULL,
  PRIMARY KEY (concept, ordinal)
) WITHOUT ROWID;

CREATE TABLE value_set_concept (
  value_set TEXT NOT NULL,
  concept   INTEGER NOT NULL,
  PRIMARY KEY (value_set, concept)
) WITHOUT ROWID;

CREATE TABLE mapping (
  id                 INTEGER PRIMARY KEY,
  source_terminology TEXT NOT NULL,
  source_code        TEXT NOT NULL,
  target_terminology TEXT NOT NULL,
  target_code        TEXT,
  relationship       TEXT NOT NULL,
  condition          TEXT,
  comment            TEXT,
  source_row         INTEGER
);

-- Titles by the first eight bytes (signed, big-endian) of the SHA-256 of their key.
CREATE TABLE title (
  key     INTEGER NOT NULL,
  concept INTEGER NOT NULL,
  PRIMARY KEY (key, concept)
) WITHOUT ROWID;

-- Other spellings of codes: digits only, and without leading zeros.
CREATE TABLE code_alias (
  alias   TEXT NOT NULL,
  concept INTEGER NOT NULL,
  PRIMARY KEY (alias, concept)
) WITHOUT ROWID;

-- The search index: sorted vocabulary, and the union of all words of each prefix of one to three letters.
-- Postings are Roaring bitmaps of concept ids in the portable format.
CREATE TABLE word (
  id       INTEGER PRIMARY KEY,
  word     TEXT NOT NULL,
  postings BLOB NOT NULL
);

CREATE TABLE prefix (
  prefix   TEXT PRIMARY KEY,
  postings BLOB NOT NULL
);
