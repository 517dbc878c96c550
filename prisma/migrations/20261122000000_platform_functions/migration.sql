-- Functions every append-only and dated table leans on. Plain PL/pgSQL, no extension.

-- Number of the writing transaction, plus a base that a restore raises, so that it never runs backwards.
create function ledger_tx() returns bigint language plpgsql volatile as $$
begin
  return txid_current() + coalesce((select value from tx_base where id = 1), 0);
end $$;

-- Every transaction below this number has ended: what it wrote is visible, and nothing more will come.
create function ledger_horizon() returns bigint language plpgsql volatile as $$
begin
  return txid_snapshot_xmin(txid_current_snapshot()) + coalesce((select value from tx_base where id = 1), 0);
end $$;

-- Hash of one row. Null columns are left out, so that a column added later does not change old hashes.
create function row_hash_of(row_json jsonb) returns bytea language sql immutable as $$
  select sha256(convert_to(jsonb_strip_nulls(row_json - 'row_hash')::text, 'UTF8'))
$$;

create function append_only_stamp() returns trigger language plpgsql
  set timezone = 'UTC' set bytea_output = 'hex' as $$
begin
  new.row_hash := row_hash_of(to_jsonb(new));
  return new;
end $$;

create function append_only_refuse() returns trigger language plpgsql as $$
begin
  raise exception 'APPEND_ONLY: % on % is refused', tg_op, tg_table_name using errcode = 'ZA001';
end $$;

-- Makes a table append-only: rows are stamped on the way in; UPDATE, DELETE and TRUNCATE are refused.
create procedure make_append_only(target regclass) language plpgsql as $$
begin
  execute format('create trigger append_only_stamp before insert on %s for each row execute function append_only_stamp()', target);
  execute format('create trigger append_only_guard before update or delete on %s for each row execute function append_only_refuse()', target);
  execute format('create trigger append_only_truncate before truncate on %s for each statement execute function append_only_refuse()', target);
end $$;

-- Dated rows are replaced, never edited: the only change allowed is to supersede a row, once.
create function dated_guard() returns trigger language plpgsql as $$
begin
  if tg_op <> 'UPDATE' then
    raise exception 'DATED: % on % is refused', tg_op, tg_table_name using errcode = 'ZA002';
  end if;
  if old.superseded_at is not null or new.superseded_at is null
     or (to_jsonb(new) - 'superseded_at') <> (to_jsonb(old) - 'superseded_at') then
    raise exception 'DATED: a row of % may only be superseded, once', tg_table_name using errcode = 'ZA002';
  end if;
  return new;
end $$;

create procedure make_dated(target regclass) language plpgsql as $$
begin
  execute format('create trigger dated_guard before update or delete on %s for each row execute function dated_guard()', target);
  execute format('create trigger dated_truncate before truncate on %s for each statement execute function dated_guard()', target);
end $$;
