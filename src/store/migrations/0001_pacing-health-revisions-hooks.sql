CREATE TABLE "dci_hooks" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"sealed_secrets" text[] NOT NULL,
	"sealed_api_token" text,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
CREATE TABLE "pacing" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"last_start_at" timestamp with time zone,
	"next_start_at" timestamp with time zone DEFAULT now() NOT NULL,
	"catch_up_at" timestamp with time zone,
	"call_ms" double precision DEFAULT 0 NOT NULL
);
--> statement-breakpoint
CREATE TABLE "revisions" (
	"tenant_id" text NOT NULL,
	"meeting_key" text NOT NULL,
	"delivery_id" text NOT NULL,
	"revision" integer NOT NULL,
	"written_at" timestamp with time zone NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	CONSTRAINT "revisions_tenant_id_meeting_key_pk" PRIMARY KEY("tenant_id","meeting_key")
);
--> statement-breakpoint
CREATE TABLE "turns" (
	"tenant_id" text NOT NULL,
	"delivery_id" text NOT NULL,
	"due_at" timestamp with time zone NOT NULL,
	"lease_until" timestamp with time zone,
	"is_late" boolean DEFAULT false NOT NULL,
	CONSTRAINT "turns_tenant_id_delivery_id_pk" PRIMARY KEY("tenant_id","delivery_id")
);
--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "endpoint" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "epoch" bigint DEFAULT 0 NOT NULL;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "attention_code" text;--> statement-breakpoint
ALTER TABLE "connections" ADD COLUMN "attention_since" timestamp with time zone;