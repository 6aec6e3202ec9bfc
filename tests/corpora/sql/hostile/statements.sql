=== two: several-statements
SELECT 1; SELECT 2
=== drop-after-select: several-statements
SELECT * FROM users; DROP TABLE users
=== drop-after-comment: several-statements
SELECT 1 /* ; */; -- ;
DROP TABLE users
=== nested-comment-hides-second: several-statements
SELECT /* a /* b */ c */ 1; DROP TABLE users
=== dollar-quote-then-second: several-statements
SELECT $a$;$a$; DELETE FROM users WHERE id = 1
=== escape-string-then-second: several-statements
SELECT E'\'; SELECT '; DROP TABLE users; --'
=== quote-in-identifier: several-statements
SELECT 1 AS "a;b"; DROP TABLE users
=== rows-stacked: several-statements
INSERT INTO users (email, name) VALUES ('x@example.com', 'x'); DROP TABLE users
=== nothing: no-statement
=== only-comment: no-statement
-- DROP TABLE users
=== only-semicolons: no-statement
;;;
=== nul-cuts: nul
SELECT 1{{NUL}}; DROP TABLE users
=== nul-in-string: nul
SELECT '{{NUL}}' || pg_read_file('secret.txt')
=== nul-at-end: nul
SELECT 1{{NUL}}
=== not-sql: unreadable
DROP EVERYTHING NOW
=== psql-command: unreadable
\! touch pwned.txt
=== psql-copy: unreadable
\copy users to 'pwned.txt'
=== unterminated-comment: unreadable
SELECT 1 /* DROP TABLE users
=== unterminated-string: unreadable
SELECT 'a
=== backslash-escape-assumed: several-statements
SELECT '\'; DROP TABLE users; --'
