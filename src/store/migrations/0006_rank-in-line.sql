ALTER TABLE "pacing" ADD COLUMN "next_ticket" bigint DEFAULT 1 NOT NULL;--> statement-breakpoint
ALTER TABLE "turns" ADD COLUMN "ticket" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "pacing" DROP COLUMN "next_start_at";--> statement-breakpoint
ALTER TABLE "pacing" DROP COLUMN "catch_up_at";--> statement-breakpoint
ALTER TABLE "turns" DROP COLUMN "is_late";--> statement-breakpoint
-- Lines that stand keep their order.
UPDATE turns SET ticket = ranked.ticket
  FROM (
    SELECT tenant_id, delivery_id, row_number() OVER (PARTITION BY tenant_id ORDER BY due_at) AS ticket FROM turns
  ) AS ranked
  WHERE turns.tenant_id = ranked.tenant_id AND turns.delivery_id = ranked.delivery_id;
--> statement-breakpoint
UPDATE pacing
  SET next_ticket = (SELECT coalesce(max(ticket), 0) + 1 FROM turns WHERE turns.tenant_id = pacing.tenant_id);
--> statement-breakpoint
-- Counts those who are before a delivery without reading their rows.
CREATE INDEX turns_waiting ON turns (tenant_id, ticket) INCLUDE (due_at) WHERE lease_until IS NULL;
--> statement-breakpoint
-- A tenant's line before SuperOffice, as one round trip: so many calls at once, one start an interval.
--
-- Whoever asks while a call may start goes, so that the line never stands still for somebody who is away; whoever may
-- not is told when its turn is likely to come, by the number of those before it, and comes back then. A line that turns
-- out to be slower tells it once more; one that turns out to be faster is made up for by those who ask meanwhile.
-- A lease ends a call that its worker can no longer end; the same delivery takes its own lease over at once.
-- Returns how long to wait, in milliseconds: 0 means go, and a lease is held.
CREATE OR REPLACE FUNCTION take_turn(
  p_tenant text,
  p_delivery text,
  p_interval_ms double precision,
  p_in_flight integer,
  p_lease_ms double precision,
  p_express boolean
) RETURNS double precision LANGUAGE plpgsql AS $$
DECLARE
  ms CONSTANT interval := interval '1 millisecond';
  -- As long as it takes a delivery whose time has come to ask; one that does not is away, and nobody waits for it.
  to_ask CONSTANT interval := interval '1 second';
  -- Waits up to here are sat out, and may be as long as they seem.
  near CONSTANT interval := interval '5 seconds';
  line pacing%ROWTYPE;
  mine turns%ROWTYPE;
  now_at timestamptz;
  calling integer;
  call_age interval;
  free_at timestamptz;
  is_new boolean;
  keeps_order boolean;
  ahead integer := 0;
  is_awaited boolean := false;
  spacing interval;
  due timestamptz;
BEGIN
  INSERT INTO pacing (tenant_id) VALUES (p_tenant) ON CONFLICT DO NOTHING;
  SELECT * INTO line FROM pacing WHERE tenant_id = p_tenant FOR UPDATE;
  now_at := clock_timestamp();

  DELETE FROM turns WHERE tenant_id = p_tenant AND delivery_id <> p_delivery AND lease_until < now_at;
  SELECT count(*), now_at - min(due_at) INTO calling, call_age
    FROM turns WHERE tenant_id = p_tenant AND delivery_id <> p_delivery AND lease_until IS NOT NULL;
  SELECT * INTO mine FROM turns WHERE tenant_id = p_tenant AND delivery_id = p_delivery;

  free_at := greatest(now_at, line.last_start_at + p_interval_ms * ms);
  IF calling >= p_in_flight THEN
    -- About when calls are over as a rule; after that, the longer one has run, the longer it may still take.
    free_at := greatest(
      free_at,
      now_at + greatest(20 * ms, call_age / 2, least(line.call_ms * ms - call_age, p_interval_ms / 2 * ms))
    );
  END IF;

  is_new := mine.ticket IS NULL;
  -- Not so: its worker died in the middle of the call, and the place is still its own; or somebody looks at the screen.
  keeps_order := mine.lease_until IS NULL AND NOT p_express;
  IF is_new THEN
    mine.ticket := line.next_ticket;
    IF random() < 0.02 THEN
      -- Places of deliveries that never came back: cancelled, or their round was over.
      DELETE FROM turns
        WHERE tenant_id = p_tenant AND lease_until IS NULL AND due_at < now_at - interval '1 hour';
    END IF;
  END IF;
  IF keeps_order AND (is_new OR free_at > now_at) THEN
    SELECT count(*), coalesce(bool_or(due_at BETWEEN now_at - to_ask AND now_at), false) INTO ahead, is_awaited
      FROM (
        SELECT due_at FROM turns
          WHERE tenant_id = p_tenant AND lease_until IS NULL AND ticket < mine.ticket
            AND due_at > now_at - interval '1 minute'
          -- Who is further behind counts anew when it comes back.
          LIMIT 10000
      ) AS before_it;
  END IF;

  IF free_at <= now_at AND NOT (is_new AND is_awaited) THEN
    INSERT INTO turns (tenant_id, delivery_id, ticket, due_at, lease_until)
      VALUES (p_tenant, p_delivery, mine.ticket, now_at, now_at + p_lease_ms * ms)
      ON CONFLICT (tenant_id, delivery_id) DO UPDATE SET due_at = excluded.due_at, lease_until = excluded.lease_until;
    UPDATE pacing SET last_start_at = now_at, next_ticket = greatest(next_ticket, mine.ticket + 1)
      WHERE tenant_id = p_tenant;
    RETURN 0;
  END IF;

  -- Calls that outlast the interval space the line out. A little more than that lets a line that was held up catch up.
  spacing := greatest(p_interval_ms, line.call_ms / p_in_flight) * 1.05 * ms;
  -- Who is far behind comes back sooner than a slow SuperOffice would need: it may be quick again by then.
  due := free_at + least(ahead * spacing, greatest(ahead * least(spacing, p_interval_ms * 2 * ms), near));
  IF keeps_order THEN
    INSERT INTO turns (tenant_id, delivery_id, ticket, due_at) VALUES (p_tenant, p_delivery, mine.ticket, due)
      ON CONFLICT (tenant_id, delivery_id) DO UPDATE SET due_at = excluded.due_at;
    IF is_new THEN
      UPDATE pacing SET next_ticket = mine.ticket + 1 WHERE tenant_id = p_tenant;
    END IF;
  END IF;
  RETURN extract(epoch FROM due - now_at) * 1000;
END
$$;
