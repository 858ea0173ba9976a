package io.tidegate.loadtest.run;

import io.tidegate.loadtest.record.result.Manifest;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Writes down what is run, and where. */
final class Manifests {

  private static final long MEBI = 1 << 20;

  private Manifests() {}

  static Manifest of(RunPlan plan, RunOptions options) {
    return new Manifest(
        plan.name(),
        plan.description(),
        System.currentTimeMillis(),
        options.seed(),
        plan.protocol()
            .url()
            .orElseThrow(() -> new IllegalArgumentException("no target is given"))
            .toString(),
        options.throughGate(),
        options.arguments(),
        versions(),
        machine(),
        plan.protocol().firstTokenObjective().map(Duration::toNanos).orElse(0L));
  }

  private static Map<String, String> versions() {
    Map<String, String> versions = new TreeMap<>();
    versions.put("java", System.getProperty("java.runtime.version", ""));
    versions.put("jvm", System.getProperty("java.vm.name", ""));
    Optional.ofNullable(Run.class.getPackage().getImplementationVersion())
        .ifPresent(version -> versions.put("tidegate", version));
    return versions;
  }

  private static Map<String, String> machine() {
    Map<String, String> machine = new TreeMap<>();
    Runtime runtime = Runtime.getRuntime();
    machine.put("processors", Integer.toString(runtime.availableProcessors()));
    machine.put("heap_mib", Long.toString(runtime.maxMemory() / MEBI));
    machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.version"));
    machine.put("architecture", System.getProperty("os.arch"));
    machine.put(
        "load_average",
        Double.toString(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage()));
    return machine;
  }
}
