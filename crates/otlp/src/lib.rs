//! OpenTelemetry metrics over gRPC and HTTP become series.
