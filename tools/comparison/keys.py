"""Figures of chat-bench's reports."""

DELIVERIES = "deliveries_per_second"
SERVER_CPU = "server_cpu_us_per_delivery"  # microseconds
RESIDENT = "server_rss_kib_per_connection"
CONNECTING = "connect_seconds"
P50 = "latency_ms.p50"
P99 = "latency_ms.p99"
LAST_P50 = "last_delivery_ms.p50"
LAST_P99 = "last_delivery_ms.p99"
