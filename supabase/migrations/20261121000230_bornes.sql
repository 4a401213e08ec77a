-- Times: nothing that a client starts runs, waits or holds a lock for ever.
--
-- PostgREST takes these on when it becomes the role. The doors log in as the project and set their own, transaction by
-- transaction (functions/_shared/database.ts).

alter role anon set statement_timeout = '3s';
alter role anon set lock_timeout = '1s';
alter role anon set idle_in_transaction_session_timeout = '5s';
alter role authenticated set statement_timeout = '8s';
alter role authenticated set lock_timeout = '5s';
alter role authenticated set idle_in_transaction_session_timeout = '15s';
-- For an operator's scripts, which read and move more at once than a person does.
alter role service_role set statement_timeout = '60s';
alter role service_role set lock_timeout = '10s';
alter role service_role set idle_in_transaction_session_timeout = '60s';
