-- The second stage: what only the whole archive knows. Tables mails and findings are there (a row a mail, a row a
-- finding), and begun: when the run began. All moments are microseconds since 1970, UTC.
-- SQLite keeps little in memory whatever the archive's size: what is sorted or looked up lies on disk.
CREATE INDEX mails_in_order ON mails(source, position);
CREATE INDEX findings_of_mail ON findings(mail);
CREATE INDEX facts_of_mail ON facts(mail);

-- Duplicates: the same Message-ID and digest; without a Message-ID the same bytes. The first one counts.
CREATE TABLE copies AS
SELECT id FROM (
    SELECT id, row_number() OVER (
        PARTITION BY coalesce(message_id, sha256), coalesce(digest, sha256) ORDER BY source, position
    ) AS nth FROM mails
) WHERE nth > 1;
UPDATE mails SET duplicate = 1 WHERE id IN (SELECT id FROM copies);
DELETE FROM findings WHERE mail IN (SELECT id FROM copies);
DELETE FROM facts WHERE mail IN (SELECT id FROM copies);

-- A moment after which nothing can be known: the archive's last mail, or the start of the run.
CREATE TABLE known_until AS
SELECT coalesce((SELECT max(date) FROM mails WHERE status <> 'quarantined' AND date <= begun.moment), begun.moment)
    AS moment
FROM begun;

-- In order of source and position: the rowid breaks ties.
CREATE TABLE asked AS
SELECT id AS mail, message_id, thread, sender, date, max(coalesce(due, date), date) AS awaited
FROM mails
WHERE status = 'checked' AND NOT duplicate AND ours AND asks AND NOT notice AND date IS NOT NULL
ORDER BY source, position;
CREATE INDEX asked_by_id ON asked(message_id);
CREATE INDEX asked_by_thread ON asked(thread, date DESC);

-- Later mails that name the one they answer (RFC 5322 References, In-Reply-To).
CREATE TABLE later AS
SELECT asked.mail, answer.sender, answer.date
FROM mails AS answer CROSS JOIN json_each(json_insert(coalesce(answer."references", '[]'), '$[#]', answer.answers)) AS parent
    CROSS JOIN asked ON asked.message_id = parent.value AND asked.date < answer.date
WHERE answer.status <> 'quarantined' AND NOT answer.duplicate;

-- Answers that name none, as many Chinese mail services send them: the last mail of the same subject in thirty days.
INSERT INTO later
SELECT * FROM (
    SELECT (
        SELECT asked.mail FROM asked
        WHERE asked.thread = answer.thread AND asked.date < answer.date
            AND asked.date > answer.date - 30 * 86400 * 1000000
        ORDER BY asked.date DESC, asked.rowid LIMIT 1
    ) AS mail, answer.sender, answer.date
    FROM mails AS answer
    WHERE answer.status <> 'quarantined' AND NOT answer.duplicate AND answer.reply AND answer.answers IS NULL
        AND coalesce(answer."references", '[]') = '[]'
) WHERE mail IS NOT NULL;
CREATE INDEX later_of_mail ON later(mail);

CREATE TABLE aftermath (
    mail INTEGER PRIMARY KEY, sent_at INTEGER, awaited INTEGER, answered_at INTEGER, followed_at INTEGER
);
INSERT INTO aftermath
SELECT asked.mail, asked.date, asked.awaited,
    (SELECT min(date) FROM later WHERE later.mail = asked.mail AND later.sender <> asked.sender),
    (SELECT min(date) FROM later WHERE later.mail = asked.mail AND later.sender = asked.sender)
FROM asked;
