-- The pool of public keys of a platform: bailiff-platform's own tables, schema version 2.
-- Standard SQL that SQLite and PostgreSQL both take. Times are RFC 3339 in UTC, digests and
-- identifiers as in docs/formats.md. A statement ends at a semicolon at the end of a line.

-- One row: the version of this schema, the mode that the first import fixed, and what is known of the journal of
-- assignments, which lies outside the database (docs/formats.md "Journal of assignments").
CREATE TABLE IF NOT EXISTS bailiff_pool (
    id      INTEGER PRIMARY KEY CHECK (id = 1),
    version INTEGER NOT NULL,
    mode    TEXT NOT NULL CHECK (mode IN ('', 'rehearsal', 'production')),
    journal TEXT NOT NULL,   -- its id
    sealing TEXT NOT NULL,   -- key, in hexadecimal, to which it seals the references of members
    entries BIGINT NOT NULL, -- that this database has
    head    TEXT NOT NULL,   -- digest that chains them
    size    BIGINT NOT NULL  -- bytes of the journal up to there
);

-- The trust anchors that somebody pinned after typing their words.
CREATE TABLE IF NOT EXISTS bailiff_anchor (
    vault  TEXT PRIMARY KEY,
    anchor TEXT NOT NULL, -- the record bailiff-anchor/1
    words  TEXT NOT NULL,
    pinned TEXT NOT NULL  -- time
);

-- The policies of those vaults, as imported batches state them, each verified against the anchor. Databases that were made
-- before policies were kept are given this table by the next import.
CREATE TABLE IF NOT EXISTS bailiff_policy (
    vault    TEXT NOT NULL REFERENCES bailiff_anchor (vault),
    number   INTEGER NOT NULL, -- of the policy; the greatest is in force
    policy   TEXT NOT NULL,    -- the record bailiff-policy/1
    imported TEXT NOT NULL,    -- time
    PRIMARY KEY (vault, number)
);

-- The public batches that were imported.
CREATE TABLE IF NOT EXISTS bailiff_batch (
    batch      TEXT PRIMARY KEY,
    vault      TEXT NOT NULL REFERENCES bailiff_anchor (vault),
    profile    TEXT NOT NULL,
    created    TEXT NOT NULL,    -- creation time of the keys
    published  INTEGER NOT NULL, -- counts of keys
    burnt      INTEGER NOT NULL,
    reserve    INTEGER NOT NULL,
    root       TEXT NOT NULL,    -- of the batch's Merkle tree
    checkpoint BIGINT NOT NULL,  -- entries of the ledger that the batch's checkpoint covers
    file       TEXT NOT NULL,    -- digest of the public batch
    imported   TEXT NOT NULL     -- time
);

-- The keys of those batches. Only published ones have a public key and can have a member, and a member can have one
-- key. A burnt or a reserve key stands here so that nothing brings it in.
CREATE TABLE IF NOT EXISTS bailiff_key (
    fingerprint TEXT PRIMARY KEY,
    batch       TEXT NOT NULL REFERENCES bailiff_batch (batch),
    number      INTEGER NOT NULL,
    role        TEXT NOT NULL CHECK (role IN ('published', 'burnt', 'reserve')),
    armored     TEXT,            -- the public key
    member      TEXT,            -- the platform's reference of the member
    assigned    TEXT,            -- time
    withdrawn   TEXT,            -- time at which a reconciliation kept the key from being given, for ever
    UNIQUE (batch, number),
    CHECK ((armored IS NOT NULL) = (role = 'published')),
    CHECK (member IS NULL OR role = 'published'),
    CHECK ((member IS NULL) = (assigned IS NULL)),
    CHECK (withdrawn IS NULL OR role = 'published' AND member IS NULL)
);

-- A member has one key. (Not UNIQUE in the table: an index over the many without a member would be
-- taken for the search of a free key.)
CREATE UNIQUE INDEX IF NOT EXISTS bailiff_key_member ON bailiff_key (member)
    WHERE member IS NOT NULL;

-- The keys that can be given to a member, in the order in which they are.
CREATE INDEX IF NOT EXISTS bailiff_key_free ON bailiff_key (batch, number)
    WHERE member IS NULL AND withdrawn IS NULL AND role = 'published';

-- The reconciliations of the database with its journal and with the platform's own list of members.
CREATE TABLE IF NOT EXISTS bailiff_reconciled (
    done      TEXT NOT NULL,    -- time
    journal   TEXT NOT NULL,    -- id of the journal from then on
    entries   BIGINT NOT NULL,  -- of that journal, then
    returned  INTEGER NOT NULL, -- keys that went back to their members
    withdrawn INTEGER NOT NULL, -- keys that nobody is given any more
    PRIMARY KEY (journal, entries, done)
);
