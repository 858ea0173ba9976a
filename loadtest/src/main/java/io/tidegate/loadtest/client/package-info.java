/**
 * A client of chat services that keeps time: it parses streams as they come, holds no answer, and
 * judges whether what came is whole. On Netty's HTTP codec; it shares no code with a gate.
 */
package io.tidegate.loadtest.client;
