CREATE TABLE "connections" (
	"tenant_id" text PRIMARY KEY NOT NULL,
	"domain_prefix" text NOT NULL,
	"customer_instance" text NOT NULL,
	"include_id" text NOT NULL,
	"time_zone" text NOT NULL,
	"sealed_token" text NOT NULL,
	"enabled" boolean DEFAULT true NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
