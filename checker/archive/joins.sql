-- The second stage: what only the whole archive knows. Reads the parts (a row a mail), writes tables on disk.
-- Duplicates: the same Message-ID and digest; without a Message-ID the same bytes.
CREATE OR REPLACE TABLE mails AS
SELECT *,
    row_number() OVER (
        PARTITION BY coalesce(message_id, sha256), coalesce(digest, sha256) ORDER BY source, position
    ) > 1 AS duplicate
FROM read_parquet($parts);

-- A day after which nothing can be known: the archive's last mail, or the start of the run.
CREATE OR REPLACE TABLE known_until AS
SELECT coalesce(max(date) FILTER (date <= $now), $now) AS moment FROM mails WHERE status <> 'quarantined';

CREATE OR REPLACE TABLE asked AS
SELECT source, position, message_id, thread, sender, date, greatest(coalesce(due, date), date) AS awaited
FROM mails
WHERE status = 'checked' AND NOT duplicate AND ours AND asks AND NOT notice AND date IS NOT NULL;

-- Mails that name the mails they answer (RFC 5322 References, In-Reply-To).
CREATE OR REPLACE TABLE named AS
SELECT sender, date, unnest(list_distinct(list_append("references", answers))) AS parent
FROM mails
WHERE status <> 'quarantined' AND NOT duplicate AND date IS NOT NULL;

-- Answers that name none, as many Chinese mail services send them: the last mail of the same subject before them.
CREATE OR REPLACE TABLE titled AS
SELECT later.sender, later.date, earlier.source, earlier.position
FROM (
    SELECT sender, date, thread FROM mails
    WHERE status <> 'quarantined' AND NOT duplicate AND date IS NOT NULL AND thread IS NOT NULL AND reply
        AND answers IS NULL AND len("references") = 0
) AS later
ASOF JOIN (SELECT * FROM asked WHERE thread IS NOT NULL) AS earlier
    ON later.thread = earlier.thread AND later.date > earlier.date
WHERE later.date < earlier.date + INTERVAL 30 DAY;

CREATE OR REPLACE TABLE aftermath AS
WITH later AS (
    SELECT asked.source, asked.position, named.sender, named.date
    FROM asked JOIN named ON named.parent = asked.message_id AND named.date > asked.date
    UNION ALL
    SELECT source, position, sender, date FROM titled
)
SELECT asked.source, asked.position,
    min(later.date) FILTER (later.sender <> asked.sender) AS answered_at,
    min(later.date) FILTER (later.sender = asked.sender) AS followed_at,
    any_value(asked.date) AS sent_at,
    any_value(asked.awaited) AS awaited
FROM asked LEFT JOIN later USING (source, position)
GROUP BY ALL;
