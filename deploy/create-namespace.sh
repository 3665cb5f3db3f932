#!/bin/sh
# Makes the namespace and the search attributes that the service needs; what is there already stays as it is.
# Takes TEMPORAL_ADDRESS, TEMPORAL_NAMESPACE and RETENTION (how long ended deliveries can be looked at).
set -eu
: "${TEMPORAL_ADDRESS:?}" "${TEMPORAL_NAMESPACE:?}"

# A server that has just started knows a new namespace, and a new attribute, only after some seconds.
try() {
  attempt=1
  until "$@"; do
    attempt=$((attempt + 1))
    if [ "$attempt" -gt 60 ]; then
      echo "Gave up: $*" >&2
      return 1
    fi
    sleep 1
  done
}

create_namespace() {
  temporal operator namespace describe --namespace "$TEMPORAL_NAMESPACE" >/dev/null 2>&1 ||
    temporal operator namespace create --namespace "$TEMPORAL_NAMESPACE" --retention "${RETENTION:-30d}"
}

has_attribute() {
  temporal operator search-attribute list --namespace "$TEMPORAL_NAMESPACE" | grep -qw "$1"
}

create_attribute() {
  has_attribute "$1" ||
    temporal operator search-attribute create --namespace "$TEMPORAL_NAMESPACE" --name "$1" --type Keyword
}

try temporal operator cluster health
try create_namespace
for attribute in TenantId DeliveryState Trouble; do
  try create_attribute "$attribute"
  try has_attribute "$attribute"
done
echo "The namespace \"$TEMPORAL_NAMESPACE\" is ready."
