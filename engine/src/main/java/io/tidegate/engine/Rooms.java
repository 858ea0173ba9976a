package io.tidegate.engine;

import io.tidegate.engine.gate.Gate;
import io.tidegate.engine.quota.Quotas;
import io.tidegate.engine.session.Sessions;
import io.tidegate.engine.telemetry.LatencyRecorders;
import io.tidegate.engine.telemetry.counter.Counters;
import io.tidegate.engine.telemetry.stream.StreamSamples;
import org.agrona.concurrent.NanoClock;

/** What every request goes through, shared by all of them. */
record Rooms(
    Gate gate,
    Quotas quotas,
    Sessions sessions,
    Counters counters,
    LatencyRecorders latencies,
    StreamSamples samples,
    NanoClock clock) {}
