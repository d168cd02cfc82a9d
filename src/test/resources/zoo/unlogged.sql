-- UnloggedSequence, from PostgreSQL 15 on
CREATE UNLOGGED SEQUENCE session_seq;
CREATE TABLE sessions(id bigint DEFAULT nextval('session_seq') PRIMARY KEY, v int);
