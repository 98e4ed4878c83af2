-- SPDX-License-Identifier: Apache-2.0
-- The tables of the yardsticks: what a file of results and one entered result write, without rules, rights and audit.
create schema bench;
create table bench.copied (sample text, indicator text, value text, tested_on text);
create table bench.result (
    id bigint generated always as identity primary key, request_id bigint, version integer, text text, kind text,
    value numeric, tested_on date, entered_by bigint, recorded_at timestamptz default now());
create table bench.audit_entry (
    id bigint generated always as identity primary key, at timestamptz default now(), actor bigint, act text,
    table_name text, row_key text, row_sha256 bytea);
create table bench.answer (
    caller text, key text, answer text, answered_at timestamptz default now(), primary key (caller, key));
create table bench.job (
    id bigint generated always as identity primary key, payload jsonb, state smallint default 1,
    enqueued_at timestamptz default now());
