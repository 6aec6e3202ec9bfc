=== commit: transaction-control
COMMIT
=== commit-first: several-statements transaction-control
COMMIT; DROP TABLE users
=== rollback-then-write: several-statements transaction-control
ROLLBACK; BEGIN; DELETE FROM users WHERE id > 0; COMMIT
=== begin-read-write: transaction-control
BEGIN READ WRITE
=== start: transaction-control
START TRANSACTION
=== end-case: several-statements transaction-control
eNd; dRoP tAbLe users
=== abort: transaction-control
ABORT
=== commit-and-chain: transaction-control
COMMIT AND CHAIN
=== savepoint: transaction-control
SAVEPOINT a
=== rollback-to: transaction-control
ROLLBACK TO SAVEPOINT a
=== prepare-transaction: transaction-control
PREPARE TRANSACTION 'a'
=== commit-prepared: transaction-control
COMMIT PREPARED 'a'
=== set-transaction: transaction-control
SET TRANSACTION READ WRITE
=== set-session-characteristics: transaction-control
SET SESSION CHARACTERISTICS AS TRANSACTION READ WRITE
=== set-constraints: transaction-control
SET CONSTRAINTS ALL DEFERRED
