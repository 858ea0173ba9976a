package io.tidegate.loadtest.record.result;

import java.util.List;
import java.util.Map;

/**
 * What one needs to know to repeat a run.
 *
 * @param name of the simulation
 * @param description what it is, in a sentence or two
 * @param startedEpochMillis when it began
 * @param seed of everything random in it
 * @param target what was loaded; never with a key
 * @param throughGate whether the target is a gate, as far as the run knows
 * @param arguments the command line, without keys
 * @param versions of the program and the JVM
 * @param machine processors, memory, system
 * @param firstTokenObjectiveNanos what a time to first token should stay below; 0: not stated
 */
public record Manifest(
    String name,
    String description,
    long startedEpochMillis,
    long seed,
    String target,
    boolean throughGate,
    List<String> arguments,
    Map<String, String> versions,
    Map<String, String> machine,
    long firstTokenObjectiveNanos) {}
