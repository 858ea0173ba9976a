package io.tidegate.http.cli.loadtest;

import io.tidegate.loadtest.builtin.Builtin;
import io.tidegate.loadtest.dsl.SetUp;
import io.tidegate.loadtest.dsl.Simulation;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.util.stream.Collectors;

/** A simulation that a user wrote, by the name of its class. */
final class SimulationClass {

  private SimulationClass() {}

  /**
   * What it sets up.
   *
   * @throws UnknownSimulation if there is no class of that name
   * @throws IOException if it is none that can be used; the message says in a line why
   */
  static SetUp setUp(String name) throws IOException {
    Class<?> found = find(name);
    if (!Simulation.class.isAssignableFrom(found)) {
      throw new IOException(name + " does not extend Simulation");
    }
    try {
      return found.asSubclass(Simulation.class).getDeclaredConstructor().newInstance().setUp();
    } catch (NoSuchMethodException | InstantiationException | IllegalAccessException e) {
      throw new IOException(
          name + " needs a constructor without parameters that is not private", e);
    } catch (InvocationTargetException e) {
      throw new IOException(name + ": " + inOneLine(e.getCause()), e);
    } catch (LinkageError e) {
      throw new IOException(name + ": " + inOneLine(e), e);
    }
  }

  private static Class<?> find(String name) {
    try {
      return Class.forName(name);
    } catch (ClassNotFoundException | LinkageError e) {
      throw new UnknownSimulation(name, e);
    }
  }

  private static String inOneLine(Throwable cause) {
    String message = cause.getMessage() == null ? cause.toString() : cause.getMessage();
    return message.lines().findFirst().orElse(message);
  }

  /** Neither a built-in test nor a class. */
  static final class UnknownSimulation extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    UnknownSimulation(String name, Throwable cause) {
      super(
          "`%s` is neither a class nor one of %s"
              .formatted(
                  name,
                  Builtin.all().stream().map(Builtin::name).collect(Collectors.joining(", "))),
          cause);
    }
  }
}
