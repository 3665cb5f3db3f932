-- Finds the few calls of a tenant among the many that wait.
CREATE INDEX turns_calling ON turns (tenant_id) WHERE lease_until IS NOT NULL;
--> statement-breakpoint
-- A tenant's line before SuperOffice, as one round trip: so many calls at once, one start an interval.
--
-- Whoever may not start yet keeps a place (a row of "turns" with a time) and comes back at that time; nobody polls.
-- A lease ends a call that its worker can no longer end; the same delivery takes its own lease over at once.
-- Returns how long to wait, in milliseconds: 0 means go, and a lease is held.
CREATE FUNCTION take_turn(
  p_tenant text,
  p_delivery text,
  p_interval_ms double precision,
  p_in_flight integer,
  p_lease_ms double precision,
  p_express boolean
) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  ms CONSTANT interval := interval '1 millisecond';
  line pacing%ROWTYPE;
  mine turns%ROWTYPE;
  now_at timestamptz;
  calling integer;
  oldest_start timestamptz;
  spacing interval;
  due timestamptz;
  free_at timestamptz;
BEGIN
  INSERT INTO pacing (tenant_id, next_start_at) VALUES (p_tenant, clock_timestamp()) ON CONFLICT DO NOTHING;
  SELECT * INTO line FROM pacing WHERE tenant_id = p_tenant FOR UPDATE;
  now_at := clock_timestamp();
  -- Calls that outlast the interval space the line out; a little more than that lets a line that was held up catch up.
  spacing := greatest(p_interval_ms, line.call_ms / p_in_flight) * 1.05 * ms;

  DELETE FROM turns WHERE tenant_id = p_tenant AND delivery_id <> p_delivery AND lease_until < now_at;
  SELECT count(*), min(due_at) INTO calling, oldest_start
    FROM turns WHERE tenant_id = p_tenant AND delivery_id <> p_delivery AND lease_until IS NOT NULL;
  SELECT * INTO mine FROM turns WHERE tenant_id = p_tenant AND delivery_id = p_delivery;

  free_at := coalesce(line.last_start_at + p_interval_ms * ms, now_at);
  IF mine.lease_until IS NOT NULL OR p_express THEN
    -- Its worker died in the middle of the call, and the place is still its own; or somebody looks at the screen.
    due := now_at;
    mine.is_late := true;
  ELSIF mine.due_at IS NULL THEN
    due := greatest(now_at, line.next_start_at);
    line.next_start_at := due + spacing;
    mine.is_late := false;
    IF random() < 0.02 THEN
      -- Places of deliveries that never came back: cancelled, or their round was over.
      DELETE FROM turns
        WHERE tenant_id = p_tenant AND lease_until IS NULL AND due_at < now_at - interval '1 hour';
    END IF;
  ELSE
    due := mine.due_at;
  END IF;

  IF due <= now_at AND free_at <= now_at AND calling < p_in_flight
    AND (mine.is_late OR coalesce(line.catch_up_at, now_at) <= now_at)
  THEN
    INSERT INTO turns (tenant_id, delivery_id, due_at, lease_until)
      VALUES (p_tenant, p_delivery, now_at, now_at + p_lease_ms * ms)
      ON CONFLICT (tenant_id, delivery_id) DO UPDATE SET due_at = excluded.due_at, lease_until = excluded.lease_until;
    UPDATE pacing
      SET last_start_at = now_at, next_start_at = greatest(line.next_start_at, now_at + spacing)
      WHERE tenant_id = p_tenant;
    RETURN 0;
  END IF;

  IF due <= now_at AND NOT mine.is_late THEN
    -- Its time has come, and others who are late as well go first: they line up, and nobody polls.
    due := greatest(free_at, coalesce(line.catch_up_at, free_at));
    line.catch_up_at := due + p_interval_ms * ms;
    mine.is_late := true;
  END IF;
  due := greatest(due, free_at);
  IF due <= now_at THEN
    -- The call before still runs: the longer it has run, the longer it may still take.
    due := now_at + greatest(20 * ms, (now_at - oldest_start) / 2);
  END IF;
  IF NOT p_express AND mine.lease_until IS NULL THEN
    INSERT INTO turns (tenant_id, delivery_id, due_at, is_late) VALUES (p_tenant, p_delivery, due, mine.is_late)
      ON CONFLICT (tenant_id, delivery_id) DO UPDATE SET due_at = excluded.due_at, is_late = excluded.is_late;
    UPDATE pacing SET next_start_at = line.next_start_at, catch_up_at = line.catch_up_at
      WHERE tenant_id = p_tenant;
  END IF;
  RETURN extract(epoch FROM due - now_at) * 1000;
END
$$;
