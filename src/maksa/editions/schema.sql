-- The edition file. docs/edition-format.md is the normative page of it.
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
  source_row         INTEGER,
  decided_by         TEXT,
  decided_on         TEXT,
  reason             TEXT,
  letter             TEXT
);

-- Titles by the first eight bytes (signed, big-endian) of the SHA-256 of their key. own: 1 for the display (or
-- that of a variant), 0 for other designations.
CREATE TABLE title (
  key     INTEGER NOT NULL,
  concept INTEGER NOT NULL,
  own     INTEGER NOT NULL,
  PRIMARY KEY (key, concept)
) WITHOUT ROWID;

-- Other spellings of codes: digits only, and without leading zeros.
CREATE TABLE code_alias (
  alias   TEXT NOT NULL,
  concept INTEGER NOT NULL,
  PRIMARY KEY (alias, concept)
) WITHOUT ROWID;

-- The search index: sorted vocabulary, and the union of all words of each prefix of one to three letters.
-- Postings are Roaring bitmaps of concept ids in the portable format: own, concepts whose display (or that of a
-- variant) has the word; other, those of which another designation has it. NULL is the empty set.
CREATE TABLE word (
  id    INTEGER PRIMARY KEY,
  word  TEXT NOT NULL,
  own   BLOB,
  other BLOB
);

CREATE TABLE prefix (
  prefix TEXT PRIMARY KEY,
  own    BLOB,
  other  BLOB
);

-- Words by what is left when one letter is dropped: the CRC-32 of its UTF-8. Two words within one edit meet here.
CREATE TABLE deletion (
  key  INTEGER NOT NULL,
  word INTEGER NOT NULL,
  PRIMARY KEY (key, word)
) WITHOUT ROWID;

-- Words by how they sound, in Persian or Latin letters.
CREATE TABLE sound (
  key  TEXT NOT NULL,
  word INTEGER NOT NULL,
  PRIMARY KEY (key, word)
) WITHOUT ROWID;
