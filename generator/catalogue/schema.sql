-- The catalogue of one output: what was read, and what was written. Always rebuildable from the sources.
-- No row number ever decides an order that is shown: after edits they differ from those of a clean build.

CREATE TABLE meta (key TEXT PRIMARY KEY, value BLOB) WITHOUT ROWID;

-- A file below the content folder. `seen` is the state of the file when it was read (size, times, inode), `reading`
-- stands for everything but its bytes that decided how it was read. `legacy`: not UTF-8, waits for an encoding.
-- Folder by folder, so that a scan compares one folder at a time and never holds the whole archive in memory.
CREATE TABLE source (
  folder TEXT NOT NULL, name TEXT NOT NULL, seen TEXT NOT NULL, digest BLOB NOT NULL, reading BLOB NOT NULL,
  legacy INTEGER NOT NULL, beside TEXT NOT NULL, PRIMARY KEY (folder, name)
) WITHOUT ROWID;

-- `moment` sorts in time: 2017-11-11T14:05, 2017-11-00, 2017-00-00; '' is undated. `day` is 2017-11-11 or shorter.
-- `pictures` is the state of all pictures it shows.
-- `modified` is the date of the last correction. `topics` stands for all its terms, suggested ones (`suggested`, NULL until
-- it is known what is suggested) included. Rows are small, for planning walks through all of them.
-- `outside` stands for all that is known of the article but its text: an edit that leaves it concerns its own page alone.
-- `hidden` says why an article is not shown: NULL, 'withdrawn', 'draft', 'future', 'duplicate'.
CREATE TABLE article (
  source TEXT PRIMARY KEY, id TEXT NOT NULL, id_key TEXT NOT NULL, language TEXT NOT NULL, moment TEXT NOT NULL,
  day TEXT NOT NULL, url TEXT NOT NULL, shows BLOB NOT NULL, digest BLOB NOT NULL, lead TEXT, draft INTEGER NOT NULL,
  hidden TEXT, date_origin TEXT, encoding TEXT NOT NULL, pictures TEXT, modified BLOB, topics BLOB NOT NULL, suggested TEXT,
  withdrawn BLOB, outside BLOB NOT NULL
) WITHOUT ROWID;
CREATE INDEX article_hidden ON article (source) WHERE hidden IS NOT NULL;
CREATE INDEX article_unsettled ON article (source) WHERE suggested IS NULL;
CREATE INDEX article_time ON article (language, moment, id);
CREATE INDEX article_anniversary ON article (substr(day, 6), moment, id) WHERE moment > '';
CREATE INDEX article_id_key ON article (id_key);
CREATE INDEX article_id ON article (id);

-- What pages show of an article. `words` are the words it holds, two bytes each, which a changed vocabulary is compared with.
CREATE TABLE card (source TEXT PRIMARY KEY, teaser BLOB NOT NULL, terms BLOB NOT NULL, bylines TEXT NOT NULL, words BLOB NOT NULL);

-- `origin`: stated, vocabulary, pack or suggestion.
CREATE TABLE term (
  source TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, language TEXT NOT NULL,
  origin TEXT NOT NULL
);
CREATE INDEX term_key ON term (kind, key);
CREATE INDEX term_source ON term (source);

-- Phrases that mark articles and that no list knows; `phrase_total` counts them over the archive, kept up to date as
-- articles come and go. `suggested` are those that are published.
CREATE TABLE phrase (
  language TEXT NOT NULL, key TEXT NOT NULL, source TEXT NOT NULL, text TEXT NOT NULL, count INTEGER NOT NULL,
  headline INTEGER NOT NULL, PRIMARY KEY (language, key, source)
) WITHOUT ROWID;
CREATE INDEX phrase_source ON phrase (source);
CREATE TABLE phrase_total (
  language TEXT NOT NULL, key TEXT NOT NULL, articles INTEGER NOT NULL, headlines INTEGER NOT NULL, PRIMARY KEY (language, key)
) WITHOUT ROWID;
CREATE INDEX phrase_often ON phrase_total (articles) WHERE articles >= 3;
CREATE TABLE suggested (language TEXT NOT NULL, key TEXT NOT NULL, name TEXT NOT NULL, PRIMARY KEY (language, key)) WITHOUT ROWID;

CREATE TABLE figure (
  source TEXT NOT NULL, position INTEGER NOT NULL, alt TEXT, caption TEXT, credit TEXT, credit_key TEXT, picture TEXT,
  language TEXT NOT NULL, PRIMARY KEY (source, position)
) WITHOUT ROWID;
CREATE INDEX figure_credit ON figure (credit_key, credit, language) WHERE credit_key IS NOT NULL;
CREATE INDEX figure_picture ON figure (picture) WHERE picture IS NOT NULL;

CREATE TABLE aside (source TEXT NOT NULL, reason TEXT NOT NULL, count INTEGER NOT NULL, PRIMARY KEY (source, reason)) WITHOUT ROWID;

CREATE TABLE problem (source TEXT NOT NULL, severity TEXT NOT NULL, problem BLOB NOT NULL);
CREATE INDEX problem_source ON problem (source);
CREATE INDEX problem_severity ON problem (severity);

-- Picture files below the content folder. `path` is folder and name in composed form, by which articles name them. Width and height are as shown, after the camera's rotation; 0: unreadable.
CREATE TABLE picture (
  folder TEXT NOT NULL, name TEXT NOT NULL, path TEXT NOT NULL UNIQUE, seen TEXT NOT NULL, digest BLOB NOT NULL,
  width INTEGER NOT NULL, height INTEGER NOT NULL, PRIMARY KEY (folder, name)
) WITHOUT ROWID;

-- The manifest: every file of the output. `inputs` is NULL while a file is planned but not known to be written. `needs` is
-- what the plan knew of an article's neighbours: with it one page can be made without a plan of all.
CREATE TABLE output (
  folder TEXT NOT NULL, name TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, url TEXT NOT NULL,
  inputs BLOB, size INTEGER, mtime INTEGER, sha256 BLOB, needs TEXT NOT NULL, PRIMARY KEY (folder, name)
) WITHOUT ROWID;
CREATE INDEX output_key ON output (kind, key);

-- Addresses that articles had before: they lead to where the article is now. `former` are addresses of articles that
-- were read again or are gone, until it is known whether they moved.
CREATE TABLE moved (old TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE former (url TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
CREATE INDEX article_url ON article (url);
-- Former addresses that articles state themselves.
CREATE TABLE alias (old TEXT NOT NULL, source TEXT NOT NULL, PRIMARY KEY (old, source)) WITHOUT ROWID;
CREATE INDEX alias_source ON alias (source);
-- Translations that articles state: `id_key` is the article this one was made from (`original`), or that was made from it.
CREATE TABLE translation (
  source TEXT NOT NULL, id_key TEXT NOT NULL, original INTEGER NOT NULL, PRIMARY KEY (source, id_key)
) WITHOUT ROWID;

-- Every article as it was read, packed (`kept.py`); `lot` draws a sample.
CREATE TABLE kept (source TEXT PRIMARY KEY, lot INTEGER NOT NULL, packed BLOB NOT NULL);
CREATE INDEX kept_lot ON kept (lot, source);

-- Search. `search_number` says under which number the published index has an article (NULL: not known any more),
-- `search_old` the article it was made of where that is another. `stamp` changes with what a shard should hold.
CREATE TABLE search_old (source TEXT PRIMARY KEY, packed BLOB NOT NULL);
CREATE TABLE search_number (source TEXT PRIMARY KEY, number INTEGER) WITHOUT ROWID;
CREATE INDEX search_number_order ON search_number (number);
-- `search_block`: the articles of a month (201711) in a language: their first number, how many, and what stands for all of them.
CREATE TABLE search_block (
  month INTEGER NOT NULL, language TEXT NOT NULL, start INTEGER NOT NULL, count INTEGER NOT NULL, digest BLOB NOT NULL,
  PRIMARY KEY (month, language)
) WITHOUT ROWID;
CREATE TABLE search_shard (name TEXT PRIMARY KEY, stamp BLOB NOT NULL) WITHOUT ROWID;
